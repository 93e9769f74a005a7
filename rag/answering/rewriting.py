"""Writes an answer again without what nothing bears out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from rag import prompt
from rag.answering.writing import Cite, Prompt, Written, write
from rag.cancel import CancelToken
from rag.errors import GenerationFailed
from rag.events import AnswerEvent, RewriteStarted, SentenceCited, TextStreamed
from rag.protocols import LanguageModel
from rag.records import Sentence

_REASON = "Writing it again, without what your files do not bear out."
_BY_CODE = "What your files do not bear out was left out."
_ALL_OUT = "Your files bear out nothing of what the model wrote."
_LONGER = 1.1  # times as long as the draft: a rewritten answer only gets shorter


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Rewrites a draft that was written after `asked`; `begin_anew` resets footnote numbers."""

    model: LanguageModel
    asked: Prompt
    most_tokens: int
    cite: Cite
    begin_anew: Callable[[], None]

    def rewrite(
        self, draft: str, sentences: Sequence[Sentence], cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Written]:
        """The answer without the unproven ones of `sentences`, of which there must be some.

        The model writes it. Where it cannot (it refuses, adds what is unproven too, has no room or
        was stopped), the sentences that are borne out are kept as they were. Empty where there are
        none.
        """
        unproven = [sentence.text for sentence in sentences if sentence.is_unproven]
        claims = [sentence for sentence in sentences if sentence.is_claim]
        if len(unproven) == len(claims):
            self.begin_anew()
            yield RewriteStarted(_ALL_OUT)
            return Written()
        tokens = self.model.encode_chat(prompt.again_chat(self.asked.messages, draft, unproven))
        if len(tokens) + self.most_tokens <= self.model.n_ctx:
            self.begin_anew()
            yield RewriteStarted(_REASON)
            written = yield from self._by_model(tokens, cancel)
            if written is not None and _is_better(written, draft):
                return written
        self.begin_anew()
        yield RewriteStarted(_BY_CODE)
        return (yield from self._by_code(draft, sentences))

    def _by_model(
        self, tokens: Sequence[int], cancel: CancelToken
    ) -> Generator[AnswerEvent, None, Written | None]:
        try:
            again = Prompt(tokens, self.asked.heads)
            return (yield from write(self.model, again, self.most_tokens, self.cite, cancel))
        except GenerationFailed:
            return None

    def _by_code(
        self, draft: str, sentences: Sequence[Sentence]
    ) -> Generator[AnswerEvent, None, Written]:
        """The sentences that are borne out, and those that lead up to one of them."""
        written, end = Written(), 0
        for at, sentence in enumerate(sentences):
            lines = draft[end : sentence.start].count("\n")
            end = sentence.end
            leads = sentence.is_claim or _leads(sentences[at + 1 :])
            if sentence.is_unproven or not leads:
                continue
            space = ("\n" * lines or " ") if written.text else ""
            again = self.cite(sentence.text, len(written.text) + len(space))
            written.text += space + sentence.text
            written.sentences.append(again)
            yield TextStreamed(space + sentence.text)
            yield SentenceCited(again)
        return written


def _leads(following: Sequence[Sentence]) -> bool:
    """Whether what comes next is borne out."""
    return bool(following) and following[0].is_claim and not following[0].is_unproven


def _is_better(written: Written, draft: str) -> bool:
    """Whether a rewritten answer states something, all of it proven, and is no longer."""
    claims = [sentence for sentence in written.sentences if sentence.is_claim]
    return (
        not written.stopped
        and bool(claims)
        and not any(sentence.is_unproven for sentence in claims)
        and not any(prompt.is_refusal(sentence.text) for sentence in written.sentences)
        and len(written.text) <= _LONGER * len(draft)
    )
