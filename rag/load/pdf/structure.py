"""What a PDF says about itself: title, page labels and outline; none of it is needed to read it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pypdf
from pypdf.generic import Destination

from rag.load.pdf.document import PdfFile
from rag.load.pdf.patience import within
from rag.records import Heading, Page

PATIENCE_SECONDS = 3.0
MAX_ENTRIES = 5_000
MAX_DEPTH = 6
MAX_TITLE_CHARS = 200
MAX_HEADING_CHARS = 100

_FILE_NAME = re.compile(
    r"[\\/]|\.(?:pdf|docx?|xlsx?|pptx?|indd|qxd|tex|dvi|ps|html?|txt|rtf|odt)$", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) ?- ?|powerpoint presentation)", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"^(?:untitled.*|unbekannt|unknown|none|null|title|document\d*|dokument\d*|\(?anonymous\)?|[\d\W_]*)$",
    re.IGNORECASE,
)
# "lease", "AAPL" and any other script's words, but not "X", "a3f9" or "Scan0001".
_WORDS = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])|[^\W\d_\x00-\u024f]+")
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûåæøœ]|[^\x00-\u024f]")
_SAY_NOTHING = frozenset(
    ("scan", "scanned", "img", "image", "doc", "document", "dokument", "file", "download", "copy")
)
_NUMBERING = re.compile(
    r"^(?:chapter|section|part|item|note)?\s*[\dIVXivx.]+[.:)]?\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a document tells of itself; empty where it tells nothing."""

    labels: list[str] = field(default_factory=list)  # one per page, or none at all
    outline: dict[int, list[tuple[int, str]]] = field(
        default_factory=dict
    )  # page index → (level, title)


def structure_of(path: Path, document: PdfFile) -> Structure:
    """Labels and outline by pypdf, if pdfium, which sees that at once, says that there are any."""
    outlined = document.has_outline
    labelled = any(document.label(i) for i in range(min(3, document.page_count)))
    if not outlined and not labelled:
        return Structure()
    return within(PATIENCE_SECONDS, lambda: _read(path, outlined, labelled)) or Structure()


def title_of(path: Path, document: PdfFile, first_page: Page) -> str:
    """The title in the metadata if it is one, else the file's name if that tells anything.

    A name such as "20080117X00064" or "scan_003" stands behind the first page's main heading.
    """
    title = _PROGRAM.sub("", " ".join(document.title.replace("\0", " ").split()))
    is_none = _NO_TITLE.match(title) or _FILE_NAME.search(title)
    if not is_none and len(title) <= MAX_TITLE_CHARS and _tells(title):
        return title
    name = " ".join(path.stem.replace("_", " ").split())
    if _tells(name):
        return name
    top = min((heading.level for heading in first_page.headings), default=0)
    main = itertools.takewhile(lambda h: h.level == top, _from_top(first_page.headings, top))
    heading = " ".join(heading.title for heading in main)
    return f"{heading[:MAX_HEADING_CHARS]} ({path.stem})" if heading else path.stem


def _from_top(headings: Sequence[Heading], top: int) -> Iterator[Heading]:
    return itertools.dropwhile(lambda heading: heading.level > top, headings)


def _tells(name: str) -> bool:
    """Whether a name holds a word that says something, and not only numbers and codes."""
    words = [word for word in _WORDS.findall(name) if word.lower() not in _SAY_NOTHING]
    return any(word.isupper() or _VOWEL.search(word.lower()) for word in words)


def headings_in(text: str, entries: list[tuple[int, str]]) -> tuple[Heading, ...]:
    """Where a page's outline entries stand in its text; those that do not are left out."""
    found: dict[int, Heading] = {}
    after = 0
    for level, title in entries:
        for wanted in (title, _NUMBERING.sub("", title)):
            words = wanted.split()
            if not words:
                continue
            pattern = r"\s+".join(map(re.escape, words))
            match = _at_line_start(pattern, text, after) or _at_line_start(pattern, text, 0)
            if match:
                found.setdefault(match[0], Heading(*match, level, text[match[0] : match[1]]))
                after = match[1]
                break
    return tuple(found[start] for start in sorted(found))


def _at_line_start(pattern: str, text: str, start: int) -> tuple[int, int] | None:
    compiled = re.compile(pattern, re.IGNORECASE)
    own_line = re.compile(rf"^{pattern}$", re.IGNORECASE | re.MULTILINE)
    first_words = re.compile(rf"^{pattern}\b", re.IGNORECASE | re.MULTILINE)
    for expression in (own_line, first_words, compiled):
        match = expression.search(text, start)
        if match:
            return match.span()
    return None


def _read(path: Path, outlined: bool, labelled: bool) -> Structure:  # noqa: FBT001 - two facts
    reader = pypdf.PdfReader(path, strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    labels = list(reader.page_labels) if labelled else []
    outline: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if outlined:
        for count, (level, entry) in enumerate(_entries(reader.outline, 1)):
            if count >= MAX_ENTRIES:
                break
            page = reader.get_destination_page_number(entry)
            title = " ".join((entry.title or "").split())
            if page is not None and page >= 0 and title and len(title) <= MAX_TITLE_CHARS:
                outline[page].append((level, title))
    return Structure(labels, dict(outline))


def _entries(outline: Sequence[object], level: int) -> Iterator[tuple[int, Destination]]:
    """All entries with their level; a list holds the children of the entry before it."""
    for entry in outline:
        if isinstance(entry, Destination):
            yield level, entry
        elif isinstance(entry, list) and level < MAX_DEPTH:
            yield from _entries(cast("Sequence[object]", entry), level + 1)
