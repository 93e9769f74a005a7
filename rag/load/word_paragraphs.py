"""What a paragraph of a Word document says: its words, its text boxes and its list mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Protocol, cast

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml


class Element(Protocol):
    """What is used of an XML element."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[Element]: ...
    def get(self, key: str) -> str | None:
        """An attribute."""
        ...

    def find(self, path: str) -> Element | None:
        """The first element at `path` below this one."""
        ...

    def iter(self, tag: str) -> Iterator[Element]:
        """Every element named `tag` in this one."""
        ...

    def iterancestors(self, tag: str) -> Iterator[Element]:
        """The elements named `tag` that this one is in, the nearest first."""
        ...


_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORDS = frozenset({qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_SAID = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_UNREAD = frozenset(
    {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:rPr"), qn("w:pPr"), _FALLBACK}
)
_NOTES = frozenset({qn("w:footnoteReference"), qn("w:endnoteReference")})
_MAX_LEVELS = 9
_HEADING_STYLE = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop) ?([1-9])", re.IGNORECASE
)


def said_in(paragraph: Element) -> str:
    """The paragraph's words, without what was deleted or stands in a box of its own."""
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _WORDS:
            yield child.text or ""
        elif child.tag in _SAID:
            yield _SAID[child.tag]
        elif child.tag in _NOTES:
            yield f"[{child.get(qn('w:id'))}]"
        elif child.tag not in _UNREAD:
            yield from _pieces(child)


def boxes_in(paragraph: Element) -> list[Element]:
    """The text boxes that are anchored in the paragraph, each once."""
    return [
        box
        for box in paragraph.iter(qn("w:txbxContent"))
        if next(box.iterancestors(_FALLBACK), None) is None
        and next(box.iterancestors(qn("w:p")), None) is paragraph
    ]


def body_of(document: Document) -> Element:
    """The document's main text."""
    return cast("Element", document.element.body)


def styles_of(document: Document) -> Element:
    """The document's styles."""
    return cast("Element", document.styles.element)


def related(document: Document, kind: str) -> Element | None:
    """The root of the part that holds the document's "footnotes" or "numbering", say."""
    return next(all_related(document, kind), None)


def all_related(document: Document, kind: str) -> Iterator[Element]:
    """The roots of all parts of a kind: of each "header"."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            yield cast("Element", parse_xml(relation.target_part.blob))


def heading_level(style: str) -> int:
    """The level of the headings that a style of this name is for; 0 for other styles."""
    found = _HEADING_STYLE.match(style)
    return int(found[1]) if found else int(style.lower() == "title")


class Numbering:
    """Counts the items of a document's lists as Word does when it shows them."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # format, text, start
        self._style_lists: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _MAX_LEVELS)
        lists = related(document, "numbering")
        if lists is not None:
            self._read_lists(lists)
        for style in styles_of(document).iter(qn("w:style")):
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                self._style_lists[style.get(qn("w:styleId")) or ""] = _list_of(found)

    def mark(self, paragraph: Element) -> str:
        """The bullet or number that Word shows before the paragraph; empty where there is none."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return ""
        own = properties.find(qn("w:numPr"))
        style = properties.find(qn("w:pStyle"))
        if own is not None:
            number, level = _list_of(own)
        elif style is not None and style.get(qn("w:val")) in self._style_lists:
            number, level = self._style_lists[style.get(qn("w:val")) or ""]
        else:
            return ""
        kind, text, _ = self._levels.get((number, level), ("", "", 1))
        if not kind or kind == "none":
            return ""
        if kind == "bullet":
            return "•"
        counts = self._counts[number]
        counts[level] = counts[level] + 1 if counts[level] else self._start(number, level)
        counts[level + 1 :] = [0] * (_MAX_LEVELS - level - 1)
        for other in range(level + 1):
            count = counts[other] or self._start(number, other)
            shown = counted(count, self._levels.get((number, other), ("decimal", "", 1))[0])
            text = text.replace(f"%{other + 1}", shown)
        return text.strip()

    def _start(self, number: str, level: int) -> int:
        return self._levels.get((number, level), ("", "", 1))[2]

    def _read_lists(self, root: Element) -> None:
        kinds: dict[str, Element] = {
            kind.get(qn("w:abstractNumId")) or "": kind for kind in root.iter(qn("w:abstractNum"))
        }
        for number in root.iter(qn("w:num")):
            kind = number.find(qn("w:abstractNumId"))
            found = kinds.get(kind.get(qn("w:val")) or "") if kind is not None else None
            for level in found.iter(qn("w:lvl")) if found is not None else ():
                key = (number.get(qn("w:numId")) or "", _number(level.get(qn("w:ilvl")), 0))
                start = _number(_value(level, "w:start"), 1)
                self._levels[key] = (_value(level, "w:numFmt"), _value(level, "w:lvlText"), start)


def _list_of(properties: Element) -> tuple[str, int]:
    level = min(_number(_value(properties, "w:ilvl"), 0), _MAX_LEVELS - 1)
    return _value(properties, "w:numId"), level


def _value(element: Element, name: str) -> str:
    child = element.find(qn(name))
    return (child.get(qn("w:val")) or "") if child is not None else ""


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise


def counted(count: int, kind: str) -> str:
    """A list item's number as its list writes it."""
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if kind == "upperRoman" else roman.lower()
    return str(count)


def _roman(count: int) -> str:
    said = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        said += sign * (count // value)
        count %= value
    return said
