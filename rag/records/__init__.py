"""What flows through Footnote: plain, frozen, picklable records that import no engine."""

from rag.records.answering import (
    Answer,
    Box,
    Citation,
    Conversation,
    ConversationInfo,
    Coverage,
    GenerationStats,
    Mode,
    Sentence,
    Support,
    Turn,
)
from rag.records.finding import Hit, Scope, Understanding
from rag.records.reading import (
    Chunk,
    DocumentInfo,
    DocumentText,
    FileRecord,
    FileState,
    Heading,
    IngestSummary,
    Page,
    PageKind,
)
from rag.records.showing import EmbedderInfo, ModelInfo, ModelOffer, PagePicture

__all__ = [
    "Answer",
    "Box",
    "Chunk",
    "Citation",
    "Conversation",
    "ConversationInfo",
    "Coverage",
    "DocumentInfo",
    "DocumentText",
    "EmbedderInfo",
    "FileRecord",
    "FileState",
    "GenerationStats",
    "Heading",
    "Hit",
    "IngestSummary",
    "Mode",
    "ModelInfo",
    "ModelOffer",
    "Page",
    "PageKind",
    "PagePicture",
    "Scope",
    "Sentence",
    "Support",
    "Turn",
    "Understanding",
]
