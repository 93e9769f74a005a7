"""Answers several prompts side by side: reading all weights serves a word of each of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from rag.generate.context import NativeContext, Row
from rag.generate.native import NativeModel
from rag.generate.writing import Draft, common_prefix

MOST_SIDE_BY_SIDE = 4
_ROUND_TOKENS = 256


@dataclass(slots=True)
class _Place:
    """Where one of the prompts is answered at a time."""

    text: int  # in the context
    index: int  # of the prompt
    prompt: list[int]
    draft: Draft
    read: int = 0  # tokens in the context, those of the answer included

    @property
    def is_read(self) -> bool:
        return self.read >= len(self.prompt)


class SideBySide:
    """The answers to `prompts`, as many at once as `context` has texts.

    Prompts are read one after the other, and their common beginning only once; then a word is
    added to every answer in one go. All methods run in the worker thread.
    """

    def __init__(
        self,
        model: NativeModel,
        context: NativeContext,
        texts: int,
        prompts: Sequence[Sequence[int]],
        max_tokens: int,
    ) -> None:
        self._model, self._context = model, context
        self._most = max_tokens
        self._slice = context.shape.n_ubatch
        self._waiting = deque(enumerate(map(list, prompts)))
        first = self._waiting[0][1]
        shared = min(common_prefix(first[:-1], prompt[:-1]) for _, prompt in self._waiting)
        # Slices end where they would if each were read alone, so that it is the same to the bit.
        self._shared = shared // self._slice * self._slice if texts > 1 else 0
        self._free = list(range(texts))
        self._places: list[_Place] = []
        self._has_shared = self._shared == 0

    @property
    def is_finished(self) -> bool:
        """Every prompt is answered."""
        return not self._waiting and not self._places

    def go_on(self) -> list[tuple[int, str]]:
        """Read a slice, or write a token of each; returns what is answered with it.

        Raises `Aborted`, and does the same again when called again.
        """
        while self._free and self._waiting and (self._has_shared or not self._places):
            text = self._free.pop(0)
            index, prompt = self._waiting.popleft()
            read = self._context.keep_of(text, self._shared) if self._has_shared else 0
            self._places.append(_Place(text, index, prompt, Draft(self._model), read))
        unread = next((place for place in self._places if not place.is_read), None)
        if unread:
            self._read_slice(unread)
        else:
            self._write()
        return self._finished()

    def _read_slice(self, place: _Place) -> None:
        end = min(len(place.prompt), (place.read // self._slice + 1) * self._slice)
        last = len(place.prompt) - 1
        self._context.decode_rows(
            [
                Row(place.text, position, place.prompt[position], position == last)
                for position in range(place.read, end)
            ]
        )
        place.read = end
        if place.is_read:
            place.draft.add(self._context.likeliest())
        if not self._has_shared and end == self._shared:
            self._context.copy_text(place.text, self._free)
            self._has_shared = True

    def _write(self) -> None:
        places = sorted(self._places, key=lambda place: place.text)
        self._context.decode_rows(
            [Row(place.text, place.read, place.draft.tokens[-1]) for place in places]
        )
        for row, place in enumerate(places):
            place.read += 1
            place.draft.add(self._context.likeliest(row))

    def _finished(self) -> list[tuple[int, str]]:
        finished: list[tuple[int, str]] = []
        for place in list(self._places):
            if place.is_read and not place.draft.takes(self._most):
                place.draft.finish()
                finished.append((place.index, place.draft.text))
                self._places.remove(place)
                self._free.append(place.text)
        return finished


def tokens_each(prompts: Sequence[Sequence[int]], max_tokens: int, n_ctx: int) -> int:
    """How many tokens each of `prompts` needs room for, at most `n_ctx`."""
    longest = max(map(len, prompts)) + max_tokens
    return min(n_ctx, -(-longest // _ROUND_TOKENS) * _ROUND_TOKENS)
