"""Tells what the library is about, so that “contracts” can mean the files that are contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import regex

from rag.cite.quantities import NUMERALS, WEAK_NUMERALS
from rag.exhaustive.folding import any_form, fold
from rag.exhaustive.layout import LabelBook
from rag.exhaustive.naming import values_in_prose
from rag.exhaustive.phrases import forms_of, is_role
from rag.exhaustive.subject import Page, label_score, name_of_file, subjects_of
from rag.exhaustive.synonyms import meant_by
from rag.exhaustive.terms import Noun, Term
from rag.index.catalog import Catalog, StoredChunk
from rag.records import Scope
from rag.understand.lexicon.documents import is_document

_SAMPLE = 60  # passages that hold a word, looked at to see what it is there
_FEW = 3  # files that are too few to speak of all of them
_NUMERALS = "|".join(sorted(set(NUMERALS) - WEAK_NUMERALS, key=len, reverse=True))
_COUNT = (  # of something, no year: “twelve serious”
    rf"(?<![\p{{L}}\d.,/-])(?:(?!(?:1[5-9]|20)\d\d(?!\d))\d[\d.,]*|{_NUMERALS})"
    r"\s+(?:(?!an?\s|the\s|eine?\s|de[rs]\s|die\s|une?\s|l[ae]\s|el\s)[\p{L}-]+\s+){0,2}?"
)
_SHARE = 0.01  # of all files, the same
# The same for words that name no document: “(film)” at the end of a title says little.
_SHARE_LED, _SHARE_BEGUN, _MOST = 0.02, 0.05, 0.5
_NUMBER = regex.compile(r"[^\p{L}]*\d")
_TITLE_CHARS = 90  # a first line so short says what a document is


class Meaning(StrEnum):
    """What a noun means in a library."""

    THINGS = "things"  # files, or rows of tables, are such
    TOLD = "told"  # files tell it: a name, a number, a date
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Known:
    """How often the library uses a noun in which way, in files."""

    named: int = 0  # their names or titles say that they are such
    led: int = 0  # of these, the name begins with it, or the folder has it
    tables: int = 0  # the same of tables, each row of which is one
    begun: int = 0  # of a sample, their first lines say it
    labelled: int = 0  # of the sample, those that tell it in a field
    counted: int = 0  # of these, how often the field's value begins with a number
    told: int = 0  # of the sample, those that name it in a sentence


@dataclass(frozen=True)
class Shelf:
    """The files in a scope, by what they are called."""

    catalog: Catalog
    scope: Scope
    _known: dict[tuple[str, ...], Known] = field(default_factory=dict[tuple[str, ...], Known])

    @cached_property
    def documents(self) -> list[tuple[int, tuple[Path, ...]]]:
        """The documents in scope with their files."""
        return self.catalog.documents_shown(self.scope)

    @cached_property
    def _names(self) -> list[str]:
        titles = dict(self.catalog.titles())
        return [
            f"{fold(paths[0].parent.name)} {name_of_file(paths[0], titles.get(paths[0], ''))}"
            for _, paths in self.documents
        ]

    def known(self, noun: Noun) -> Known:
        """How the library speaks of `noun`."""
        forms = tuple(dict.fromkeys((noun.head, *forms_of(noun))))
        if forms not in self._known:
            self._known[forms] = self._look_up(noun, forms)
        return self._known[forms]

    def _look_up(self, noun: Noun, forms: tuple[str, ...]) -> Known:
        known = Known()
        pattern = any_form(forms)
        named = [n for n, name in enumerate(self._names) if pattern.search(name)]
        known.named = len(named)
        known.led = sum(1 for n in named if self._is_led(n, pattern))
        known.tables = sum(self._is_table(self.documents[n][0]) for n in named[:_FEW])
        begun: set[int] = set()
        labelled: dict[int, bool] = {}
        told: set[int] = set()
        book = LabelBook()
        for stored in self._with_words(forms):
            page = Page(stored.chunk.text, book)
            if stored.chunk.start == 0 and pattern.search(_first_line(page.folded)):
                begun.add(stored.document_id)
            value = _value_of(forms, page)
            if value is not None:
                labelled.setdefault(stored.document_id, bool(_NUMBER.match(value)))
            else:
                subject = subjects_of(0, (stored.path,), "", page, (), by_rows=False)[0]
                if values_in_prose(noun, subject):
                    told.add(stored.document_id)
        known.begun, known.told = len(begun), len(told)
        known.labelled, known.counted = len(labelled), sum(labelled.values())
        if known.labelled < _FEW and any(self._is_table(one) for one in labelled):
            known.labelled += _FEW  # a column tells it of every row
        return known

    def _is_led(self, index: int, pattern: regex.Pattern[str]) -> bool:
        """Whether a file's name or folder is such a word, or begins with it: accident_12.txt."""
        path = self.documents[index][1][0]
        begins = " ".join(name_of_file(path, "").split()[:2])
        return bool(pattern.search(begins) or pattern.search(fold(path.parent.name)))

    def _is_table(self, document_id: int) -> bool:
        text = self.catalog.document_text(document_id).text
        return Page(text, LabelBook()).is_tabular

    def _with_words(self, words: Sequence[str]) -> list[StoredChunk]:
        within = self.catalog.chunks_in(self.scope)
        found = self.catalog.search_words(" ".join(words), _SAMPLE, within)
        return self.catalog.chunks([one.chunk_id for one in found])

    def meaning(self, noun: Noun) -> Meaning:
        """What `noun` means here; `UNKNOWN` where too few files say anything of it."""
        if noun.any_file:
            return Meaning.THINGS
        known = self.known(noun)
        told = known.labelled >= _FEW
        if known.tables:
            return Meaning.THINGS
        if is_role(noun) and (told or known.told >= _FEW):
            return Meaning.TOLD
        if self._is_kind(noun, known):
            return Meaning.THINGS
        share = _SHARE if is_document(noun.head) else _SHARE_BEGUN
        enough = max(_FEW, share * len(self.documents), known.labelled)
        if known.begun >= enough:
            return Meaning.THINGS
        return Meaning.TOLD if told else Meaning.UNKNOWN

    def _is_kind(self, noun: Noun, known: Known) -> bool:
        """Whether enough files are named so: many, or led by the word where it is no document's."""
        all_files = len(self.documents)
        if is_document(noun.head):
            return known.named >= max(_FEW, _SHARE * all_files)
        led = known.led >= max(_FEW, _SHARE_LED * all_files)
        return led or known.named >= max(_FEW, _MOST * all_files)

    def is_told(self, noun: Noun) -> bool:
        """Whether many files tell `noun` in a field of that name."""
        return self.known(noun).labelled >= _FEW

    def tells_number(self, noun: Noun, question: str, terms: Sequence[Term]) -> bool:
        """Whether a sentence tells how many of `noun` there are that `terms` are said of."""
        if not terms:
            return False
        within = self.catalog.chunks_in(self.scope)
        found = self.catalog.search_words(question, _SAMPLE, within)
        head = any_form(meant_by(noun.head))
        counted = regex.compile(f"{_COUNT}(?:{head.pattern})")
        for stored in self.catalog.chunks([one.chunk_id for one in found]):
            page = Page(stored.chunk.text, LabelBook())
            subject = subjects_of(0, (stored.path,), "", page, (), by_rows=False)[0]
            for place in counted.finditer(page.folded):
                said = page.sentence_at(place.start())
                spots = [list(subject.matches(term)) for term in terms]
                if all(any(said.holds(*spot) for spot in near) for near in spots):
                    return True
        return False

    def occurs(self, word: str) -> bool:
        """Whether a word, in any form, stands anywhere in the library."""
        terms = self.catalog.indexed_words(word)
        return any(self.catalog.document_frequency(terms)[0])


def _first_line(folded: str) -> str:
    """The first line of a text that is short as titles are; empty where it is long."""
    line = folded.lstrip(" \n\t#*").partition("\n")[0]
    return "" if len(line) > _TITLE_CHARS or regex.search(r":\s+\S", line) else line


def _value_of(forms: Sequence[str], page: Page) -> str | None:
    """The value that a passage's fields give what `forms` call; None where they give none."""
    layout = page.layout
    fields = [*layout.fields, *(one for row in layout.rows for one in row.fields)]
    for one in fields:
        if label_score(forms, one.label) >= 2:
            return page.text[one.start : one.end]
    return None
