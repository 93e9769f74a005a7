from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from app.models.drop import Drop, Readable, paths_in, sort_drop

KNOWN = Readable(frozenset({".pdf", ".txt", ".tar.gz"}), frozenset({"makefile"}))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Contracts").mkdir()
    for name in ("a.PDF", "b.txt", "c.xyz", "phi.gguf"):
        (tmp_path / name).touch()
    return tmp_path


def test_a_drop_is_sorted_by_what_can_be_done_with_it(folder):
    drop = sort_drop(sorted(folder.iterdir()), KNOWN)

    assert drop == Drop(
        folders=(folder / "Contracts",),
        files=(folder / "a.PDF", folder / "b.txt"),
        models=(folder / "phi.gguf",),
        unreadable=(folder / "c.xyz",),
    )
    assert drop.promise() == "Add 1 folder and 2 files"


def test_a_model_alone_offers_its_use(folder):
    assert sort_drop([folder / "phi.gguf"], KNOWN).promise() == "Use this model: phi.gguf"


def test_a_type_that_cannot_be_read_is_named(folder):
    assert sort_drop([folder / "c.xyz"], KNOWN).promise() == "Footnote cannot read .xyz yet"


def test_before_the_formats_are_known_every_file_is_taken(folder):
    assert sort_drop([folder / "c.xyz"], Readable()).files == (folder / "c.xyz",)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Makefile", True),
        ("a.tar.gz", True),
        ("a.gz", False),
        ("Letter to Dr. Who", True),
        ("notes.2023", True),
        ("LICENSE", True),
        ("a.exe", False),
    ],
)
def test_a_file_that_no_suffix_tells_is_taken_to_be_told_by_its_content(name, taken):
    assert KNOWN.takes(Path(name)) is taken


def test_only_files_of_this_computer_are_dragged():
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.pdf"), QUrl.fromLocalFile("/documents/b.pdf")])

    assert paths_in(mime) == [Path("/documents/b.pdf")]
