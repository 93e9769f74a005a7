"""Opens Word documents of every kind, strict and with macros, and those with damaged parts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import PartFactory
from docx.package import Package as WordPackage
from docx.parts.document import DocumentPart

from rag.errors import CorruptFile
from rag.load.package import Package, open_package, target_of
from rag.load.xml_tree import DamagedPart, parse_xml

WHAT = "a Word document"

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACES = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships":
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main":
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/main":
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/":
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
}  # fmt: skip
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_READ = (".xml", ".rels")

# Documents with macros and templates are written as others are.
PartFactory.part_type_for |= dict.fromkeys(
    (
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ),
    DocumentPart,
)


def open_document(path: Path) -> tuple[Document, list[str]]:
    """The document at `path`, and the names of its parts that are damaged and were left out.

    Raises `CorruptFile` where the main part is one of them, `EncryptedFile` or `FileTooBig`.
    """
    with open_package(path, WHAT) as package:
        copy, damaged = _readable_copy(package)
    try:
        part = WordPackage.open(copy).main_document_part
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise CorruptFile(path, *damaged[:1]) from error  # lxml's own is a SyntaxError
    if not isinstance(part, DocumentPart):
        raise CorruptFile(path, f"it is not {WHAT}")
    return part.document, damaged


def _readable_copy(package: Package) -> tuple[io.BytesIO, list[str]]:
    """What can be read of a package, in the names that python-docx knows, and what cannot.

    A "strict" document has other names that mean the same. Pictures are left empty.
    """
    kept: dict[str, bytes] = {}
    damaged: list[str] = []
    for name in sorted(package.names):
        try:
            if name.endswith(_READ):
                kept[name] = _transitional(package.read(name))
                parse_xml(kept[name], name)
            elif not name.endswith("/"):
                kept[name] = b""
        except DamagedPart:
            damaged.append(name)
            kept.pop(name, None)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as copy:
        for name, content in kept.items():
            is_listing = name.endswith(".rels")
            copy.writestr(
                name, _that_lead_somewhere(name, content, kept) if is_listing else content
            )
    target.seek(0)
    return target, damaged


def _transitional(content: bytes) -> bytes:
    if _STRICT in content:
        for strict, transitional in _STRICT_NAMESPACES.items():
            content = content.replace(strict, transitional)
    return content


def _that_lead_somewhere(listing: str, content: bytes, kept: dict[str, bytes]) -> bytes:
    """A list of relations without those to parts that are not kept."""
    lines: list[str] = []
    for relation in parse_xml(content, listing):
        wanted = {name: relation.attrib.get(name, "") for name in ("Id", "Type", "Target")}
        outside = relation.attrib.get("TargetMode") == "External"
        if not all(wanted.values()) or not (
            outside or target_of(listing, wanted["Target"]) in kept
        ):
            continue
        if outside:
            wanted["TargetMode"] = "External"
        said = " ".join(f"{name}={quoteattr(value)}" for name, value in wanted.items())
        lines.append(f"<Relationship {said}/>")
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'.encode()
