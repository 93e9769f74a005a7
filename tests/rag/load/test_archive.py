"""Archives are opened in place: what they hold is read, whatever they do to stop it."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from rag.errors import CorruptFile, EncryptedFile, FileTooBig
from rag.load import archive, nested
from rag.load.how import PLAINLY, HowToRead
from rag.records import DocumentInfo, DocumentText, Page, PageKind


def zipped(members: dict[str, bytes | str], *, packed: bool = True) -> bytes:
    target = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", kind) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def read(path: Path, how: HowToRead = PLAINLY) -> tuple[DocumentInfo, list[Page]]:
    info, *pages = list(archive.read(path, how))
    assert isinstance(info, DocumentInfo)
    return info, [page for page in pages if isinstance(page, Page)]


def read_zip(folder: Path, members: dict[str, bytes | str], how: HowToRead = PLAINLY) -> list[Page]:
    path = folder / "papers.zip"
    path.write_bytes(zipped(members))
    return read(path, how)[1]


def headings(pages: list[Page]) -> list[str]:
    return [heading.title for page in pages for heading in page.headings]


def test_each_file_inside_is_read_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(zipped({"b/letter.txt": "Dear Ada.", "a.md": "# Tea\n\nGreen."}))

    info, pages = read(path)

    assert info == DocumentInfo("papers", 2, paged=False, format="archive")
    assert [page.text for page in pages] == ["a.md\n\n# Tea\n\nGreen.", "b/letter.txt\n\nDear Ada."]
    text = DocumentText.from_pages(info, pages)
    assert [(h.level, h.title) for h in text.headings] == [
        (1, "a.md"),
        (2, "Tea"),
        (1, "b/letter.txt"),
    ]
    assert all(text.text[h.start : h.end] == h.title for h in text.headings)
    assert text.place_at(text.text.index("Dear")) == "letter.txt"


def test_files_inside_come_by_name_and_number(tmp_path: Path) -> None:
    names = ["part 10.txt", "part 2.txt", "Part 1.txt"]

    pages = read_zip(tmp_path, dict.fromkeys(names, "text"))

    assert headings(pages) == ["Part 1.txt", "part 2.txt", "part 10.txt"]
    assert [page.number for page in pages] == [1, 2, 3]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    pages = read_zip(tmp_path, {"2023/plan.txt": "old", "2024/plan.txt": "new"})

    assert [page.marks[0].name for page in pages] == ["2023, plan.txt", "2024, plan.txt"]


def test_an_archive_in_an_archive_is_read(tmp_path: Path) -> None:
    inner = zipped({"letter.txt": "Dear Ada."})

    pages = read_zip(tmp_path, {"inner.zip": inner, "z.txt": "last"})

    assert pages[0].text == "inner.zip\n\nletter.txt\n\nDear Ada."
    assert [(h.level, h.title) for h in pages[0].headings] == [(1, "inner.zip"), (2, "letter.txt")]
    assert pages[0].marks[0].name == "inner.zip, letter.txt"
    assert pages[1].number == 2


def test_leftovers_of_systems_and_programs_are_no_files(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.txt", ".DS_Store", ".git/config", "~$a.docx", "b.tmp", "Thumbs.db", "c/"]

    pages = read_zip(tmp_path, {**dict.fromkeys(names, "junk"), "a.txt": "text"})

    assert headings(pages) == ["a.txt"]


def test_what_cannot_be_read_inside_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    pages = read_zip(tmp_path, {"a.exe": "MZ", "b.docx": "no document", "c.txt": "text"})

    assert [page.kind for page in pages] == [PageKind.FAILED, PageKind.FAILED, PageKind.TEXT]
    assert "“a.exe” is of a kind that Footnote cannot read yet" in pages[0].problem
    assert "“b.docx” is damaged" in pages[1].problem
    assert not pages[0].text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/notes.txt", "etc/notes.txt"),
        ("/etc/notes.txt", "etc/notes.txt"),
        ("..\\..\\notes.txt", "notes.txt"),
        ("a/\x1b[31m\u202enotes.txt", "a/[31m notes.txt"),
        ("CON.txt", "CON.txt"),
        ("a" * 300 + ".txt", "a" * 196 + ".txt"),
        ("a?<b>|*:.txt", "a?<b>|*:.txt"),
    ],
)
def test_hostile_names_are_only_shown(tmp_path: Path, name: str, shown: str) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = set(tmp_path.rglob("*"))

    pages = read_zip(tmp_path, {name: "text"}, HowToRead(scratch=scratch))

    assert headings(pages) == [shown]
    assert set(tmp_path.rglob("*")) == {*before, tmp_path / "papers.zip"}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Größe.txt".encode(), "Größe.txt"),
        ("Größe.txt".encode("cp437"), "Größe.txt"),
        ("Größe.txt".encode("cp1252"), "Größe.txt"),
        ("履歴書.txt".encode(), "履歴書.txt"),
    ],
)
def test_names_in_undeclared_encodings_are_made_out(tmp_path: Path, raw: bytes, name: str) -> None:
    placeholder = b"n" * len(raw)
    path = tmp_path / "papers.zip"
    path.write_bytes(zipped({placeholder.decode(): "text"}).replace(placeholder, raw))

    assert headings(read(path)[1]) == [name]


def test_of_two_files_with_one_name_the_last_is_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(zipped({"a.txt": "first", "b.txt": "second"}).replace(b"b.txt", b"a.txt"))

    assert [page.text for page in read(path)[1]] == ["a.txt\n\nsecond"]


def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"zeros.txt": bytes(archive.FREE_BYTES + 1)})
    path = tmp_path / "bomb.zip"
    path.write_bytes(bomb)

    with pytest.raises(FileTooBig, match="300 times"):
        read(path)


def test_a_bomb_in_an_archive_costs_only_itself(tmp_path: Path) -> None:
    bomb = zipped({"zeros.txt": bytes(archive.FREE_BYTES + 1)})

    pages = read_zip(tmp_path, {"a.zip": bomb, "b.txt": "text"})

    assert "“a.zip” is too big" in pages[0].problem
    assert pages[1].text == "b.txt\n\ntext"


def test_archives_in_archives_are_opened_only_so_deep(tmp_path: Path) -> None:
    content: bytes | str = "text"
    name = "letter.txt"
    for depth in range(nested.MAX_DEPTH + 1):
        content, name = zipped({name: content, f"{depth}.txt": "seen"}), "inner.zip"
    path = tmp_path / "papers.zip"
    path.write_bytes(content)

    pages = read(path)[1]

    seen = "\n".join(page.text for page in pages)
    assert [n for n in range(nested.MAX_DEPTH + 1) if f"{n}.txt\n\nseen" in seen] == [1, 2, 3, 4]
    assert sum("files deep" in page.problem for page in pages) == 2


def test_a_tree_of_archives_ends_when_all_files_are_spent(tmp_path: Path) -> None:
    content: bytes = zipped({"a.txt": "text"})
    for _ in range(3):
        content = zipped({f"{n}.zip": content for n in range(4)})
    path = tmp_path / "papers.zip"
    path.write_bytes(content)

    pages = read(path, HowToRead(allowance=nested.allowance(files=30)))[1]

    assert len(pages) < 30
    assert "The rest was left out" in pages[-1].problem


def test_what_all_files_unpack_to_is_limited(tmp_path: Path) -> None:
    how = HowToRead(allowance=nested.allowance(unpacked_bytes=2_500))
    members = {f"{n}.txt": random.Random(n).randbytes(500).hex() for n in range(5)}

    pages = read_zip(tmp_path, members, how)

    assert [bool(page.problem) for page in pages] == [False, False, True, True]
    assert "The rest was left out" in pages[-1].problem


def test_nothing_that_was_taken_out_stays(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "papers.zip").write_bytes(zipped({"a.txt": "text", "b.txt": "text"}))
    reading = archive.read(tmp_path / "papers.zip", HowToRead(scratch=scratch))
    next(reading)
    next(reading)
    held = [path.name for path in scratch.rglob("*.txt")]

    reading.close()

    assert held == ["a.txt"]
    assert not list(scratch.iterdir())


def test_a_damaged_file_inside_is_told(tmp_path: Path) -> None:
    content = zipped({"a.txt": "one text", "b.txt": "text"}, packed=False)
    (tmp_path / "papers.zip").write_bytes(content.replace(b"one text", b"ONE TEXT"))

    pages = read(tmp_path / "papers.zip")[1]

    assert "“a.txt” is damaged" in pages[0].problem
    assert pages[1].text == "b.txt\n\ntext"


@pytest.mark.parametrize("kept", [0, 4, 60, -30])
def test_half_an_archive_is_told_as_damaged(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(zipped({"a.txt": "text"})[:kept])

    with pytest.raises(CorruptFile):
        read(path)


def test_an_unknown_way_of_packing_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": "text"}))
    for signature, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        content[content.index(signature) + offset] = 93
    (tmp_path / "papers.zip").write_bytes(content)

    assert "packed in a way" in read(tmp_path / "papers.zip")[1][0].problem


def test_an_empty_archive_is_one_empty_page(tmp_path: Path) -> None:
    assert [page.kind for page in read_zip(tmp_path, {})] == [PageKind.EMPTY]


# Other programs locked "letter.txt" in these with "open sesame": zip, and two times pyzipper.
SCRAMBLED = bytes.fromhex(
    "504b03040a00090000008f5d765d15023bcf21000000150000000a0000006c65747465722e7478746a838920"
    "f43f9b9de2d55f2ad5fd385429c6a930c627335070b31c8042e8ab0ae3504b070815023bcf21000000150000"
    "00504b01021e030a00090000008f5d765d15023bcf21000000150000000a0000000000000001000000a48100"
    "0000006c65747465722e747874504b0506000000000100010038000000590000000000"
)
AES_256_PACKED = bytes.fromhex(
    "504b03041400010063009061765d0000000033000000150000000a000b006c65747465722e74787401990700"
    "02004145030800cf4cf325250bfb0c3207a31191c0390f8dc1256d6c400d09b4d2685f276189fefca72a5231"
    "da8a262fde132bbcb625004a2a89504b010214031400010063009061765d0000000033000000150000000a00"
    "0b0000000000000000008001000000006c65747465722e7478740199070002004145030800504b0506000000"
    "000100010043000000660000000000"
)
AES_128_STORED = bytes.fromhex(
    "504b03041400010063009061765d0000000029000000150000000a000b006c65747465722e74787401990700"
    "020041450100001218776548b5cd0f633962b2968c85cce73f25d4080e46688e1fc5640d6270f690bad93eaf"
    "f80a1307504b010214031400010063009061765d0000000029000000150000000a000b000000000000000000"
    "8001000000006c65747465722e7478740199070002004145010000504b05060000000001000100430000005c"
    "0000000000"
)


@pytest.mark.parametrize("locked", [SCRAMBLED, AES_256_PACKED, AES_128_STORED])
def test_a_locked_archive_is_told_as_locked(tmp_path: Path, locked: bytes) -> None:
    (tmp_path / "locked.zip").write_bytes(locked)

    for passwords in ((), ("wrong", "wrong too")):
        with pytest.raises(EncryptedFile):
            read(tmp_path / "locked.zip", HowToRead(passwords=passwords))


@pytest.mark.parametrize("locked", [SCRAMBLED, AES_256_PACKED, AES_128_STORED])
def test_a_locked_archive_is_read_with_its_password(tmp_path: Path, locked: bytes) -> None:
    (tmp_path / "locked.zip").write_bytes(locked)

    pages = read(tmp_path / "locked.zip", HowToRead(passwords=("wrong", "open sesame")))[1]

    assert "Dear Ada, it is open." in pages[0].text


def test_a_locked_file_that_was_changed_is_told(tmp_path: Path) -> None:
    changed = bytearray(AES_128_STORED)
    changed[80] ^= 1
    (tmp_path / "locked.zip").write_bytes(changed)

    with pytest.raises(CorruptFile, match=r"letter\.txt|locked\.zip"):
        read(tmp_path / "locked.zip", HowToRead(passwords=("open sesame",)))


def test_a_locked_file_among_open_ones_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(SCRAMBLED)
    with zipfile.ZipFile(path, "a") as made:
        made.writestr("open.txt", "text")

    pages = read(path)[1]

    assert "“letter.txt” is locked" in pages[0].problem
    assert pages[1].text == "open.txt\n\ntext"


# ---------------------------------------------------------------- tar


def tarred(members: dict[str, bytes | tarfile.TarInfo], mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as made:  # type: ignore[call-overload]
        for name, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                made.addfile(content)
            else:
                member = tarfile.TarInfo(name)
                member.size = len(content)
                made.addfile(member, io.BytesIO(content))
    return target.getvalue()


@pytest.mark.parametrize(("name", "mode"), [("papers.tar", "w"), ("papers.tar.gz", "w:gz")])
def test_a_tar_is_read_in_its_order(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    path.write_bytes(tarred({"b.txt": b"one", ".hidden": b"x", "../a.txt": b"two"}, mode))

    info, pages = read(path)

    assert info.title == "papers"
    assert [page.text for page in pages] == ["b.txt\n\none", "a.txt\n\ntwo"]


def test_links_and_devices_in_a_tar_are_left_out(tmp_path: Path) -> None:
    link = tarfile.TarInfo("link.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "../../secret.txt"
    device = tarfile.TarInfo("device.txt")
    device.type = tarfile.CHRTYPE
    path = tmp_path / "papers.tgz"
    path.write_bytes(tarred({"link": link, "device": device, "a.txt": b"text"}))

    assert headings(read(path)[1]) == ["a.txt"]


def test_a_tar_that_unpacks_to_too_much_is_read_only_so_far(tmp_path: Path) -> None:
    giant = tarfile.TarInfo("giant.txt")
    giant.size = nested.MAX_UNPACKED_BYTES + 1
    path = tmp_path / "papers.tgz"
    path.write_bytes(tarred({"a.txt": b"text", "giant": giant}))

    pages = read(path)[1]

    assert pages[0].text == "a.txt\n\ntext"
    assert "The rest was left out" in pages[1].problem


def test_half_a_tar_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    content = tarred({"a.txt": b"text", "b.txt": random.Random(1).randbytes(50_000)}, "w")
    path = tmp_path / "papers.tar"
    path.write_bytes(content[:20_000])

    pages = read(path)[1]

    assert pages[0].text == "a.txt\n\ntext"
    assert pages[-1].kind is PageKind.FAILED


@pytest.mark.parametrize(("mode", "kept"), [("w", 300), ("w:gz", 40), ("w:gz", 3)])
def test_less_than_one_file_of_a_tar_is_told_as_damaged(
    tmp_path: Path, mode: str, kept: int
) -> None:
    path = tmp_path / "papers.tar"
    path.write_bytes(tarred({"a.txt": b"text"}, mode)[:kept])

    with pytest.raises(CorruptFile):
        read(path)
