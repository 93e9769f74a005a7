"""The records as the command line prints them: compact JSON, one line each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime

from rag.disk.rules import RuleUse
from rag.evaluate import AnswerScores, Evaluation
from rag.events import EmbedderChanged, TextShown
from rag.options import OptionInfo, Options
from rag.records import (
    FileRecord,
    FileState,
    FolderHealth,
    IngestSummary,
)
from rag.scores import SearchScores

JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


def line(value: JsonValue) -> str:
    """`value` on one line, without spaces, in Unicode."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def summary(done: IngestSummary, files: Sequence[FileRecord]) -> JsonValue:
    """What a reading did, and the ledger's totals after it."""
    return {
        "read": done.read,
        "unchanged": done.unchanged,
        "failed": done.failed,
        "removed": done.removed,
        "seconds": round(done.seconds, 2),
        "totals": _totals(files),
    }


def status(
    files: Sequence[FileRecord],
    folders: Sequence[FolderHealth],
    rules: Sequence[RuleUse],
    embedders: EmbedderChanged,
) -> JsonValue:
    """The ledger, a row per path, its totals, and what the library is searched with."""
    return {
        "embedder": _in_use(embedders),
        "folders": [_folder(folder) for folder in folders],
        "rules": [
            {
                "id": use.rule.id,
                "sentence": use.rule.sentence,
                "setting": use.rule.option or None,
                "on": use.is_on,
                "paths": use.paths,
            }
            for use in rules
        ],
        "documents": [_document(file) for file in files],
        "totals": _totals(files),
    }


def _document(file: FileRecord) -> JsonValue:
    return {
        "path": str(file.path),
        "root": str(file.root),
        "state": file.state.value,
        "reason": file.reason,
        "pages": file.pages,
        "words": file.words,
        "chunks": file.chunks,
        "scanned_pages": file.scanned_pages,
        "empty_pages": file.empty_pages,
        "unread_pages": file.unread_pages,
        "seconds": round(file.seconds, 3),
        "size_bytes": file.size_bytes,
        "first_seen": _moment(file.first_seen),
        "last_seen": _moment(file.last_seen),
        "same_as": str(file.same_as) if file.same_as else None,
        "like": str(file.like) if file.like else None,
        "locked": file.locked,
        "quarantined": file.quarantined,
        "failures": file.failures,
    }


def _moment(seconds: float) -> str | None:
    """A time in ISO 8601, with the offset of the local clock; None for one that is not known."""
    if not seconds:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")


def _folder(folder: FolderHealth) -> JsonValue:
    return {
        "root": str(folder.root),
        "health": health(folder),
        "files": folder.files,
        **{state.value: folder.count(state) for state in FileState},
        "locked": folder.locked,
        "quarantined": folder.quarantined,
        "duplicates": folder.duplicates,
        "pages": folder.pages,
        "scanned_pages": folder.scanned_pages,
        "empty_pages": folder.empty_pages,
        "unread_pages": folder.unread_pages,
        "words": folder.words,
        "chunks": folder.chunks,
    }


_HEALTH = {
    FileState.READY: "ready",
    FileState.PARTIAL: "read in part",
    FileState.FAILED: "not readable",
    FileState.MISSING: "out of reach",
    FileState.SKIPPED: "left out",
    FileState.READING: "being read",
    FileState.WAITING: "waiting",
}


def health(folder: FolderHealth) -> str:
    """How a folder stands, in one line."""
    if not folder.files:
        return "no files"
    states = [(folder.count(state), words) for state, words in _HEALTH.items()]
    details = [
        (folder.locked, "locked"),
        (folder.quarantined, "in quarantine"),
        (folder.duplicates, "copy" if folder.duplicates == 1 else "copies"),
    ]
    pages = [
        (folder.scanned_pages, "scanned"),
        (folder.empty_pages, "empty"),
        (folder.unread_pages, "not read"),
    ]
    parts = [
        f"{counted(folder.files, 'file')}: {_listed(states)}",
        _listed(details),
        counted(folder.pages, "page") + (f" ({_listed(pages)})" if _listed(pages) else ""),
        counted(folder.words, "word"),
    ]
    return "; ".join(part for part in parts if part)


def _listed(counts: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{count:,} {words}" for count, words in counts if count)


def counted(count: int, noun: str) -> str:
    """As in "1 page" and "1,204 pages"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def text_shown(shown: TextShown, start: int, end: int) -> JsonValue:
    """A document's text between two offsets, with the places that begin there."""
    return {
        "document": str(shown.path),
        "title": shown.title,
        "pages": len(shown.page_starts),
        "start": start,
        "end": end,
        "text": shown.text[start:end],
        "places": [[at, name] for at, name in shown.places if start <= at <= end],
    }


def setting(info: OptionInfo, options: Options) -> JsonValue:
    """A setting with its value, its default and what it can be."""
    return {
        "name": info.name,
        "value": getattr(options, info.name),
        "default": info.default,
        "label": info.label,
        "sentence": info.sentence,
        "low": info.low,
        "high": info.high,
        "unit": info.unit,
        "choices": [value for value, _ in info.choices],
    }


def embedders(state: EmbedderChanged) -> JsonValue:
    """What the library is searched with, what is to take over, and the choices."""
    return {
        **_in_use(state),
        "choices": [
            {
                "id": choice.id,
                "name": choice.name,
                "summary": choice.summary,
                "dimension": choice.dimension,
                "licence": choice.licence,
                "page_url": choice.page_url,
                "installed": choice.installed,
            }
            for choice in state.choices
        ],
    }


def _in_use(state: EmbedderChanged) -> dict[str, JsonValue]:
    """Ids; `coming` is null unless another takes over, once all chunks are done with it."""
    return {
        "id": state.current.id,
        "installed": state.current.installed,
        "coming": state.coming.id if state.coming else None,
        "chunks_done": state.chunks_done,
        "chunks_total": state.chunks_total,
    }


def _totals(files: Sequence[FileRecord]) -> JsonValue:
    return {
        "files": len(files),
        **{state.value: sum(file.state is state for file in files) for state in FileState},
        "pages": sum(file.pages for file in files),
        "words": sum(file.words for file in files),
        "chunks": sum(file.chunks for file in files if not file.same_as),
    }


def evaluation(found: Evaluation) -> dict[str, JsonValue]:
    """The figures of an evaluation."""
    return {
        **_search_scores(found.search),
        "search_ms": round(found.search_ms, 1),
        **(_answer_scores(found.answers) if found.answers else {}),
    }


def _search_scores(found: SearchScores) -> dict[str, JsonValue]:
    return {
        "questions": found.questions,
        **{f"hit@{cutoff}": round(share, 1) for cutoff, share in found.hit_at.items()},
        "mrr@10": round(found.mrr, 4),
        "ndcg@10": round(found.ndcg, 4),
        "all_evidence@6": round(found.all_evidence, 1),
        "span_recall@900": None if found.span_recall is None else round(found.span_recall, 2),
    }


def _answer_scores(found: AnswerScores) -> dict[str, JsonValue]:
    """The fields of `AnswerScores`; null where there was nothing to take a share of."""
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    return {
        name: round(value, 4 if name.endswith("f1") else 1) if value is not None else None
        for name, value in values.items()
    }


def one_line(text: str) -> str:
    """`text` without line breaks."""
    return " ".join(text.split())
