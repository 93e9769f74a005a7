"""What is asked, and what it is answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.footnotes import BoxFinder
from rag.options import Options
from rag.protocols import LongModel
from rag.records import Mode, Scope, Turn
from rag.searching import Search
from rag.sections import KeptSections
from rag.whole.desk import WholeDesk


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, of what, and what was said before."""

    text: str
    scope: Scope = Scope()
    turns: tuple[Turn, ...] = ()  # of its conversation until now, oldest first
    own_knowledge: bool = False
    plan_only: bool = False  # retrieve and decide, generate nothing
    as_typed: bool = False  # search all of the scope, whatever the question names
    read: Mode | None = None  # how much to read for it; None leaves that to the plan


@dataclass(frozen=True, slots=True)
class Means:
    """What questions are answered with; `model` may take long, and is called when it is needed."""

    search: Search
    model: Callable[[], tuple[LongModel, str, float | None]]  # with name and prefill speed
    boxes: BoxFinder
    is_as_read: Callable[[Path], bool]
    options: Options
    whole: WholeDesk | None = None  # None where nothing is read whole
    sections: KeptSections | None = None  # None where nothing said of sections is kept
