"""Opens PDFs, and says truly why one cannot be opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from rag.errors import CorruptFile, EncryptedFile, FileNotReadable
from rag.load.pdf.patience import within

MAX_REPAIR_BYTES = 100_000_000
REPAIR_SECONDS = 10.0

_HEADER_BYTES = 1024  # the signature must stand in these


@contextmanager
def open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document for the length of a `with` block; raises the reason where it cannot be opened."""
    document = _open(path)
    try:
        yield document
    finally:
        document.close()


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except OSError as error:
        raise FileNotReadable(path, error.strerror or str(error)) from error
    if not size:
        raise CorruptFile(path, "it is empty")
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if b"%PDF-" not in head:
            raise CorruptFile(path, "it is not a PDF") from error
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        if size <= MAX_REPAIR_BYTES:
            # pypdf knows other encryptions and other ways round damage than pdfium.
            rewritten = within(REPAIR_SECONDS, lambda: _rewritten(path))
            locked = locked or rewritten == _LOCKED
            if rewritten:
                try:
                    return pdfium.PdfDocument(rewritten)
                except pdfium.PdfiumError:
                    pass
        raise (EncryptedFile(path) if locked else CorruptFile(path)) from error


_LOCKED = b""


def _rewritten(path: Path) -> bytes:
    """The file as pypdf understands it; `_LOCKED` when it wants a password."""
    reader = pypdf.PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return _LOCKED
    if not reader.pages:
        raise ValueError("no pages")
    writer = pypdf.PdfWriter(clone_from=reader)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
