"""Parts a question that asks several things into searches of their own."""

from __future__ import annotations

from rag.understand.compare import compared
from rag.understand.follow_up import content_of, points_back, take_apart
from rag.understand.lexicon import comparing as table
from rag.understand.lexicon.language import Language
from rag.understand.words import Word, is_spaceless, words_of

_FIRST_PART_WORDS = 3  # that the first part needs, one of them telling its subject
_OWN_SUBJECT_WORDS = 3  # content words with which a later part needs none of the first


def parts_of(question: str) -> tuple[str, ...]:
    """The searches that `question` comes to, each a question; empty where it is one."""
    if is_spaceless(question):
        return ()
    things = compared(question)
    if things is not None:
        return tuple(things.asked_of(name) for name in things.names)
    return _joined_questions(question)


def _joined_questions(question: str) -> tuple[str, ...]:
    """The questions that `question` is put together from, each with what the first is about."""
    language = take_apart(question).language
    pieces = _pieces(question, language)
    if len(pieces) < 2:
        return ()
    first = take_apart(pieces[0], language)
    whole = [pieces[0].strip(" ,;?") + "?"]
    for piece in pieces[1:]:
        own = piece.strip(" ,;?")
        words = words_of(own)
        content = content_of(words, language)
        leans = points_back(words, language) or len(content) < _OWN_SUBJECT_WORDS
        known = {word.key for word in content}
        about = " ".join(word.text for word in first.content if word.key not in known)
        whole.append(f"{own[0].upper()}{own[1:]}?" + (f" ({about})" if leans and about else ""))
    return tuple(whole)


def _pieces(question: str, language: Language) -> list[str]:
    words = words_of(question)
    ands = table.AND.get(language.code, frozenset())
    borders = [0]  # where a piece begins, where it ends, and so on
    for index, word in enumerate(words[:-1]):
        after = words[index + 1]
        gap = question[word.end : after.start]
        if "(" in gap:  # what a follow-up was completed with
            continue
        if "?" in gap or ";" in gap:
            border = word.end
        elif index and word.key in ands and _is_question_word(after, language):
            border = words[index - 1].end
        else:
            continue
        head = [w for w in words if borders[-1] <= w.start < border]
        tail = [w for w in words if w.start >= after.start]
        if _stands(head, language) and _asks(tail, language, head):
            borders += [border, after.start]
    borders.append(len(question))
    return [question[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True)]


def _is_question_word(word: Word, language: Language) -> bool:
    return word.key in language.questions and word.key not in language.prepositions


def _stands(head: list[Word], language: Language) -> bool:
    """Whether the words before a border are a question of their own."""
    asks = any(word.key in language.questions for word in head[:3])
    begins = bool(head) and head[0].key in language.glue
    is_whole = len(head) >= _FIRST_PART_WORDS and bool(content_of(head, language))
    return (asks or begins) and is_whole


def _asks(tail: list[Word], language: Language, head: list[Word]) -> bool:
    """Whether the words after a border ask something; "and who" after a "who" may only go on."""
    if len(tail) < 3 or not content_of(tail, language):
        return False
    goes_on = any(word.key == tail[0].key for word in head[2:])
    return not goes_on and head[-1].key not in language.questions
