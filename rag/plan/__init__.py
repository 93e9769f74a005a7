"""Decides how a question is answered, and how much the model reads for it."""

from rag.plan.asked import BASE_BYTES, Asked, Kept, LongDocument, LongPlan, Machine
from rag.plan.long import plan_long, whole_estimate
from rag.plan.memory import PASSAGES_CONTEXT, context_bytes, machine_now, peak_bytes
from rag.plan.ordering import shares_kept
from rag.plan.passages import FEWEST_PASSAGES, Plan, plan

__all__ = [
    "BASE_BYTES",
    "FEWEST_PASSAGES",
    "PASSAGES_CONTEXT",
    "Asked",
    "Kept",
    "LongDocument",
    "LongPlan",
    "Machine",
    "Plan",
    "context_bytes",
    "machine_now",
    "peak_bytes",
    "plan",
    "plan_long",
    "shares_kept",
    "whole_estimate",
]
