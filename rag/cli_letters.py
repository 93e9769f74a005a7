"""What is printed is letters: nothing in a document or an answer steers the terminal."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TextIO, cast

import regex

# Controls but tab and line feed, and what turns the direction of writing for all that follows.
_STEERING = regex.compile(
    "[\\p{Cc}\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f--[\t\n]]", regex.V1
)


class Letters:
    """A text stream that shows what would steer a terminal as "�", or escapes it in JSON."""

    def __init__(self, stream: TextIO, *, as_json: bool = False) -> None:
        self._stream = stream
        self._as_json = as_json

    def write(self, text: str) -> int:
        """Write `text`, harmless."""
        self._stream.write(_STEERING.sub(self._shown, text))
        return len(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def _shown(self, found: regex.Match[str]) -> str:
        if not self._as_json:
            return "\ufffd"
        units = found[0].encode("utf-16-be").hex()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


@contextmanager
def printing_letters(*, as_json: bool) -> Generator[None]:
    """Print nothing but letters for the length of a `with` block; `as_json` on standard output."""
    out = cast("TextIO", Letters(sys.stdout, as_json=as_json))
    with redirect_stdout(out), redirect_stderr(cast("TextIO", Letters(sys.stderr))):
        yield
