"""Turns the elements of an XML file into text as they come: paragraphs, headings, named values."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.load.json_stream import LONGEST_PATH_CHARS
from rag.load.lined_text import LinedText
from rag.load.text import clean

DEEPEST = 200  # what lies deeper is read as if it lay there
DEEPEST_HEADING = 6
DEEPEST_RECORD = 4
LONGEST_ATTRIBUTES_CHARS = 200  # of an element without text, on one line
LONGEST_ATTRIBUTE_CHARS = 5_000  # more is a picture or a drawing

_PROSE_NAMES = """
    article book chapter section part refentry tei teicorpus text html topic concept task reference
    dita fictionbook rfc document sect1 qandaset manpage help speech play
"""
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_PARAGRAPH_NAMES = """
    p para simpara formalpara ab l lg desc abstract blockquote note warning tip v caution important
    item listitem li line dd def quote speech verse stanza
"""
_CONTAINER_NAMES = "note warning tip caution important item listitem li abstract lg speech stanza"
_DRAWN_TEXTS = frozenset({"text", "tspan", "title", "desc"})  # of SVG
_INLINE_NAMES = """
    a abbr acronym b bold br cite citation code command computeroutput em emphasis ext-link filename
    firstterm font foreign guilabel hi i italic keycap lb link literal mark monospace option pb
    persname placename q ref replaceable rs sc seg small span strike strikethrough strong sub
    subscript sup superscript symbol systemitem term tt u ulink underline uri userinput varname
    wordasword xref
"""
_PROSE_ROOTS = frozenset(_PROSE_NAMES.split())
_PARAGRAPHS = frozenset(_PARAGRAPH_NAMES.split())
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_TITLES = frozenset({"title", "head", "heading", "subtitle", "h1", "h2", "h3", "h4", "h5", "h6"})
_VERBATIM = frozenset({"programlisting", "screen", "literallayout", "pre", "eg", "codeblock"})
_TOLD = frozenset({"title", "label", "name", "alt", "caption", "summary", "aria-label"})
_UNTOLD = re.compile(
    r"(?:xmlns.*|style|class|.*schemalocation|space|base|lang|href|src|d|points|transform|viewbox)",
    re.IGNORECASE,
)
_INLINE_MARKUP = re.compile(
    r"</?(?:a|b|i|em|strong|span|u|code|sup|sub|font)(?:\s[^<>]{0,2000})?>", re.IGNORECASE
)
_MARKUP = re.compile(r"<[/a-zA-Z!][^<>]{0,2000}>")
_WEB_PAGE = re.compile(
    r"<br ?/?>|</(?:p|div|a|b|i|em|strong|span|code|li|td|h[1-6]|blockquote|figure)>", re.IGNORECASE
)


@dataclass(slots=True)
class _Element:
    """An element that is open."""

    name: str  # without its namespace, lower case
    label: str  # as its values are called: "address.city"
    attributes: str  # in words; only until they are said
    inline: bool  # part of a text
    depth: int  # how many elements it lies in
    parts: list[str] = field(default_factory=list)
    said_children: bool = False
    titled: bool = False
    own_text: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """Which elements of a file are its records."""

    depth: int = 1  # how many elements are open around one
    names: frozenset[str] = frozenset()  # of those that are met again and again


class RecordSeeker:
    """A target for an XML parser, which looks at how a file begins."""

    def __init__(self) -> None:
        self._met: list[Counter[str]] = []  # for each open element, its children so far
        self._repeated: dict[int, set[str]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        del attributes
        name = tag.rpartition("}")[2].lower()
        depth = len(self._met)
        if self._met and depth <= DEEPEST_RECORD:
            self._met[-1][name] += 1
            if self._met[-1][name] > 1:
                self._repeated.setdefault(depth, set()).add(name)
        self._met.append(Counter())

    def end(self, tag: str) -> None:
        """An element ends."""
        del tag
        self._met.pop()

    def close(self) -> Records:
        """What lies highest of what is met again and again is the records."""
        depth = min(self._repeated, default=1)
        return Records(depth, frozenset(self._repeated.get(depth, ())))


class Outline:
    """A target for an XML parser; what it has read so far lies in `text`."""

    def __init__(self, size_bytes: int, records: Records) -> None:
        self._records = records
        self.text = LinedText(size_bytes)
        self.title = ""
        self._root = ""
        self._open: list[_Element] = []
        self._too_deep = 0
        self._counts: Counter[str] = Counter()
        self._key = ""  # in a property list: of the value that follows

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= DEEPEST:
            self._too_deep += 1
            return
        given = tag.rpartition("}")[2]
        name = given.lower()
        self._root = self._root or name
        parent = self._open[-1] if self._open else None
        inline = parent is not None and self._is_inline(parent, name)
        if parent is not None and not inline:
            if parent.depth <= self._record_depth and not parent.said_children:
                self.text.line("")
            self._say_own(parent)
        if parent is not None:
            parent.said_children = True
        self._begin_record(name, given)
        label = self._label(given)
        element = _Element(
            name, label, "" if inline else self._told(attributes), inline, len(self._open)
        )
        self._open.append(element)

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        if not self._open:
            return
        at = len(self._open) - 1
        while at and self._open[at].inline:
            at -= 1
        self._open[at].parts.append(text)
        if text and not text.isspace():
            self._open[at].own_text = True

    def end(self, tag: str) -> None:
        """An element ends."""
        del tag
        if self._too_deep:
            self._too_deep -= 1
            return
        element = self._open.pop()
        if element.inline:
            if element.name in {"lb", "br", "pb"}:
                self.data(" ")
            return
        if element.name == "key" and self._root == "plist":
            self._key = _collapsed(element.parts)
        elif element.name in _TITLES and self._has_headings:
            self._say_title(element)
        elif element.name in _VERBATIM:
            self.text.line("")
            self.text.verbatim(clean("".join(element.parts)).strip("\n"))
            self.text.line("")
        else:
            self._say_own(element)
            if element.depth <= self._record_depth and element.said_children:
                self.text.line("")

    def close(self) -> None:
        """The file ends."""

    @property
    def _is_prose(self) -> bool:
        return self._root in _PROSE_ROOTS

    @property
    def _has_headings(self) -> bool:
        return self._is_prose or self._root in _FEED_ROOTS

    @property
    def _record_depth(self) -> int:
        """How many elements are open around a record."""
        return 1 if self._root == "plist" else self._records.depth

    def _is_paragraph(self, name: str) -> bool:
        if self._root == "svg":
            return name in _DRAWN_TEXTS
        return name in _PARAGRAPHS if self._is_prose else name in {"p", "para"}

    def _is_inline(self, parent: _Element, name: str) -> bool:
        """Whether an element is part of its parent's text."""
        if parent.inline or parent.name in _VERBATIM:
            return True
        if self._has_headings and parent.name in _TITLES:
            return True
        if self._is_prose and name in _INLINE:
            return len(self._open) > 1
        if self._is_paragraph(parent.name) and parent.name not in _CONTAINERS:
            return not self._is_paragraph(name) or self._root == "svg"
        return parent.own_text and not self._is_paragraph(name) and name not in _TITLES

    def _begin_record(self, name: str, given: str) -> None:
        """Mark a record: what lies right below the root, or below what a feed wraps around it."""
        if len(self._open) != self._record_depth or self._is_prose:
            return
        if self._root in {"svg", "plist"}:
            return
        if name in self._records.names:
            self._counts[name] += 1
            self.text.count(given[:LONGEST_PATH_CHARS], self._counts[name])
        elif self.text.is_marked:
            self.text.mark(given[:LONGEST_PATH_CHARS])

    def _label(self, given: str) -> str:
        """What a value in the element that begins is called: its path within the record."""
        if self._root == "plist":
            given, self._key = self._key, ""
        if len(self._open) <= self._record_depth + 1:
            return given
        before = self._open[-1].label
        path = f"{before}.{given}" if before and given else before or given
        return path if len(path) <= LONGEST_PATH_CHARS else "…" + path[-LONGEST_PATH_CHARS:]

    def _told(self, attributes: Mapping[str, str]) -> str:
        """What the attributes say that is meant to be read."""
        if self._root == "svg":
            return ""
        told: list[str] = []
        for key, value in attributes.items():
            name = key.rpartition("}")[2]
            wanted = name.lower() in _TOLD or (self._open and not self._is_prose)
            if not wanted or not value.strip() or _UNTOLD.fullmatch(name):
                continue
            if len(value) <= LONGEST_ATTRIBUTE_CHARS:
                told.append(f"{name}: {_readable(value)}")
        return "\n".join(told)

    def _say_own(self, element: _Element) -> None:
        """Say what an element's attributes and its text so far are, and forget them."""
        said = _readable("".join(element.parts))
        attributes, element.attributes = element.attributes, ""
        element.parts.clear()
        element.own_text = False
        if not said and not element.said_children and self._root == "plist":
            said = element.name if element.name in {"true", "false"} else ""
        if self._is_prose or self._root == "svg" or self._is_paragraph(element.name):
            self._say_paragraph(element, said, attributes)
        elif said:
            named = f"{element.label} ({attributes.replace(chr(10), ', ')})"
            if not attributes:
                named = element.label
            elif len(named) > LONGEST_ATTRIBUTES_CHARS:
                named = element.label
                self._say_lines(element, attributes)
            self.text.line(f"{named}: {said}" if named else said)
        elif attributes:
            self._say_lines(element, attributes)

    def _say_paragraph(self, element: _Element, said: str, attributes: str) -> None:
        is_drawing = self._root == "svg" and not self._is_paragraph(element.name)
        for text in (*attributes.split("\n"), "" if is_drawing else said):
            if text:
                self.text.line("")
                self.text.line(text)
                self.text.line("")

    def _say_lines(self, element: _Element, attributes: str) -> None:
        """Attributes of an element without text: those of a record as lines, others on one."""
        line = attributes.replace("\n", ", ")
        if element.depth <= self._record_depth:
            self.text.line("")
        if element.depth > self._record_depth and len(line) <= LONGEST_ATTRIBUTES_CHARS:
            self.text.line(f"{element.label}: {line}" if element.label else line)
        else:
            for each in attributes.split("\n"):
                self.text.line(each)

    def _say_title(self, element: _Element) -> None:
        title = _readable("".join(element.parts))
        above = self._open[:-1]
        level = 1 + sum(each.titled for each in above)
        if element.name[0] == "h" and element.name[1:].isdecimal():
            level = int(element.name[1:])
        if self._open and title:
            level += self._open[-1].titled  # a subtitle
            self._open[-1].titled = True
        self.title = self.title or title
        self.text.heading(title, min(level, DEEPEST_HEADING))


def _collapsed(parts: list[str]) -> str:
    return " ".join(clean("".join(parts)).split())


def _readable(text: str) -> str:
    """Text in one line, without the tags of a web page that is kept in it as text.

    Other text between angle brackets is what the text is about.
    """
    if "<" in text and _WEB_PAGE.search(text):
        text = html.unescape(_MARKUP.sub(" ", _INLINE_MARKUP.sub("", text)))
    return " ".join(clean(text).split())
