"""Takes Chinese questions apart by the words that are known to part them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from rag.exhaustive import lexicon
from rag.exhaustive.phrases import Phrase, Word
from rag.exhaustive.synonyms import words_in_han
from rag.exhaustive.terms import Noun

_GLUE = regex.compile(
    r"请|列出|列举|所有|全部|有没有|是否有|(?:哪些|哪几|有?多少|几)[个份篇家封张名位人起件部]?|总共|一共|总和"
    r"|合计|总额|总计|平均|最[高大长新晚多贵低小短早少]|提到了?|提及了?|包含|涉及|关于|[的了吗呢是在中里都和与]|(?<!没)有|[，。？！、\s]+"
)


def words_of_han(text: str) -> list[Word]:
    """The words of a Chinese text: what stands between those that only join and ask."""
    found: list[Word] = []
    at = 0
    known = regex.compile(
        "|".join(sorted(map(regex.escape, words_in_han()), key=len, reverse=True))
    )
    for border in [*_GLUE.finditer(text), None]:
        end = border.start() if border else len(text)
        while at < end:
            noun = known.search(text, at, end)
            stop = end if noun is None else noun.start() if noun.start() > at else noun.end()
            word = text[at:stop]
            found.append(Word(word, at, stop, word.lower()))
            at = stop
        at = border.end() if border else end
    return [word for word in found if word.text.strip()]


def noun_in(words: Sequence[Word]) -> Phrase | None:
    """The first of `words` that names things or files; the others tell what must be true."""
    for number, word in enumerate(words):
        if word.key in lexicon.ANY_FILE or word.key in words_in_han():
            noun = Noun(word.text, (word.key,), word.key, word.key in lexicon.ANY_FILE)
            return Phrase(noun, True, word.start, word.end, number + 1)
    return None
