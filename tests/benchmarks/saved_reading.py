"""The second question about a long document: saved readings against llama-cpp-python's own means.

Run by hand: `python -m tests.benchmarks.saved_reading --model FILE.gguf --work DIR`. The document
is read once (`cold`; fifteen minutes for 16,384 tokens with a 4B model on two cores). Each other
way then runs in a process of its own: after the same reading, or after a restart. What was measured
is kept in DIR: the same command goes on where it was stopped, `--only` measures some ways again.
DIR takes about five times the cache. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.saved_reading_ways import WAYS, Told

ROWS = (  # of the table: the way, what it is, the way whose copy it uses
    ("cold", "reading it all again", ""),
    ("restart", "Footnote, after a restart", "cold"),
    ("same", "Footnote, same process", ""),
    ("ram", "`LlamaRAMCache`, same process, asked about another text between", ""),
    ("disk", "`LlamaDiskCache`, after a restart", "disk-first"),
    ("pickle", "`save_state` pickled, `load_state`, after a restart", "pickle-first"),
)

IN_MEMORY = {"cold", "same", "ram"}


def measure(wish: argparse.Namespace, way: str) -> dict[str, float]:
    """Run a way in a process of its own."""
    print(f"{time.strftime('%H:%M:%S')} {way}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "tests.benchmarks.saved_reading_ways", way]
    done = subprocess.run(
        [*command, str(wish.model), str(wish.work), str(wish.tokens), wish.attention],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def table(results: dict[str, dict[str, float]]) -> str:
    """The results that there are, as Markdown."""
    columns = ("second question", "first token after", "sooner than reading again")
    columns += ("keeping it took", "on disk", "peak memory", "same first word")
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    asked = {way: Told(**result) for way, result in results.items()}
    cold, right = asked.get("cold"), asked.get("restart")
    for way, name, first in ROWS:
        if way not in asked:
            continue
        told = asked[way]
        ratio = cold.first_token_s / told.first_token_s if cold and way != "cold" else 0
        kept, peak = asked.get(first, told), told.peak_bytes
        if first in asked:
            peak = max(peak, kept.peak_bytes)
        same = "yes" if right and told.token == right.token else "NO"
        lines.append(
            f"| {name} | {told.first_token_s:.2f} s | {f'{ratio:.0f}x' if ratio else ''} "
            f"| {f'{kept.keeping_s:.1f} s' if kept.keeping_s and way != 'cold' else ''} "
            f"| {f'{told.disk_bytes / 2**20:,.0f} MiB' if way not in IN_MEMORY else ''} "
            f"| {peak / 2**20:,.0f} MiB | {'' if way == 'cold' else same} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokens", type=int, default=16384)
    parser.add_argument("--attention", choices=("plain", "flash"), default="plain")
    parser.add_argument("--work", type=Path, required=True, help="a folder, kept")
    parser.add_argument("--only", nargs="+", choices=WAYS, help="measure these, again if need be")
    wish = parser.parse_args()
    wish.work /= f"{wish.model.stem}-{wish.tokens}-{wish.attention}"
    wish.work.mkdir(parents=True, exist_ok=True)
    file = wish.work / "results.json"
    results = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for way in WAYS:
        if way in wish.only if wish.only else way not in results:
            results[way] = measure(wish, way)
            file.write_text(json.dumps(results, indent=1), "utf-8")
    print(
        f"{wish.model.name}, {wish.tokens:,} tokens, {wish.attention} attention\n\n{table(results)}"
    )


if __name__ == "__main__":
    main()
