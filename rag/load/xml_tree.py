# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
"""Parses XML that nobody vouches for, and finds what is in it by names without namespaces.

Files in Office's "strict" form, and those of odd programs, differ in their namespaces alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, cast

from lxml import etree


class Element(Protocol):
    """What is used of an XML element."""

    tag: str
    text: str | None
    tail: str | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator[Element]: ...
    def iter(self) -> Iterator[Element]:
        """It, and every element in it."""
        ...

    def getparent(self) -> Element | None:
        """The element that it is in."""
        ...


class DamagedPart(Exception):
    """A part of a package is missing or broken; `str()` says which and how."""


def parse_xml(content: bytes, name: str) -> Element:
    """The root element of XML that nobody vouches for; raises `DamagedPart`.

    No entity is expanded, nothing is fetched, and no element lies deeper than 256 others.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedPart(f"{name} is not well-formed") from error
    if root is None:
        raise DamagedPart(f"{name} is empty")
    return cast("Element", root)


def name_of(element: Element) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # pyright: ignore[reportUnnecessaryIsInstance]


def child_of(element: Element | None, *names: str) -> Element | None:
    """The first child named so, or the first such child of that, and so on."""
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if name_of(child) == name), None)
    return element


def children_of(element: Element | None, *names: str) -> list[Element]:
    """The children with one of these names, without `names` all of them; of None, none."""
    if element is None:
        return []
    return [child for child in element if not names or name_of(child) in names]


def first_of(*elements: Element | None) -> Element | None:
    """The first that there is; `or` would take one without children for none."""
    return next((element for element in elements if element is not None), None)


def all_in(element: Element, name: str) -> Iterator[Element]:
    """Every element in `element` that is named so, in order."""
    return (found for found in element.iter() if name_of(found) == name)


def value_of(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace; empty where there is none."""
    if element is None:
        return ""
    if name in element.attrib:
        return element.attrib[name]
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def pointer_of(element: Element | None, name: str = "id") -> str:
    """An attribute that names a relation, always in a namespace: `r:id`."""
    attributes = element.attrib.items() if element is not None else ()
    return next((value for key, value in attributes if key.endswith("}" + name)), "")


def whole(text: str, otherwise: int = 0) -> int:
    """The integer that an attribute says."""
    try:
        return int(float(text)) if text else otherwise
    except (ValueError, OverflowError):
        return otherwise
