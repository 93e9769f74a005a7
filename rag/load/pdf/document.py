# pyright: reportMissingTypeStubs=false
"""Opens PDFs, and says truly why one cannot be opened."""

from __future__ import annotations

import io
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, cast

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import CorruptFile, EncryptedFile, FileNotReadable
from rag.load.pdf.patience import within

MAX_REPAIR_BYTES = 100_000_000
REPAIR_SECONDS = 10.0

_HEADER_BYTES = 1024  # the signature must stand in these
_LOCKED = b""


class Bitmap(Protocol):
    """A drawn page: rows of `stride` bytes, four per pixel in the order B, G, R, unused."""

    width: int
    height: int
    stride: int
    buffer: bytes


class _Page(Protocol):
    def get_size(self) -> tuple[float, float]: ...
    def render(self, *, scale: float, prefer_bgrx: bool, draw_annots: bool) -> Bitmap: ...


class _Document(Protocol):
    raw: object

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> _Page: ...
    def close(self) -> None: ...
    def init_forms(self) -> bool: ...
    def get_page_label(self, index: int) -> str: ...
    def get_metadata_value(self, key: str) -> str: ...


class PdfFile:
    """An open PDF."""

    def __init__(self, document: _Document) -> None:
        self._document = document
        self.handle = document.raw  # what pdfium's functions take

    @property
    def page_count(self) -> int:
        """How many pages it says it has."""
        return len(self._document)

    @property
    def has_outline(self) -> bool:
        """Whether it has an outline, found at no cost."""
        return bool(pdfium.FPDFBookmark_GetFirstChild(self.handle, None))

    @property
    def title(self) -> str:
        """The title in its metadata as it stands there."""
        return self._document.get_metadata_value("Title")

    def label(self, index: int) -> str:
        """The label of the page with this index (from 0); empty where it has none."""
        return self._document.get_page_label(index)

    def size(self, index: int) -> tuple[float, float]:
        """A page's width and height as it is shown, in points; raises `ValueError`."""
        try:
            return self._document[index].get_size()
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"page {index + 1} cannot be loaded") from error

    def draw(self, index: int, scale: float) -> Bitmap:
        """A page with annotations and form fields; raises `ValueError`."""
        try:
            self._document.init_forms()
            return self._document[index].render(scale=scale, prefer_bgrx=True, draw_annots=True)
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"page {index + 1} cannot be drawn") from error

    def close(self) -> None:
        """Free it; its pages must be closed before."""
        self._document.close()


@contextmanager
def open_pdf(path: Path, passwords: Sequence[str] = ()) -> Generator[PdfFile]:
    """The document for the length of a `with` block; raises why it cannot be opened."""
    file = PdfFile(_open(path, passwords))
    try:
        yield file
    finally:
        file.close()


def _open(path: Path, passwords: Sequence[str]) -> _Document:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except OSError as error:
        raise FileNotReadable(path, error.strerror or str(error)) from error
    if not size:
        raise CorruptFile(path, "it is empty")
    try:
        return _load(path)
    except pypdfium2.PdfiumError as error:
        if b"%PDF-" not in head:
            raise CorruptFile(path, "it is not a PDF") from error
        locked = getattr(error, "err_code", None) in {
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        }
        for password in passwords if locked else ():
            with suppress(pypdfium2.PdfiumError):
                return _load(path, password)
        # pypdf knows other encryptions and other ways round damage than pdfium.
        second = (
            within(REPAIR_SECONDS, lambda: _rewritten(path, passwords))
            if size <= MAX_REPAIR_BYTES
            else None
        )
        if second:
            try:
                return _load(second)
            except pypdfium2.PdfiumError:
                second = None
        raise (EncryptedFile(path) if locked or second == _LOCKED else CorruptFile(path)) from error


def _load(source: Path | bytes, password: str | None = None) -> _Document:
    return cast("_Document", pypdfium2.PdfDocument(source, password))


def _rewritten(path: Path, passwords: Sequence[str]) -> bytes:
    """The file as pypdf understands it; `_LOCKED` when it wants a password."""
    reader = pypdf.PdfReader(path, strict=False)
    if reader.is_encrypted and not any(map(reader.decrypt, ("", *passwords))):
        return _LOCKED
    if not reader.pages:
        raise ValueError("no pages")
    writer = pypdf.PdfWriter(clone_from=reader)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
