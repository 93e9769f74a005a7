"""Tells by its wording how much of a text a question wants: a fact, all of it, or a comparison."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from rag import resources
from rag.records import Breadth
from rag.understand.lexicon import documents
from rag.understand.lexicon import whole as table
from rag.understand.lexicon.languages import language_of
from rag.understand.words import fold, is_spaceless, words_of

_MOST_CHARS = 1_000  # a longer question brings its own text along
_TITLE, _TERM = "qqtitle", "qqterm"  # stand for a title or a file's name, and for quoted words
_TLDR = regex.compile(r"(?<![\p{L}])tl\s?;?\s?dr(?![\p{L}])", regex.IGNORECASE)
_SENTENCES = regex.compile(r"(?<=[.?!…;\n])\s+")
_HANGUL = regex.compile(r"\p{Hangul}")
_YEAR = regex.compile(r"(?:1[89]|20)\d\d")
_VERSION = regex.compile(r"v?\d[\d.]*|[a-z]")
_PARTS = frozenset(["before", "behind", "length", "says", "numbered"])
_HEAD_FIRST = frozenset(["fr", "es", "it", "pt", "he", "ar"])


@dataclass(frozen=True, slots=True)
class _Wording:
    language: str
    wanted: str  # as the table says
    pattern: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Wordings:
    """How such questions are asked, as the table has it."""

    asks: tuple[_Wording, ...]  # in the order in which they are tried
    before: regex.Pattern[str]  # said before what is asked
    behind: regex.Pattern[str]
    length: regex.Pattern[str]  # how long the answer is to be
    says: regex.Pattern[str]  # "what the paper says", without what of
    numbered: regex.Pattern[str]  # a part of a text


def breadth_of(question: str) -> Breadth:
    """How much of the documents in scope `question` wants read, by its wording alone.

    Of a question of several sentences the widest counts. What asks for a list or a number of
    things is a fact here: going through everything is decided elsewhere.
    """
    if len(question) > _MOST_CHARS:
        return Breadth.FACT
    if _TLDR.search(question):
        return Breadth.WHOLE
    if is_spaceless(question) or _HANGUL.search(question):
        return _without_grammar(question)
    marked = table.FILE_NAME.sub(f" {_TITLE} ", table.QUOTED.sub(_stand_in, question))
    found = [_of_sentence(sentence) for sentence in _SENTENCES.split(marked)]
    return next((wide for wide in (Breadth.COMPARE, Breadth.WHOLE) if wide in found), Breadth.FACT)


def _stand_in(found: regex.Match[str]) -> str:
    """What stands for a quotation; capitals make it a title."""
    quotation = found[1] or found[2]
    return f" {_TITLE} " if any(char.isupper() for char in quotation) else f" {_TERM} "


def _without_grammar(question: str) -> Breadth:
    """Of languages whose words are not told apart here."""
    wanted = {
        wording.wanted
        for wording in _wordings().asks
        if wording.language in ("zh", "ja", "ko", "th") and wording.pattern.search(question)
    }
    if "part" in wanted:
        return Breadth.FACT
    if "compare" in wanted:
        return Breadth.COMPARE
    return Breadth.WHOLE if "summary" in wanted else Breadth.FACT


def _of_sentence(sentence: str) -> Breadth:
    words = words_of(sentence)
    wordings = _wordings()
    folded = wordings.length.sub(" ", " ".join(word.key for word in words))
    asked = wordings.behind.sub("", wordings.before.sub("", " ".join(folded.split())))
    language = language_of(word.key for word in words).code
    # In German every noun is written with a capital.
    is_telling = language != "de"
    names = frozenset(word.key for word in words[1:] if word.is_capital and is_telling)
    for wording in wordings.asks:
        found = wording.pattern.match(asked)
        if found is not None:
            return _Wanted(asked, found, wording.wanted, names, language).breadth
    return Breadth.FACT


class _Wanted:
    """What a sentence wants of a text, `found` being the words with which it asks."""

    def __init__(
        self,
        asked: str,
        found: regex.Match[str],
        wanted: str,
        names: frozenset[str],
        language: str,
    ) -> None:
        named = found.groupdict().get("o")
        self._asked = asked
        wanted_of = named if named is not None else asked[found.end() :]
        self._object = table.AND_THEN.sub("", wanted_of).split()
        self._wanted = wanted
        self._names = names
        self._is_head_first = language in _HEAD_FIRST

    @property
    def breadth(self) -> Breadth:
        """How much it wants."""
        if self._names_part or table.COUNTING.match(self._asked):
            return Breadth.FACT
        if self._wanted in ("compare", "differ"):
            return Breadth.COMPARE if self._compares_texts else Breadth.FACT
        is_whole = {
            "summary": self._is_no_detail,
            "explain": self._is_text_or_argument,
            "points": self._is_of_text,
            "text": self._is_text,
        }[self._wanted]
        return Breadth.WHOLE if is_whole() else Breadth.FACT

    @property
    def _names_part(self) -> bool:
        """Whether it is one chapter or clause that is asked of."""
        text = " ".join(self._object)
        if table.EACH_PART.search(text):
            return False
        return (
            not table.PARTS.isdisjoint(self._object)
            or _wordings().numbered.search(text) is not None
        )

    @property
    def _compares_texts(self) -> bool:
        things = list(self._things())
        # Compare the lease and the loan: what one text is set against is taken for one.
        if not things or not self._is_whole_thing(things[0][0]):
            return False
        if any(len(head) > 1 and not self._is_whole_thing(head) for head, _ in things[1:]):
            return False
        if any(self._is_text_word(word) for head, _ in things for word in head):
            return True
        # Compare Apple and Microsoft by revenue: of what is no text, one matter
        behind = [word for word in things[-1][1] if not _YEAR.fullmatch(word)]
        rest = self._head(behind[1:])
        return len(things) > 1 and (not behind or bool(rest and self._is_text_word(rest[-1])))

    def _things(self) -> Iterator[tuple[list[str], list[str]]]:
        """What is compared: of each its head, and what stands behind that."""
        thing: list[str] = []
        for word in (*self._object, "and"):
            if word not in table.JOINTS or (word in self._names and len(word) == 1):
                thing.append(word)
                continue
            thing = self._after_prepositions(thing)
            head = self._head(thing)
            if head:
                yield head, thing[self._length_before_preposition(thing) :]
            elif not table.POINTING.isdisjoint(thing):
                yield [_TITLE], []
            thing = []

    def _is_whole_thing(self, head: Sequence[str]) -> bool:
        word = head[0] if self._is_head_first else head[-1]
        if self._is_text_word(word) or word in table.ARGUMENT or word in table.AUTHORS:
            return True
        if _YEAR.fullmatch(word) or _VERSION.fullmatch(word):
            return True
        return self._wanted == "compare" and self._are_names(head)

    def _is_no_detail(self) -> bool:
        if table.SAYS_ABOUT.search(self._asked):
            return False
        of = self._after_prepositions(self._object)
        head = self._head(of)
        if not head:
            return True
        if _TERM in head or not table.DETAILS.isdisjoint(head):
            return False
        is_broad = self._is_broad(head)
        return is_broad or not table.TOPIC.search(
            " ".join(of[self._length_before_preposition(of) :])
        )

    def _is_text_or_argument(self) -> bool:
        if table.SAYS_ABOUT.search(self._asked):
            return False
        if asked := _wordings().says.match(" ".join(self._object)):
            return self._is_broad(self._head(asked["o"].split()), texts_only=True)
        of = self._after_prepositions(self._object)
        head = self._head(of)
        if not head or not table.DETAILS.isdisjoint(head):
            return False
        if not self._is_broad(head):
            return False
        is_text = self._is_text_word(head[0 if self._is_head_first else -1])
        behind = self._after_prepositions(of[self._length_before_preposition(of) :])
        return (
            is_text
            or not behind
            or self._is_broad(self._head(behind))
            or bool(table.ARGUMENT & {head[0], head[-1]} and not table.TOPIC.search(" ".join(of)))
        )

    def _is_of_text(self) -> bool:
        """The main points: of a text, or of nothing that is named."""
        behind = self._object[1:]
        for at, word in enumerate(behind):
            if word in table.OF:
                of = self._head(behind[at + 1 :])
                return not of or self._is_broad(of, texts_only=True)
        return not table.TOPIC.search(" ".join(behind))

    def _is_text(self) -> bool:
        if table.SAYS_ABOUT.search(self._asked):
            return False
        of = self._after_prepositions(self._object)
        head = self._head(of)
        if not head:
            return not of or not table.POINTING.isdisjoint(of)
        return self._is_broad(head, texts_only=True)

    def _is_broad(self, head: Sequence[str], *, texts_only: bool = False) -> bool:
        """Whether `head` is a text, by its kind or by a name, or something told all over one."""
        if not head:
            return False
        word = head[0] if self._is_head_first else head[-1]
        if self._is_text_word(word) or word in table.AUTHORS or self._are_names(head):
            return True
        return not texts_only and word in table.ARGUMENT

    def _is_text_word(self, word: str) -> bool:
        return (
            word == _TITLE
            or documents.is_document(word)
            or word in table.TEXTS
            or word in table.VERSIONS
        )

    def _are_names(self, head: Sequence[str]) -> bool:
        telling = [word for word in head if word not in table.JOINTS and not word.isdecimal()]
        return bool(telling) and all(word in self._names for word in telling)

    def _head(self, words: Sequence[str]) -> list[str]:
        """What the words before the first preposition name, without articles and the like."""
        return [
            word
            for word in words[: self._length_before_preposition(words)]
            if (word in self._names and len(word) == 1)
            or (
                word not in documents.DETERMINERS
                and word not in table.FLUFF
                and word not in table.POINTING
            )
        ]

    @staticmethod
    def _length_before_preposition(words: Sequence[str]) -> int:
        ends = (at for at, word in enumerate(words) if word in table.PREPOSITIONS)
        return next(ends, len(words))

    @staticmethod
    def _after_prepositions(words: Sequence[str]) -> list[str]:
        start = 0
        while start < len(words) and words[start] in table.PREPOSITIONS:
            start += 1
        return list(words[start:])


@functools.cache
def _wordings() -> _Wordings:
    stored = (resources.folder() / "whole_asked.txt").read_text(encoding="utf-8")
    defined: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    asks: list[_Wording] = []
    for line in stored.splitlines():
        if line.startswith("@"):
            name, means = line.split(" = ", 1)
            defined[name] = means
        elif line and not line.startswith("#"):
            language, wanted, pattern = line.split(" | ", 2)
            for name, means in defined.items():
                pattern = pattern.replace(name, means)
            if wanted in _PARTS:
                parts.setdefault(wanted, []).append(_folded(pattern))
            else:
                asks.append(_Wording(language, wanted, regex.compile(_folded(pattern))))
    found = {wanted: "|".join(patterns) for wanted, patterns in parts.items()}
    return _Wordings(
        tuple(asks),
        before=regex.compile(rf"^(?:(?:{found['before']})\b ?)+"),
        behind=regex.compile(rf"(?: (?:{found['behind']}))+$"),
        length=regex.compile(found["length"]),
        says=regex.compile(found["says"]),
        numbered=regex.compile(found["numbered"]),
    )


def _folded(pattern: str) -> str:
    """A regular expression for folded text: its plain letters folded as the text is."""
    return "".join(char if char.isascii() else fold(char) for char in pattern)
