"""Reads web pages: what a reader of the page reads, in its order, without scripts and menus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rag.errors import FileTooBig
from rag.load.grid import grid_of
from rag.load.how import PLAINLY, HowToRead
from rag.load.outline_text import OutlineText
from rag.load.text import clean, decode
from rag.records import DocumentInfo, Page

MAX_BYTES = 100_000_000
MAX_CELL_CHARS = 1_000  # more in a cell is a text that a table places on the page
MAX_SPAN = 50  # columns that a head may span
MENU_ITEMS = 15
MENU_ITEM_CHARS = 25  # on average
MENU_SHARE = 0.3  # of the page's text; a longer list is what the page is about
MIN_MAIN_SHARE = 0.3  # of the page's text that what calls itself the main part must hold

_META_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE)
_XHTML = re.compile(r"<\?xml\s|http://www\.w3\.org/1999/xhtml")
_SELF_CLOSED = re.compile(r"<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    )
)
_UNREAD = frozenset(
    (
        *("script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object"),
        *(
            "head",
            "nav",
            "button",
            "select",
            "input",
            "textarea",
            "audio",
            "video",
            "map",
            "dialog",
        ),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote"),
        *("figure", "figcaption", "address", "details", "summary", "form", "fieldset", "legend"),
        *("dl", "dd", "dt", "hr", "body", "html", "center", "tr", "td", "th", "caption"),
    )
)
_NOTE_REFERENCE = "noteref"
_MENU_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar", "banner"})


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page with the visible text: a line per paragraph, list item and table row."""
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"a web page of over {MAX_BYTES // 1_000_000} MB")
    text = OutlineText()
    title = read_markup(text, decode_markup(path.read_bytes()))
    yield DocumentInfo(title or text.first_heading or path.stem, 1, paged=False, format="web page")
    yield text.page()


def read_markup(text: OutlineText, markup: str) -> str:
    """Add to `text` what a reader of the page reads; gives the page's own title, or ""."""
    tree = LexborHTMLParser(_with_end_tags(markup) if _XHTML.search(markup[:2_000]) else markup)
    body = tree.body or tree.root
    if body is not None:
        _Walk(text, len(body.text())).children(_main_part(body))
    title = tree.css_first("title")
    return " ".join(title.text().split()) if title else ""


def _with_end_tags(markup: str) -> str:
    """XHTML for a parser of HTML, to which "<title/>" only begins a title."""
    return _SELF_CLOSED.sub(
        lambda tag: tag[0] if tag[1].lower() in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", markup
    )


def decode_markup(raw: bytes) -> str:
    """By its byte order mark, else by what it declares, else by what it looks like."""
    declared = _META_CHARSET.search(raw[:4096]) or _XML_ENCODING.search(raw[:200])
    if declared and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return clean(raw.decode(declared[1].decode("ascii"), errors="replace"))
        except LookupError:
            pass
    return clean(decode(raw))


class _Walk:
    """Goes through the page's elements in order; without recursion, since pages nest at will."""

    def __init__(self, text: OutlineText, page_chars: int) -> None:
        self._text = text
        self._page_chars = page_chars
        self._lists: list[int] = []  # the number of the next item, 0 in bulleted lists
        self._ahead: list[LexborNode | Callable[[], None]] = []  # the last comes first

    def children(self, node: LexborNode) -> None:
        """Read what is in `node`."""
        self._enter(node)
        while self._ahead:
            step = self._ahead.pop()
            if isinstance(step, LexborNode):
                if step.next is not None:
                    self._ahead.append(step.next)
                self._node(step)
            else:
                step()

    def _enter(self, node: LexborNode, leave: Callable[[], None] | None = None) -> None:
        """Go on with the children of `node`, then `leave` it."""
        if leave is not None:
            self._ahead.append(leave)
        if node.child is not None:
            self._ahead.append(node.child)

    def _node(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _UNREAD or tag.startswith("!") or _is_hidden(node) or self._is_said(tag, node):
            return
        if tag in _HEADINGS:
            self._text.heading(node.text(separator=""), _HEADINGS[tag])
        elif tag == "table":
            self._table(node)
        elif tag == "li":
            self._item(node)
        elif tag in {"ul", "ol"}:
            self._list(node, numbered=tag == "ol")
        elif tag in _BLOCKS:
            self._text.paragraph()
            self._enter(node, self._text.paragraph)
        else:
            self._enter(node)

    def _is_said(self, tag: str, node: LexborNode) -> bool:
        """Say what has no elements to go through; whether that was all."""
        if tag == "-text":
            self._text.say(node.text_content or "")
        elif tag == "br":
            self._text.break_line()
        elif tag == "pre":
            self._text.paragraph()
            self._text.verbatim(node.text())
            self._text.paragraph()
        elif tag == "a" and _NOTE_REFERENCE in _roles(node):
            self._text.say(f"[{node.text(strip=True).strip('[]')}]")
        else:
            return tag.startswith("-")
        return True

    def _list(self, node: LexborNode, *, numbered: bool) -> None:
        if self._is_menu(node):
            return
        part = self._text.line if self._lists else self._text.paragraph

        def leave() -> None:
            self._lists.pop()
            part()

        part()
        self._lists.append(1 if numbered else 0)
        self._enter(node, leave)

    def _item(self, node: LexborNode) -> None:
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        self._text.mark(f"{number}." if number else "•")
        self._enter(node, lambda: self._text.mark(""))

    def _is_menu(self, node: LexborNode) -> bool:
        """Whether a list holds nothing but many short links, and is not what the page is about."""
        items = node.css("li")
        if len(items) < MENU_ITEMS:
            return False
        said = sum(len(item.text(strip=True)) for item in items)
        linked = sum(len(link.text(strip=True)) for link in node.css("li a"))
        short = said <= MENU_ITEM_CHARS * len(items) and linked >= 0.9 * said
        return short and said < MENU_SHARE * self._page_chars

    def _table(self, node: LexborNode) -> None:
        """Row by row; a table that only lays the page out is read as blocks."""
        holds_tables = len(node.css("table")) > 1
        cells = [] if holds_tables else [row.css("th, td") for row in node.css("tr")]
        if _lays_out(cells):
            self._text.paragraph()
            self._enter(node, self._text.paragraph)
            return
        caption = node.css_first("caption")
        heads = next((at for at, row in enumerate(cells) if not _is_head(row)), len(cells))
        said = [_spelled(row, spanning=at < heads) for at, row in enumerate(cells)]
        self._text.table(grid_of(said, heads, caption.text(separator=" ") if caption else ""))


def _is_head(row: list[LexborNode]) -> bool:
    return bool(row) and all(cell.tag == "th" for cell in row)


def _spelled(row: list[LexborNode], *, spanning: bool) -> list[str]:
    """The cells' texts, those of a head once for each column that it spans."""
    said: list[str] = []
    for cell in row:
        spans = (cell.attributes.get("colspan") or "") if spanning else ""
        said += [cell.text(separator=" ")] * (min(int(spans), MAX_SPAN) if spans.isdecimal() else 1)
    return said


def _lays_out(rows: list[list[LexborNode]]) -> bool:
    if max(map(len, rows), default=0) < 2:
        return True
    return any(len(cell.text()) > MAX_CELL_CHARS for row in rows for cell in row)


def _main_part(body: LexborNode) -> LexborNode:
    """What the page itself calls its main part, if it does so once and rightly."""
    found = body.css("main, [role=main]")
    main = found[0] if found else body
    return main if len(main.text()) >= MIN_MAIN_SHARE * len(body.text()) else body


def _roles(node: LexborNode) -> str:
    """What a page or a book says an element is there for."""
    return f"{node.attributes.get('epub:type') or ''} {node.attributes.get('role') or ''}"


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or (attributes.get("role") or "") in _MENU_ROLES
