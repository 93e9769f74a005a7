"""Whether a model finds facts in documents that it reads whole, by their depth and the length.

Run by hand: `python -m tests.benchmarks.needle [--model FILE.gguf]`; the trial model without. A
document of each length holds ten facts at ten depths among neutral text, and is asked for each of
them through a session, as a person would. `--rounds` puts other facts at each depth. The rates are
the model's; what Footnote has to answer for is beside them: whether the fact was in the context,
and whether the footnotes of a sentence that quotes it name its page. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rag.cancel import CancelToken
from rag.session import Session
from tests.long import needles
from tests.long.needles import Asked
from tests.long.prose import FACTS


def asked_in(session: Session, folder: Path, tokens: int, rounds: int) -> list[Asked]:
    """Ask for all facts in documents of so many tokens."""
    told: list[Asked] = []
    for turn in range(rounds):
        facts = [*FACTS[turn:], *FACTS[:turn]]
        begun = time.perf_counter()
        (folder / str(turn)).mkdir(exist_ok=True)
        path = needles.town(session, folder / str(turn), tokens, facts, seed=tokens + turn)
        told += needles.ask(session, path, facts)
        print(f"{tokens:,} tokens, round {turn + 1}: {time.perf_counter() - begun:.0f} s")
    return told


def table(told: dict[int, list[Asked]]) -> str:
    """Right answers by depth and length, and what holds whatever the model."""
    lengths = list(told)
    lines = [
        f"| depth | {' | '.join(f'{length:,} tokens' for length in lengths)} |",
        "|---" * (len(lengths) + 1) + "|",
    ]
    for depth in sorted({one.depth for one in told[lengths[0]]}):
        cells = [_share([o.is_right for o in told[n] if o.depth == depth]) for n in lengths]
        lines.append(f"| {depth:.0%} | {' | '.join(cells)} |")
    for name, hold in (
        ("right answers", [[o.is_right for o in told[n]] for n in lengths]),
        ("fact in the context", [[o.was_read for o in told[n]] for n in lengths]),
        ("page of a quote", [[o.cited[:1] == (o.page,) for o in told[n]] for n in lengths]),
    ):
        lines.append(f"| **{name}** | {' | '.join(map(_share, hold))} |")
    return "\n".join(lines)


def _share(held: Sequence[bool]) -> str:
    return f"{sum(held)} of {len(held)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--tokens", type=int, nargs="+", default=[1024, 2048, 4096, 6900])
    parser.add_argument("--rounds", type=int, default=1, help="at most ten")
    parser.add_argument("--show", action="store_true", help="print the answers too")
    wish = parser.parse_args()
    told: dict[int, list[Asked]] = {}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Session(Path(folder, "library"), options=needles.options()) as session,
    ):
        if wish.model:
            for _ in session.use_model(wish.model, "", CancelToken(), remember=False):
                pass
        for tokens in wish.tokens:
            told[tokens] = asked_in(session, Path(folder), tokens, wish.rounds)
            for one in told[tokens] if wish.show else ():
                print(f"{one.depth:.0%} {one.is_right} {one.fact.question} {one.answer.text!r}")
        name = session.model_info().name
    print(f"\n{name}\n\n{table(told)}")


if __name__ == "__main__":
    main()
