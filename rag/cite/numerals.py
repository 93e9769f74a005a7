"""Reads numbers with their units, in digits or in words of several languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from rag.cite import quantities as q
from rag.cite.bounds import bound_after
from rag.cite.clocks import clock_at
from rag.cite.dates import numeric_date, with_year
from rag.cite.items import Quantity
from rag.cite.wordlist import words
from rag.cite.words import Kind, Token

_SEPARATED = regex.compile(r"^[+-]?\d{1,3}(?:[,.'’\u00a0\u202f\u2009]\d{3})+$")
_CJK_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_CJK_NUMERAL = regex.compile(
    r"第?[零〇一二三四五六七八九两十百千]+(?=[年月日个個名位人次岁歳億亿万萬倍世週周天座所家条項项章回本台部等大])|[零〇一二三四五六七八九十百千]{2,}"
)
_QUARTER = regex.compile(r"q([1-4])")
_OPEN_BRACKET = regex.compile(r"\(\s?\p{Sc}?\s?$")
_DIRECTLY = regex.compile(r"[\s\u00a0.-]{0,2}")
_ORDINAL_ENDING = regex.compile(r"(?:st|nd|rd|th|ste|te|ème|er|ª|º)\b")
_UNSPACED_UNITS = sorted(
    (unit for unit in q.UNITS if regex.match(r"[\p{Han}\p{Katakana}]", unit)),
    key=len,
    reverse=True,
)
_UNIT_GAP = regex.compile(r"[\s\u00a0.-]{0,3}")
_UNITS_OF_TWO_WORDS = {
    ("per", "cent"): "percent",
    ("por", "ciento"): "percent",
    ("pour", "cent"): "percent",
    ("percentage", "point"): "point",
    ("percentage", "points"): "point",
    ("us", "dollar"): "usd",
    ("us", "dollars"): "usd",
}
_AREA_AND_VOLUME = words("square sq cubic quadrat")
_ONE_OR_THREE = words("a one three ein einem drei un una tres")
_COUNTED_BY_ORDINALS = words("quarter century")  # "the first quarter" is no other
_MONEY = words("usd eur pound yen yuan rupee rouble won cent")


def with_cjk_numerals(text: str, tokens: list[Token]) -> list[Token]:
    """Chinese numerals as numeral tokens in place of the pairs of characters over them."""
    found = [m for m in _CJK_NUMERAL.finditer(text) if _cjk_value(m.group()) is not None]
    if not found:
        return tokens
    spans = [(m.start(), m.end()) for m in found]
    kept = [t for t in tokens if not any(t.start < end and start < t.end for start, end in spans)]
    kept += [Token(m.start(), m.end(), m.group(), m.group(), Kind.NUMERAL) for m in found]
    return sorted(kept, key=lambda t: t.start)


def _cjk_value(numeral: str) -> int | None:
    numeral = numeral.removeprefix("第")
    if all(char in _CJK_DIGITS for char in numeral):
        return int("".join(str(_CJK_DIGITS[char]) for char in numeral))
    total, digit = 0, 0
    for char in numeral:
        if char in _CJK_DIGITS:
            digit = _CJK_DIGITS[char]
        else:
            scale = {"十": 10, "百": 100, "千": 1000}[char]
            total += (digit or 1) * scale
            digit = 0
    return total + digit


def _readings(written: str) -> tuple[tuple[float, ...], int]:
    """All that a numeral may mean, and its significant digits."""
    fraction = sum(q.FRACTIONS.get(char, 0.0) for char in written)
    bare = "".join(char for char in written if char not in q.FRACTIONS).strip("-−–+")
    if not bare:
        return ((fraction,), 2)
    if bare[0] in "零〇一二三四五六七八九两十百千第":
        value = _cjk_value(bare) or 0
        return ((float(value),), len(str(value).rstrip("0")) or 1)
    bare = "".join(str(int(char)) if char.isdigit() else char for char in bare)
    plain = regex.sub(r"[,.'’\u00a0\u202f\u2009]", "", bare)
    digits = len(plain.lstrip("0").rstrip("0")) or 1
    readings: list[float] = []
    if _SEPARATED.match(bare):
        readings.append(float(plain) + fraction)
        if bare.count(".") == 1 and "," not in bare:
            readings.append(float(bare))
        return tuple(readings), digits
    point = max(bare.rfind("."), bare.rfind(","), bare.rfind("٫"))
    if point >= 0:
        whole = regex.sub(r"\D", "", bare[:point]) or "0"
        return ((float(f"{whole}.{bare[point + 1 :] or '0'}") + fraction,), digits)
    return ((float(bare) + fraction,), digits)


def _word_value(tokens: Sequence[Token], index: int) -> tuple[float, int] | None:
    """The value of spelled-out numerals from `index`, and how many tokens they take."""
    word = tokens[index].word
    if word in q.NUMERALS:
        value = q.NUMERALS[word]
    elif (german := _german_value(word)) is not None:
        value = german
    else:
        return None
    taken = 1
    if 20 <= value < 100 and value % 10 == 0 and index + 1 < len(tokens):
        following = q.NUMERALS.get(tokens[index + 1].word, 0)
        if 0 < following < 10 and tokens[index + 1].start - tokens[index].end <= 1:
            return (float(value + following), 2)
    return (float(value), taken)


def _german_value(word: str) -> int | None:
    if "und" not in word:
        return None
    one, _, ten = word.partition("und")
    if one in q.GERMAN_ONES and ten in q.NUMERALS and q.NUMERALS[ten] % 10 == 0:
        return q.GERMAN_ONES[one] + q.NUMERALS[ten]
    return None


def quantity_at(text: str, tokens: Sequence[Token], index: int) -> tuple[Quantity | None, int, int]:
    """The quantity that starts at `index`, its tokens, and those before it that belong to it."""
    if (whole := _whole_quantity(tokens, index)) is not None:
        return *whole, 0
    if (begun := _begun_quantity(text, tokens, index)) is None:
        return None, 0, 0
    quantity, taken = _with_scale(text, tokens, index, *begun)
    quantity, taken = _with_unit(text, tokens, index, quantity, taken)
    if quantity.unit in _COUNTED_BY_ORDINALS:
        quantity = replace(quantity, weak=False)
    quantity, before = _with_sign(tokens, index, quantity)
    near = [other.word for other in tokens[max(0, index - 3 - before) : index - before]]
    if q.APPROXIMATIONS.intersection(near[-2:]):
        quantity = replace(quantity, loose=True)
    if bound := bound_after(near):
        return replace(quantity, bound=bound), taken, before
    return with_year(text, tokens[index], quantity, taken), taken, before


def _whole_quantity(tokens: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """What takes neither a scale nor a unit: a date in digits, a time, "Q3", "half"."""
    token = tokens[index]
    if token.kind is Kind.NUMERAL:
        date = numeric_date(token.word)
        return (date, 1) if date is not None else clock_at(tokens, index)
    if quarter := _QUARTER.fullmatch(token.word):
        return Quantity((float(quarter[1]),), unit="quarter", ordinal=True, digits=1), 1
    if token.word in q.FRACTION_WORDS and _is_fraction(tokens, index):
        return Quantity((q.FRACTION_WORDS[token.word],), weak=True, digits=2), 1
    return None


def _is_fraction(tokens: Sequence[Token], index: int) -> bool:
    """Whether "quarter" is a fourth part and not a part of a year or of a town."""
    if q.FRACTION_WORDS[tokens[index].word] == 1 / 2:
        return True
    before = tokens[index - 1].word if index else ""
    after = tokens[index + 1].word if index + 1 < len(tokens) else ""
    return before in _ONE_OR_THREE or after in ("of", "der", "des")


def _begun_quantity(text: str, tokens: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    """The bare number that begins at `index`, and its tokens."""
    token = tokens[index]
    if token.kind is Kind.NUMERAL and any(mark in token.word[1:] for mark in "/-:"):
        return None  # it looks like a date, but there is no such day
    if token.kind is Kind.NUMERAL:
        values, digits = _readings(token.word)
        opened = _OPEN_BRACKET.search(text, max(0, token.start - 4), token.start)
        bracketed = bool(opened) and text[token.end : token.end + 1] == ")"
        negative = token.word[0] in "-−–"
        return Quantity(values, digits=digits, negative=negative, bracketed=bracketed), 1
    if token.kind in (Kind.WORD, Kind.STOP) and (spelled := _word_value(tokens, index)):
        value, taken = spelled
        weak = token.word in q.WEAK_NUMERALS and taken == 1
        digits = len(str(int(value)).rstrip("0")) or 1
        return Quantity((value,), weak=weak, digits=digits), taken
    if token.kind is not Kind.GRAM and token.word in q.ORDINALS:
        value = float(q.ORDINALS[token.word])
        return Quantity((value,), weak=value < 3, ordinal=True, digits=1), 1
    return None


def _with_sign(tokens: Sequence[Token], index: int, quantity: Quantity) -> tuple[Quantity, int]:
    """The quantity with the currency sign before it, and how many tokens that takes."""
    near = index and tokens[index].start - tokens[index - 1].end <= 2
    if near and tokens[index - 1].kind is Kind.SIGN and not quantity.unit:
        sign = tokens[index - 1].word
        unit = q.UNITS.get(sign) or q.UNITS.get(sign[-1], "")
        if unit in _MONEY:
            return replace(quantity, unit=unit), 1
    return quantity, 0


def _with_scale(
    text: str, tokens: Sequence[Token], index: int, quantity: Quantity, taken: int
) -> tuple[Quantity, int]:
    weak = quantity.weak
    while (at := index + taken) < len(tokens):
        token, previous = tokens[at], tokens[at - 1]
        if not _DIRECTLY.fullmatch(text, previous.end, token.start):
            break
        scale = q.SCALES.get(token.word)
        if scale is None and token.kind is Kind.GRAM and token.word[0] in "万萬亿億":
            scale = q.SCALES[token.word[0]]
        if scale is None and token.word in q.SCALE_LETTERS and previous.end == token.start:
            before = tokens[index - 1] if index else None
            if token.word in "kb" or (before is not None and before.kind is Kind.SIGN):
                scale = q.SCALE_LETTERS[token.word]
        if scale is None or (token.word == "mm" and not _after_money(tokens, index)):
            break
        values = tuple(value * factor for value in quantity.values for factor in scale)
        quantity = replace(quantity, values=values, weak=False)
        taken += 1
        taken, quantity = _with_rest(tokens, index, taken, quantity)
    return (quantity, taken) if taken > 1 or not weak else (replace(quantity, weak=weak), taken)


def _after_money(tokens: Sequence[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].kind is Kind.SIGN


def _with_rest(
    tokens: Sequence[Token], index: int, taken: int, quantity: Quantity
) -> tuple[int, Quantity]:
    """ "Two hundred and fifty": what follows a spelled-out scale and is smaller than it."""
    if tokens[index].kind is Kind.NUMERAL:
        return taken, quantity
    at = index + taken
    if at < len(tokens) and tokens[at].word == "and":
        at += 1
    if at >= len(tokens) or (spelled := _word_value(tokens, at)) is None:
        return taken, quantity
    value, more = spelled
    scale = q.SCALES.get(tokens[index + taken - 1].word, (0.0,))[0]
    if value >= scale:
        return taken, quantity
    values = tuple(known + value for known in quantity.values)
    return at + more - index, replace(quantity, values=values, digits=quantity.digits + 2)


def _with_unit(
    text: str, tokens: Sequence[Token], index: int, quantity: Quantity, taken: int
) -> tuple[Quantity, int]:
    """The quantity with the unit that follows it, and how many tokens both take."""
    last = tokens[index + taken - 1]
    end = last.start + 1 if taken > 1 and last.kind is Kind.GRAM else last.end
    after = tokens[index + taken : index + taken + 2]
    if unit := _unspaced_unit(text[end : end + 6]):
        return replace(quantity, unit=unit), taken
    if not after:
        return quantity, taken
    if tokens[index].kind is Kind.NUMERAL and _ORDINAL_ENDING.match(text, end):
        unit = q.UNITS.get(after[1].word, "") if len(after) > 1 else ""
        return replace(quantity, ordinal=True, unit=unit), taken + 1 + bool(unit)
    if after[0].word == "s" and after[0].start == end and last.word.endswith("0"):
        return replace(quantity, unit="decade"), taken + 1
    begins_next_amount = (
        after[0].kind is Kind.SIGN
        and text[after[0].end : after[0].end + 4].strip(" (\u00a0")[:1].isdigit()
    )
    unit, more = _unit_of([token.word for token in after])
    if unit and not begins_next_amount and _UNIT_GAP.fullmatch(text, end, after[0].start):
        return replace(quantity, unit=unit), taken + more
    return quantity, taken


def _unspaced_unit(after: str) -> str:
    """The unit in Chinese or Japanese characters that `after` begins with, if any."""
    written = after.lstrip().casefold()
    return next((q.UNITS[unit] for unit in _UNSPACED_UNITS if written.startswith(unit)), "")


def _unit_of(following: Sequence[str]) -> tuple[str, int]:
    """The unit that the words after a numeral name, and how many of them do."""
    first, second = following[0], following[1] if len(following) > 1 else ""
    if (first, second) in _UNITS_OF_TWO_WORDS:
        return _UNITS_OF_TWO_WORDS[first, second], 2
    if first in _AREA_AND_VOLUME and second in q.UNITS:
        return f"{first} {q.UNITS[second]}", 2
    return q.UNITS.get(first, ""), 1
