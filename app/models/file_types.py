"""The types of files as the window names them, each with the suffixes that it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

_translate = QCoreApplication.translate

_SUFFIXES = {
    "pdf": "pdf",
    "word": "docx docm dotx dotm doc dot odt ott fodt rtf",
    "slides": "pptx pptm potx ppsx ppsm potm ppt pps pot odp otp fodp odg",
    "sheets": "xlsx xlsm xlsb xls xltx xltm ods ots fods csv tsv tab psv",
    "web": "html htm xhtml mht mhtml",
    "markdown": "md markdown rst rest org",
    "text": "txt text log nfo asc me",
    "books": "epub fb2",
    "mail": "eml emlx mbox mbx msg",
    "pictures": "png jpg jpeg jpe jfif tif tiff webp bmp gif heic heif avif jp2",
    "data": (
        "json jsonl ndjson geojson yaml yml toml ini cfg conf properties xml svg rss atom plist "
        "opml kml gpx tei dita docbook dbk xsd xsl xslt wsdl xliff tmx resx"
    ),
    "subtitles": "srt vtt ass ssa sbv",
    "archives": "zip tar gz tgz",
    "code": (
        "ipynb py pyi pyx js mjs cjs jsx ts tsx vue svelte java c h cc cpp cxx hh hpp hxx inl ino "
        "cu cs go rs rb php swift kt kts scala sc r jl lua pl pm t raku sh bash zsh ksh fish ps1 "
        "psm1 bat cmd sql ddl css scss sass less tex ltx sty cls bib cmake gradle groovy dart hs "
        "elm purs ml mli ex exs erl hrl clj cljs cljc edn lisp el scm rkt fs fsi fsx vb vbs bas "
        "pas pp asm s m mm d f f90 f95 f03 for v sv vhd vhdl glsl hlsl proto thrift graphql gql tf "
        "tfvars hcl nix zig nim cr vala tcl awk sed coffee mk dockerfile containerfile patch diff"
    ),
}
_PAGED = frozenset(f"pdf {_SUFFIXES['slides']} tif tiff".split())


@dataclass(frozen=True, slots=True)
class FileType:
    """A type; its suffixes are those of `Scope.types`: lower case, without the dot."""

    name: str  # "PDF", on a chip
    plural: str  # "PDFs", in a sentence
    suffixes: tuple[str, ...]
    paged: bool = False  # whether its pages have numbers that can be asked for


def types_of(suffixes: Iterable[str]) -> tuple[FileType, ...]:
    """The types that `suffixes` (with or without the dot) belong to, with only these of theirs."""
    left = dict.fromkeys(suffix.lower().rpartition(".")[2] for suffix in suffixes)
    found: list[FileType] = []
    for key, name, plural in _known():
        mine = tuple(suffix for suffix in _SUFFIXES[key].split() if suffix in left)
        if mine:
            found.append(FileType(name, plural, mine, not _PAGED.isdisjoint(mine)))
        for suffix in mine:
            del left[suffix]
    for suffix in left:
        name = suffix.upper()
        plural = _translate("FileTypes", "{0} files").format(name)
        found.append(FileType(name, plural, (suffix,)))
    return tuple(found)


def _known() -> tuple[tuple[str, str, str], ...]:
    """Key, name and plural of the types that have a name of their own, in the order of a menu."""
    return (
        ("pdf", _translate("FileTypes", "PDF"), _translate("FileTypes", "PDFs")),
        ("word", _translate("FileTypes", "Word"), _translate("FileTypes", "Word files")),
        ("slides", _translate("FileTypes", "Slides"), _translate("FileTypes", "presentations")),
        ("sheets", _translate("FileTypes", "Spreadsheet"), _translate("FileTypes", "spreadsheets")),
        ("web", _translate("FileTypes", "Web page"), _translate("FileTypes", "web pages")),
        (
            "markdown",
            _translate("FileTypes", "Markdown"),
            _translate("FileTypes", "Markdown files"),
        ),
        ("text", _translate("FileTypes", "Text"), _translate("FileTypes", "text files")),
        ("books", _translate("FileTypes", "E-book"), _translate("FileTypes", "e-books")),
        ("mail", _translate("FileTypes", "Mail"), _translate("FileTypes", "e-mails")),
        ("pictures", _translate("FileTypes", "Picture"), _translate("FileTypes", "pictures")),
        ("data", _translate("FileTypes", "Data"), _translate("FileTypes", "data files")),
        ("code", _translate("FileTypes", "Code"), _translate("FileTypes", "code files")),
        ("subtitles", _translate("FileTypes", "Subtitles"), _translate("FileTypes", "subtitles")),
        ("archives", _translate("FileTypes", "Archive"), _translate("FileTypes", "archives")),
    )
