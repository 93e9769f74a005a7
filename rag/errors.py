"""Every way Footnote can fail, worded for the person at the screen: what happened, what to do."""

from __future__ import annotations

from pathlib import Path


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


# ---------------------------------------------------------------- files


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
            "Choose “Unlock” and type it, or add a copy without the password."
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


# ---------------------------------------------------------------- library


class LibraryLocked(FootnoteError):
    """Another engine has the library open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in “{folder}” is open in another Footnote. "
            "Close that one, then try again."
        )


class LibraryUnwritable(FootnoteError):
    """The library's folder cannot be written to."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"Footnote cannot write to “{folder}” ({detail}). "
            "Check the folder's permissions, or choose another."
        )


class LibraryFromTheFuture(FootnoteError):
    """The library was written by a newer Footnote."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in “{folder}” was made by a newer Footnote. Update Footnote to open it."
        )


class DiskFull(FootnoteError):
    """There is no room left for the library."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The disk that holds “{folder}” is full. "
            "Nothing was lost: free some space, then read again."
        )


class CatalogDamaged(FootnoteError):
    """The catalog's database cannot be read."""

    def __init__(self, moved_to: Path) -> None:
        super().__init__(
            f"The library's catalog was damaged and was put aside as “{moved_to.name}”. "
            "Your files are untouched: add the folders again to rebuild it."
        )


class LibraryDamaged(FootnoteError):
    """A database of the library turned out to be damaged while in use."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library in “{folder}” is damaged on the disk. "
            "Close Footnote and start it again: what can be rebuilt from your files will be."
        )


class NothingIndexed(FootnoteError):
    """A question was asked of an empty library."""

    def __init__(self) -> None:
        super().__init__("The library is empty. Add a folder of documents first.")


class PathNotFound(FootnoteError):
    """A path given by the user does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” does not exist. Check the spelling.")


class NotInLibrary(FootnoteError):
    """A path given by the user was never added."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is not in the library.")


class BadScope(FootnoteError):
    """A file type, date or page was typed that cannot be understood; the text says what to type."""


class NothingInScope(FootnoteError):
    """A question was asked of files that the library does not have."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"No file in the library {wanted}. Ask of more files.")


class DocumentGone(FootnoteError):
    """A document was removed, or read anew, while it was being looked at."""

    def __init__(self) -> None:
        super().__init__("A file was changed or removed while it was looked at. Ask again.")


class SourceChanged(FootnoteError):
    """A cited file is gone or no longer what was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was moved, deleted or changed since it was read. "
            "The stored quote still stands."
        )


# ---------------------------------------------------------------- models


class ModelMissing(FootnoteError):
    """A model's file is not where it was."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The model file “{path.name}” is not there any more. "
            "Choose “Use a model file…” to pick another."
        )


class ModelBroken(FootnoteError):
    """A file is not a model that can be loaded."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"“{path.name}” cannot be used as a model ({detail}). "
            "Download it again, or choose another .gguf file."
        )


class ModelMismatch(FootnoteError):
    """A downloaded file is not the one the catalog describes."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"“{path.name}” is not the expected file ({detail}). "
            "Download it again from the model's page."
        )


class ModelTooBig(FootnoteError):
    """There is not enough free memory for a model."""

    def __init__(self, name: str, needed_gb: float, free_gb: float) -> None:
        super().__init__(
            f"{name} needs about {needed_gb:.1f} GB of memory and {free_gb:.1f} GB are free. "
            "Close other programs, or choose a smaller model."
        )


class NoModel(FootnoteError):
    """No language model is installed."""

    def __init__(self) -> None:
        super().__init__(
            "No model is installed yet. Choose “Get Phi-4-mini” or “Use a model file…”."
        )


class NoEmbedder(FootnoteError):
    """The search model is missing."""

    def __init__(self) -> None:
        super().__init__(
            "The search model is missing. Set Footnote up again: python3 packaging/dev.py setup."
        )


class NoRecogniser(FootnoteError):
    """The models that read scanned pages are missing or damaged."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"Scanned pages cannot be read ({detail}). "
            "Set Footnote up again: python3 packaging/dev.py setup."
        )


class EmbedderMissing(FootnoteError):
    """A search model that was asked for is not on this computer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The search model “{name}” is not on this computer. Choose one that is: "
            "Settings and `footnote embedder` list them."
        )


class RerankerBroken(FootnoteError):
    """A reranking model cannot be loaded, or fails at its work."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(
            f"The reranking model “{name}” cannot be used ({detail}). "
            "Searching goes on without it: download it again, or remove its folder."
        )


class QuestionTooLong(FootnoteError):
    """The question alone fills the model's context."""

    def __init__(self, tokens: int, limit: int) -> None:
        super().__init__(
            f"The question is too long ({tokens} tokens, at most {limit}). "
            "Shorten it, or put the text in a file."
        )


class GenerationFailed(FootnoteError):
    """The model stopped with an error."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The model stopped with an error ({detail}). Ask again, or choose another model."
        )


class NoConversation(FootnoteError):
    """A conversation does not exist."""

    def __init__(self, conversation_id: int) -> None:
        super().__init__(f"There is no conversation {conversation_id}. It may have been deleted.")
