"""Splits text into sentences, whole or while it streams, with the same result."""

from __future__ import annotations

import regex

from rag.cite.abbreviations import (
    AFTER_AN_ORDINAL,
    ALWAYS_GO_ON,
    BEFORE_AN_ORDINAL,
    MAY_END,
    SENTENCE_OPENERS,
)

# Full stops of scripts that put no space after them always end a sentence.
_FULL_WIDTH = "。！？｡．︒‼⁇⁈⁉"
_OTHER_STOPS = "؟۔।॥።፧၊။།༎។៕"
_SPACED = ".!?…"
_STOPS = _SPACED + _FULL_WIDTH + _OTHER_STOPS
_CLOSERS = "\"'”“’»›)]}）］｝」』】》〉〕*_`"
_CANDIDATE = regex.compile(rf"[{regex.escape(_STOPS)}\n\r\f\u2028\u2029]|```|~~~")
_LINE_ENDS = "\n\r\f\u2028\u2029"
_MARK = regex.compile(
    r"\[\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?\]|【\d{1,3}[^】\n]{0,12}】|[¹²³⁰⁴-⁹]+"
)
_MARK_SO_FAR = regex.compile(r"\[[\s\d,;^–-]{0,24}|【[^】\n]{0,15}")
_MARKER = regex.compile(
    r"(?:[-*+•‣◦▪●–—·][ \t]+|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)][ \t]+"
    r"|#{1,6}[ \t]|\||>|```|~~~|\d{1,3}、|（\d{1,3}）|[①-⑳])"
)
_MARKER_CHARS = 9  # a list marker is known for sure within this many characters
_ENUMERATOR = regex.compile(r"[ \t]*(?:[-*+•>][ \t]+)?[(*_]{0,3}(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})")
_WORD_BEFORE = regex.compile(r"(?<![/=_&?])[\p{L}\p{M}\p{N}]+(?:\.[\p{L}\p{M}]+)*$")
_CELL = regex.compile(r"(?<!\S)[$€£(+\-–—]*\d[\d.,]*[%)]*(?!\S)|(?<!\S)[—–-](?!\S)")
_TERMINAL = regex.compile(rf"[{regex.escape(_STOPS)}:：;；][{regex.escape(_CLOSERS)}]*$")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
# A stop behind a whole word that is no abbreviation, a year or a bracket, and no part of a number.
_LIKELY_END = regex.compile(
    rf"(?:(?:(?<![./@_\-\d\p{{L}}])(?P<word>\p{{L}}{{3,}}+)|(?<![\d.,])(?:19|20)\d\d|[%)\]])[.]"
    rf"|[!?{_FULL_WIDTH}])[{regex.escape(_CLOSERS)}]*+[^\S\n]*+$"
)
# A line shorter than this was ended on purpose (a heading, a row, an address), not by wrapping.
_WRAPPED_CHARS = 45
_SURELY_WRAPPED_CHARS = 60
_WRAPPED_CJK_CHARS = 22


class _NeedsMoreText(Exception):
    """The decision hangs on text that has not been streamed yet."""


class _Scanner:
    """Finds sentence borders in a text that may still grow; a border once told never moves."""

    def __init__(self) -> None:
        self.text = ""
        self.final = False
        self._start = 0  # where the sentence in work begins, white space before it included
        self._resume = 0  # where to look for its end

    def advance(self) -> list[tuple[int, int]]:
        """The spans of the sentences that are now finished for sure."""
        spans: list[tuple[int, int]] = []
        while True:
            try:
                border = self._next_border()
            except _NeedsMoreText:
                return spans
            if border is None:
                break
            spans += self._trimmed(self._start, border)
            self._start = self._resume = border
        if self.final:
            spans += self._trimmed(self._start, len(self.text))
            self._start = self._resume = len(self.text)
        return spans

    def resume_like(self, other: _Scanner) -> None:
        """Go on where `other` is."""
        self._start, self._resume = other._start, other._resume

    def resume_at(self, end: int) -> None:
        """Go on behind a sentence that ends at `end`."""
        self._start = self._resume = end

    def _trimmed(self, start: int, end: int) -> list[tuple[int, int]]:
        piece = self.text[start:end]
        inner = piece.strip()
        if not inner:
            return []
        start += len(piece) - len(piece.lstrip())
        return [(start, start + len(inner))]

    def _next_border(self) -> int | None:
        while found := _CANDIDATE.search(self.text, self._resume):
            at = found.start()
            char = self.text[at]
            if char in "`~":
                border = self._after_fence(at)
            elif char in _LINE_ENDS:
                border = self._after_line(at)
            else:
                border = self._after_stop(at)
            if border is not None:
                return border
        if not self.final and self.text[-1:] in ("`", "~"):
            self._resume = max(self._start, len(self.text.rstrip("`~")))
        else:
            self._resume = len(self.text)
        return None

    # ------------------------------------------------------------ looking ahead

    def _at(self, index: int) -> str:
        """The character at `index`, empty past the end of the whole text."""
        if index < len(self.text):
            return self.text[index]
        if self.final:
            return ""
        raise _NeedsMoreText

    def _skip(self, index: int, chars: str) -> int:
        while (char := self._at(index)) and char in chars:
            index += 1
        return index

    def _skip_space(self, index: int) -> int:
        while (char := self._at(index)) and char.isspace():
            index += 1
        return index

    def _gap_so_far(self, index: int) -> str:
        """The white space at `index`, as far as it has been streamed."""
        rest = self.text[index : index + 80]
        return rest[: len(rest) - len(rest.lstrip())]

    def _word_at(self, index: int) -> str:
        end = index
        while (char := self._at(end)) and (char.isalpha() or char in "'’"):
            end += 1
            if end - index > 24:
                break
        return self.text[index:end]

    def _line_start(self, index: int) -> int:
        """Where the line of the sentence in work that holds `index` begins."""
        at = max(self.text.rfind(end, self._start, index) for end in _LINE_ENDS)
        return max(at + 1, self._start)

    # ------------------------------------------------------------ full stops

    def _after_stop(self, at: int) -> int | None:
        end = self._skip(at, _STOPS)
        run = self.text[at:end]
        self_closing = any(char in _FULL_WIDTH + _OTHER_STOPS for char in run)
        end = self._skip(end, _CLOSERS)
        marked = self._skip_marks(end)
        following = self._at(marked)
        spaced = not following or following.isspace()
        joined = marked > end or self_closing or bool(_CJK.match(following))
        if not spaced and not joined:
            return self._go_on(max(end, at + 1))
        if self_closing or _blank_line(self._gap_so_far(marked)):
            return marked
        if self._inside_code(at) or self._runs_on(run, at, end, marked):
            return self._go_on(end)
        return marked

    def _runs_on(self, run: str, at: int, end: int, marked: int) -> bool:
        """Whether the sentence runs on after the stops `run`, which begin at `at`."""
        if run == ".":
            return not self._full_stop_ends(at, marked, quoted=end > at + 1)
        return self._goes_on_in_lower_case(marked)

    def _go_on(self, index: int) -> None:
        self._resume = index

    def _skip_marks(self, end: int) -> int:
        """Past the citation marks that follow a full stop on its line, and a stop after them."""
        while True:
            at = end
            while (char := self._at(at)) and char in " \t\u00a0":
                at += 1
            found = _MARK.match(self.text, at)
            if found is None:
                so_far = _MARK_SO_FAR.match(self.text, at)
                if so_far and so_far.end() == len(self.text) and not self.final:
                    raise _NeedsMoreText
                return end
            end = self._skip(found.end(), ".。") if self._at(found.end()) else found.end()
            if not self.final and end == len(self.text) and found.group()[0] not in "[【":
                raise _NeedsMoreText

    def _inside_code(self, at: int) -> bool:
        line = self.text[self._line_start(at) : at]
        return line.count("`") % 2 == 1 and "`" in self._rest_of_line(at)

    def _rest_of_line(self, at: int) -> str:
        """The line from `at` to its end, which must have been streamed, or to the next backtick."""
        index = at
        while (char := self._at(index)) and char not in _LINE_ENDS and char != "`":
            index += 1
        return self.text[at : index + 1]

    def _full_stop_ends(self, at: int, after: int, *, quoted: bool) -> bool:
        start = self._line_start(at)
        following = self._skip_space(after)
        enumerates = _ENUMERATOR.fullmatch(self.text[start:at]) and after == at + 1
        if enumerates or self._goes_on_in_lower_case(after):
            return False
        found = _WORD_BEFORE.search(self.text, start, at)
        if quoted or found is None:
            return True
        return self._word_ends_sentence(found.group(), start, at, following)

    def _word_ends_sentence(self, word: str, start: int, at: int, following: int) -> bool:
        """Whether a full stop after `word` is more than the sign of an abbreviation or ordinal."""
        folded = word.casefold()
        if folded in ALWAYS_GO_ON:
            return False
        if word.isdigit():
            return not self._is_ordinal(word, start, at, following)
        if folded in MAY_END or _is_initials(word):
            return self._opens_sentence(following)
        return True

    def _opens_sentence(self, index: int) -> bool:
        char = self._at(index)
        if not char:
            return True
        if char in "-*•#|>":
            return True
        if char in "\"“„«'(‘":
            index += 1
        word = self._word_at(index)
        return word[:1].isupper() and word.casefold() in SENTENCE_OPENERS

    def _is_ordinal(self, digits: str, start: int, at: int, following: int) -> bool:
        if len(digits) > 2:
            return False
        after = self._word_at(following).casefold()
        before = self.text[start : at - len(digits)].split()
        previous = before[-1].casefold() if before else ""
        if previous == "no":  # "No. 5." ends; "Nr. 5." too: only articles make an ordinal
            return False
        return after in AFTER_AN_ORDINAL or (
            previous in BEFORE_AN_ORDINAL and after not in SENTENCE_OPENERS and bool(after)
        )

    def _goes_on_in_lower_case(self, after: int) -> bool:
        index = self._skip_space(after)
        char = self._at(index)
        if char and char in "\"“„«'‘(":
            char = self._at(index + 1)
            index += 1
        if char and char in ",;":
            return True
        if not char.islower():
            return False
        return not self._at(index + 1).isupper()  # "iPhone" may begin a sentence

    # ------------------------------------------------------------ lines and code

    def _after_line(self, at: int) -> int | None:
        following = self._skip_space(at)
        line = self.text[self._line_start(at) : at].strip()
        if not self._at(following) or not line:
            return self._go_on(following)
        if _blank_line(self.text[at:following]) or self._starts_with_marker(following):
            return following
        return self._go_on(following) if self._line_goes_on(line, following) else following

    def _line_goes_on(self, line: str, following: int) -> bool:
        """Whether the sentence runs on from `line` to the text at `following`."""
        if line.startswith(("#", "|")) or _looks_like_row(line):
            return False
        if _TERMINAL.search(line):
            return line.endswith((".", ";")) and (
                self._at(following).islower() or _last_word(line) in ALWAYS_GO_ON
            )
        if _CJK.match(line[-1]):
            return len(line) >= _WRAPPED_CJK_CHARS
        return self._wraps(line, following)

    def _wraps(self, line: str, following: int) -> bool:
        char = self._at(following)
        if char.islower():
            return True
        if line[-1] in ",-–—(&/" or line.rsplit(None, 1)[-1] in SENTENCE_OPENERS:
            return True
        if _MARKER.match(line):
            return len(line) >= _SURELY_WRAPPED_CHARS
        limit = _WRAPPED_CHARS if char.isdigit() else _SURELY_WRAPPED_CHARS
        return len(line) >= limit

    def _starts_with_marker(self, index: int) -> bool:
        known = len(self.text) - index >= _MARKER_CHARS or self.final
        if not known and "\n" not in self.text[index:]:
            first = self.text[index]
            begun = _MARKER.match(self.text, index, partial=True)
            if not first.isalpha() or (begun and begun.partial):
                raise _NeedsMoreText
        return bool(_MARKER.match(self.text, index)) and not self._is_dash_in_prose(index)

    def _is_dash_in_prose(self, index: int) -> bool:
        return self.text[index] in "–—" and self.text[index + 2 : index + 3].islower()

    def _after_fence(self, at: int) -> int | None:
        """A fenced block is one piece, its closing fence included; else it ends with the text."""
        if self.text[self._line_start(at) : at].strip():
            return self._go_on(at + 3)
        if self.text[self._start : at].strip():
            return at
        fence = self.text[at : at + 3]
        closing = regex.compile(rf"\n[ \t]*{fence}[^\n]*").search(self.text, at + 3)
        if closing is None:
            if self.final:
                return len(self.text)
            raise _NeedsMoreText
        if closing.end() == len(self.text) and not self.final:
            raise _NeedsMoreText
        return closing.end()


def _blank_line(gap: str) -> bool:
    return gap.replace("\r\n", "\n").replace("\r", "\n").count("\n") >= 2 or "\u2029" in gap


def _is_initials(word: str) -> bool:
    """Whether `word` is like "J" or "n.Chr", and no file name or address."""
    parts = word.split(".")
    return not word.isdigit() and all(len(part) <= len(parts) for part in parts)


def _last_word(line: str) -> str:
    found = _WORD_BEFORE.search(line.rstrip(".;"))
    return found.group().casefold() if found else ""


def _looks_like_row(line: str) -> bool:
    if "\t" in line or "  " in line.strip():
        return True
    return len(_CELL.findall(line)) >= 2 and len(_CELL.findall(line)) * 2 >= len(line.split()) // 2


class SentenceStream:
    """Splits a text that arrives in pieces exactly as `split_sentences` splits it whole."""

    def __init__(self) -> None:
        self._scanner = _Scanner()

    @property
    def text(self) -> str:
        """All that was fed so far."""
        return self._scanner.text

    def feed(self, piece: str) -> list[tuple[int, int]]:
        """The spans, in `text`, of the sentences that are now finished for sure."""
        self._scanner.text += piece
        return self._scanner.advance()

    def look_ahead(self, coming: str) -> list[tuple[int, int]]:
        """The spans of the sentences that are finished for sure if `coming` follows, or nothing."""
        trial = _Scanner()
        trial.text = self.text + coming
        trial.resume_like(self._scanner)
        spans = [span for span in trial.advance() if span[1] <= len(self.text)]
        if spans:
            self._scanner.resume_at(spans[-1][1])
        return spans

    def likely_end(self) -> tuple[int, int] | None:
        """The span of the sentence in work, if it very likely ends where `text` does."""
        found = _LIKELY_END.search(self.text)
        if not found or (found["word"] or "").casefold() in ALWAYS_GO_ON | MAY_END:
            return None
        trial = _Scanner()
        trial.text, trial.final = self.text, True
        trial.resume_like(self._scanner)
        spans = trial.advance()
        return spans[0] if len(spans) == 1 and "`" not in self.text[spans[0][0] :] else None

    def close(self) -> list[tuple[int, int]]:
        """The spans of what was left open; nothing may be fed any more."""
        self._scanner.final = True
        return self._scanner.advance()


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, rising; only white space lies outside them.

    A list item, a heading, a table row and a fenced block of code are a sentence each. Citation
    marks such as [2] belong to the sentence that they follow.
    """
    scanner = _Scanner()
    scanner.text = text
    scanner.final = True
    return scanner.advance()
