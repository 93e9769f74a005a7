"""Where documents are made ready to be read whole: planned, put into words, and read."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rag.cancel import CancelToken
from rag.errors import DiskFull, ModelBroken, ModelMissing, NoModel
from rag.index.catalog import Catalog
from rag.options import Options
from rag.plan import Asked, Kept, LongDocument, LongPlan, plan_long, whole_estimate
from rag.plan.sections import summaries_of
from rag.prompt import WholeText
from rag.protocols import CacheIdentity, LongModel, ReadingLabel
from rag.reading.counting import OpenCounter, TokenDesk
from rag.records import ContextShape, Mode, SavedReading, Scope, WholeEstimate
from rag.whole.contents import ReadContents
from rag.whole.facts import (
    ModelFacts,
    Wish,
    asked_of,
    documents_in,
    machine_for,
    rules_tokens,
    uncounted_in,
)
from rag.whole.prefix import Prefix, prefix_of
from rag.whole.reading import Wanted, WholeReader

_FEW, _FEW_WORDS = 8, 500_000  # documents, and words, that are counted while somebody waits
NEVER = CancelToken()
"""For whoever cannot cancel."""
_PREFIXES = 4  # remembered: a conversation goes from one document to another and back


class Readings(Protocol):
    """Tells what was read whole before, and is kept."""

    def readings(self) -> Sequence[SavedReading]:
        """What is kept, the last used first."""
        ...

    def saved(self, identity: CacheIdentity, tokens: Sequence[int]) -> int:
        """How many of the first `tokens` are kept."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """Documents that are ready to be read."""

    plan: LongPlan
    prefix: Prefix
    wanted: Wanted | None  # None where the plan is not to read them whole


class WholeDesk:
    """Plans what is read whole, and makes it ready; safe to use from any thread."""

    def __init__(
        self,
        catalog: Catalog,
        reader: WholeReader,
        saved: Readings,
        contents: ReadContents,
        facts: Callable[[], ModelFacts],
        open_counter: OpenCounter,
        options: Callable[[], Options],
    ) -> None:
        self.reader = reader
        self.kept_in_sections: Callable[[Sequence[int], str], int] = lambda _ids, _model: 0
        """Tells how many tokens of documents are summarised; see `rag.plan.sections`."""
        self._catalog = catalog
        self._saved = saved
        self._contents = contents
        self.facts = facts
        """What is known of the model that answers, loaded or not; raises where there is none."""
        self._open_counter = open_counter
        self._options = options
        self._prefixes: OrderedDict[tuple[str, str, tuple[int, ...]], Prefix] = OrderedDict()

    def with_facts(self, facts: ModelFacts) -> WholeDesk:
        """A desk that plans by `facts` instead; for plans alone."""
        other = copy(self)
        other.facts = lambda: facts
        return other

    @property
    def speed(self) -> float | None:
        """How many tokens the model reads in a second; None where that is not known."""
        with suppress(NoModel, ModelMissing, ModelBroken):
            curve = self.facts().curve
            return curve and curve.tokens_per_s
        return None

    def plan(self, wish: Wish, cancel: CancelToken = NEVER) -> LongPlan:
        """How much is read for a wish, and why.

        Raises `NotInLibrary`, `NothingInScope`, `Cancelled`, and what `facts` raises.
        """
        facts = self.facts()
        return self._planned(self._documents(wish.scope, facts, cancel), wish, facts)

    def estimate(self, scope: Scope) -> WholeEstimate | None:
        """What reading all of `scope` would take; None where it holds nothing. Raises as `plan`."""
        facts = self.facts()
        documents = self._documents(scope, facts, NEVER)
        wish = Wish(scope, answer_tokens=self._options().answer_tokens)
        machine = machine_for(facts, self._open_shape)
        asked = self._asked(documents, wish, facts)
        return whole_estimate(asked, machine, facts.shape, self._options())

    def ready(self, model: LongModel, planned: LongPlan, wish: Wish) -> Ready:
        """The documents of a plan to read them whole, as `model` reads them.

        Their length is exact from now on: the plan of what is ready may be another one, and not to
        read them whole at all. Takes some 15 microseconds for each token the first time. Raises
        `DocumentGone`, and what `facts` raises.
        """
        begun, facts = time.monotonic(), self.facts()
        prefix = self._prefix(model, facts, planned.documents)
        count = len(prefix.tokens) - rules_tokens(len(planned.documents))
        exact = _with_lengths(planned.documents, max(1, count))
        again = self._planned(exact, replace(wish, read=Mode.WHOLE_DOCUMENT), facts)
        label = ReadingLabel(
            tuple(document.path for document in planned.documents),
            _title(planned.documents),
            facts.name,
        )
        self._contents.note(label.paths)
        shape = again.shape
        if again.mode is not Mode.WHOLE_DOCUMENT or shape is None:
            return Ready(again, prefix, None)
        again = replace(again, documents=exact)  # in the order that the prefix has
        kept = self._saved.saved(model.cache_identity(shape), prefix.tokens)
        held = self.reader.held
        if held is not None and held.model is model and held.wanted.tokens == prefix.tokens:
            kept = max(kept, held.tokens)
        return Ready(again, prefix, Wanted(prefix.tokens, label, shape, kept, begun))

    def _documents(
        self, scope: Scope, facts: ModelFacts, cancel: CancelToken
    ) -> tuple[LongDocument, ...]:
        """The documents in `scope`; a few that nobody has counted are counted now."""
        missing = uncounted_in(self._catalog, scope, facts.vocabulary)
        if 0 < len(missing) <= _FEW and sum(missing) < _FEW_WORDS:
            counting = TokenDesk(self._catalog, self._open_counter)
            try:
                with suppress(DiskFull):  # then it is counted again the next time
                    counting.counted(scope, cancel)
            finally:
                counting.close()
        return documents_in(self._catalog, scope, facts.vocabulary)

    def _planned(
        self, documents: Sequence[LongDocument], wish: Wish, facts: ModelFacts
    ) -> LongPlan:
        machine = machine_for(facts, self._open_shape)
        asked = self._asked(documents, wish, facts)
        return plan_long(asked, machine, facts.shape, self._options())

    def _asked(self, documents: Sequence[LongDocument], wish: Wish, facts: ModelFacts) -> Asked:
        asked = asked_of(documents, wish, self._saved.readings(), facts.name)
        ids, model = [document.id for document in documents], summaries_of(facts.name, facts.shape)
        asked = replace(asked, tokens_kept_in_sections=self.kept_in_sections(ids, model))
        held = self.reader.held
        if held is None:
            return asked
        paths = held.wanted.label.paths
        length = sum(document.tokens for document in documents if document.path in paths)
        kept = Kept(
            paths,
            length * held.tokens // len(held.wanted.tokens),
            held.context.shape.kv_type,
            held.context.shape.flash_attention,
        )
        return replace(asked, kept=(*asked.kept, kept))

    @property
    def _open_shape(self) -> ContextShape | None:
        held = self.reader.held
        return held.context.shape if held else None

    def _prefix(
        self, model: LongModel, facts: ModelFacts, documents: Sequence[LongDocument]
    ) -> Prefix:
        # Models of one vocabulary may have other words around what they are told.
        key = (facts.name, facts.vocabulary, tuple(document.id for document in documents))
        known = self._prefixes.get(key)
        if known is None:
            texts = [self._catalog.document_text(document.id) for document in documents]
            known = prefix_of(model, [WholeText(text.title, text.text) for text in texts])
            self._prefixes[key] = known
            while len(self._prefixes) > _PREFIXES:
                self._prefixes.popitem(last=False)
        return known


def _with_lengths(documents: Sequence[LongDocument], tokens: int) -> tuple[LongDocument, ...]:
    """`documents` that have `tokens` together, shared out as their lengths were before."""
    before = max(1, sum(document.tokens for document in documents))
    shares = [tokens * document.tokens // before for document in documents]
    shares[-1] += tokens - sum(shares)
    return tuple(
        replace(document, tokens=share) for document, share in zip(documents, shares, strict=True)
    )


def _title(documents: Sequence[LongDocument]) -> str:
    return " · ".join(document.title or Path(document.path).name for document in documents)
