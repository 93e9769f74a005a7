"""The verb of the command line that tells how questions would be answered."""

from __future__ import annotations

import argparse
from contextlib import suppress

from rag import output, output_plan
from rag.answering import Elsewhere, Question, planned
from rag.cancel import CancelToken
from rag.cli_ask import READ, questions_asked, scope_asked, use_model
from rag.cli_ledger import OK
from rag.errors import ModelBroken, ModelMissing, ModelTooBig, NoModel
from rag.session import Session

_GB = 10**9


def plan(session: Session, options: argparse.Namespace) -> int:
    """Tell how questions would be answered here, or on another computer."""
    cancel = CancelToken()
    memory = None if options.memory is None else round(options.memory * _GB)
    where = Elsewhere(memory, options.prefill, options.model)
    if where.tokens_per_s is None:
        use_model(session, options.model)
        _measure_speed(session)
        where = Elsewhere(memory)
    for item in questions_asked(options):
        question = Question(
            item.question,
            scope_asked(options),
            as_typed=options.as_typed,
            read=READ[options.read],
        )
        with session.asking():
            made = planned(session.answerer(cancel), question, cancel, where)
        if options.json or options.questions:
            print(output.line(output_plan.plan(item.id, made)), flush=True)
        else:
            print(output_plan.plan_text(made))
    return OK


def _measure_speed(session: Session) -> None:
    """Load the model that answers, if it was never seen reading, and if it can be had."""
    if session.whole.desk.speed is None:
        with suppress(NoModel, ModelMissing, ModelBroken, ModelTooBig):
            session.warm_up_model()
