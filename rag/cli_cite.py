"""The verb of the command line that cites sentences to evidence; it needs no library."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeGuard, cast

from rag.cite import Attribution, Attributor, Passage, split_sentences, states_something
from rag.errors import FileNotReadable, FootnoteError, PathNotFound
from rag.records import Support

_BOM = b"\xef\xbb\xbf"
_KEPT_OFFERS, _KEPT_PASSAGES = 64, 4096  # made ready, the last used
_MARKS = {
    Support.SUPPORTED: "supported",
    Support.PARTLY: "partly found",
    Support.NOT_FOUND: "not found",
}

Id = str | int | float
Row = Mapping[str, object]


class BadLine(FootnoteError):
    """A line of evidence or of sentences is not in the expected form."""

    def __init__(self, path: Path, line: int, detail: str) -> None:
        super().__init__(f"“{path.name}”, line {line}: {detail}.")


class NoLines(FootnoteError):
    """A file that should hold evidence or sentences is empty."""

    def __init__(self, path: Path, wanted: str) -> None:
        super().__init__(
            f"“{path.name}” is empty. It should hold {wanted}, one JSON object a line."
        )


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A passage that sentences may be cited to."""

    id: Id
    text: str
    place: str  # its document and page, as far as they are told


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """A statement to be cited, with the indexes of the evidence it is offered, rising."""

    id: Id
    text: str
    offered: tuple[int, ...]


class Citer:
    """Cites statements to parts of `evidence`, each of which is made ready when first needed.

    What the last different offers needed is kept, so that neighbouring statements come cheap.
    """

    def __init__(self, evidence: Sequence[EvidenceLine]) -> None:
        self._evidence = evidence
        self._passage = lru_cache(_KEPT_PASSAGES)(self._made_ready)
        self._attributor = lru_cache(_KEPT_OFFERS)(self._offer)

    def cite(self, text: str, offered: tuple[int, ...]) -> Attribution:
        """The evidence for all that `text` states; a span's key is an index of the evidence."""
        attributor = self._attributor(offered)
        claims = [text[a:b] for a, b in split_sentences(text) if states_something(text[a:b])]
        if len(claims) < 2:
            return attributor.attribute(text)
        return _joined([(len(claim), attributor.attribute(claim)) for claim in claims])

    def _made_ready(self, index: int) -> Passage:
        return Passage(index, self._evidence[index].text)

    def _offer(self, offered: tuple[int, ...]) -> Attributor:
        return Attributor([self._passage(index) for index in offered])


def _joined(parts: Sequence[tuple[int, Attribution]]) -> Attribution:
    """What becomes of a statement whose parts, each with its length, were cited one by one."""
    supports = {attribution.support for _, attribution in parts}
    spans = {
        (span.key, span.start, span.end): span
        for _, attribution in parts
        for span in sorted(attribution.spans, key=lambda span: span.score)
    }
    score = sum(length * a.score for length, a in parts) / sum(length for length, _ in parts)
    return Attribution(
        supports.pop() if len(supports) == 1 else Support.PARTLY,
        round(score, 4),
        tuple(sorted(spans.values(), key=lambda span: -span.score)),
    )


def cite(options: argparse.Namespace) -> int:
    """Cite each sentence of a file to the evidence of another, and print it at once."""
    evidence = _read_evidence(options.evidence)
    citer = Citer(evidence)
    for sentence in _sentences(options.sentences, evidence):
        found = citer.cite(sentence.text, sentence.offered)
        if options.json:
            print(_as_json(sentence, found, evidence), flush=True)
        else:
            print(_as_text(sentence, found, evidence), flush=True)
    return 0


# ---------------------------------------------------------------- printing


def _as_json(sentence: SentenceLine, found: Attribution, evidence: Sequence[EvidenceLine]) -> str:
    return json.dumps(
        {
            "id": sentence.id,
            "support": found.support.value,
            "score": found.score,
            "citations": [
                {
                    "evidence": evidence[span.key].id,
                    "start": span.start,
                    "end": span.end,
                    "quote": span.quote,
                }
                for span in found.spans
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _as_text(sentence: SentenceLine, found: Attribution, evidence: Sequence[EvidenceLine]) -> str:
    lines = [f"{sentence.id}: {_one_line(sentence.text)} [{_MARKS[found.support]}]"]
    for span in found.spans:
        source = evidence[span.key]
        place = f", {source.place}" if source.place else ""
        lines.append(f"   {source.id}{place}: “{_one_line(span.quote)}”")
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- reading


def _read_evidence(path: Path) -> list[EvidenceLine]:
    """The evidence of a file, which must have some; ids are unique."""
    first_lines: dict[Id, int] = {}
    evidence: list[EvidenceLine] = []
    for number, row in _rows(path):
        identity = _new_id(path, number, row, first_lines)
        told = [row.get("document"), row.get("page")]
        place = [f"{name}{value}" for name, value in zip(("", "page "), told, strict=True) if value]
        evidence.append(EvidenceLine(identity, _text(path, number, row), ", ".join(place)))
    if not evidence:
        raise NoLines(path, "evidence")
    return evidence


def _sentences(path: Path, evidence: Sequence[EvidenceLine]) -> Iterator[SentenceLine]:
    """The sentences of a file, which must have some, as they are read; ids are unique."""
    indexes = {item.id: index for index, item in enumerate(evidence)}
    everything = tuple(range(len(evidence)))
    first_lines: dict[Id, int] = {}
    for number, row in _rows(path):
        identity = _new_id(path, number, row, first_lines)
        text = _text(path, number, row)
        wanted = row.get("evidence")
        if wanted is None:
            yield SentenceLine(identity, text, everything)
            continue
        if not isinstance(wanted, list):
            raise BadLine(path, number, "“evidence” must be a list of ids")
        offered: set[int] = set()
        for one in cast("list[object]", wanted):
            if not _is_id(one) or one not in indexes:
                raise BadLine(
                    path,
                    number,
                    f"there is no evidence with the id {json.dumps(one, ensure_ascii=False)}",
                )
            offered.add(indexes[one])
        yield SentenceLine(identity, text, tuple(sorted(offered)))
    if not first_lines:
        raise NoLines(path, "sentences")


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The JSON objects of a file with the numbers of their lines; blank lines are left out."""
    if not path.exists():
        raise PathNotFound(path)
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                told = line.removeprefix(_BOM) if number == 1 else line
                if told.strip():
                    yield number, _row(path, number, told)
    except OSError as error:
        raise FileNotReadable(path, error.strerror or str(error)) from error


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        value: object = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine(path, number, "not UTF-8 text") from None
    except json.JSONDecodeError as error:
        detail = f"not JSON ({error.msg}, column {error.colno})"
        raise BadLine(path, number, detail) from None
    except (ValueError, RecursionError):  # a number of too many digits, or too many brackets
        raise BadLine(path, number, "not JSON that can be read") from None
    if not isinstance(value, dict):
        raise BadLine(path, number, "not a JSON object")
    return cast("Row", value)


def _new_id(path: Path, number: int, row: Row, first_lines: dict[Id, int]) -> Id:
    """The line's id, which no line before it may have."""
    identity = row.get("id")
    if not _is_id(identity):
        raise BadLine(path, number, "“id” must be a text or a number")
    if identity in first_lines:
        told = json.dumps(identity, ensure_ascii=False)
        raise BadLine(path, number, f"the id {told} stands in line {first_lines[identity]} already")
    first_lines[identity] = number
    return identity


def _is_id(value: object) -> TypeGuard[Id]:
    if isinstance(value, bool):
        return False
    return isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))


def _text(path: Path, number: int, row: Row) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise BadLine(path, number, "“text” must be a text")
    return text
