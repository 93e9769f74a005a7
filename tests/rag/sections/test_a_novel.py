"""A novel of 1,225 pages becomes one page, and our own part of the work takes seconds."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.prompt import is_refusal
from rag.records import DocumentInfo, DocumentText, Page
from tests.rag.sections.bench import Bench
from tests.rag.sections.writers import ManyWriter, nonsense

pytestmark = [pytest.mark.models, pytest.mark.timeout(600)]  # as long as a small model takes

PAGE_CHARS = 2614  # of 1,225 pages
_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z][^.!?\"]{40,200}\.")


class Reciter(ManyWriter):
    """Says some of the sentences that it is shown; four characters are a token."""

    n_ctx = 4096

    def count_tokens(self, text: str) -> int:
        return len(text) // 4 + 1

    def said_of(self, prompt: Sequence[int]) -> str:
        messages = self._encoded[prompt[0]]
        shown = " ".join(messages[-1].content.rpartition("\n\n")[0].split())
        found = _SENTENCE.findall(shown)
        self.prompts.append(messages)
        return " ".join(map(self.words, found[:: max(1, len(found) // 6)][:6]))


def novel(test_data: Path) -> DocumentText:
    (file,) = (test_data / "long").glob("*1225p.txt")
    text = file.read_text("utf-8")
    starts = range(0, len(text), PAGE_CHARS)
    pages = [Page(n, str(n), text[at : at + PAGE_CHARS]) for n, at in enumerate(starts, 1)]
    return DocumentText.from_pages(DocumentInfo("War and Peace", len(pages), True, "PDF"), pages)


@pytest.mark.parametrize("words", [str, nonsense])
def test_a_novel_becomes_a_page_with_footnotes_all_over_it(test_data: Path, words: object) -> None:
    document = novel(test_data)
    bench = Bench([document], Reciter(words))  # type: ignore[arg-type]

    begun = time.process_time()
    run = bench.run()
    seconds = time.process_time() - begun

    pages = [document.page_at(w.start) for one in run.told for w in one.words]
    assert len(document.page_starts) == 1226
    assert 250 < len(run.work.sections) < 330
    assert 100 < sum(len(text.split()) for text in run.texts) < 450
    assert len({page // 123 for page in pages}) >= 8
    assert all(statement.words for statement in run.told)
    assert not any(is_refusal(text) for text in run.texts)
    assert run.progress[0].current.startswith("pp. 1–")
    assert seconds < 60.0
