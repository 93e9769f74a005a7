"""Plans and opens a context for a long document in a process that may not have more memory.

`python -m tests.long.little_memory MODEL TOKENS KIND BYTES` prints in JSON what the plan says and
what that took. KIND `spare` lets the process have BYTES more than it takes once the model is
loaded; `group` lets a control group of its own have BYTES in all, mapped weights included, like a
computer with so much memory. The limit is the system's own: whatever asks for more gets nothing
(`spare`), or is ended (`group`, which root alone can make). For Linux.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import psutil

from rag.cancel import CancelToken
from rag.generate.llama import LlamaModel
from rag.options import Options
from rag.plan import LongDocument, LongPlan, plan_long
from rag.records import Mode, Scope
from rag.whole.facts import ModelFacts, Wish, asked_of, machine_for
from tests.long.reading import LABEL

_STEPS = 3
_WORDS = range(100, 250)  # tokens that every vocabulary has


def main(model_file: str, length: str, kind: str, size: str) -> None:
    with own_group(int(size) if kind == "group" else 0) as group:
        with closing(LlamaModel(Path(model_file), threads=2)) as model:
            if kind == "spare":
                limit = psutil.Process().memory_info().data + int(size)
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            told = read(model, plan_for(model, int(length)))
        if group:
            told["peak_bytes"] = int((group / "memory.max_usage_in_bytes").read_text("utf-8"))
    print(json.dumps(told))  # noqa: T201 - read by who started it


def plan_for(model: LlamaModel, length: int) -> LongPlan:
    """The plan to read a document of so many tokens whole, with what is free now."""
    facts = ModelFacts("Model", model.shape, "vocabulary", model.curve, is_loaded=True)
    document = LongDocument(1, Path("report.pdf"), "Report", 100, length)
    wish = Wish(Scope((document.path,)), read=Mode.WHOLE_DOCUMENT, answer_tokens=400)
    asked = asked_of([document], wish, (), facts.name)
    return plan_long(asked, machine_for(facts, None), model.shape, Options(readings_gb=0.0))


def read(model: LlamaModel, plan: LongPlan) -> dict[str, object]:
    """Read the beginning of the document as planned: all of its memory is taken from then on."""
    told: dict[str, object] = {"mode": plan.mode, "reason": plan.reason, "note": plan.note}
    if plan.mode is Mode.WHOLE_DOCUMENT and plan.shape:
        tokens = random.Random(0).choices(_WORDS, k=plan.tokens)
        with closing(model.open_long(plan.shape, None)) as context:
            steps = context.read(tokens, LABEL, CancelToken())
            done = [next(steps).tokens_done for _ in range(_STEPS)]
            steps.close()
        told |= {"shape": asdict(plan.shape), "done": done[-1]}
    return told


@contextmanager
def own_group(size: int) -> Iterator[Path | None]:
    """Put this process into a control group that may have `size` bytes; none with 0."""
    if not size:
        yield None
        return
    top = Path("/sys/fs/cgroup/memory")
    lines = Path("/proc/self/cgroup").read_text("utf-8").splitlines()
    name = next(line.split(":", 2)[2] for line in lines if line.split(":")[1] == "memory")
    before = top / name.strip("/")
    group = before / f"footnote-{os.getpid()}"
    group.mkdir()
    (group / "memory.limit_in_bytes").write_text(str(size), "utf-8")
    (group / "cgroup.procs").write_text(str(os.getpid()), "utf-8")
    try:
        yield group
    finally:
        (before / "cgroup.procs").write_text(str(os.getpid()), "utf-8")
        group.rmdir()


if __name__ == "__main__":
    main(*sys.argv[1:])
