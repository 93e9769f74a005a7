"""What this computer can calculate with, found without loading anything heavy."""

from __future__ import annotations

import functools
import sys
from importlib.util import find_spec
from pathlib import Path


@functools.cache
def has_torch() -> bool:
    """Whether the reference embedder can be loaded."""
    return find_spec("torch") is not None and find_spec("sentence_transformers") is not None


@functools.cache
def multiplies_bfloat16() -> bool:
    """Whether the processor multiplies matrices of bfloat16 itself (AMX).

    Others do it up to a hundred times slower than with 32 bits. Such processors are servers', so
    that it is enough to ask Linux.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return " amx_bf16" in Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return False
