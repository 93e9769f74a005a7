"""What is planned on a computer with little memory, and what it then takes.

Run by hand, as root on Linux: `python -m tests.benchmarks.little_memory MODEL.gguf --memory 8`.
Each length is planned, opened and begun to be read in a process in a control group of its own that
may have so many GB, `--others` of which other programs are thought to have. Its peak is what the
system counted, and the mapped weights; a process that had taken more would have been ended.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path


def planned(model: Path, length: int, size: int) -> str:
    """A row of the table."""
    command = [sys.executable, "-m", "tests.long.little_memory", str(model), str(length)]
    run = subprocess.run(
        [*command, "group", str(size)], check=False, capture_output=True, text=True
    )
    if run.returncode != 0:
        lines = run.stderr.splitlines() or ["nothing was said"]
        return f"| {length:,} | ENDED ({run.returncode}): {lines[-1]} | | |"
    told = json.loads(run.stdout)
    shape = told.get("shape")
    if shape is None:
        return f"| {length:,} | {told['mode']} | | {told['note'] or told['reason']} |"
    peak = told["peak_bytes"] + model.stat().st_size
    way = f"whole, {shape['kv_type']}, {shape['n_ctx']:,} tokens, {shape['n_ubatch']} at a time"
    return f"| {length:,} | {way} | {peak / 1e9:.2f} GB of {size / 1e9:.1f} | {told['reason']} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--memory", type=float, default=8.0, help="GB of the computer")
    parser.add_argument("--others", type=float, default=2.0, help="GB of other programs")
    parser.add_argument(
        "--tokens", type=int, nargs="+", default=[4096, 8192, 16384, 32768, 65536, 130000]
    )
    wish = parser.parse_args()
    print("| tokens | plan | peak | told |\n|---|---|---|---|")
    for length in wish.tokens:
        print(planned(wish.model, length, int((wish.memory - wish.others) * 1e9)), flush=True)


if __name__ == "__main__":
    main()
