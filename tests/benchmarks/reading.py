"""How fast folders of PDFs are read, against the plain recipe.

Run by hand: `python -m tests.benchmarks.reading FOLDER… [--embedder ID]…`, with ids as
`footnote embedder` lists them. The plain recipe is what tutorials do: pypdf's text page by page,
1,000-character chunks with 200 of overlap split along ever smaller separators, all-MiniLM-L6-v2 in
batches of 32, Chroma with the texts. All run in processes of their own, one after the other, on the
same cores, with their models loaded before the clock starts. On a busy machine compare the
processor times. "busy" is the share of the time in which the embedder was at work, "own limit" the
time that it takes for the same passages when nothing else is done.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path

import psutil

CHUNK_CHARS, OVERLAP_CHARS, BATCH = 1000, 200, 32
SEPARATORS = ("\n\n", "\n", " ")
SAMPLE_S = 0.05


class Watch:
    """Seconds per stage and the peak memory of this process, its children apart."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self.peak_mb = 0.0
        self.children_mb = 0.0
        self.cpu_s = 0.0
        self._children_cpu_s: dict[int, float] = {}
        self._done = threading.Event()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside as `name`."""
        start = time.perf_counter()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start

    def timed(self, owner: type, method: str, name: str) -> None:
        """Count every call of a class's method as stage `name`."""
        original: Callable[..., object] = getattr(owner, method)

        @wraps(original)
        def measured(*arguments: object, **named: object) -> object:
            with self.stage(name):
                return original(*arguments, **named)

        setattr(owner, method, measured)

    @contextmanager
    def memory(self) -> Iterator[None]:
        """Note the highest memory and all processor time that is used inside."""
        start = time.process_time()
        sampler = threading.Thread(target=self._sample)
        sampler.start()
        try:
            yield
        finally:
            self._done.set()
            sampler.join()
            self.cpu_s = time.process_time() - start + sum(self._children_cpu_s.values())

    def _sample(self) -> None:
        me = psutil.Process()
        while not self._done.wait(SAMPLE_S):
            self.peak_mb = max(self.peak_mb, me.memory_info().rss / 1e6)
            children = 0.0
            for child in me.children(recursive=True):
                try:
                    children += child.memory_info().rss / 1e6
                    self._children_cpu_s[child.pid] = sum(child.cpu_times()[:2])
                except psutil.Error:
                    continue
            self.children_mb = max(self.children_mb, children)

    def result(self, pages: int, chunks: int, total_s: float) -> dict[str, object]:
        """All figures, as the process that compares reads them."""
        return {
            "pages": pages,
            "chunks": chunks,
            "stages": self.stages,
            "total": total_s,
            "cpu": self.cpu_s,
            "peak_mb": self.peak_mb,
            "children_mb": self.children_mb,
        }


def split(text: str, separators: tuple[str, ...] = SEPARATORS) -> list[str]:
    """Pieces of at most `CHUNK_CHARS`, along the coarsest separator that does it."""
    if len(text) <= CHUNK_CHARS:
        return [text] if text.strip() else []
    if not separators:
        step = CHUNK_CHARS - OVERLAP_CHARS
        return [text[start : start + CHUNK_CHARS] for start in range(0, len(text), step)]
    separator, finer = separators[0], separators[1:]
    chunks: list[str] = []
    held: list[str] = []
    for part in text.split(separator):
        if len(part) > CHUNK_CHARS:
            if held:
                chunks.append(separator.join(held))
                held = []
            chunks += split(part, finer)
            continue
        if held and len(separator.join([*held, part])) > CHUNK_CHARS:
            chunks.append(separator.join(held))
            while held and (
                len(separator.join(held)) > OVERLAP_CHARS
                or len(separator.join([*held, part])) > CHUNK_CHARS
            ):
                held.pop(0)
        held.append(part)
    if held:
        chunks.append(separator.join(held))
    return [chunk for chunk in chunks if chunk.strip()]


def read_plainly(folders: Sequence[Path], library: Path) -> dict[str, object]:
    """The plain recipe."""
    import chromadb
    from pypdf import PdfReader
    from sentence_transformers import SentenceTransformer

    from rag.models.discover import embedder_folder

    model = SentenceTransformer(str(embedder_folder()), device="cpu")
    model.encode(["warm up"])
    watch = Watch()
    with watch.memory():
        start = time.perf_counter()
        with watch.stage("parse"):
            pages = [
                page.extract_text() for path in pdfs_in(folders) for page in PdfReader(path).pages
            ]
        with watch.stage("chunk"):
            chunks = [chunk for page in pages for chunk in split(page)]
        with watch.stage("embed"):
            vectors = model.encode(chunks, batch_size=BATCH, show_progress_bar=False)
        with watch.stage("store"):
            client = chromadb.PersistentClient(
                str(library), chromadb.Settings(anonymized_telemetry=False)
            )
            collection = client.create_collection("plain", embedding_function=None)
            for first in range(0, len(chunks), 1000):
                part = slice(first, first + 1000)
                ids = [str(n) for n in range(len(chunks))[part]]
                collection.upsert(ids, embeddings=vectors[part], documents=chunks[part])
        total_s = time.perf_counter() - start
    return watch.result(len(pages), len(chunks), total_s)


def read_with_footnote(folders: Sequence[Path], library: Path, embedder: str) -> dict[str, object]:
    """Ours, by its public door; parsing and embedding once more alone, since they overlap."""
    from rag.cancel import CancelToken
    from rag.index.catalog import Catalog
    from rag.index.reconcile import SafeIndex
    from rag.load.sandbox import ParserPool
    from rag.options import Options
    from rag.records import DocumentInfo
    from rag.session import Session

    watch, options = Watch(), Options()
    watch.timed(SafeIndex, "upsert", "store")
    for method in ("write_pages", "write_chunks", "finish_document"):
        watch.timed(Catalog, method, "store")
    with Session(library) as session:
        if embedder:
            session.use_embedder(embedder)
        session.warm_up_search()
        model = session.searching().embedder
        watch.timed(type(model), "embed_passages", "embed")
        with watch.memory():
            start = time.perf_counter()
            for _ in session.add(folders, CancelToken()):
                pass
            total_s = time.perf_counter() - start
        files = session.files()
    with closing(sqlite3.connect(library / "library.sqlite3")) as catalog:
        rows = catalog.execute("SELECT context, text FROM passage").fetchall()
    busy_s = watch.stages["embed"]
    passages = sorted((f"{context}\n{text}" for context, text in rows), key=len)
    with watch.stage("own limit"):
        for first in range(0, len(passages), 64):
            model.embed_passages(passages[first : first + 64])
    watch.stages["embed"] = busy_s
    pool = ParserPool(1, options.parse_seconds, options.parse_memory_mb)
    with watch.stage("parse"):
        for path in pdfs_in(folders):
            for item in pool.read(path, CancelToken(), lambda: None):
                assert isinstance(item, DocumentInfo) or item.number
    pool.close()
    pages, chunks = sum(file.pages for file in files), sum(file.chunks for file in files)
    return watch.result(pages, chunks, total_s)


def pdfs_in(folders: Sequence[Path]) -> list[Path]:
    """The PDFs below `folders`, by path."""
    return sorted(path for folder in folders for path in folder.rglob("*.pdf"))


def measure(recipe: str, folders: Sequence[Path], embedder: str = "") -> dict[str, object]:
    """Run a recipe in a process of its own, with an empty library."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as library:
        command = [sys.executable, "-m", "tests.benchmarks.reading", *map(str, folders)]
        command += ["--recipe", recipe, "--library", library, "--embedder", embedder]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(output.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument(
        "--recipe", choices=("plain", "footnote"), help="run only this one, and print its figures"
    )
    parser.add_argument("--library", type=Path, help="where it may write")
    parser.add_argument("--embedder", action="append", default=[], metavar="ID")
    wish = parser.parse_args()
    if wish.recipe == "plain":
        print(json.dumps(read_plainly(wish.folders, wish.library)))
        return
    if wish.recipe:
        print(json.dumps(read_with_footnote(wish.folders, wish.library, wish.embedder[0])))
        return
    plain = measure("plain", wish.folders)
    figures = {"plain recipe": plain}
    for embedder in wish.embedder or [""]:
        name = f"Footnote {embedder}".strip()
        figures[name] = measure("footnote", wish.folders, embedder)
    print_table(figures)
    for name, ours in list(figures.items())[1:]:
        total, cpu = plain["total"] / ours["total"], plain["cpu"] / ours["cpu"]
        parse = plain["stages"]["parse"] / ours["stages"]["parse"]
        busy = ours["stages"]["embed"] / ours["total"]
        limit = ours["stages"]["own limit"] / ours["total"]
        print(
            f"\n{name}: {total:.2f}×, in processor time {cpu:.2f}×, parse {parse:.1f}×;"
            f" embedder busy {busy:.0%}, own limit {limit:.0%} of the time"
        )


def print_table(figures: Mapping[str, dict[str, object]]) -> None:
    """A row for each recipe."""
    columns = ("pages", "chunks", "total", "cpu", "peak_mb", "children_mb")
    stages = ("parse", "embed", "store", "own limit")
    print("|", *(f"| {name}" for name in (*columns, *stages)), "|")
    print("|---" * (len(columns) + len(stages) + 1) + "|")
    for name, found in figures.items():
        cells = [*(found[c] for c in columns), *(found["stages"].get(s, 0.0) for s in stages)]
        print(f"| {name}", *(f"| {cell:.1f}" for cell in cells), "|")


if __name__ == "__main__":
    main()
