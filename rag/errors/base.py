"""What all failures are, and those of no stage in particular."""

from __future__ import annotations


class FootnoteError(Exception):
    """A failure whose `str()` can be shown to the user as it is."""


class Cancelled(FootnoteError):
    """The user stopped the work; nothing went wrong."""

    def __init__(self) -> None:
        super().__init__("Stopped.")


class BadOption(FootnoteError):
    """A setting has a value it cannot have."""

    def __init__(self, label: str, requirement: str) -> None:
        super().__init__(f"“{label}” {requirement}.")
