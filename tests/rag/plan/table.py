"""A table of plans that people can read: what is asked of what on which machine, and the plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from rag.options import Options
from rag.plan import Asked, Kept, LongDocument, LongPlan, Machine, plan_long
from rag.plan.wording import duration
from rag.records import KvType, Mode, ModelShape, PrefillCurve
from rag.understand.breadth import breadth_of

TABLE = Path(__file__).with_name("plans.md")
PHI = ModelShape(
    layers=32,
    heads=24,
    kv_heads=8,
    head_size=128,
    hidden=3072,
    feed_forward=8192,
    vocabulary=200_064,
    context_tokens=131_072,
    weights_bytes=2_483_623_296,
)
SMOL = ModelShape(
    layers=30,
    heads=9,
    kv_heads=3,
    head_size=64,
    hidden=576,
    feed_forward=1536,
    vocabulary=49_152,
    context_tokens=8192,
    weights_bytes=96_576_768,
)
MODELS = {"Phi": PHI, "Smol": SMOL}
READ = {
    "": None,
    "passages": Mode.PASSAGES,
    "whole": Mode.WHOLE_DOCUMENT,
    "sections": Mode.SECTIONS,
}
_DOCUMENT = regex.compile(r"(?P<title>.+?)(?: (?P<pages>\d+)p)? (?P<tokens>\d+)")
_KEPT = regex.compile(r"(?P<titles>.+?) (?P<tokens>\d+)(?P<half> q8_0)?(?P<flash> fa)?")


@dataclass(frozen=True)
class Row:
    """One line of the table, as text."""

    question: str
    read: str
    scope: str  # "library", or what it was narrowed to
    documents: str
    kept: str
    free: str  # GB, before the model is loaded
    speed: str  # tokens/s; "?" where it is not known
    model: str
    mode: str
    context: str
    time: str
    memory: str
    says: str

    @property
    def asked(self) -> Asked:
        """What the row's left side asks."""
        documents = [_DOCUMENT.fullmatch(text) for text in _parts(self.documents)]
        kept = [_KEPT.fullmatch(text) for text in _parts(self.kept)]
        return Asked(
            breadth=breadth_of(self.question),
            read=READ[self.read],
            documents=tuple(
                LongDocument(
                    number,
                    Path(found["title"]),
                    found["title"],
                    int(found["pages"]) if found["pages"] else None,
                    int(found["tokens"]),
                )
                for number, found in enumerate(documents, 1)
            ),
            narrowed=self.scope != "library",
            answer_tokens=400,
            question_tokens=60,
            kept=tuple(
                Kept(
                    tuple(Path(title) for title in found["titles"].split("+")),
                    int(found["tokens"]),
                    KvType.Q8_0 if found["half"] else KvType.F16,
                    bool(found["flash"] or found["half"]),
                )
                for found in kept
            ),
        )

    @property
    def plan(self) -> LongPlan:
        """What is planned for it."""
        curve = None if self.speed == "?" else PrefillCurve(float(self.speed))
        machine = Machine(round(float(self.free) * 1e9), curve=curve)
        return plan_long(self.asked, machine, MODELS[self.model], Options())


def rows() -> list[Row]:
    """Every line of the table."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("|")]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines[2:]]


def told(plan: LongPlan) -> tuple[str, str, str, str, str]:
    """A plan as the right side of a row: mode, context, time, memory, what it says."""
    context = "4096"
    if plan.shape:
        flash = " fa" if plan.shape.flash_attention else ""
        context = f"{plan.shape.n_ctx} {plan.shape.kv_type}{flash} ub {plan.shape.n_ubatch}"
    time = "" if plan.seconds is None else duration(plan.seconds)
    says = f"{plan.reason} {plan.note}".strip()
    if plan.offer:
        says += f" Offered: {plan.offer.reason}"
    return plan.mode.value, context, time, f"{plan.memory_bytes / 1e9:.1f} GB", says


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
