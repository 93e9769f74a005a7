"""What is printed of documents and answers does not steer the terminal, and stays the same JSON."""

from __future__ import annotations

import io
import json

import regex

from rag.cli_letters import Letters
from tests.injection.attacks import OBEYED, Attack, each

_STEERS = regex.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|[\U000e0000-\U000e007f]"
)


@each
def test_plain_output_is_letters(attack: Attack) -> None:
    printed = io.StringIO()

    print(attack.obeyed, attack.title, attack.place, attack.name, file=Letters(printed))

    assert not _STEERS.search(printed.getvalue())
    assert OBEYED in printed.getvalue()


@each
def test_json_says_the_same(attack: Attack) -> None:
    printed = io.StringIO()
    said = {"text": attack.obeyed, attack.title: [attack.name]}

    print(json.dumps(said, ensure_ascii=False), file=Letters(printed, as_json=True))

    assert not _STEERS.search(printed.getvalue())
    assert json.loads(printed.getvalue()) == said
