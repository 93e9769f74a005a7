"""Tells what the library is about, so that “contracts” can mean the files that are contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import regex

from rag.exhaustive.aim import Noun
from rag.exhaustive.folding import any_form, fold
from rag.exhaustive.layout import LabelBook
from rag.exhaustive.phrases import forms_of
from rag.exhaustive.subject import Page, Subject, label_score
from rag.index.catalog import Catalog, StoredChunk
from rag.records import Scope

_SAMPLE = 60  # passages that hold a word, looked at to see what it is there
_HEAD_CHARS = 240
_FEW = 3  # files of a kind that are too few to speak of all of them
_SHARE = 0.01  # of all files, the same


@dataclass(frozen=True)
class Known:
    """What the library knows of a noun."""

    named: int  # files whose names or beginnings say that they are such
    labelled: int  # passages of a sample that tell it in a field
    counted: int  # of these, how often the field's value is a number


@dataclass(frozen=True)
class Shelf:
    """The files in a scope, by what they are called."""

    catalog: Catalog
    scope: Scope

    @cached_property
    def documents(self) -> list[tuple[int, tuple[Path, ...]]]:
        """The documents in scope with their files."""
        return self.catalog.documents_shown(self.scope)

    @cached_property
    def _names(self) -> list[str]:
        titles = dict(self.catalog.titles())
        return [
            fold(
                regex.sub(
                    r"(?<=\p{L})(?=\d)|(?<=\p{Ll})(?=\p{Lu})|[_\W]+",
                    " ",
                    f"{paths[0].parent.name} {paths[0].stem} {titles.get(paths[0], '')}",
                )
            )
            for _, paths in self.documents
        ]

    def known(self, noun: Noun) -> Known:
        """How the library speaks of `noun`."""
        forms = forms_of(noun)
        heads = (noun.head, *forms)
        pattern = any_form(tuple(dict.fromkeys(heads)))
        named = sum(1 for name in self._names if pattern.search(name))
        begun: set[int] = set()
        labelled = counted = 0
        book = LabelBook()
        for stored in self._with_words(heads):
            page = Page(stored.chunk.text, book)
            if stored.chunk.start < _HEAD_CHARS and pattern.search(page.folded[:_HEAD_CHARS]):
                begun.add(stored.document_id)
            value = _value_of(forms, page)
            if value is not None:
                labelled += 1
                counted += bool(regex.match(r"[^\p{L}]*\d", value))
        return Known(max(named, len(begun)), labelled, counted)

    def _with_words(self, words: Sequence[str]) -> list[StoredChunk]:
        within = self.catalog.chunks_in(self.scope)
        found = self.catalog.search_words(" ".join(words), _SAMPLE, within)
        return self.catalog.chunks([one.chunk_id for one in found])

    def is_kind(self, noun: Noun) -> bool:
        """Whether enough files are what `noun` says to speak of all of them."""
        return self.known(noun).named >= max(_FEW, _SHARE * len(self.documents))

    def is_told(self, noun: Noun) -> bool:
        """Whether many files tell `noun` in a field of that name."""
        return self.known(noun).labelled >= _FEW

    def occurs(self, word: str) -> bool:
        """Whether a word, in any form, stands anywhere in the library."""
        terms = self.catalog.indexed_words(word)
        return any(self.catalog.document_frequency(terms)[0])


def _value_of(forms: Sequence[str], page: Page) -> str | None:
    """The value that a passage's fields give what `forms` call; None where they give none."""
    layout = page.layout
    fields = [*layout.fields, *(one for row in layout.rows for one in row.fields)]
    for one in fields:
        if label_score(forms, one.label) >= 2:
            return page.text[one.start : one.end]
    return None


def subject_name(subject: Subject) -> str:
    """What a thing is called where nothing better is known: its file's name."""
    return subject.paths[0].name
