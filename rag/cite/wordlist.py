"""How the word lists of this package are written down."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of `listed`, which white space separates, in the case they are compared in."""
    return frozenset(listed.casefold().split())


def named(table: dict[str, str]) -> dict[str, str]:
    """For each word of the table's values its key."""
    return {word: name for name, listed in table.items() for word in listed.casefold().split()}


def numbered(lists: str, first: int = 1) -> dict[str, int]:
    """Each word's place in its list, the lists separated by a blank line; a/b share a place."""
    return {
        word: index
        for one in lists.casefold().split("\n\n")
        for index, alternatives in enumerate(one.split(), first)
        for word in alternatives.split("/")
    }
