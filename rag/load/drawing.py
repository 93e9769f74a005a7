"""What drawings in office files say: text boxes, tables, charts and diagrams."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable

from rag.load.grid import Grid, grid_of
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

MAX_SPAN = 50  # columns that a head may span
MAX_POINTS = 1_000  # of a chart's series
MAX_SERIES = 50

_BREAKS = {"br": "\n", "tab": "\t"}


def said_in(paragraph: Element) -> str:
    """The words of a paragraph; its line breaks are newlines."""
    said: list[str] = []
    for piece in paragraph.iter():
        name = name_of(piece)
        said.append((piece.text or "") if name == "t" else _BREAKS.get(name, ""))
    return "".join(said)


def text_of(body: Element | None) -> str:
    """All of a text body on one line."""
    return " ".join(" ".join(map(said_in, children_of(body, "p"))).split())


def table_of(table: Element) -> Grid:
    """A drawn table; what a cell that goes over several rows says is said in each of them."""
    properties = child_of(table, "tblPr")
    head_rows = 1 if value_of(properties, "firstRow") in {"1", "true"} else 0
    rows: list[list[str]] = []
    for row in children_of(table, "tr"):
        said: list[str] = []
        head = len(rows) < head_rows
        for cell in children_of(row, "tc"):
            column = len(said)
            if value_of(cell, "vMerge") in {"1", "true"} and rows and column < len(rows[-1]):
                said.append(rows[-1][column])
            elif value_of(cell, "hMerge") in {"1", "true"}:
                said.append(said[-1] if head and said else "")
            else:
                said.append(text_of(child_of(cell, "txBody")))
        rows.append(said)
    return grid_of(rows, head_rows if len(rows) > head_rows else 0)


def chart_of(root: Element) -> Grid | None:
    """A chart as a table: a row for each category, a column for each series; None if empty."""
    chart = child_of(root, "chart")
    if chart is None:
        return None
    title = _title_of(chart)
    series = list(itertools.islice(all_in(chart, "ser"), MAX_SERIES))
    names = [_series_name(one) for one in series]
    categories: dict[int, str] = {}
    values: list[dict[int, str]] = []
    for one in series:
        for name in ("cat", "xVal"):
            for at, said in _points(child_of(one, name)).items():
                categories.setdefault(at, said)
        values.append(_points(first_of(child_of(one, "val"), child_of(one, "yVal"))))
    count = max((max(points) + 1 for points in (categories, *values) if points), default=0)
    if not title and not any(names) and not count:
        return None
    rows = [["", *names]] if any(names) else []
    rows += [
        [categories.get(at, ""), *(points.get(at, "") for points in values)]
        for at in range(min(count, MAX_POINTS))
    ]
    return grid_of(
        rows, 1 if any(names) and len(rows) > 1 else 0, f"Chart: {title}" if title else "Chart"
    )


def _title_of(chart: Element) -> str:
    title = child_of(chart, "title", "tx", "rich")
    if title is not None:
        return text_of(title)
    return " ".join(_points(child_of(chart, "title", "tx")).values())


def _series_name(series: Element) -> str:
    name = child_of(series, "tx")
    said = child_of(name, "v")
    return (said.text or "") if said is not None else " ".join(_points(name).values())


def _points(data: Element | None) -> dict[int, str]:
    """What a chart keeps of the cells that it shows, by their place in the row."""
    found: dict[int, str] = {}
    levels = list(all_in(data, "lvl")) if data is not None else []
    for level in reversed(levels):  # the innermost comes first in the file
        _add_points(level, found)
    if data is not None and not levels:
        _add_points(data, found)
    return found


def _add_points(data: Element, found: dict[int, str]) -> None:
    for point in all_in(data, "pt"):
        at = whole(value_of(point, "idx"), -1)
        value = child_of(point, "v")
        said = _short((value.text or "").strip()) if value is not None else ""
        if 0 <= at < MAX_POINTS and said:
            found[at] = f"{found[at]} {said}" if at in found else said


def _short(value: str) -> str:
    """A figure without the digits that binary fractions leave at its end: 0.30000000000000004."""
    try:
        return f"{float(value):.15g}" if len(value) > 15 and "." in value else value
    except ValueError:
        return value


def say_diagram(root: Element, say: Callable[[str, int], None]) -> None:
    """Tell a diagram's texts with their levels, from 0, in the order in which they are shown."""
    said: dict[str, str] = {}
    tops: list[str] = []
    for point in all_in(root, "pt"):
        kind = value_of(point, "type") or "node"
        if kind == "doc":
            tops.append(value_of(point, "modelId"))
        elif kind in {"node", "asst"}:
            said[value_of(point, "modelId")] = text_of(child_of(point, "t"))
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for link in all_in(root, "cxn"):
        if (value_of(link, "type") or "parOf") == "parOf":
            order = whole(value_of(link, "srcOrd"))
            below[value_of(link, "srcId")].append((order, value_of(link, "destId")))
    ahead = [(top, -1) for top in reversed(tops)]
    while ahead:
        point, level = ahead.pop()
        text = said.pop(point, "")  # each once, also where links go round in a circle
        if text:
            say(text, max(level, 0))
        ahead += [(other, level + 1) for _, other in sorted(below.pop(point, []), reverse=True)]
    for text in filter(None, said.values()):  # what nothing links to
        say(text, 0)
