"""Reads what a text states hard: numbers with their units, dates, and the tokens around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from rag.cite import quantities as q
from rag.cite.words import Kind, Token, tokenise

_SEPARATED = regex.compile(r"^[+-]?\d{1,3}(?:[,.'’\u00a0\u202f\u2009]\d{3})+$")
_CJK_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_CJK_NUMERAL = regex.compile(
    r"第?[零〇一二三四五六七八九两十百千]+(?=[年月日个個名位人次岁歳億亿万萬倍世週周天座所家条項项章回本台部等大])|[零〇一二三四五六七八九十百千]{2,}"
)
_DIRECTLY = regex.compile(r"[\s\u00a0.-]{0,2}")
_ORDINAL_ENDING = regex.compile(r"(?:st|nd|rd|th|ste|te|ème|er|ª|º)\b")
_UNSPACED_UNITS = sorted(
    (unit for unit in q.UNITS if not unit.isascii() and len(unit) < 7), key=len, reverse=True
)
_UNSPACED_LETTERS = regex.compile(r"[\p{Han}\p{Katakana}]")
_MONEY = frozenset("usd eur pound yen yuan rupee rouble won cent".split())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a date: what was written may be read as any of `values`."""

    values: tuple[float, ...]
    unit: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    swapped: bool = False  # day and month may also be read the other way round
    weak: bool = False  # "one", "first": it need not be a count at all
    ordinal: bool = False
    loose: bool = False  # "about", "over"
    digits: int = 0  # how many significant digits were written
    negative: bool = False

    @property
    def is_date(self) -> bool:
        """Whether it is a year, a month or a day, or several of them."""
        return bool(self.year or self.month or self.day)


@dataclass(frozen=True, slots=True)
class Item:
    """A token, or a run of tokens that states one quantity."""

    start: int
    end: int
    token: Token
    quantity: Quantity | None = None

    @property
    def is_content(self) -> bool:
        """Whether it states something by itself."""
        return self.quantity is not None or self.token.kind in (Kind.WORD, Kind.GRAM, Kind.CODE)


def analyse(text: str) -> list[Item]:
    """The items of `text` in order, every quantity one item."""
    tokens = _with_cjk_numerals(text, tokenise(text))
    items: list[Item] = []
    index = 0
    while index < len(tokens):
        quantity, taken, before = _quantity_at(text, tokens, index)
        if quantity is None:
            if tokens[index].kind is not Kind.SIGN:
                items.append(Item(tokens[index].start, tokens[index].end, tokens[index]))
            index += 1
            continue
        first = tokens[index - before]
        last = tokens[index + taken - 1]
        items.append(Item(first.start, last.end, tokens[index], quantity))
        index += taken
    return _join_dates(text, items)


# ---------------------------------------------------------------- numerals


def _with_cjk_numerals(text: str, tokens: list[Token]) -> list[Token]:
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


def _quantity_at(
    text: str, tokens: Sequence[Token], index: int
) -> tuple[Quantity | None, int, int]:
    """The quantity that starts at `index`: it, its tokens, and those before it that belong to it."""
    token = tokens[index]
    if token.kind is Kind.NUMERAL:
        if (date := _numeric_date(token.word)) is not None:
            return date, 1, 0
        values, digits = _readings(token.word) if ":" not in token.word else _clock(token.word)
        quantity = Quantity(values, digits=digits, negative=token.word[0] in "-−–")
        taken = 1
    elif token.kind in (Kind.WORD, Kind.STOP) and (spelled := _word_value(tokens, index)):
        value, taken = spelled
        weak = token.word in q.WEAK_NUMERALS and taken == 1
        quantity = Quantity((value,), weak=weak, digits=len(str(int(value)).rstrip("0")) or 1)
    elif token.kind is not Kind.GRAM and token.word in q.ORDINALS:
        value = float(q.ORDINALS[token.word])
        quantity = Quantity((value,), weak=value < 3, ordinal=True, digits=1)
        taken = 1
    elif token.word in q.FRACTION_WORDS:
        return Quantity((q.FRACTION_WORDS[token.word],), weak=True, digits=2), 1, 0
    else:
        return None, 0, 0
    quantity, taken = _with_scale(text, tokens, index, quantity, taken)
    quantity, taken = _with_unit(text, tokens, index, quantity, taken)
    before = 0
    if index and tokens[index - 1].kind is Kind.SIGN and token.start - tokens[index - 1].end <= 2:
        sign = tokens[index - 1].word
        unit = q.UNITS.get(sign) or q.UNITS.get(sign[-1], "")
        if unit in _MONEY and not quantity.unit:
            quantity, before = replace(quantity, unit=unit), 1
    near = tokens[max(0, index - 2 - before) : index - before]
    if any(other.word in q.APPROXIMATIONS for other in near):
        quantity = replace(quantity, loose=True)
    return _as_year(text, tokens[index], quantity, taken), taken, before


def _clock(written: str) -> tuple[tuple[float, ...], int]:
    hours, minutes = (int(part) for part in written.split(":")[:2])
    return ((hours + minutes / 60,), 9)


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
    at = index + taken
    last = tokens[at - 1]
    end = last.start + 1 if taken > 1 and last.kind is Kind.GRAM else last.end
    following = tokens[at].word if at < len(tokens) else ""
    if tokens[index].kind is Kind.NUMERAL and _ORDINAL_ENDING.match(text, end) and following:
        century = at + 1 < len(tokens) and q.UNITS.get(tokens[at + 1].word) == "century"
        unit = "century" if century else ""
        return replace(quantity, ordinal=True, unit=unit), taken + 1 + century
    if following == "s" and tokens[at].start == end and tokens[index].word.endswith("0"):
        return replace(quantity, unit="decade"), taken + 1
    written = text[end : end + 6].lstrip().casefold()
    for unit in _UNSPACED_UNITS:
        if written.startswith(unit) and _UNSPACED_LETTERS.match(unit):
            return replace(quantity, unit=q.UNITS[unit]), taken
    if not following or not regex.fullmatch(r"[\s\u00a0.-]{0,3}", text[end : tokens[at].start]):
        return quantity, taken
    if (
        tokens[at].kind is Kind.SIGN
        and text[tokens[at].end : tokens[at].end + 4].strip(" (\u00a0")[:1].isdigit()
    ):
        return quantity, taken  # the sign of the next amount in a row
    words = [token.word for token in tokens[at : at + 2]]
    if (
        words == ["per", "cent"]
        or words[0] in ("por", "pour")
        and words[1:] in (["ciento"], ["cent"])
    ):
        return replace(quantity, unit="percent"), taken + 2
    if words[0] in ("percentage",) and words[1:] in (["point"], ["points"]):
        return replace(quantity, unit="point"), taken + 2
    if words[0] in ("square", "cubic", "quadrat") and words[1:] and words[1] in q.UNITS:
        return replace(quantity, unit=f"{words[0]} {q.UNITS[words[1]]}"), taken + 2
    if words[0] in ("us", "u.s") and words[1:] and q.UNITS.get(words[1]) == "usd":
        return replace(quantity, unit="usd"), taken + 2
    if words[0] in q.UNITS and not quantity.unit:
        return replace(quantity, unit=q.UNITS[words[0]]), taken + 1
    return quantity, taken


# ---------------------------------------------------------------- dates


def _as_year(text: str, token: Token, quantity: Quantity, taken: int) -> Quantity:
    written = token.word
    value = quantity.values[0]
    if (
        taken == 1
        and len(written) == 4
        and written.isdigit()
        and not quantity.unit
        and 1000 <= value < 2200
    ):
        return replace(quantity, year=int(value))
    after = text[token.end : token.end + 2].lstrip()[:1]
    whole = int(value) if value == int(value) else 0
    if after == "年" and whole >= 100:
        return replace(quantity, year=whole)
    if after == "月" and 1 <= whole <= 12:
        return replace(quantity, month=whole, unit="")
    if after in ("日", "号") and after and 1 <= whole <= 31:
        return replace(quantity, day=whole, unit="")
    return quantity


def _numeric_date(written: str) -> Quantity | None:
    parts = regex.split(r"[-/.]", written)
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
        swapped = False
    else:
        day, month, year = numbers
        swapped = True
        if month > 12:
            day, month = month, day
            swapped = False
        if len(parts[2]) == 2:
            year += 1900 if year > 50 else 2000
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Quantity((float(year),), year=year, month=month, day=day, swapped=swapped and day <= 12)


def _join_dates(text: str, items: list[Item]) -> list[Item]:
    """Dates written in several words, or with 年, 月 and 日, as one item each."""
    joined: list[Item] = []
    index = 0
    while index < len(items):
        item = items[index]
        month = _month(item)
        if month:
            taken, date = _around_month(text, joined, items, index, month)
            if date is not None:
                joined.append(date)
                index += taken
                continue
        previous = joined[-1] if joined else None
        dated = previous is not None and previous.quantity is not None and previous.quantity.is_date
        if dated and item.token.word in ("年", "月", "日", "号"):
            index += 1
            continue
        merged = _next_part(text, previous, item) if previous else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(item)
        index += 1
    return joined


def _month(item: Item) -> int:
    if item.token.kind not in (Kind.WORD, Kind.STOP) or item.quantity is not None:
        return 0
    return q.MONTHS.get(item.token.word, 0)


def _whole(item: Item | None, low: int, high: int) -> int:
    if item is None or item.quantity is None or item.token.kind is not Kind.NUMERAL:
        return 0
    quantity = item.quantity
    value = quantity.values[0]
    plain = not quantity.unit and value == int(value) and not quantity.month and not quantity.day
    return int(value) if plain and low <= value <= high else 0


_LINKS = frozenset(("of", "de", "del", "the", "di", "du"))


def _around_month(
    text: str, joined: list[Item], items: Sequence[Item], index: int, month: int
) -> tuple[int, Item | None]:
    """Take the day before or after a month's name and the year after it."""
    back = 2 if joined[-1:] and joined[-1].token.word in _LINKS else 1
    before = joined[-back] if len(joined) >= back else None
    near = before is not None and items[index].start - before.end <= 8
    day = (
        _whole(before, 1, 31)
        if near and (before is None or not before.quantity or not before.quantity.year)
        else 0
    )
    at = index + 1
    first, last = (before, items[index]) if day and before else (items[index], items[index])
    if not day and at < len(items) and items[at].start - last.end <= 2:
        day = _whole(items[at], 1, 31)
        if day:
            last = items[at]
            at += 1
    year_at = at
    while year_at < len(items) and items[year_at].token.word in _LINKS:
        year_at += 1
    year = 0
    if year_at < len(items) and items[year_at].start - last.end <= 8:
        gap = text[last.end : items[year_at].start]
        year = _whole(items[year_at], 100, 2200) if not regex.search(r"[.;:()]\s", gap[1:]) else 0
        if year:
            last = items[year_at]
            at = year_at + 1
    if (
        not day
        and not year
        and (items[index].token.word in q.DOUBTFUL_MONTHS or not items[index].token.capital)
    ):
        return 0, None
    if day and before is first:
        del joined[-back:]
    assert first is not None
    quantity = Quantity((float(year or day or month),), year=year, month=month, day=day)
    return at - index, Item(first.start, last.end, items[index].token, quantity)


def _next_part(text: str, previous: Item, item: Item) -> Item | None:
    """2008年2月28日: the next smaller part of the date that `previous` began."""
    known, more = previous.quantity, item.quantity
    if known is None or more is None or not known.is_date or not more.is_date:
        return None
    gap = text[previous.end : item.start].replace(" ", "")
    if gap not in ("年", "月"):
        return None
    if (gap == "年" and more.month and not known.month) or (
        gap == "月" and more.day and not known.day
    ):
        quantity = replace(known, month=known.month or more.month, day=known.day or more.day)
        return Item(previous.start, item.end, previous.token, quantity)
    return None


# ---------------------------------------------------------------- agreement


def same_quantity(said: Quantity, found: Quantity, factors: Sequence[float] = (1.0,)) -> bool:
    """Whether `found` bears out `said`; `factors` are scales that the source states elsewhere."""
    if said.is_date:
        return _same_date(said, found)
    if said.unit and found.unit and said.unit != found.unit:
        return False
    if said.negative and not found.negative:
        return False
    if found.is_date and (said.unit or found.month or found.day):
        return False
    wanted = [factor * value for factor in factors for value in found.values]
    return any(_same_value(said, value, other) for value in said.values for other in wanted)


def _same_value(said: Quantity, value: float, other: float) -> bool:
    if abs(value - other) <= 1e-9 * max(1.0, abs(other)):
        return True
    if said.is_date or said.ordinal or not value or not other:
        return False
    if not (said.loose or (said.digits >= 2 and abs(value) >= 1e5) or said.digits >= 3):
        return False
    if abs(value - int(value)) < 1e-9 and abs(value) < 1e5 and not said.loose:
        return False
    return f"{value:.{said.digits - 1}e}" == f"{other:.{said.digits - 1}e}"


def _same_date(said: Quantity, found: Quantity) -> bool:
    if not found.is_date:
        plain = said.year and not said.month and not said.day and not said.unit
        return bool(plain) and not found.unit and float(said.year) in found.values
    if said.unit and said.unit != found.unit:
        return False
    if said.year and found.year != said.year:
        return False
    direct = said.month in (0, found.month) and said.day in (0, found.day)
    turned = (said.swapped or found.swapped) and (said.month, said.day) == (found.day, found.month)
    return direct or turned
