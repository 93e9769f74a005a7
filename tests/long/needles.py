"""Facts in a long document, and a session that is asked about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.answering import Question
from rag.cancel import CancelToken
from rag.generate.context import NativeContext
from rag.generate.llama import LlamaModel
from rag.generate.long import OpenContext
from rag.options import Options
from rag.outcome import Outcome
from rag.records import Answer, Mode, Scope
from rag.session import Session
from tests.long import prose
from tests.long.prose import Fact

DEPTHS = 10
ANSWER_TOKENS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the question for a fact."""

    fact: Fact
    depth: float  # 0 to 1
    page: int
    answer: Answer
    was_read: bool  # the fact stands in what the model has in its context, word for word
    cited: tuple[int, ...]  # pages that the footnotes of a sentence quoting it name

    @property
    def is_right(self) -> bool:
        """The answer has the words that a right one has."""
        return self.fact.answer.casefold() in self.answer.text.casefold()


def town(session: Session, folder: Path, tokens: int, facts: Sequence[Fact], seed: int) -> Path:
    """A document of about `tokens` tokens with `facts` at even depths, read into the library."""
    model, _, _ = session._model_in_use(CancelToken())
    placed = [((place + 0.5) / len(facts), fact) for place, fact in enumerate(facts)]
    pages = prose.pages(model.count_tokens, tokens, placed, seed)
    path = prose.write_pdf(folder / f"town of {tokens} tokens.pdf", pages)
    for _ in session.add([path], CancelToken()):
        pass
    return path


def ask(session: Session, path: Path, facts: Sequence[Fact]) -> Iterator[Asked]:
    """Ask for each fact with all of the document read, which is read once."""
    shown = session.showing.document_text(path)
    text = _spaced(shown.text)
    for place, fact in enumerate(facts):
        answer = _answer(session, path, fact)
        model, context = _open(session)
        page = bisect_right(shown.page_starts, text.index(fact.sentence))
        was_read = fact.sentence in _spaced(_read(model, context))
        with _saying(model, context, fact.sentence):
            quoting = _answer(session, path, fact)
        cited = tuple(
            citation.page
            for sentence in quoting.sentences
            for citation in sentence.citations
            if citation.page is not None
        )
        yield Asked(fact, (place + 0.5) / len(facts), page, answer, was_read, cited)


def _answer(session: Session, path: Path, fact: Fact) -> Answer:
    question = Question(fact.question, Scope((path,)), read=Mode.WHOLE_DOCUMENT)
    asking = Outcome(session.ask(question, CancelToken()))
    for _ in asking:
        pass
    assert asking.result.mode is Mode.WHOLE_DOCUMENT, asking.result.plan
    return asking.result


def _open(session: Session) -> tuple[LlamaModel, NativeContext]:
    held = session.whole.reader.held
    assert held is not None
    assert isinstance(held.model, LlamaModel)
    assert isinstance(held.context, OpenContext)
    return held.model, held.context._context


def _read(model: LlamaModel, context: NativeContext) -> str:
    """What stands in the context, as text."""
    return b"".join(map(model._native.piece, context.read)).decode("utf-8", "replace")


def _spaced(text: str) -> str:
    """`text` of the same length, with blanks for every white space: lines end anywhere."""
    return re.sub(r"\s", " ", text)


@contextmanager
def _saying(model: LlamaModel, context: NativeContext, text: str) -> Iterator[None]:
    """Have the model find `text` the likeliest thing to say."""
    words = iter([*model._native.tokenize(text), model._native.tokenize("\n")[0]])
    likeliest = context.likeliest
    end = next(token for token in range(1 << 20) if model._native.ends_answer(token))
    context.likeliest = lambda row=-1: next(words, end)
    try:
        yield
    finally:
        context.likeliest = likeliest


def options() -> Options:
    """Settings with which a document may take most of a small model's context."""
    return Options(answer_tokens=ANSWER_TOKENS, second_look=False)
