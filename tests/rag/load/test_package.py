"""Office packages are opened within limits, and their XML harms nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.errors import CorruptFile, FileTooBig
from rag.load import package
from rag.load.package import open_package
from rag.load.xml_tree import DamagedPart, all_in, parse_xml
from tests.rag.load.zipped import ENTITY_BOMB, write_zip


def open_it(path: Path) -> frozenset[str]:
    with open_package(path, "a box") as opened:
        return opened.names


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken"])
def test_what_is_no_package_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(content)

    with pytest.raises(CorruptFile):
        open_it(path)


def test_a_package_that_unpacks_to_too_much_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 100_000)
    path = write_zip(tmp_path / "a.pptx", {"a.xml": bytes(200_000)})

    with pytest.raises(FileTooBig):
        open_it(path)


def test_a_package_of_too_many_parts_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    path = write_zip(tmp_path / "a.pptx", dict.fromkeys("abcd", b""))

    with pytest.raises(FileTooBig, match="4 parts"):
        open_it(path)


def test_a_part_that_is_too_big_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 1_000)
    path = write_zip(tmp_path / "a.pptx", {"big.xml": bytes(2_000), "a.xml": "<a/>"})

    with open_package(path, "a box") as opened:
        with pytest.raises(DamagedPart, match=r"big\.xml"):
            opened.xml("big.xml")
        assert opened.xml("a.xml").tag == "a"


def test_a_part_with_a_wrong_checksum_is_told_by_its_name(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.pptx", {"a.xml": "<a>" + "text" * 100 + "</a>"})
    content = bytearray(path.read_bytes())
    content[40] ^= 0xFF
    path.write_bytes(content)

    with (
        pytest.raises(CorruptFile, match=r"a\.xml cannot be unpacked"),
        open_package(path, "a box") as opened,
    ):
        opened.xml("a.xml")


def test_entities_are_never_expanded() -> None:
    started = time.monotonic()

    try:
        root = parse_xml(f"{ENTITY_BOMB}<a>&k;</a>".encode(), "it")
    except DamagedPart:
        said = ""
    else:
        said = "".join(element.text or "" for element in all_in(root, "a"))

    assert "haha" not in said
    assert time.monotonic() - started < 1


def test_a_file_that_an_entity_names_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", "utf-8")
    content = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]><a>&s;</a>'

    root = parse_xml(content.encode(), "it")

    assert (root.text or "") == ""


def test_elements_that_nest_without_end_are_told_as_damage() -> None:
    with pytest.raises(DamagedPart):
        parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000, "it")


def test_relations_stay_inside_the_package(tmp_path: Path) -> None:
    listing = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/slide" Target="../slides/slide%201.xml"/>'
        '<Relationship Id="r2" Type="http://x/image" Target="../../../../etc/passwd"/>'
        '<Relationship Id="r3" Type="http://x/link" Target="http://x" TargetMode="External"/>'
        "</Relationships>"
    )
    path = write_zip(tmp_path / "a.pptx", {"ppt/a/_rels/b.xml.rels": listing})

    with open_package(path, "a box") as opened:
        found = {pointer: r.target for pointer, r in opened.relations("ppt/a/b.xml").items()}

    assert found == {"r1": "ppt/slides/slide 1.xml", "r2": "etc/passwd"}
