"""What is planned for questions about long documents, line by line of a table."""

from __future__ import annotations

import pytest

from rag.records import Mode
from tests.rag.plan.table import MODELS, Row, rows, told

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.question[:30]} {row.documents[:20]}")
def test_the_plan_is_as_the_table_says(row: Row):
    plan = row.plan

    assert told(plan) == (row.mode, row.context, row.time, row.memory, row.says)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.question[:30]} {row.documents[:20]}")
def test_no_plan_takes_more_than_there_is(row: Row):
    plan, asked, model = row.plan, row.asked, MODELS[row.model]

    if plan.shape:
        needed = plan.tokens + asked.rules_tokens + asked.question_tokens + asked.answer_tokens
        assert needed <= plan.shape.n_ctx <= model.context_tokens
        assert plan.memory_bytes <= plan.free_bytes * 0.8
        assert plan.shape.n_ctx > 4096
    assert (plan.shape is not None) == (plan.mode is Mode.WHOLE_DOCUMENT)
    assert 0 <= plan.tokens_saved <= plan.tokens
    assert sorted(d.id for d in plan.documents) == [d.id for d in asked.documents if d.tokens]


def test_the_table_has_every_way_of_reading():
    assert len(ROWS) >= 30
    assert {row.mode for row in ROWS} == {"passages", "whole_document", "sections", "decline"}
    assert {row.context.split()[1] for row in ROWS if " " in row.context} == {"f16", "q8_0"}
