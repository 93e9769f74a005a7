"""Tells how much of what was asked of an answer looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.index.catalog import Catalog
from rag.records import Coverage, Hit, Scope
from rag.retrieve.join import Passage


def coverage_of(catalog: Catalog, scope: Scope, hits: Sequence[Hit]) -> Coverage:
    """What `hits` are of the files and passages in `scope`."""
    files_read, files_unread = catalog.coverage(scope)
    within = catalog.chunks_in(scope)
    return Coverage(
        passages=len(hits),
        files=len({hit.path for hit in hits}),
        files_in_scope=files_read,
        files_unread=files_unread,
        passages_in_scope=catalog.count_chunks() if within is None else len(within),
    )


def after_reading(coverage: Coverage, hits: Sequence[Hit], read: Sequence[Passage]) -> Coverage:
    """The coverage of `hits` when only the passages `read` were read by the model."""
    looked_at = [hit for hit in hits if any(holds(passage, hit) for passage in read)]
    return replace(
        coverage,
        passages=len(looked_at),
        files=len({hit.path for hit in looked_at}),
        passages_left_out=len(hits) - len(looked_at),
    )


def holds(passage: Passage, hit: Hit) -> bool:
    """Whether all of `hit` stands in `passage`."""
    return (
        passage.hit.document_id == hit.document_id
        and passage.start <= hit.start
        and hit.end <= passage.end
    )
