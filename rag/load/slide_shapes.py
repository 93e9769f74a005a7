"""The shapes of a slide in reading order, and the bullets of their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.load.reading_order import Placed, in_reading_order, with_own_turn
from rag.load.word_paragraphs import counted
from rag.load.xml_tree import (
    Element,
    all_in,
    child_of,
    children_of,
    first_of,
    name_of,
    value_of,
    whole,
)

MAX_GROUPS = 20  # in groups
_FIRST_CUSTOM = 10  # placeholders with a higher number were added by hand, in any order
_SHAPES = frozenset({"sp", "graphicFrame", "cxnSp", "pic"})
_BODIES = frozenset({"body", "obj", ""})
_BULLETS = frozenset({"buChar", "buAutoNum", "buBlip", "buNone"})
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with its place, in any unit, from the top left."""

    element: Element
    kind: str | None  # of its placeholder, "" where that has none; None for a free shape
    number: int  # of its placeholder
    left: float
    top: float
    bottom: float

    @property
    def element_name(self) -> str:
        """What it is: "sp", "graphicFrame"."""
        return name_of(self.element)


class Template:
    """What slides take over from their layout and its master."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._roots = roots  # the layout first
        self._places: list[list[tuple[str, str, Element]]] = [
            [
                (value_of(mark, "type"), value_of(mark, "idx"), shape)
                for shape in all_in(root, "sp")
                if (mark := _placeholder(shape)) is not None
            ]
            for root in roots
        ]

    def like(self, kind: str, number: str) -> list[Element]:
        """The placeholders that one on a slide takes over from, the nearest first."""
        found: list[Element] = []
        for at, places in enumerate(self._places):
            by_number = [shape for _, idx, shape in places if number and idx == number]
            by_kind = [shape for other, _, shape in places if other == _ORIGIN.get(kind, kind)]
            same = [shape for other, _, shape in places if other == kind]
            found += (by_number if at == 0 and by_number else same or by_kind)[:1]
        return found

    def list_style(self, kind: str) -> Element | None:
        """The master's style for the texts of placeholders of this kind."""
        if kind not in _BODIES:
            return None
        return next((style for root in self._roots for style in all_in(root, "bodyStyle")), None)


_ORIGIN = {"": "body", "obj": "body", "subTitle": "body", "ctrTitle": "title"}


def shapes_of(tree: Element, template: Template) -> list[Shape]:
    """The shapes of a slide in reading order, those of groups together."""
    return _placeholders_in_turn(_ordered(tree, template, 0))


def is_placeholder(shape: Element, kind: str) -> bool:
    """Whether a shape stands for what its template calls `kind`."""
    mark = _placeholder(shape)
    return mark is not None and value_of(mark, "type") == kind


def _placeholder(shape: Element) -> Element | None:
    for part in shape:
        if name_of(part).startswith("nv"):
            return child_of(part, "nvPr", "ph")
    return None


def _ordered(tree: Element, template: Template, depth: int) -> list[Shape]:
    groups = in_reading_order(_placed_in(tree, template, depth))
    return [shape for group in groups for shape in group]


def _placed_in(tree: Element, template: Template, depth: int) -> Iterator[Placed[list[Shape]]]:
    for element in tree:
        name = name_of(element)
        if name in _SHAPES:
            shape = _shape(element, template)
            yield Placed(shape.left, shape.top, shape.bottom, [shape])
        elif name == "grpSp" and depth < MAX_GROUPS:
            place = _place(element) or (0.0, 0.0, 0.0)
            yield Placed(*place, _ordered(element, template, depth + 1))
        elif name == "AlternateContent" and depth < MAX_GROUPS:
            chosen = first_of(child_of(element, "Choice"), child_of(element, "Fallback"))
            if chosen is not None:
                yield from _placed_in(chosen, template, depth + 1)


def _shape(element: Element, template: Template) -> Shape:
    mark = _placeholder(element)
    kind = value_of(mark, "type") if mark is not None else None
    number = value_of(mark, "idx")
    place = _place(element)
    if place is None and kind is not None:
        places = map(_place, template.like(kind, number))
        place = next((found for found in places if found is not None), None)
    left, top, bottom = place or (0.0, 0.0, 0.0)
    return Shape(element, kind, whole(number), left, top, bottom)


def _place(element: Element) -> tuple[float, float, float] | None:
    frame = first_of(
        child_of(element, "spPr", "xfrm"),
        child_of(element, "grpSpPr", "xfrm"),
        child_of(element, "xfrm"),
    )
    corner, size = child_of(frame, "off"), child_of(frame, "ext")
    if corner is None:
        return None
    left, top = whole(value_of(corner, "x")), whole(value_of(corner, "y"))
    return float(left), float(top), float(top + whole(value_of(size, "cy")))


def _placeholders_in_turn(shapes: list[Shape]) -> list[Shape]:
    """The layouts that PowerPoint has number their placeholders as they are to be read."""
    held = [s for s in shapes if s.kind in _BODIES and s.number]
    if any(shape.number >= _FIRST_CUSTOM for shape in held):
        return shapes
    return with_own_turn(
        shapes, lambda shape: shape.number if shape.kind in _BODIES and shape.number else None
    )


def paragraphs_with_marks(
    body: Element, shape: Shape, template: Template
) -> Iterator[tuple[Element, str]]:
    """The paragraphs of a shape, each with its bullet or number; "" for none."""
    styles = [child_of(body, "lstStyle")]
    if shape.kind is not None:
        number = value_of(_placeholder(shape.element), "idx")
        held = template.like(shape.kind, number)
        styles += [child_of(other, "txBody", "lstStyle") for other in held]
        styles.append(template.list_style(shape.kind))
    counts = [0] * _LEVELS
    for paragraph in children_of(body, "p"):
        own = child_of(paragraph, "pPr")
        level = min(max(whole(value_of(own, "lvl")), 0), _LEVELS - 1)
        levels = [own, *(child_of(style, f"lvl{level + 1}pPr") for style in styles)]
        bullet = next(filter(None, map(_bullet, levels)), None)
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if bullet is None or bullet[0] == "buNone":
            counts[level] = 0
            yield paragraph, ""
        elif bullet[0] == "buAutoNum":
            start = whole(value_of(bullet[1], "startAt"), 1)
            counts[level] = counts[level] + 1 if counts[level] else start
            yield paragraph, _numbered(counts[level], value_of(bullet[1], "type"))
        else:
            yield paragraph, "•"


def _bullet(properties: Element | None) -> tuple[str, Element] | None:
    return next(((name_of(c), c) for c in children_of(properties, *_BULLETS)), None)


def _numbered(count: int, scheme: str) -> str:
    """A number as PowerPoint's scheme shows it: "alphaLcParenR" is a)."""
    kind = {"alphaLc": "lowerLetter", "alphaUc": "upperLetter"}.get(scheme[:7]) or {
        "romanLc": "lowerRoman",
        "romanUc": "upperRoman",
    }.get(scheme[:7], "decimal")
    shown = counted(count, kind)
    if scheme.endswith("ParenBoth"):
        return f"({shown})"
    return shown + (")" if scheme.endswith("ParenR") else "" if scheme.endswith("Plain") else ".")
