"""Reads workbooks: a page for each sheet, a line for each row, and where each row is."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from rag.errors import CorruptFile, FileTooBig, UnreadableFile
from rag.load import ole
from rag.load.how import PLAINLY, HowToRead
from rag.load.package import Package, open_package
from rag.load.sheets.blocks import SheetText
from rag.load.sheets.cells import rows_of
from rag.load.sheets.cutting import cut_to_size
from rag.load.sheets.notes import Beside, beside_sheets
from rag.load.unlocking import no_key_for, unlocked
from rag.load.xml_tree import DamagedPart, all_in
from rag.records import DocumentInfo, Page, PageKind

_ZIP_SIGNATURE = b"PK"


def read(path: Path, how: HowToRead = PLAINLY) -> Iterator[DocumentInfo | Page]:
    """A page for each sheet, hidden ones too; several for a long one."""
    with ExitStack() as stack:
        if ole.holds(path, "EncryptedPackage"):
            path = stack.enter_context(unlocked(path, "a spreadsheet", how))
        package = _package(path, stack)
        beside: dict[str, Beside] = {}
        title = ""
        source, cut = path, dict[str, int]()
        if package is not None:
            beside, title = beside_sheets(package), _title_of(package)
            source, cut = cut_to_size(path, package, how.scratch, stack)
        workbook = stack.enter_context(_workbook(path, source))
        sheets = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet or sheet.name in beside
        ]
        count = max(1, len(sheets))
        yield DocumentInfo(title or path.stem, count, paged=False, format="spreadsheet")
        number = 0
        for name in sheets:
            about = beside.get(name, Beside())
            kept, alone = cut.get(about.part), len(sheets) == 1
            for page in _pages(path, workbook, name, about, kept, number, alone=alone):
                number = page.number
                yield page
        if not number:
            yield Page(1, "1", "", PageKind.EMPTY)


def _pages(
    path: Path,
    workbook: CalamineWorkbook,
    name: str,
    about: Beside,
    kept_rows: int | None,
    before: int,
    *,
    alone: bool,
) -> Iterator[Page]:
    """The pages of one sheet, numbered on from `before`; a broken sheet is one that says so.

    Where it is `alone` in the file, its reason is the file's.
    """
    text = SheetText(name, before, _cut_short(name, kept_rows))
    try:
        sheet = _sheet(path, workbook, name)
    except UnreadableFile as error:
        if alone:
            raise
        reason = f"The sheet “{name}” cannot be read: {error}"
        yield Page(before + 1, str(before + 1), "", PageKind.FAILED, problem=reason)
        return
    yield from text.pages(rows_of(sheet))
    yield text.last_page(about)


def _cut_short(name: str, kept_rows: int | None) -> str:
    if kept_rows is None:
        return ""
    left = "row was" if kept_rows == 1 else f"{kept_rows:,} rows were"
    return f"The sheet “{name}” is too big: only its first {left} read."


def _package(path: Path, stack: ExitStack) -> Package | None:
    """The parts of a workbook that is a zip; raises what tells why one cannot be read."""
    with path.open("rb") as file:
        head = file.read(len(ole.SIGNATURE))
    if head.startswith(_ZIP_SIGNATURE):
        return stack.enter_context(open_package(path, "a spreadsheet"))
    if not head:
        raise CorruptFile(path, "it is empty")
    return None


def _workbook(path: Path, source: Path) -> CalamineWorkbook:
    try:
        if source.suffix.lower() == path.suffix.lower() and _is_what_it_says(path):
            return CalamineWorkbook.from_path(str(source))  # pyright: ignore[reportUnknownMemberType]
        with source.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise _translated(path, error) from error
    except BaseException as error:
        raise _after_panic(path, error) from error


def _is_what_it_says(path: Path) -> bool:
    """Whether a workbook in Office's old container is not named as one of today's."""
    with path.open("rb") as file:
        old = file.read(len(ole.SIGNATURE)) == ole.SIGNATURE
    return old == (path.suffix.lower() == ".xls")


def _sheet(path: Path, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise _translated(path, error) from error
    except BaseException as error:
        raise _after_panic(path, error) from error


def _translated(path: Path, error: Exception) -> Exception:
    if isinstance(error, PasswordError):
        return no_key_for(path)
    if "limit exceeded" in str(error):
        return FileTooBig(path, "its cells are spread over too many rows and columns")
    return CorruptFile(path, "it is not a spreadsheet that can be read")


def _after_panic(path: Path, error: BaseException) -> BaseException:
    """What a failed assertion in the engine, which Python knows as no `Exception`, tells."""
    return CorruptFile(path) if type(error).__name__ == "PanicException" else error


def _title_of(package: Package) -> str:
    try:
        title = next(all_in(package.xml("docProps/core.xml"), "title"), None)
    except DamagedPart:
        return ""
    return " ".join((title.text or "").split()) if title is not None else ""
