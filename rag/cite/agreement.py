"""Tells whether what a part of a sentence states hard is what a window of evidence states."""

from __future__ import annotations

from rag.cite.alignment import Alignment
from rag.cite.amounts import amounts_agree
from rag.cite.columns import columns_agree
from rag.cite.denial import denials_agree
from rag.cite.leaning import leans_rightly
from rag.cite.naming import names_agree
from rag.cite.replacing import words_agree
from rag.cite.roles import roles_agree
from rag.cite.unspaced import replacements_agree


def agrees(alignment: Alignment, first: int, last: int) -> bool:
    """Whether every hard fact in items first to last (excluded) is borne out by the window."""
    return alignment.verbatim(first, last) is not None or (
        leans_rightly(alignment, first, last)
        and amounts_agree(alignment, first, last)
        and columns_agree(alignment, first, last)
        and names_agree(alignment, first, last)
        and denials_agree(alignment, first, last)
        and roles_agree(alignment, first, last)
        and replacements_agree(alignment, first, last)
        and words_agree(alignment, first, last)
    )
