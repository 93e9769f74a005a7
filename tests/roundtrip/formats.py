"""Every format that can be written here, what it can hold, and its writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.roundtrip import bundles, office, plain
from tests.roundtrip.content import EVERY, LATIN, Content


@dataclass(frozen=True, slots=True)
class Written:
    """A way to write a document; `write` returns the text that is to be read back."""

    name: str
    suffix: str
    write: Callable[[Content, Path], str]
    scripts: tuple[str, ...] = EVERY
    spiced: bool = True  # False where the format knows no way to write signs of its markup
    added: float = 0.1  # words that its reader may add: names of places, keys, headers
    slow: bool = False  # another program, or text recognition
    pictures: bool = False  # its text must be recognised: by characters, 98 %


def _text(encoding: str, *scripts: str) -> Written:
    kept = scripts or EVERY
    write = partial(plain.as_text, encoding=encoding)
    return Written(f"text in {encoding}", ".txt", write, kept, spiced=False)


def _picture(kind: str, suffix: str) -> Written:
    return Written(
        f"picture {kind}",
        suffix,
        office.as_picture,
        ("ascii",),
        spiced=False,
        slow=True,
        pictures=True,
    )


WRITTEN: tuple[Written, ...] = (
    Written("text", ".txt", plain.as_text),
    _text("utf-8-sig"),
    _text("utf-16"),
    _text("cp1252", "ascii", "french"),
    _text("iso-8859-1", "ascii", "spanish"),
    _text("cp1251", "ascii", "russian"),
    _text("shift_jis", "ascii", "japanese"),
    _text("gb18030", "ascii", "chinese"),
    Written("web page", ".html", plain.as_html),
    Written("web page in cp1252", ".htm", partial(plain.as_html, encoding="windows-1252")),
    Written("Markdown", ".md", plain.as_markdown),
    Written("reStructuredText", ".rst", plain.as_rst),
    Written("Org", ".org", plain.as_org, spiced=False),
    Written("comma-separated", ".csv", plain.as_csv),
    Written("tab-separated", ".tsv", plain.as_tsv),
    Written("JSON", ".json", plain.as_json),
    Written("JSON lines", ".jsonl", plain.as_jsonl),
    Written("XML", ".xml", plain.as_xml),
    Written("notebook", ".ipynb", plain.as_notebook, spiced=False),
    Written("source code", ".py", plain.as_python, spiced=False),
    Written("settings", ".ini", plain.as_settings, spiced=False),
    Written("subtitles", ".srt", plain.as_subtitles, spiced=False),
    Written("web subtitles", ".vtt", plain.as_subtitles, spiced=False),
    Written("Word", ".docx", office.as_docx),
    Written("slides", ".pptx", office.as_pptx),
    Written("sheet", ".xlsx", office.as_xlsx),
    Written("OpenDocument text", ".odt", office.as_odt),
    Written("OpenDocument slides", ".odp", office.as_odp),
    Written("OpenDocument sheet", ".ods", office.as_ods),
    Written("RTF", ".rtf", office.as_rtf),
    Written("PDF", ".pdf", office.as_pdf, LATIN),
    Written("book", ".epub", bundles.as_book),
    Written("mail", ".eml", bundles.as_mail, added=0.15),
    Written("mailbox", ".mbox", bundles.as_mailbox, added=0.15),
    Written("Outlook mail", ".msg", bundles.as_outlook),
    Written("zip folder", ".zip", bundles.as_archive),
    _picture("png", ".png"),
    _picture("jpeg", ".jpg"),
    _picture("tiff", ".tiff"),
    _picture("webp", ".webp"),
    Written("old Word", ".doc", bundles.as_old_word, slow=True),
    Written("old slides", ".ppt", bundles.as_old_slides, slow=True),
    Written("old sheet", ".xls", bundles.as_old_sheet),
)
QUICK = tuple(way for way in WRITTEN if not way.slow)
