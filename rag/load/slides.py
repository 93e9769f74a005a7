"""Reads PowerPoint presentations: a page for each slide, with its notes and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rag.errors import CorruptFile
from rag.load.drawing import chart_of, said_in, say_diagram, table_of, text_of
from rag.load.how import PLAINLY, HowToRead
from rag.load.outline_text import OutlineText
from rag.load.package import Package, open_package
from rag.load.slide_shapes import Shape, Template, is_placeholder, paragraphs_with_marks, shapes_of
from rag.load.unlocking import unlocked
from rag.load.xml_tree import (
    DamagedPart,
    Element,
    all_in,
    child_of,
    children_of,
    name_of,
    pointer_of,
    value_of,
)
from rag.records import DocumentInfo, Mark, Page, PageKind

_WHAT = "a PowerPoint presentation"
_MAIN = "ppt/presentation.xml"
_SLIDE_NAME = r"ppt/slides/slide\d+\.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_EDGES = frozenset({"ftr", "dt", "hdr"})  # on most slides the same
_NO_TITLES = frozenset({"powerpoint presentation", "presentation", "slide 1"})


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """A page for each slide, hidden ones too: title, texts, tables, charts, notes, comments."""
    with unlocked(path, _WHAT, how) as plain, open_package(plain, _WHAT) as package:
        slides = _slides_of(package)
        if not slides and not any(name.startswith("ppt/") for name in package.names):
            raise CorruptFile(path, f"it is not {_WHAT}")
        reading = _Reading(package)
        first = reading.page(1, slides[0]) if slides else None
        title = _own_title(package) or (first.headings[0].title if first and first.headings else "")
        yield DocumentInfo(title or path.stem, len(slides), paged=True, format="PowerPoint")
        for number, part in enumerate(slides, 1):
            page = first if number == 1 and first else reading.page(number, part)
            if number >= how.first_page:
                yield page


def _slides_of(package: Package) -> list[str]:
    """The slides' parts as they are shown; as they are numbered where the list is broken."""
    main = next(iter(package.related("", "officeDocument")), _MAIN)
    relations = package.relations(main)
    try:
        pointers = [pointer_of(slide) for slide in all_in(package.xml(main), "sldId")]
    except DamagedPart:
        pointers = []
    listed = [relations[pointer].target for pointer in pointers if pointer in relations]
    return list(dict.fromkeys(listed)) or package.numbered(_SLIDE_NAME)


def _own_title(package: Package) -> str:
    try:
        title = next(all_in(package.xml("docProps/core.xml"), "title"), None)
    except DamagedPart:
        return ""
    said = " ".join((title.text or "").split()) if title is not None else ""
    return "" if said.lower() in _NO_TITLES else said


class _Reading:
    """Reads slides; what stands at the edge of many is told only the first time."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._templates: dict[str, Template] = {}
        self._edges: set[str] = set()
        self._authors = _authors_of(package)

    def page(self, number: int, part: str) -> Page:
        """The slide in `part`; a broken one is a page that says so."""
        mark = (Mark(0, f"slide {number}"),)
        try:
            root = self._package.xml(part)
        except DamagedPart as error:
            problem = f"Slide {number} is damaged ({error})."
            return Page(number, str(number), "", PageKind.FAILED, marks=mark, problem=problem)
        slide = _Slide(self._package, part, self._template(part))
        slide.tell(root, self._edges)
        slide.tell_notes()
        slide.tell_comments(self._authors)
        return replace(slide.text.page(), number=number, label=str(number), marks=mark)

    def _template(self, part: str) -> Template:
        layout = next(iter(self._package.related(part, "slideLayout")), "")
        if layout not in self._templates:
            roots: list[Element] = []
            master = next(iter(self._package.related(layout, "slideMaster")), "") if layout else ""
            for name in filter(None, (layout, master)):
                try:
                    roots.append(self._package.xml(name))
                except DamagedPart:  # then only places and bullets are guessed
                    continue
            self._templates[layout] = Template(roots)
        return self._templates[layout]


class _Slide:
    """The text of one slide."""

    def __init__(self, package: Package, part: str, template: Template) -> None:
        self.text = OutlineText()
        self._package = package
        self._part = part
        self._template = template
        self._relations = package.relations(part)

    def tell(self, root: Element, edges: set[str]) -> None:
        """Title, then the rest in reading order, then what of its edges is not in `edges` yet."""
        tree = child_of(root, "cSld", "spTree")
        shapes = shapes_of(tree, self._template) if tree is not None else []
        titles = [shape for shape in shapes if shape.kind in _TITLES]
        for title in titles[:1]:
            self.text.heading(text_of(child_of(title.element, "txBody")), 1)
        for shape in shapes:
            if shape.kind not in _EDGES and shape.kind != "sldNum" and shape not in titles[:1]:
                self._shape(shape)
        for shape in shapes:
            said = text_of(child_of(shape.element, "txBody")) if shape.kind in _EDGES else ""
            if said and said not in edges:
                edges.add(said)
                self._paragraph(said)

    def tell_notes(self) -> None:
        """What the speaker noted down."""
        for part in self._related("notesSlide"):
            try:
                root = self._package.xml(part)
            except DamagedPart as error:
                self._paragraph(f"[The notes are damaged: {error}]")
                continue
            said: list[str] = []
            for shape in all_in(root, "sp"):
                if is_placeholder(shape, "body"):
                    said += map(said_in, all_in(shape, "p"))
            lines = [line for text in said for line in text.split("\n") if line.strip()]
            for at, line in enumerate(lines):
                if at:
                    self.text.line()
                else:
                    self.text.paragraph()
                self.text.say(line if at else f"Notes: {line}")
            self.text.paragraph()

    def tell_comments(self, authors: dict[str, str]) -> None:
        """What others noted about the slide."""
        for part in self._related("comments", "comment"):
            try:
                root = self._package.xml(part)
            except DamagedPart as error:
                self._paragraph(f"[The comments are damaged: {error}]")
                continue
            for comment in root.iter():
                if name_of(comment) in {"cm", "reply"}:
                    plain = child_of(comment, "text")
                    said = (plain.text or "") if plain is not None else ""
                    said = said or text_of(child_of(comment, "txBody"))
                    who = authors.get(value_of(comment, "authorId"), "")
                    if said.strip():
                        self._paragraph(f"[Comment{f' by {who}' if who else ''}: {said.strip()}]")

    def _related(self, *kinds: str) -> list[str]:
        return [r.target for r in self._relations.values() if r.kind in kinds]

    def _paragraph(self, said: str) -> None:
        self.text.paragraph()
        self.text.say(said)
        self.text.paragraph()

    def _shape(self, shape: Shape) -> None:
        if shape.element_name == "graphicFrame":
            self._frame(shape.element)
            return
        body = child_of(shape.element, "txBody")
        if body is None:
            return
        self.text.paragraph()
        for paragraph, mark in paragraphs_with_marks(body, shape, self._template):
            said = said_in(paragraph)
            if not said.strip():
                continue
            self.text.mark(mark)
            for at, line in enumerate(said.replace("\v", "\n").split("\n")):
                if at:
                    self.text.line()
                self.text.say(line)
            self.text.mark("")
        self.text.paragraph()

    def _frame(self, frame: Element) -> None:
        """A table, a chart or a diagram."""
        data = child_of(frame, "graphic", "graphicData")
        for content in children_of(data):
            match name_of(content):
                case "tbl":
                    self.text.table(table_of(content))
                case "chart":
                    self._chart(pointer_of(content))
                case "relIds":
                    self._diagram(pointer_of(content, "dm"))
                case _:
                    pass

    def _chart(self, pointer: str) -> None:
        root = self._target(pointer)
        grid = chart_of(root) if root is not None else None
        if grid is not None:
            self.text.table(grid)

    def _diagram(self, pointer: str) -> None:
        root = self._target(pointer)
        if root is None:
            return

        def say(text: str, _level: int) -> None:
            self.text.mark("•")
            self.text.say(text)
            self.text.mark("")

        self.text.paragraph()
        say_diagram(root, say)
        self.text.paragraph()

    def _target(self, pointer: str) -> Element | None:
        relation = self._relations.get(pointer)
        try:
            return self._package.xml(relation.target) if relation is not None else None
        except DamagedPart:
            self._paragraph("[A drawing on this slide is damaged.]")
            return None


def _authors_of(package: Package) -> dict[str, str]:
    """The names of those who commented, by their ids."""
    found: dict[str, str] = {}
    for part in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        try:
            root = package.xml(part)
        except DamagedPart:
            continue
        for author in root:
            found[value_of(author, "id")] = value_of(author, "name")
    return found
