"""A fast copy of a search model: the folder that the export writes and onnxruntime loads."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self, cast

from rag.embed.source import WEIGHTS, Prefixes, weights_sha256

FORMAT = 4  # raised when the export makes other vectors than before
GRAPH, DESCRIPTION = "model.onnx", "fast_copy.json"
# Of the graph: shapes (1, tokens), (1, dimension) and (1, tokens, dimension).
INPUT, OUTPUT, TOKENS = "input_ids", "vector", "tokens"


@dataclass(frozen=True, slots=True)
class FastCopy:
    """What is known of a fast copy without loading it."""

    format: int
    precision: str  # as in a fingerprint: "int8"
    graph_bytes: int
    source_sha256: str  # of the weights that it was made from
    source_bytes: int
    source_modified_ns: int
    dimension: int
    max_tokens: int
    question_prefix: str
    passage_prefix: str

    @property
    def prefixes(self) -> Prefixes:
        """The prefixes that the source names itself."""
        return Prefixes(self.question_prefix, self.passage_prefix)

    def is_of(self, source: Path) -> bool:
        """Whether it was made from the weights in `source`, which are read only if in doubt."""
        try:
            facts = (source / WEIGHTS).stat()
            if facts.st_size != self.source_bytes:
                return False
            same_time = facts.st_mtime_ns == self.source_modified_ns
            return same_time or weights_sha256(source) == self.source_sha256
        except OSError:
            return False

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What is in `folder`; raises `OSError`, `ValueError`, `TypeError` if that is not whole."""
        fields = cast("dict[str, object]", json.loads((folder / DESCRIPTION).read_text("utf-8")))
        copy = cls(**fields)  # pyright: ignore[reportArgumentType] - as it was written
        if copy.format != FORMAT:
            raise ValueError(f"a fast copy of format {copy.format}")
        if (folder / GRAPH).stat().st_size != copy.graph_bytes:
            raise ValueError("a fast copy that is not whole")
        return copy

    def write(self, folder: Path) -> None:
        """Describe the copy in `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        (folder / DESCRIPTION).write_text(text + "\n", "utf-8")
