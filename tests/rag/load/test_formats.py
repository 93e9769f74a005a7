"""The registry names a reader for each kind of file, and costs nothing to import."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from rag.load import FORMATS, format_of


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.pdf", "PDF"),
        ("A.PDF", "PDF"),
        ("a.docx", "Word"),
        ("a.htm", "web page"),
        ("a.xhtml", "web page"),
        ("a.markdown", "Markdown"),
        ("a.log", "text"),
        ("a.pdf.zip", "archive"),
        ("a.v2.TAR.GZ", "archive"),
    ],
)
def test_a_suffix_names_the_format(name: str, format_name: str) -> None:
    found = format_of(Path(name))

    assert found is not None
    assert found.name == format_name


@pytest.mark.parametrize("name", ["a.bin", "a", ".pdf", "a.pdf.xyz", "a.gz"])
def test_other_files_have_no_format(name: str) -> None:
    assert format_of(Path(name)) is None


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_has_a_reader(known: object) -> None:
    reader = importlib.import_module(known.reader)  # type: ignore[attr-defined]

    assert callable(reader.read)


def test_the_pool_is_imported_without_any_reader() -> None:
    code = (
        "import sys, rag.load, rag.load.sandbox;"
        "print([m for m in ('pypdfium2', 'pypdf', 'docx', 'selectolax', 'numpy')"
        " if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
