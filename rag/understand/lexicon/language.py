"""What is known of a language to tell a follow-up from a question that stands alone."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from rag.understand.words import key_set, keys, phrases


@dataclass(frozen=True, slots=True, eq=False)  # each is one of a kind
class Language:
    """A language's closed word classes; every word is folded."""

    code: str
    questions: frozenset[str]  # who, what, …
    prepositions: frozenset[str]
    glue: frozenset[str]  # other words that carry no subject of their own
    pronouns: frozenset[str]  # stand for what was named before
    articles: frozenset[str]
    openers: tuple[tuple[str, ...], ...]  # join a question to the one before: and, but
    about: tuple[tuple[str, ...], ...]  # ask the same of something else: what about
    more: frozenset[str]  # ask for more of the same: else, explain, details
    courtesy: frozenset[str]  # say nothing: thanks, please
    ordinals: tuple[frozenset[str], ...]  # first, second, …
    others: frozenset[str]  # the other of two
    no_antecedent: tuple[tuple[str, ...], ...]  # pronouns that stand for nothing: "it take"
    alone: frozenset[str]  # questions that need no pronoun, where verbs tell it: ¿cuándo nació?
    participle: regex.Pattern[str] | None  # after what could be an article but is a pronoun then
    closed: frozenset[str]  # all words that are no subject by themselves


def language(
    code: str,
    *,
    questions: str,
    prepositions: str,
    glue: str,
    pronouns: str,
    articles: str = "",
    openers: str,
    about: str = "",
    more: str = "",
    courtesy: str = "",
    ordinals: str = "",
    others: str = "",
    no_antecedent: str = "",
    alone: str = "",
    participle: str = "",
) -> Language:
    """A language from its words in plain listings; phrases are parted by semicolons."""
    return Language(
        code=code,
        questions=key_set(questions),
        prepositions=key_set(prepositions),
        glue=key_set(glue),
        pronouns=key_set(pronouns),
        articles=key_set(articles),
        openers=phrases(openers),
        about=phrases(about),
        more=key_set(more),
        courtesy=key_set(courtesy),
        ordinals=tuple(frozenset(keys(rank)) for rank in ordinals.split(";") if rank.strip()),
        others=key_set(others),
        no_antecedent=phrases(no_antecedent),
        alone=key_set(alone),
        participle=regex.compile(participle) if participle else None,
        closed=key_set(f"{questions} {prepositions} {glue} {pronouns} {articles}"),
    )
