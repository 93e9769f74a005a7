"""The engine is ready to search soon, since it imports nothing of torch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from rag.events import EngineStarted, SearchReady
from tests.rag.engine_process import EngineProcess

ROOT = Path(__file__).parents[2]
READY_S = 2.5  # of processor time, which busy neighbours do not lengthen
HEAVY = "{'torch', 'transformers', 'sentence_transformers', 'onnx'}"


@pytest.mark.models
def test_reading_and_searching_import_no_torch(tmp_path: Path):
    (tmp_path / "note.txt").write_text("The lease ends on 31 May. Notice is three months.")
    script = tmp_path / "program.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from rag.cancel import CancelToken\n"
        "from rag.session import Session\n"
        "if __name__ == '__main__':\n"
        f"    with Session(Path({str(tmp_path / 'library')!r})) as session:\n"
        f"        list(session.add([Path({str(tmp_path / 'note.txt')!r})], CancelToken()))\n"
        "        search = session.searching()\n"
        "        vector = search.embedder.embed_question('When does the lease end?').vector\n"
        "        assert search.vectors.query(vector, 3, None)\n"
        f"    print(sorted({HEAVY} & set(sys.modules)))\n"
    )

    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.models
def test_a_started_engine_is_soon_ready_to_search(tmp_path: Path):
    with EngineProcess(tmp_path / "library") as engine:
        started = engine.wait_for(EngineStarted)
        process = psutil.Process(engine.process.pid)
        before = process.cpu_times()
        engine.wait_for(SearchReady)
        after = process.cpu_times()

    assert started
    assert after.user + after.system - before.user - before.system < READY_S
