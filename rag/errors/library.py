"""What goes wrong with the library, its models and its conversations."""

from __future__ import annotations

from pathlib import Path

from rag.errors.base import FootnoteError


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


class NotReadWhole(FootnoteError):
    """Documents cannot be read whole here; `reason` says why, and what would help."""

    def __init__(self, paths: tuple[Path, ...], reason: str) -> None:
        names = ", ".join(f"“{path.name}”" for path in paths) or "Nothing there"
        super().__init__(f"{names} cannot be read whole ahead of questions. {reason}")


class NoConversation(FootnoteError):
    """A conversation does not exist."""

    def __init__(self, conversation_id: int) -> None:
        super().__init__(f"There is no conversation {conversation_id}. It may have been deleted.")
