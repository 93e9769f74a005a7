"""`footnote cite` cites sentences to evidence, and says of each bad line what is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.cli import main

LEASE = "The lease may be ended by either party with three months' notice. The rent is $900."
APPLES = "Apples 🍎 ripen in September in the orchard of Anna Berg."
EVIDENCE = [
    {"id": "e1", "document": "lease.pdf", "page": 3, "text": LEASE},
    {"id": 2, "document": None, "text": APPLES},
]

Cite = Callable[..., tuple[int, list[dict[str, Any]], str]]


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


@pytest.fixture
def cite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cite:
    def run(
        sentences: list[dict[str, Any]] | bytes, evidence: list[dict[str, Any]] | bytes = EVIDENCE
    ) -> tuple[int, list[dict[str, Any]], str]:
        for name, rows in (("e.jsonl", evidence), ("s.jsonl", sentences)):
            (tmp_path / name).write_bytes(rows if isinstance(rows, bytes) else lines(rows))
        files = ["--evidence", str(tmp_path / "e.jsonl"), "--sentences", str(tmp_path / "s.jsonl")]
        code = main(["cite", *files, "--json"])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run


def test_a_sentence_is_cited_to_the_words_that_carry_it(cite: Cite) -> None:
    code, (row,), _ = cite([{"id": "s", "text": "Apples ripen in September."}])

    assert code == 0
    assert (row["id"], row["support"]) == ("s", "supported")
    assert 0 < row["score"] <= 1
    (citation,) = row["citations"]
    assert citation["evidence"] == 2
    assert citation["quote"] == APPLES[citation["start"] : citation["end"]]
    assert "September" in citation["quote"]


def test_ids_come_back_as_they_were_given_in_the_order_of_the_sentences(cite: Cite) -> None:
    ids = ["b", 1, "1", 2.5, -3, "ü"]

    _, rows, _ = cite([{"id": one, "text": "The rent is $900."} for one in ids])

    assert [row["id"] for row in rows] == ids
    assert {row["citations"][0]["evidence"] for row in rows} == {"e1"}


def test_only_the_evidence_that_a_sentence_names_is_offered(cite: Cite) -> None:
    rent = {"text": "The rent is $900."}

    _, rows, _ = cite(
        [
            {"id": 1, **rent, "evidence": [2]},
            {"id": 2, **rent, "evidence": [2, "e1", 2]},
            {"id": 3, **rent, "evidence": []},
            {"id": 4, **rent, "evidence": None},
        ]
    )

    told = [row["support"] for row in rows]
    assert told == ["not_found", "supported", "not_found", "supported"]
    assert rows[0] == {"id": 1, "support": "not_found", "score": 0.0, "citations": []}


def test_a_statement_of_several_sentences_must_be_carried_whole(cite: Cite) -> None:
    _, rows, _ = cite(
        [
            {"id": "both", "text": "Apples ripen in September. The rent is $900."},
            {"id": "one", "text": "Apples ripen in September. The rent is $950."},
            {"id": "none", "text": "Apples ripen in October. The rent is $950."},
            {"id": "claim", "text": "Yes. The rent is $900."},
        ]
    )

    told = {row["id"]: row["support"] for row in rows}
    assert told == {"both": "supported", "one": "partly", "none": "not_found", "claim": "supported"}
    assert {citation["evidence"] for citation in rows[0]["citations"]} == {"e1", 2}
    assert rows[2]["score"] < rows[1]["score"] < rows[0]["score"]


def test_a_mark_of_byte_order_blank_lines_and_windows_line_ends_change_nothing(cite: Cite) -> None:
    row = {"id": 1, "text": "The rent\u2028is $900.\u0085"}
    sentences = b"\xef\xbb\xbf" + lines([row]) + b"\r\n\r\n  \n" + lines([{**row, "id": 2}])

    code, rows, _ = cite(sentences, b"\xef\xbb\xbf\r\n" + lines(EVIDENCE))

    assert code == 0
    assert [row["support"] for row in rows] == ["supported", "supported"]


def test_half_a_surrogate_pair_does_not_stop_it(cite: Cite) -> None:
    row = rb'{"id":"\ud800","text":"The rent is \udc00 $900."}'

    code, (told,), _ = cite(row, lines(EVIDENCE) + rb'%c{"id":3,"text":"Odd: \ud800"}' % 10)

    assert (code, told["id"]) == (0, "\ud800")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (b'{"id":2 "text":"y"}', "not JSON (Expecting ',' delimiter, column 9)"),
        (b"[1]", "not a JSON object"),
        (b'{"text":"y"}', "“id” must be a text or a number"),
        (b'{"id":true,"text":"y"}', "“id” must be a text or a number"),
        (b'{"id":NaN,"text":"y"}', "“id” must be a text or a number"),
        (b'{"id":2,"text":null}', "“text” must be a text"),
        (b'{"id":1,"text":"y"}', "the id 1 stands in line 1 already"),
        (b'{"id":2,"text":"caf\xe9"}', "not UTF-8 text"),
        (b"[" * 200_000, "not JSON that can be read"),
    ],
)
def test_a_bad_line_ends_it_with_what_is_wrong(cite: Cite, line: bytes, wrong: str) -> None:
    good = b'{"id":1,"text":"The rent is $900."}\n'

    of_sentences = cite(good + line)
    of_evidence = cite(good, good + line)

    assert (of_sentences[0], of_sentences[2]) == (2, f"“s.jsonl”, line 2: {wrong}.\n")
    assert [row["id"] for row in of_sentences[1]] == [1]  # what came before is not lost
    assert of_evidence == (2, [], f"“e.jsonl”, line 2: {wrong}.\n")


def test_evidence_that_does_not_exist_is_told_with_its_line(cite: Cite) -> None:
    unknown = cite(b'\n{"id":1,"text":"x","evidence":["e1","2"]}')
    no_list = cite(b'{"id":1,"text":"x","evidence":"e1"}')
    no_id = cite(b'{"id":1,"text":"x","evidence":[["e1"]]}')

    assert unknown[2] == '“s.jsonl”, line 2: there is no evidence with the id "2".\n'
    assert no_list[2] == "“s.jsonl”, line 1: “evidence” must be a list of ids.\n"
    assert no_id[2] == '“s.jsonl”, line 1: there is no evidence with the id ["e1"].\n'
    assert unknown[0] == no_list[0] == no_id[0] == 2


def test_files_that_are_empty_or_missing_are_told(
    cite: Cite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    no_sentences = cite(b"\n")
    no_evidence = cite(b'{"id":1,"text":"x"}', b"")
    gone = tmp_path / "gone.jsonl"
    code = main(["cite", "--evidence", str(gone), "--sentences", str(gone)])

    assert no_sentences[2].startswith("“s.jsonl” is empty.")
    assert no_evidence[2].startswith("“e.jsonl” is empty.")
    assert (no_sentences[0], no_evidence[0], code) == (2, 2, 2)
    assert capsys.readouterr().err == f"“{gone}” does not exist. Check the spelling.\n"


def test_without_json_it_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence, sentences = tmp_path / "e.jsonl", tmp_path / "s.jsonl"
    evidence.write_bytes(lines(EVIDENCE))
    rows = [{"id": 1, "text": "The rent is $900."}, {"id": 2, "text": "The rent is $950."}]
    sentences.write_bytes(lines(rows))

    main(["cite", "--evidence", str(evidence), "--sentences", str(sentences)])

    first, source, second = capsys.readouterr().out.splitlines()
    assert first == "1: The rent is $900. [supported]"
    assert source == "   e1, lease.pdf, page 3: “The rent is $900.”"
    assert second == "2: The rent is $950. [not found]"


def test_no_library_and_no_engine_is_needed(tmp_path: Path) -> None:
    evidence, sentences = tmp_path / "e.jsonl", tmp_path / "s.jsonl"
    evidence.write_bytes(lines(EVIDENCE))
    sentences.write_bytes(lines([{"id": 1, "text": "The rent is $900."}]))
    program = (
        "import sys; from app.__main__ import main; code = main(sys.argv[1:]); "
        "sys.exit(code or len({'torch', 'chromadb', 'llama_cpp', 'transformers'} & {*sys.modules}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, "cite", "--evidence", evidence, "--sentences", sentences],
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "home")},
    )

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home").exists()
