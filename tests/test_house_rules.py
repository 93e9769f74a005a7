"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ("app", "rag", "packaging")
TEXT_SUFFIXES = {
    "", ".cfg", ".css", ".html", ".ini", ".json", ".jsonl", ".md", ".py", ".qss", ".sh", ".svg",
    ".toml", ".ts", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip
DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "tools", "stuff"}
# Each heavy engine is known to one stage only.
HOMES = {
    "PIL": ("rag/load",),
    "PySide6": ("app",),
    "chromadb": ("rag/index",),
    "cv2": ("rag/load/ocr",),
    "docx": ("rag/load",),
    "llama_cpp": ("rag/generate",),
    "lxml": ("rag/load",),
    "olefile": ("rag/load",),
    "onnx": ("rag/embed",),
    "onnxruntime": ("rag/embed", "rag/load/ocr"),
    "pathspec": ("rag/disk/ignore_files.py",),
    "pypdf": ("rag/load",),
    "pypdfium2": ("rag/load",),
    "python_calamine": ("rag/load/sheets",),
    "selectolax": ("rag/load",),
    "sentence_transformers": ("rag/embed",),
    "striprtf": ("rag/load/rtf_tokens.py",),
    "sqlite3": ("rag/database.py", "rag/database_copy.py", "rag/index"),
    "torch": ("rag/embed",),
    "transformers": ("rag/embed",),
    "watchdog": ("rag/disk/watching",),
}
HEAVY = (*(set(HOMES) - {"PySide6", "sqlite3"}), "numpy", "tokenizers")
RECORDS = {"rag.records", "rag.events", "rag.options", "rag.errors"}  # what the window may know


@functools.cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """The parsed modules under `folders`, by their path from the root."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def imports(tree: ast.AST) -> Iterator[str]:
    """The full name of every module that `tree` imports, or takes a name from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            if node.module in ("app", "rag"):
                yield from (f"{node.module}.{name.name}" for name in node.names)
            else:
                yield node.module or ""


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project, with its path from the root."""
    top = [path for path in ROOT.iterdir() if path.is_file()]
    folders = ("app", "rag", "resources", "packaging", "tests", ".ci")
    inner = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    for path in [*top, *inner]:
        if path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts:
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith((".git", "tests/data/")):
                yield name, path.read_text("utf-8", errors="replace")


def found(pattern: str, flags: int = 0) -> list[str]:
    """Where `pattern` stands in the project's texts, this file apart."""
    seek = re.compile(pattern, flags)
    here = Path(__file__).relative_to(ROOT).as_posix()
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if name != here
        for number, line in enumerate(text.splitlines(), 1)
        if seek.search(line)
    ]


def test_the_engine_never_imports_the_window():
    guilty = [
        f"{name}: {imported}"
        for name, tree in modules("rag").items()
        for imported in imports(tree)
        if imported.split(".")[0] in ("app", "PySide6", "shiboken6")
    ]

    assert not guilty


def test_the_window_imports_only_plain_records_from_the_engine():
    guilty = [
        f"{name}: {imported}"
        for name, tree in modules("app").items()
        for imported in imports(tree)
        if imported.split(".")[0] == "rag"
        and imported not in RECORDS
        and (name, imported) != ("app/__main__.py", "rag.cli")
    ]

    assert not guilty


def test_the_command_line_is_imported_only_when_a_verb_is_given():
    top = ast.Module(
        [n for n in modules("app")["app/__main__.py"].body if not isinstance(n, ast.FunctionDef)],
        [],
    )

    assert not [name for name in imports(top) if name.startswith("rag")]


def test_each_engine_is_imported_in_its_one_place():
    guilty = [
        f"{name}: {imported}"
        for name, tree in modules("app", "rag").items()
        for imported in imports(tree)
        if (homes := HOMES.get(imported.split(".")[0])) and not name.startswith(homes)
    ]

    assert not guilty


def test_starting_the_window_loads_no_heavy_engine():
    code = "import json, sys, app.main; print(json.dumps(sorted(sys.modules)))"

    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert set(json.loads(output)).isdisjoint(HEAVY)


def test_no_file_is_longer_than_400_lines():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in (*SOURCE, "tests")
        for path in (ROOT / folder).rglob("*.py")
    }

    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{name}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for name, tree in modules(*SOURCE, "tests").items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 60
    ]

    assert not long


def test_nothing_is_put_in_a_drawer():
    names = [path for folder in (*SOURCE, "tests") for path in (ROOT / folder).rglob("*.py")]

    assert not [path for path in names if DRAWERS & set(path.stem.lower().split("_"))]
    assert not [path for path in names if DRAWERS & {part.lower() for part in path.parts[-3:-1]}]


def test_every_module_says_what_it_is():
    assert not [name for name, tree in modules(*SOURCE).items() if not ast.get_docstring(tree)]


def test_the_engine_prints_nothing_but_in_its_command_line():
    guilty = [
        f"{name}:{node.lineno}"
        for name, tree in modules("rag").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not name.startswith("rag/cli")
    ]

    assert not guilty


def test_no_text_names_a_folder_of_one_machine():
    assert not found(r"(?<![\w.~:-])/(?:work|tmp|root|home|Users)/\w")


def test_no_text_names_a_package_registry():
    assert not found(r"pypi\.org|pythonhosted|npmjs|deb\.debian|crates\.io|conda\.anaconda")


def test_nothing_is_left_to_do():
    assert not found(r"\b(?:TODO|FIXME|XXX)\b")


def test_no_code_is_skipped_by_every_machine():
    assert not found(r"@pytest\.mark\.skip\b|pytest\.mark\.xfail")
