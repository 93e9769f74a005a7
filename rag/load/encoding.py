"""Tells in which encoding a file of text was written.

A byte order mark or valid UTF-8 decides at once. Older encodings are tried in turn: the right one
gives letters that one language uses, in words. Told apart cannot be what gives the same text in
both (cp1252 and ISO 8859-15 without their few differences), nor texts of a few letters.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import regex
from charset_normalizer import from_bytes

SAMPLE_BYTES = 65_536  # enough to tell an encoding
TELLING_BYTES = 12_000  # of lines that are not plain ASCII
MIN_WIDE_SPACES = 0.01  # of the characters of a text in UTF-16
MIN_SCORE = 0.3  # of what is taken for a language's text; a perfect one has 1
_BLOCK_BYTES = 1 << 20

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does: must come first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_SPACES = re.compile("[ \n\u3000-\u3002\uff0c]")
_JAPANESE_ESCAPES = (b"\x1b$B", b"\x1b$@")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_WEST = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_MIDDLE = ("cp1250", "iso8859-2", "cp852")
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "koi8-u")
# The letters beyond ASCII of a language; those before the bar are met far more often.
_LANGUAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("éèàêçùâîôûëïœæüÿ", _WEST),
    ("äöüß", _WEST),
    ("áéíóúñü¿¡ªº", _WEST),
    ("ãçáéíóõêâúàôªº", _WEST),
    ("àèéìòùîó", _WEST),
    ("àéèíòóúçïü·", _WEST),
    ("åäöé", _WEST),
    ("æøåéòóôè", _WEST),
    ("áéíóúýðþæöø", _WEST),
    ("éëïöüèáóê", _WEST),
    ("äöüõšž", (*_WEST, "cp1257", "iso8859-13")),
    ("áčďéěíňóřšťúůýž", _MIDDLE),
    ("áäčďéíĺľňóôŕšťúýž", _MIDDLE),
    ("ąćęłńóśźż", _MIDDLE),
    ("áéíóöőúüű", _MIDDLE),
    ("čćžšđ", _MIDDLE),
    ("ăâîşţ", _MIDDLE),
    ("ăâîșț", ("iso8859-16",)),
    ("çğıöşüâî", ("cp1254", "iso8859-9", "cp857")),
    ("ąčęėįšųūž", ("cp1257", "iso8859-13", "iso8859-4")),
    ("āčēģīķļņšūž", ("cp1257", "iso8859-13", "iso8859-4")),
    ("оеаинтсрвлкмдпуяыь|бгзйчхжшюцщэфёъіїєґўђјљњћџѓќѕ№", _CYRILLIC),
    ("аоеинтсрвдкмлпујзгбчш|љњцќхфѓжѕџћђ", _CYRILLIC),
    ("αοιετσνηυρπκμλςάέήίόύώ|γδωχθφβξζψϊϋΐΰ", ("cp1253", "iso8859-7", "cp737")),
    ("יוהלאםרתבשנמחדקעכ|פצגזטסךןףץ־", ("cp1255", "iso8859-8", "cp862")),
    ("اليمونترةعبدكفسقحه|هجشصطخضغذثزءآأؤإئىظگچپژک،؛؟ًٌٍَُِّْ", ("cp1256", "iso8859-6")),
    ("านรอกเงมยลวดทสตะปบคีิัแหจพขใชไ่้็์ูุำื|ผศธณซภญฉถฟฐษฎฏฆฒฝฌโฤๆฯึฬฮฑ๐๑๒๓๔๕๖๗๘๙", ("cp874",)),
)
_WESTERN = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿæœßšž"  # letters of any language of the west
_WESTERN_WORTH = 0.6
_SELDOM = ("mac-roman", "cp4", "cp7", "cp8")  # how the names of old computers' encodings begin
_SELDOM_COST = 0.03
_QUOTES = "’“”–"
_QUOTE_INSIDE = regex.compile(r"\p{L}[‘“”„‚–—…«»‹›](?=\p{L})")
_TYPOGRAPHY = frozenset("’‘“”„‚–—…«»‹›€£¥§°•©®™½¼¾²³±×µ·¿¡\xa0\xad")
_CAPITAL_INSIDE = regex.compile(r"\p{Ll}(?=[^\x00-\x7f])\p{Lu}|(?=[^\x00-\x7f])\p{Ll}\p{Lu}")
_FOREIGN = r"[\u0370-\u0fff]"
_MIXED_SCRIPTS = re.compile(rf"[A-Za-z](?={_FOREIGN})|{_FOREIGN}(?=[A-Za-z])")
# Where the common characters of an East Asian encoding lie: first bytes, for its plain 94 x 94
# table with second bytes from A1 on where it has one; and those of its signs.
_EAST_ASIAN: tuple[tuple[str, str, range, range], ...] = (
    ("cp949", "euc_kr", range(0xB0, 0xC9), range(0xA1, 0xAD)),
    ("cp932", "euc_jp", range(0xB0, 0xD0), range(0xA1, 0xA9)),
    ("euc_jp", "euc_jp", range(0xB0, 0xD0), range(0xA1, 0xA9)),
    ("gb18030", "gb2312", range(0xB0, 0xD8), range(0xA1, 0xAA)),
    ("cp950", "big5", range(0xA4, 0xC7), range(0xA1, 0xA4)),
)
_KANA = re.compile("[\u3041-\u30ff]")


def encoding_of(raw: bytes) -> str:
    """The encoding of all of a text's bytes."""
    early = _told_at_once(raw[:SAMPLE_BYTES])
    if early:
        return early
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw[: error.start], raw[error.start : error.start + SAMPLE_BYTES])
    return "utf-8"


def encoding_of_file(path: Path) -> str:
    """The encoding of a file of text of any length, which is looked through once, in blocks."""
    with path.open("rb") as file:
        block = file.read(_BLOCK_BYTES)
        early = _told_at_once(block[:SAMPLE_BYTES])
        if early:
            return early
        decoder = codecs.getincrementaldecoder("utf-8")()
        before = b""
        while block:
            try:
                decoder.decode(block, final=len(block) < _BLOCK_BYTES)
            except UnicodeDecodeError as error:
                at = max(0, len(block) - len(error.object) + error.start)
                after = block[at:] + file.read(SAMPLE_BYTES)
                return _not_utf8(before + block[:at], after[:SAMPLE_BYTES])
            before, block = before[-SAMPLE_BYTES:] + block, file.read(_BLOCK_BYTES)
    return "utf-8"


def _told_at_once(sample: bytes) -> str:
    """The encoding that marks, escapes or zero bytes give away; empty if none do."""
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    if b"\0" in sample:
        return _wide_without_mark(sample)
    if any(escape in sample for escape in _JAPANESE_ESCAPES) and _decoded(sample, "iso2022_jp"):
        return "iso2022_jp"
    return ""


def _wide_without_mark(sample: bytes) -> str:
    """UTF-16 or UTF-32 as told by white space, and by no character that does not exist."""
    for encoding in _WIDE:
        width = 4 if "32" in encoding else 2
        text = _decoded(sample[: len(sample) // width * width], encoding)
        spaces = len(_WIDE_SPACES.findall(text))
        if text and spaces >= MIN_WIDE_SPACES * len(text) and _all_exist(text):
            return encoding
    return ""


def _all_exist(text: str) -> bool:
    kinds = Counter(map(unicodedata.category, text.replace("\n", " ").replace("\r", " ")))
    return kinds["Cc"] + kinds["Cn"] + kinds["Co"] <= 0.01 * len(text)


def _not_utf8(before: bytes, after: bytes) -> str:
    """The encoding of text that is no UTF-8 from `after` on."""
    sample = before[-SAMPLE_BYTES // 8 :] + after
    if _NOT_ASCII.search(before) and _is_mostly_utf8(sample):
        return "utf-8"
    found = max(_scores(_telling_lines(sample)), key=lambda scored: scored[0], default=(0.0, ""))
    if found[0] >= MIN_SCORE:
        return found[1]
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def _telling_lines(sample: bytes) -> bytes:
    """The lines with letters beyond ASCII, as many as it takes."""
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:TELLING_BYTES]


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether it is UTF-8 with broken places; what is none has characters of it by chance."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - wrong >= wrong


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a sample says in one encoding."""

    counts: Counter[str]  # of the characters beyond ASCII
    odd: int  # signs and changes of case or script where none belong

    @classmethod
    def of(cls, sample: bytes, encoding: str) -> _Reading:
        text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
        odd = 2 * (len(_CAPITAL_INSIDE.findall(text)) + len(_QUOTE_INSIDE.findall(text)))
        odd += 3 * (len(_MIXED_SCRIPTS.findall(text)) + text.count("\ufffd"))
        return cls(Counter(char for char in text if char > "\x7f"), odd)

    def share(self, score: float) -> float:
        """A score for each of the characters."""
        return score / (self.counts.total() or 1)


def _scores(sample: bytes) -> Iterator[tuple[float, str]]:
    """How well each encoding explains the bytes, at most 1; the more usual ones come first."""
    readings: dict[str, _Reading] = {}
    for letters, encodings in _LANGUAGES:
        often, _, seldom = letters.partition("|")
        for encoding in encodings:
            if encoding not in readings:
                readings[encoding] = _Reading.of(sample, encoding)
            cost = _SELDOM_COST if encoding.startswith(_SELDOM) else 0.0
            yield _letters_score(readings[encoding], often, seldom) - cost, encoding
    yield _WESTERN_WORTH * _letters_score(readings["cp1252"], _WESTERN, ""), "cp1252"
    for encoding, table, common, signs in _EAST_ASIAN:
        yield _east_asian_score(_Reading.of(sample, encoding), table, common, signs), encoding


def _letters_score(reading: _Reading, often: str, seldom: str) -> float:
    """For each character beyond ASCII: 1 for a frequent letter of the language, less for others."""
    often, seldom = often + often.upper() + _QUOTES, seldom + seldom.upper()
    score = -float(reading.odd)
    for char, count in reading.counts.items():
        worth = 1.0 if char in often else 0.3 if char in _TYPOGRAPHY or char in seldom else -2.0
        score += worth * count
    return reading.share(score)


def _east_asian_score(reading: _Reading, table: str, common: range, signs: range) -> float:
    """For each character beyond ASCII: 1 for a frequent one, less for signs and rare ones."""
    score = -float(reading.odd)
    kana = 0
    for char, count in reading.counts.items():
        code = char.encode(table, errors="ignore")
        first = code[0] if len(code) == 2 else 0
        if table == "euc_jp" and _KANA.match(char):
            kana += count
            score += count
        elif first in common:
            score += count
        else:
            score += (0.3 if first in signs else -1.0) * count
    without_kana = table == "euc_jp" and reading.share(kana) < 0.1
    return reading.share(score) - (0.1 if without_kana else 0.0)


def _decoded(raw: bytes, encoding: str) -> str:
    """All of a sample, whose last character may be cut; empty where a byte has no meaning."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(raw)
    except UnicodeDecodeError:
        return ""
