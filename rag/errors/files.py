"""Why a file could not be read: the reasons in the ledger."""

from __future__ import annotations

from pathlib import Path

from rag.errors.base import FootnoteError


class UnreadableFile(FootnoteError):
    """A file that cannot be read: the base of the reasons in the ledger."""


class FileNotReadable(UnreadableFile):
    """The system refuses to open the file."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"“{path.name}” cannot be opened ({detail}). Check its permissions, then read it again."
        )


class UnknownFormat(UnreadableFile):
    """No reader knows the file's type."""

    def __init__(self, path: Path) -> None:
        kind = f"{path.suffix} files" if path.suffix else "files without an extension"
        super().__init__(f"Footnote cannot read {kind} yet. Save it as PDF or text and add that.")


class CorruptFile(UnreadableFile):
    """The file's structure is broken."""

    def __init__(self, path: Path, detail: str = "") -> None:
        why = f" ({detail})" if detail else ""
        super().__init__(
            f"“{path.name}” is damaged{why}. "
            "Get a fresh copy, or open it in its program and save it again."
        )


class EncryptedFile(UnreadableFile):
    """The file wants a password."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is locked with a password. "
            "Enter it (in the window: “Enter password…”), or add a copy without the password."
        )


class WrongPassword(EncryptedFile):
    """The file wants another password than those that the user typed."""

    def __init__(self, path: Path) -> None:
        UnreadableFile.__init__(
            self,
            f"The password did not open “{path.name}”. "
            "Try another, or add a copy without the password.",
        )


class ProtectedFile(UnreadableFile):
    """The file can be read only with a key that no password gives: a shop's, or the addressee's."""

    def __init__(self, path: Path, how: str, todo: str) -> None:
        super().__init__(f"“{path.name}” is locked: {how}. {todo}")


class NeedsLibreOffice(UnreadableFile):
    """A file in an old format, which only LibreOffice opens, and that is not installed."""

    def __init__(self, path: Path, program: str) -> None:
        new = ".docx" if program == "Word" else ".pptx"
        super().__init__(
            f"“{path.name}” is in an old {program} format. Install LibreOffice (free), "
            f"then read it again, or save it as {new}."
        )


class NoTextInFile(UnreadableFile):
    """The file was read and holds no text at all."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” holds no text.")


class NoTextLayer(UnreadableFile):
    """A PDF holds only pictures of pages."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is a scan: it holds pictures of pages but no text. "
            "Turn on “Read scanned pages” in Settings, then read it again."
        )


class FileTooBig(UnreadableFile):
    """The file, or what it unpacks to, is over a limit."""

    def __init__(self, path: Path, limit: str) -> None:
        super().__init__(f"“{path.name}” is too big: {limit}. Split it, then add the parts.")


class ReaderFailed(UnreadableFile):
    """The parser process did not get through the file: twice in a row put it in quarantine."""

    what = "stopped its reader"  # it did, or had done to it: completes "“scan.pdf” …"


class ReadingTookTooLong(ReaderFailed):
    """The parser did not finish, or made no progress, in its time."""

    def __init__(self, path: Path, limit_s: float, *, in_all: bool = False) -> None:
        self.what = f"took longer than {limit_s:.0f} s" + (" in all" if in_all else "")
        super().__init__(
            f"“{path.name}” {self.what} to read and was left out. "
            "Open it in its program and save it again, or raise the limit in Settings."
        )


class ReadingTookTooMuchMemory(ReaderFailed):
    """The parser went over its memory limit."""

    def __init__(self, path: Path, limit_mb: int) -> None:
        self.what = f"needed more than {limit_mb} MB"
        super().__init__(
            f"“{path.name}” needs more than {limit_mb} MB to read and was left out. "
            "Split it, or raise the limit in Settings."
        )


class ReaderCrashed(ReaderFailed):
    """The parser process died on the file."""

    what = "made its reader crash"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” made its reader crash, so it is probably damaged. "
            "Open it in its program and save it again."
        )


class EngineDied(ReaderFailed):
    """All of Footnote, or the computer, ended while it was at the file."""

    what = "was being read when Footnote ended unexpectedly"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was being read when Footnote ended unexpectedly. "
            "It is tried once more, after all others."
        )


class Quarantined(UnreadableFile):
    """A file that failed twice in a row; `failure` is the last."""

    def __init__(self, path: Path, failure: ReaderFailed, *, both_times: bool) -> None:
        times = f"{failure.what} twice" if both_times else f"was tried twice; it {failure.what}"
        super().__init__(
            f"“{path.name}” {times}. "
            "It is not tried again until it changes, or you choose “Read again”."
        )
