"""What stands beside the cells of a workbook's sheets: comments, text boxes and charts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.load.drawing import chart_of, said_in
from rag.load.grid import CELL_SEPARATOR
from rag.load.package import Package
from rag.load.xml_tree import (
    DamagedPart,
    Element,
    all_in,
    child_of,
    children_of,
    pointer_of,
    value_of,
)

MAX_NOTES = 10_000  # of a sheet

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREADED = "[Threaded comment]"  # how Excel opens the copies that older versions of it show


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs to a sheet without being in a cell."""

    part: str = ""  # of the package
    texts: tuple[str, ...] = ()
    comments: tuple[tuple[int, int, str], ...] = ()  # 1-based row, 0-based column, what it says


def beside_sheets(package: Package) -> dict[str, Beside]:
    """What stands beside the cells, by the names of sheets; nothing for other formats' packages."""
    main = next(iter(package.related("", "officeDocument")), "xl/workbook.xml")
    relations = package.relations(main)
    try:
        sheets = list(all_in(package.xml(main), "sheet"))
    except DamagedPart:
        return {}
    people = _people(package, main)
    found: dict[str, Beside] = {}
    for sheet in sheets:
        relation = relations.get(pointer_of(sheet))
        if relation is not None:
            found[value_of(sheet, "name")] = _beside(package, relation.target, people)
    return found


def _beside(package: Package, part: str, people: dict[str, str]) -> Beside:
    texts: list[str] = []
    notes: dict[str, list[str]] = {}
    threads: dict[str, list[str]] = {}
    for relation in package.relations(part).values():
        try:
            if relation.kind == "drawing":
                texts += _drawn(package, relation.target)
            elif relation.kind == "comments":
                _add_notes(package.xml(relation.target), notes)
            elif relation.kind == "threadedComment":
                _add_threads(package.xml(relation.target), people, threads)
        except DamagedPart as error:
            texts.append(f"[What stands beside the cells is damaged: {error}]")
    comments: list[tuple[int, int, str]] = []
    for address, said in {**notes, **threads}.items():
        cell = _CELL.fullmatch(address.replace("$", ""))
        if cell:
            row, column = int(cell[2]), _column(cell[1])
            comments += [(row, column, f"[Comment on {address}{one}]") for one in said]
    return Beside(part, tuple(texts), tuple(sorted(comments)[:MAX_NOTES]))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _add_notes(root: Element, notes: dict[str, list[str]]) -> None:
    """Each note as " by X: what it says"."""
    authors = [author.text or "" for author in all_in(root, "author")]
    for note in all_in(root, "comment"):
        number = value_of(note, "authorId")
        at = int(number) if number.isdecimal() else len(authors)
        author = authors[at].strip() if at < len(authors) else ""
        body = child_of(note, "text")
        said = "".join(t.text or "" for t in all_in(body, "t")) if body is not None else ""
        said = " ".join(said.split())
        if author and said.startswith(f"{author}:"):  # Excel writes the author into the text too
            said = said[len(author) + 1 :].strip()
        if said and not said.startswith(_THREADED):
            who = f" by {author}" if author and not author.startswith("tc=") else ""
            notes.setdefault(value_of(note, "ref"), []).append(f"{who}: {said}")


def _add_threads(root: Element, people: dict[str, str], threads: dict[str, list[str]]) -> None:
    for comment in all_in(root, "threadedComment"):
        said = " ".join("".join(t.text or "" for t in all_in(comment, "text")).split())
        who = people.get(value_of(comment, "personId"), "")
        if said:
            by = f" by {who}" if who else ""
            threads.setdefault(value_of(comment, "ref"), []).append(f"{by}: {said}")


def _people(package: Package, main: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in package.related(main, "person"):
        try:
            root = package.xml(part)
        except DamagedPart:
            continue
        found |= {value_of(p, "id"): value_of(p, "displayName") for p in all_in(root, "person")}
    return found


def _drawn(package: Package, part: str) -> list[str]:
    """The text boxes and charts of a drawing, each as a paragraph."""
    texts: list[str] = []
    relations = package.relations(part)
    root = package.xml(part)
    for box in all_in(root, "txBody"):
        lines = [" ".join(said_in(paragraph).split()) for paragraph in children_of(box, "p")]
        texts.append("\n".join(filter(None, lines)))
    for chart in all_in(root, "chart"):
        relation = relations.get(pointer_of(chart))
        grid = chart_of(package.xml(relation.target)) if relation is not None else None
        if grid is not None and grid.caption != "Chart":
            names = f" ({grid.heads})" if grid.heads else ""
            texts.append(f"{grid.caption}{names}".replace(CELL_SEPARATOR, ", "))
    return list(filter(None, texts))[:MAX_NOTES]
