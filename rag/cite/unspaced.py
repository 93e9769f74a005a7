"""Compares text without spaces between words: what stands in it for something else."""

from __future__ import annotations

from difflib import SequenceMatcher

import regex

from rag.cite.alignment import Alignment
from rag.cite.wordlist import words
from rag.cite.words import Kind

_LEAST_SHARE = 0.6  # of the clause must stand in the window for a difference to tell anything
_MOST_CHARS = 400
_MOST_NAME_CHARS = 12
# The shares of characters for foreign names that both, and one, of two stretches must have.
_LIKE_A_NAME, _SURELY_A_NAME = 0.5, 0.75
# Chinese writes foreign names with these.
_NAME_CHARS = frozenset(
    "阿埃艾安昂奥巴班邦鲍贝本比彼波伯博布查达戴丹德迪蒂丁杜多顿俄厄恩尔法菲费芬弗夫福盖冈戈哥格"
    "古哈海汉赫亨胡惠霍基吉加贾杰金卡凯坎康柯科克肯库夸拉莱兰劳勒雷黎里利莉列林琳卢鲁伦罗洛吕马"
    "麦曼梅门蒙米密缪摩莫默姆穆纳娜奈南内尼纽努诺欧帕潘庞佩皮珀普奇恰乔琼瑞撒萨塞桑瑟沙舍史什"
    "斯丝松苏索塔泰坦汤唐特滕提廷图托瓦万威韦维魏温沃伍西希锡夏香谢辛休雅亚延扬耶伊因英尤约泽扎"
    "詹珍朱兹佐森得逊道"
)
_COUNTRIES = words(
    """
    中国 美国 英国 法国 德国 泰国 韩国 俄国 日本 印度 巴西 越南 朝鲜 北京 上海 东京 纽约 伦敦 巴黎
    香港 台湾 欧洲 亚洲 非洲 美洲 澳洲 罗马 埃及 希腊 土耳其 西班牙 葡萄牙 荷兰 瑞士 瑞典 挪威 苏联
    """
)
_NUMERAL = regex.compile(r"[\d０-９零〇一二三四五六七八九十百千万萬亿億两兩几半]\s?$")
_MEASURES = regex.compile(
    r"(?:平方|立方|公|英|海|华|千|毫|厘)?(?:里|米|尺|寸|吨|斤|顷|亩|克|升|码)|年代|世纪|世紀|个月|小时|小時"
    r"|分钟|分鐘|秒|天|日|周|週|年|月|岁|歳|度|美元|欧元|英镑|日元|元|円|人|万|萬|亿|億|千|百|％|%|倍"
)


def replacements_agree(alignment: Alignment, first: int, last: int) -> bool:
    """Whether items first to last differ from the window in no foreign name and in no measure."""
    items = alignment.sentence.items[first:last]
    if not any(item.token.kind is Kind.GRAM for item in items):
        return True
    said = alignment.sentence.slice(first, last)
    window = alignment.window
    found = alignment.passage.text[window.start : window.end]
    if len(said) > _MOST_CHARS or len(found) > 2 * _MOST_CHARS:
        return True
    codes = SequenceMatcher(None, found, said, autojunk=False).get_opcodes()
    same = sum(b - a for kind, a, b, _, _ in codes if kind == "equal")
    if same < _LEAST_SHARE * len(said):
        return True
    for number, (kind, a, b, c, d) in enumerate(codes):
        if kind != "replace" or not (0 < number < len(codes) - 1 or c == 0):
            continue
        if d == len(said) and b - a > 2 * (d - c):
            continue  # the window merely goes on in its own way
        if _is_a_measure(found, a, said, c) or _are_names(found[a:b], said[c:d]):
            return False
    return True


def _is_a_measure(found: str, a: int, said: str, c: int) -> bool:
    """Whether after one number the two give different measures."""
    theirs, mine = _measure_over(found, a), _measure_over(said, c)
    return bool(theirs and mine) and theirs != mine


def _measure_over(text: str, start: int) -> str:
    """The measure after a number that what stands at `start` belongs to; empty if none."""
    begin = start
    while begin > 0 and start - begin < 3 and not _NUMERAL.search(text[:begin]):
        begin -= 1
    if not _NUMERAL.search(text[:begin]):
        return ""
    measure = _MEASURES.match(text, begin)
    return measure.group() if measure and measure.end() > start else ""


def _are_names(theirs: str, mine: str) -> bool:
    shares = sorted((_name_share(theirs), _name_share(mine)))
    return shares[0] >= _LIKE_A_NAME and shares[1] >= _SURELY_A_NAME


def _name_share(text: str) -> float:
    """How much of a stretch, by its characters, may be a foreign name or a country."""
    letters = [char for char in text if not char.isspace() and char not in "·・‧"]
    if not letters or len(letters) > _MOST_NAME_CHARS:
        return 0.0
    if text.strip() in _COUNTRIES or text.strip() + "国" in _COUNTRIES:
        return 1.0
    if all(char.isascii() for char in letters):
        return float(letters[0].isupper())
    return sum(char in _NAME_CHARS for char in letters) / len(letters)
