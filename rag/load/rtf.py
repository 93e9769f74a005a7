"""Reads Rich Text Format: paragraphs, headings, lists, tables, notes and comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.errors import CorruptFile, FileTooBig
from rag.load.grid import grid_of
from rag.load.how import PLAINLY, HowToRead
from rag.load.outline_text import OutlineText
from rag.load.page_borders import told_once
from rag.load.rtf_tokens import (
    UNREAD,
    Kind,
    Token,
    Tokens,
    charset_encoding,
    encoding_of,
)
from rag.load.word_paragraphs import heading_level
from rag.records import DocumentInfo, Page

MAX_BYTES = 200_000_000
MAX_GROUPS = 2_000  # in each other

_SIGNATURE = b"{\\rtf"
_BOM = b"\xef\xbb\xbf"
_BORDERS = frozenset(
    ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")
)
_KEPT = frozenset({"stylesheet", "fonttbl", "title", "footnote", "annotation", "atnauthor"})
_MARKS = frozenset({"pntext", "listtext"})
_OPEN = frozenset({"info", "shp", "shpinst", "shptxt", "object", "result", "g", "md"})
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "softpage"})
_CELL_ENDS = frozenset({"cell", "row"})
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "~": " ",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
    "nestcell": " ",
    "nestrow": " ",
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group, until its end."""

    place: str = "body"  # what its text is for
    hidden: bool = False
    font: int = -1
    skip: int = 1  # characters that stand in for a Unicode one, for old programs


@dataclass(slots=True)
class _Paragraph:
    """How the paragraph in work is set."""

    style: int = 0
    outline: int = -1
    in_table: bool = False


@dataclass(slots=True)
class _Style:
    """A paragraph style."""

    name: list[str] = field(default_factory=list[str])
    outline: int = -1


def read(path: Path, _how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """One page with the document's text, its notes at the end."""
    if path.stat().st_size > MAX_BYTES:
        raise FileTooBig(path, f"it has over {MAX_BYTES // 1_000_000} MB")
    content = path.read_bytes().removeprefix(_BOM).lstrip()
    if not content:
        raise CorruptFile(path, "it is empty")
    if not content.startswith(_SIGNATURE):
        raise CorruptFile(path, "it is not an RTF file")
    walk = _Walk(path, Tokens(content))
    walk.everything()
    title = walk.title or walk.text.first_heading or path.stem
    yield DocumentInfo(title, 1, paged=False, format="RTF")
    yield walk.text.page()


class _Walk:
    """Goes through the tokens once; groups lie in each other without recursion."""

    def __init__(self, path: Path, tokens: Tokens) -> None:
        self.text = OutlineText()
        self._path = path
        self._tokens = tokens
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, _Style] = defaultdict(_Style)
        self._state = _State()
        self._stack: list[_State] = []
        self._starred = False  # whether the next word may be left out
        self._stand_ins = 0  # still to be left out
        self._bytes = bytearray()
        self._high = 0  # the first half of a character in two
        self._said: dict[str, list[str]] = defaultdict(list)  # by what it is for
        self._paragraph = _Paragraph()
        self._style = 0  # in the style sheet
        self._font = -1  # in the table of fonts
        self._notes: list[str] = []
        self._comments: list[str] = []
        self._borders: list[str] = []
        self._row: list[str] = []
        self._rows: list[list[str]] = []
        self._head_rows = 0
        self._is_head = False

    @property
    def title(self) -> str:
        """What the document calls itself."""
        return " ".join("".join(self._said["title"]).split())

    def everything(self) -> None:
        """Read the whole file."""
        for token in self._tokens:
            match token.kind:
                case Kind.OPEN:
                    self._open()
                case Kind.CLOSE:
                    if not self._close():
                        break  # what follows the document is not of it
                case Kind.WORD:
                    self._word(token)
                case Kind.SIGN:
                    self._sign(token.name)
                case Kind.BYTES:
                    self._take(token)
        self._end_paragraph()
        self._end_table()
        for number, note in enumerate(self._notes, 1):
            self._say_paragraph(f"[{number}] {note}")
        for said in told_once(self._borders):
            self._say_paragraph(said)

    def _open(self) -> None:
        self._decode()
        self._stack.append(self._state)
        self._starred = False
        if len(self._stack) > MAX_GROUPS:
            raise CorruptFile(self._path, "its groups lie too deep in each other")

    def _close(self) -> bool:
        self._decode()
        ended = self._state.place
        self._state = self._stack.pop() if self._stack else self._state
        if ended != self._state.place:
            self._end_place(ended)
        return bool(self._stack)

    def _end_place(self, ended: str) -> None:
        """Something that is told apart from the text around it is complete."""
        if ended not in {"footnote", "annotation", "border"}:
            return
        said = " ".join("".join(self._said.pop(ended, [])).split())
        if ended == "footnote" and said:
            self._notes.append(said)
            self._said[self._state.place].append(f"[{len(self._notes)}]")
        elif ended == "annotation" and said:
            author = " ".join("".join(self._said.pop("atnauthor", [])).split())
            self._comments.append(f"[Comment{f' by {author}' if author else ''}: {said}]")
        elif ended == "border":
            self._borders.append(said)

    def _word(self, token: Token) -> None:
        word, number = token.name, token.number
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._character(number % 0x10000)
            return
        self._decode()
        self._stand_ins = 0
        if word in _KEPT or word in _BORDERS or word in _MARKS:
            self._enter("border" if word in _BORDERS else "mark" if word in _MARKS else word)
        elif word not in _OPEN and (starred or word in UNREAD):
            self._tokens.leave_group()
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif self._state.place in {"stylesheet", "fonttbl"}:
            self._define(word, number)
        elif not self._shape(word, number):
            self._set(word, number)

    def _enter(self, place: str) -> None:
        """The rest of the group is for `place`; of a footnote's own marks nothing is read."""
        self._state = replace(self._state, place=place)
        if place == "atnauthor":
            self._said[place] = []

    def _define(self, word: str, number: int | None) -> None:
        """A style or a font is being told of."""
        if word == "s" and number is not None:
            self._style = number
        elif word == "outlinelevel" and number is not None:
            self._styles[self._style].outline = number
        elif word == "f" and number is not None:
            self._font = number
        elif word == "fcharset" and number is not None:
            self._fonts[self._font] = charset_encoding(number)

    def _shape(self, word: str, number: int | None) -> bool:
        """Whether a word is one of paragraphs and tables; what it says is done then."""
        beside = self._state.place != "body"
        ends = word in _PARAGRAPH_ENDS
        if (ends and (beside or self._paragraph.in_table)) or (beside and word in _CELL_ENDS):
            self._say(" ")
        elif beside:
            return False
        elif ends:
            self._end_paragraph()
        elif word == "cell":
            self._row.append(" ".join("".join(self._said.pop("body", [])).split()))
        elif word == "row":
            self._end_row()
        elif word == "trhdr":
            self._is_head = True
        else:
            return self._set_paragraph(word, number)
        return True

    def _set_paragraph(self, word: str, number: int | None) -> bool:
        if word == "pard":
            self._paragraph = _Paragraph()
        elif word == "intbl":
            self._paragraph.in_table = True
        elif word == "s":
            self._paragraph.style = number or 0
        elif word == "outlinelevel":
            self._paragraph.outline = number or 0
        else:
            return False
        return True

    def _set(self, word: str, number: int | None) -> None:
        if word in {"v", "deleted"}:
            self._state = replace(self._state, hidden=number != 0)
        elif word == "plain":
            self._state = replace(self._state, hidden=False, font=-1)
        elif word == "f" and number is not None:
            self._state = replace(self._state, font=number)
        elif word == "uc":
            self._state = replace(self._state, skip=min(max(number or 0, 0), 16))
        else:
            self._encoding = encoding_of(word, number) or self._encoding

    def _sign(self, sign: str) -> None:
        self._starred = sign == "*"
        self._decode()
        if sign in "\r\n":
            self._word(Token(Kind.WORD, "par"))
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _take(self, token: Token) -> None:
        self._starred = False
        content = token.content
        if self._stand_ins:
            left_out = min(self._stand_ins, len(content))
            self._stand_ins -= left_out
            content = content[left_out:]
        if content and not self._state.hidden:
            self._bytes += content

    def _character(self, code: int) -> None:
        """A character of Unicode, or half of one."""
        self._decode()
        self._stand_ins = self._state.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            if self._high:
                self._say(chr(0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)))
        else:
            self._say(chr(code))
        self._high = 0

    def _decode(self) -> None:
        """The bytes so far are text in the encoding that holds."""
        if self._bytes:
            encoding = self._fonts.get(self._state.font) or self._encoding
            self._say(self._bytes.decode(encoding, errors="replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        place = self._state.place
        if place == "stylesheet":
            self._styles[self._style].name.append(text)
            if text.endswith(";"):
                self._style = 0
        elif not self._state.hidden and place != "fonttbl":
            self._said[place].append(text)

    def _end_paragraph(self) -> None:
        said = "".join(self._said.pop("body", []))
        mark = "".join(self._said.pop("mark", [])).strip()
        if said.strip():
            self._end_table()
            level = self._level()
            mark = mark if any(map(str.isalnum, mark)) else "•" * bool(mark)
            if level:
                self.text.heading(f"{mark} {said}" if mark and mark != "•" else said, level)
            elif mark:
                self.text.mark(mark)
                self._say_lines(said)
                self.text.mark("")
            else:
                self.text.paragraph()
                self._say_lines(said)
                self.text.paragraph()
        for comment in self._comments:
            self._say_paragraph(comment)
        self._comments = []

    def _level(self) -> int:
        """The level of the paragraph in work as a heading; 0 for none."""
        style = self._styles[self._paragraph.style]
        outline = self._paragraph.outline
        if outline < 0:
            outline = style.outline
        if outline >= 0:
            return outline + 1 if outline < 9 else 0
        return heading_level("".join(style.name).strip(" ;"))

    def _say_lines(self, said: str) -> None:
        for at, line in enumerate(said.split("\n")):
            if at:
                self.text.line()
            self.text.say(line)

    def _say_paragraph(self, said: str) -> None:
        self.text.paragraph()
        self.text.say(said)
        self.text.paragraph()

    def _end_row(self) -> None:
        rest = " ".join("".join(self._said.pop("body", [])).split())
        self._row += [rest] * bool(rest)
        self._said.pop("mark", None)
        if any(self._row):
            if self._is_head and self._head_rows == len(self._rows):
                self._head_rows += 1
            self._rows.append(self._row)
        self._row = []
        self._is_head = False

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self.text.table(grid_of(self._rows, self._head_rows))
        self._rows = []
        self._head_rows = 0
