"""The records as the command line prints them: compact JSON, one line each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rag.evaluate import AnswerScores
from rag.records import Answer, Citation, FileRecord, FileState, Hit, Sentence
from rag.scores import SearchScores

JsonValue = None | bool | int | float | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


def line(value: JsonValue) -> str:
    """`value` on one line, without spaces, in Unicode."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def hit(found: Hit) -> JsonValue:
    """A hit; `pages` is null in formats without pages."""
    return {
        "rank": found.rank,
        "score": round(found.score, 4),
        "document": str(found.path),
        "pages": list(found.pages) if found.pages else None,
        "start": found.start,
        "end": found.end,
        "heading": found.heading,
        "text": found.text,
    }


def search(question_id: str, seconds: float, hits: Sequence[Hit]) -> JsonValue:
    """The result of a search."""
    return {
        "id": question_id,
        "seconds": round(seconds, 4),
        "hits": [hit(found) for found in hits],
    }


def answer(question_id: str, given: Answer) -> JsonValue:
    """An answer with its sentences, citations and evidence; `stats` is null without generation."""
    stats = given.stats
    return {
        "id": question_id,
        "mode": "decline" if given.declined else given.mode.value,
        "declined": given.declined,
        "text": given.text,
        "sentences": [_sentence(sentence) for sentence in given.sentences],
        "evidence": [hit(found) for found in given.evidence],
        "stats": stats
        and {
            "prompt_tokens": stats.prompt_tokens,
            "reused_tokens": stats.reused_tokens,
            "prefill_s": round(stats.prefill_s, 3),
            "first_token_s": round(stats.first_token_s, 3),
            "answer_tokens": stats.answer_tokens,
            "decode_tokens_per_s": round(stats.decode_tokens_per_s, 2),
            "retrieval_s": round(stats.retrieval_s, 4),
        },
    }


def _sentence(sentence: Sentence) -> JsonValue:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "support": sentence.support.value,
        "citations": [_citation(citation) for citation in sentence.citations],
    }


def _citation(citation: Citation) -> JsonValue:
    return {
        "document": str(citation.path),
        "page": citation.page,
        "place": citation.place,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "boxes": [
            [box.page, *(round(edge, 2) for edge in (box.x0, box.y0, box.x1, box.y1))]
            for box in citation.boxes
        ],
    }


def status(files: Sequence[FileRecord]) -> JsonValue:
    """The ledger, a row per path, and its totals."""
    return {
        "documents": [
            {
                "path": str(file.path),
                "state": file.state.value,
                "reason": file.reason,
                "pages": file.pages,
                "words": file.words,
                "chunks": file.chunks,
                "scanned_pages": file.scanned_pages,
                "empty_pages": file.empty_pages,
                "seconds": round(file.seconds, 3),
                "same_as": str(file.same_as) if file.same_as else None,
            }
            for file in files
        ],
        "totals": {
            "files": len(files),
            **{state.value: sum(file.state is state for file in files) for state in FileState},
            "pages": sum(file.pages for file in files),
            "words": sum(file.words for file in files),
            "chunks": sum(file.chunks for file in files if not file.same_as),
        },
    }


def scores(found: SearchScores) -> dict[str, JsonValue]:
    """The figures of an evaluation."""
    return {
        "questions": found.questions,
        **{f"hit@{cutoff}": round(share, 1) for cutoff, share in found.hit_at.items()},
        "mrr@10": round(found.mrr, 4),
        "ndcg@10": round(found.ndcg, 4),
        "all_evidence@6": round(found.all_evidence, 1),
        "span_recall@900": None if found.span_recall is None else round(found.span_recall, 2),
    }


def answer_scores(found: AnswerScores) -> dict[str, JsonValue]:
    """The figures of an evaluation of answers."""
    return {
        "answered": found.answered,
        "exact_match": round(found.exact_match, 1),
        "f1": round(found.f1, 4),
        "supported": round(found.supported, 1),
        "falsely_supported": round(found.falsely_supported, 1),
        "refused_rightly": round(found.refused_rightly, 1),
        "refused_wrongly": round(found.refused_wrongly, 1),
    }
