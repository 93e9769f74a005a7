"""Completes a follow-up with the words of the conversation that it leans on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from rag.understand import spaceless
from rag.understand.dates import Time, hangs_on_another, is_month, times_in
from rag.understand.follow_up import Asked, Lean, content_of, is_name, points_back, take_apart
from rag.understand.lexicon.language import Language
from rag.understand.pick import picked
from rag.understand.places import pages_named
from rag.understand.substitute import put_in
from rag.understand.words import Word, is_spaceless, words_of

_TURNS = 6  # how far back a chain of follow-ups is taken up
_SUBJECTS = 2  # names taken over from an answer
_FIRST_SENTENCE = regex.compile(r"[^\n.!?]*(?:[.!?](?!\s)[^\n.!?]*)*")


@dataclass(frozen=True, slots=True)
class Completed:
    """A question as it can be searched for without the conversation."""

    text: str
    needs_model: bool = False  # a follow-up that the rules cannot complete well
    carried: str = ""  # what it was completed from
    stays: bool = True  # it still asks of the files and pages of what it was completed from


def complete(question: str, history: Sequence[tuple[str, str]], today: date) -> Completed:
    """`question` with what it leans on in `history` (questions with answers, oldest first)."""
    before, answer = "", ""
    for former, said in history[-_TURNS:]:
        resolved = _complete(former, before, answer, today)
        if not _says_nothing(former):
            before, answer = resolved.text, said
    return _complete(question, before, answer, today)


def follows_up(question: str, history: Sequence[tuple[str, str]], today: date) -> bool:
    """Whether `question` leans on what was said in `history`, oldest first."""
    return bool(complete(question, history, today).carried)


def _complete(question: str, before: str, answer: str, today: date) -> Completed:
    if not before.strip() or not question.strip():
        return Completed(question)
    if is_spaceless(question):
        return _spaceless(question, before, today)
    language = None if is_spaceless(before) else take_apart(before).language
    asked = take_apart(question, language)
    if asked.lean is None:
        return Completed(question)
    if asked.lean is Lean.SAME_OF_ANOTHER:
        text, is_sure = put_in(asked, before, today)
        return Completed(text, needs_model=not is_sure, carried=text)
    return _about(asked, before, answer, today)


def _spaceless(question: str, before: str, today: date) -> Completed:
    completed = spaceless.complete(question, before, today)
    if completed is None:
        return Completed(question)
    text, is_sure = completed
    return Completed(text, needs_model=not is_sure, carried=text)


def _says_nothing(question: str) -> bool:
    """Whether it is no question at all: "Thanks!"."""
    words = words_of(question)
    language = take_apart(question).language
    return all(word.key in language.courtesy for word in words)


def _about(asked: Asked, before: str, answer: str, today: date) -> Completed:
    """The follow-up's own words, and what they are about."""
    own = asked.text.strip()
    known = {word.key for word in words_of(own)}
    own_times = times_in(own, today)
    dropped = times_in(before, today) if own_times else ()
    chosen, other, is_sure = picked(asked, before, answer)
    known |= {word.key for word in words_of(f"{chosen} {other}")}
    context = [chosen] if chosen else []
    if asked.lean is Lean.OF_WHAT_WAS_SAID and not chosen:
        known_before = known | {word.key for word in words_of(before)}
        context += _subjects(answer, asked.language, known_before)
    context.append(_context(before, known, dropped, asked.language))
    added = " ".join(part for part in context if part)
    text = f"{own} ({added})" if added else own
    needs_model = not is_sure or hangs_on_another(own) or not added
    return Completed(text, needs_model, carried=before, stays=not _has_own_subject(asked))


def _has_own_subject(asked: Asked) -> bool:
    """Whether it leans on what was said by no more than "and": and who signed the lease?"""
    return (
        asked.lean is Lean.OF_WHAT_WAS_SAID
        and len(asked.content) > 1
        and not points_back(asked.rest, asked.language)
    )


def _context(before: str, known: set[str], dropped: Sequence[Time], language: Language) -> str:
    """The content words of the question before, as typed, without `known` and `dropped`."""
    for page in reversed(pages_named(before)):
        before = f"{before[: page.start]}{' ' * (page.end - page.start)}{before[page.end :]}"
    apart = take_apart(before, language)
    kept = [
        word.text
        for word in content_of(apart.words, apart.language)
        if word.key not in known
        and not any(time.start <= word.start < time.end for time in dropped)
    ]
    return " ".join(dict.fromkeys(kept))


def _may_be_name(word: Word, language: Language) -> bool:
    # In German every noun is taken: one too many is better than the name left out.
    if language.code == "de":
        return word.is_capital and word.key not in language.closed | language.courtesy
    return is_name(word, language, None)


def _subjects(answer: str, language: Language, known: set[str]) -> list[str]:
    """The first names in the answer's first sentence that were not `known` before."""
    sentence = _FIRST_SENTENCE.match(answer.strip())
    words = words_of(sentence[0]) if sentence else ()
    runs: list[list[Word]] = []
    previous: Word | None = None
    for word in words:
        named = _may_be_name(word, language) and not is_month(word.key)
        if named and previous is not None and runs and runs[-1][-1] is previous:
            runs[-1].append(word)
        elif named:
            runs.append([word])
        previous = word
    fresh = [run for run in runs if any(word.key not in known for word in run)]
    return [" ".join(word.text for word in run) for run in fresh[:_SUBJECTS]]
