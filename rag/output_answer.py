"""Answers, and what was found for them, as the command line prints them in JSON."""

from __future__ import annotations

from rag import output_whole
from rag.output import JsonValue
from rag.records import (
    Answer,
    Citation,
    Conflict,
    Coverage,
    GenerationStats,
    Hit,
    Likely,
    Listed,
    Mode,
    PassOffer,
    Scope,
    Sentence,
)
from rag.searching import Found


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
        "why": {
            "dense": round(found.dense, 4),
            "lexical": round(found.lexical, 3),
            "rerank": round(found.rerank, 4),
            "matches": [list(place) for place in found.matches],
            "likely": [list(place) for place in found.likely],
        },
    }


def scope(used: Scope) -> JsonValue:
    """What a question was asked of; empty lists and nulls set no limit."""
    return {
        "paths": [str(path) for path in used.paths],
        "types": list(used.types),
        "since": used.since and used.since.isoformat(),
        "until": used.until and used.until.isoformat(),
        "pages": [list(pages) for pages in used.pages],
    }


def search(question_id: str, seconds: float, found: Found) -> JsonValue:
    """The result of a search; `chance` is how likely the hits hold the answer, 0..1."""
    understood = found.understood
    return {
        "id": question_id,
        "scope": scope(understood.scope),
        "searched": [understood.question, *understood.parts],
        "narrowed_by": list(understood.narrowed_by),
        "chance": round(found.chance, 3),
        "seconds": round(seconds, 4),
        "hits": [hit(one) for one in found.hits],
    }


def answer(question_id: str, used: Scope, given: Answer) -> JsonValue:
    """An answer with all that proves it.

    Null: `stats` without generation, `likely` where no passage clearly says it, `offer` unless the
    question asks for everything and only passages were read, `whole` unless passages were read and
    reading all is worth an offer. `draft` is empty unless the answer was
    written again.
    """
    understood = given.understood
    return {
        "id": question_id,
        "scope": scope(used),
        "mode": _mode(given).value,
        "declined": given.declined,
        "text": given.text,
        "sentences": [_sentence(sentence) for sentence in given.sentences],
        "listed": [_listed(one) for one in given.listed],
        "conflicts": [_conflict(conflict) for conflict in given.conflicts],
        "likely": given.likely and _likely(given.likely),
        "offer": given.offer and _offer(given.offer),
        "plan": given.plan,
        "whole": given.whole and output_whole.estimate(given.whole),
        "coverage": _coverage(given.coverage),
        "draft": given.draft,
        "searched": [understood.question, *understood.parts] if understood else [],
        "narrowed_by": list(understood.narrowed_by) if understood else [],
        "evidence": [hit(found) for found in given.evidence],
        "model": given.model,
        "stopped": given.stopped,
        "seconds": round(given.seconds, 3),
        "stats": given.stats and _stats(given.stats),
    }


def _mode(given: Answer) -> Mode:
    """What is told of how it was answered; from its own knowledge the model does not decline."""
    return Mode.DECLINE if given.declined and given.mode is not Mode.OWN_KNOWLEDGE else given.mode


def unanswered(question_id: str, used: Scope, reason: str) -> JsonValue:
    """A question that ended in an error, in the form of an answer."""
    return {
        "id": question_id,
        "scope": scope(used),
        "mode": "decline",
        "declined": True,
        "text": "",
        "sentences": [],
        "listed": [],
        "conflicts": [],
        "likely": None,
        "offer": None,
        "plan": "",
        "whole": None,
        "coverage": None,
        "draft": "",
        "searched": [],
        "narrowed_by": [],
        "evidence": [],
        "model": "",
        "stopped": False,
        "seconds": 0.0,
        "stats": None,
        "error": reason,
    }


def _sentence(sentence: Sentence) -> JsonValue:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "support": sentence.support.value,
        "is_claim": sentence.is_claim,
        "is_computed": sentence.is_computed,
        "found_later": sentence.found_later,
        "citations": [_citation(citation) for citation in sentence.citations],
    }


def _citation(citation: Citation) -> JsonValue:
    return {
        "number": citation.number,
        "document": str(citation.path),
        "page": citation.page,
        "place": citation.place,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "score": round(citation.score, 4),
        "boxes": [
            [box.page, *(round(edge, 2) for edge in (box.x0, box.y0, box.x1, box.y1))]
            for box in citation.boxes
        ],
    }


def _likely(likely: Likely) -> JsonValue:
    return {
        "text": likely.text,
        "chance": round(likely.chance, 3),
        "citation": _citation(likely.citation),
    }


def _conflict(conflict: Conflict) -> JsonValue:
    return [
        {
            "value": statement.value,
            "dated": statement.dated and statement.dated.isoformat(),
            "dated_by": statement.dated_by,
            "citation": _citation(statement.citation),
        }
        for statement in conflict.statements
    ]


def _listed(listed: Listed) -> JsonValue:
    return {
        "text": listed.text,
        "number": listed.number,
        "citations": [_citation(citation) for citation in listed.citations],
    }


def _offer(offer: PassOffer) -> JsonValue:
    return {
        "files": offer.files,
        "passages": offer.passages,
        "seconds": round(offer.seconds, 1),
    }


def _coverage(coverage: Coverage) -> JsonValue:
    return {
        "passages": coverage.passages,
        "files": coverage.files,
        "files_in_scope": coverage.files_in_scope,
        "files_unread": coverage.files_unread,
        "passages_in_scope": coverage.passages_in_scope,
        "passages_left_out": coverage.passages_left_out,
        "whole": [output_whole.whole_document(one) for one in coverage.whole],
    }


def _stats(stats: GenerationStats) -> JsonValue:
    return {
        "prompt_tokens": stats.prompt_tokens,
        "reused_tokens": stats.reused_tokens,
        "prefill_s": round(stats.prefill_s, 3),
        "first_token_s": round(stats.first_token_s, 3),
        "answer_tokens": stats.answer_tokens,
        "decode_tokens_per_s": round(stats.decode_tokens_per_s, 2),
        "retrieval_s": round(stats.retrieval_s, 4),
    }
