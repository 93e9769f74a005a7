import pytest

from app.controllers.conversation import ConversationController
from rag.events import (
    AnswerFinished,
    Ask,
    CheckSources,
    ConflictsFound,
    ConversationOpened,
    ConversationsListed,
    ConversationStarted,
    DeleteConversation,
    EvidenceAdded,
    Failed,
    ListConversations,
    PassOffered,
    PassProgress,
    RateAnswer,
    ReadingFinished,
    RenameConversation,
    RewriteStarted,
    SourcesChecked,
    StopAnswer,
    TextStreamed,
    WholeOffered,
)
from rag.records import ChangedSource, Conversation, IngestSummary, Mode, PassOffer, Scope
from tests.app import records_of_whole as whole_show
from tests.app.fake_engine import INFO, LEASE, STARTED, answer


@pytest.fixture
def talk(engine):
    talk = ConversationController(engine)
    engine.started.emit(STARTED)
    engine.sent.clear()
    engine._ids = iter(range(1, 1000))
    return talk


def test_the_list_is_fetched_when_the_engine_starts(engine):
    talk = ConversationController(engine)

    engine.started.emit(STARTED)

    assert engine.sent == [ListConversations()]
    assert not talk.busy


def test_a_question_goes_out_with_its_scope(talk, engine, hear):
    begun = hear(talk.turn_begun)
    talk.use_scope(Scope((LEASE,)))

    talk.ask("Why?")

    assert engine.sent == [Ask("Why?", Scope((LEASE,)), None)]
    assert begun == [("Why?", Scope((LEASE,)))]
    assert talk.busy


def test_a_question_can_be_asked_of_all_of_the_scope_it_had(talk, engine):
    talk.use_scope(Scope((LEASE,)))

    talk.ask_as_typed("Why, in the lease?", Scope())

    assert engine.sent == [Ask("Why, in the lease?", Scope(), None, as_typed=True)]


def test_only_one_question_is_in_work(talk, engine):
    talk.ask("Why?")

    talk.ask("And how?")

    assert len(engine.sent) == 1


def test_the_next_question_goes_on_in_the_same_conversation(talk, engine):
    talk.ask("Why?")
    engine.replied.emit(1, ConversationStarted(INFO, 1))
    engine.replied.emit(1, AnswerFinished(answer("Why?")))

    talk.ask("And how?")

    assert engine.sent[-1] == Ask("And how?", Scope(), INFO.id)


def test_events_of_another_question_are_dropped(talk, engine, hear):
    talk.ask("Why?")
    talk.begin_new()
    answered = hear(talk.answered)

    engine.replied.emit(1, TextStreamed("late"))

    assert answered == []
    assert StopAnswer() in engine.sent


def test_the_engines_death_ends_the_turn_with_a_word(talk, engine, hear):
    answered = hear(talk.answered)
    talk.ask("Why?")

    engine.died.emit("It stopped.")

    assert len(answered) == 1
    assert "ask again" in answered[0].message
    assert not talk.busy


def test_a_conversation_survives_the_engines_death(talk, engine):
    talk.ask("Why?")
    engine.replied.emit(1, ConversationStarted(INFO, 1))
    engine.died.emit("It stopped.")

    talk.ask("Why?")

    assert engine.sent[-1] == Ask("Why?", Scope(), INFO.id)


def test_a_failure_ends_the_turn(talk, engine, hear):
    answered = hear(talk.answered)
    talk.ask("Why?")

    engine.replied.emit(1, Failed("The question is too long."))

    assert answered == [Failed("The question is too long.")]
    assert not talk.busy


def test_an_opened_conversation_is_shown_and_gone_on_with(talk, engine, hear):
    opened, titled = hear(talk.opened), hear(talk.titled)

    talk.open(INFO.id)
    engine.replied.emit(1, ConversationOpened(Conversation(INFO)))
    talk.ask("Why?")

    assert opened == [Conversation(INFO)]
    assert titled == ["Notice period"]
    assert engine.sent[-1].conversation_id == INFO.id


def test_the_conversation_that_is_deleted_is_left(talk, engine, hear):
    talk.ask("Why?")
    engine.replied.emit(1, ConversationStarted(INFO, 1))
    engine.replied.emit(1, AnswerFinished(answer("Why?")))
    cleared = hear(talk.cleared)

    talk.delete(INFO.id)

    assert DeleteConversation(INFO.id) in engine.sent
    assert len(cleared) == 1


def test_a_renamed_conversation_lists_itself_anew(talk, engine, hear):
    listed = hear(talk.listed)

    talk.rename(INFO.id, "Cats")
    engine.replied.emit(2, ConversationsListed((INFO,)))

    assert engine.sent == [RenameConversation(INFO.id, "Cats"), ListConversations()]
    assert listed == [(INFO,)]


def test_the_speed_of_an_answer_counts_words(talk, engine, hear):
    spoken = hear(talk.spoken)
    talk.ask("Why?")

    engine.replied.emit(1, AnswerFinished(answer("Why?")))

    assert spoken == [pytest.approx(10 / 2.0)]


def test_what_changed_of_the_conversation_that_is_shown_is_told(talk, engine, hear):
    told = hear(talk.sources_checked)
    changed = ChangedSource(1, LEASE, 10, 40)
    talk.open(INFO.id)
    engine.replied.emit(1, ConversationOpened(Conversation(INFO, ())))

    engine.replied.emit(1, SourcesChecked(INFO.id, (changed,)))
    engine.replied.emit(1, SourcesChecked(INFO.id + 1, ()))

    assert told == [(changed,)]


def test_sources_are_looked_at_again_when_files_were_read(talk, engine):
    finished = ReadingFinished(IngestSummary(1, 0, 0, 0, 1.0))
    engine.replied.emit(0, finished)
    assert engine.sent == []
    talk.open(INFO.id)
    engine.replied.emit(1, ConversationOpened(Conversation(INFO, ())))

    engine.replied.emit(0, finished)

    assert engine.sent[-1] == CheckSources(INFO.id)


# ---------------------------------------------------------------- everything, and what one thinks


def test_a_question_can_be_asked_of_everything_in_scope(talk, engine):
    talk.ask_everything("Which invoices are open?", Scope((LEASE,)))

    assert engine.sent == [
        Ask("Which invoices are open?", Scope((LEASE,)), None, read=Mode.EXHAUSTIVE)
    ]


def test_going_through_everything_stops_the_answer_in_work_first(talk, engine, hear):
    begun = hear(talk.turn_begun)
    talk.ask("Which invoices are open?")
    engine.replied.emit(1, ConversationStarted(INFO, 1))

    talk.ask_everything("Which invoices are open?", Scope())
    assert engine.sent[-1] == StopAnswer()
    engine.replied.emit(1, AnswerFinished(answer("Which invoices are open?", stopped=True)))

    assert engine.sent[-1] == Ask(
        "Which invoices are open?", Scope(), INFO.id, read=Mode.EXHAUSTIVE
    )
    assert len(begun) == 2
    assert talk.busy


def test_what_was_to_follow_is_forgotten_when_the_conversation_is_left(talk, engine):
    talk.ask("Which invoices are open?")
    talk.ask_everything("Which invoices are open?", Scope())

    talk.begin_new()
    engine.replied.emit(1, AnswerFinished(answer("Which invoices are open?", stopped=True)))

    assert not any(isinstance(sent, Ask) and sent.read for sent in engine.sent)


def test_a_rating_is_sent_and_its_failure_told(talk, engine, hear):
    failed = hear(talk.failed)

    talk.rate(7, -1)
    engine.replied.emit(1, Failed("It was deleted.", ""))

    assert engine.sent == [RateAnswer(7, -1)]
    assert failed == [("It was deleted.", "")]


def test_news_of_a_pass_and_of_second_looks_reach_the_answer(talk, engine, hear):
    talk.ask("Which invoices are open?")
    answered = hear(talk.answered)
    news = [
        PassOffered(PassOffer(1, 2, 3.0)),
        PassProgress(1, 2, 0, 3.0),
        EvidenceAdded(()),
        ConflictsFound(()),
        RewriteStarted("why"),
    ]

    for event in news:
        engine.replied.emit(1, event)

    assert answered == news


def test_how_to_read_goes_out_with_the_question(talk, engine):
    talk.use_read(Mode.PASSAGES)

    talk.ask("Why?")

    assert engine.sent == [Ask("Why?", Scope(), None, read=Mode.PASSAGES)]


def test_reading_whole_instead_stops_the_answer_and_asks_again(talk, engine):
    talk.ask("Why?")
    talk.ask_whole("Why?", Scope((LEASE,)), Mode.WHOLE_DOCUMENT)
    assert engine.sent[-1] == StopAnswer()

    engine.replied.emit(1, AnswerFinished(answer("Why?", stopped=True)))

    assert engine.sent[-1] == Ask("Why?", Scope((LEASE,)), None, read=Mode.WHOLE_DOCUMENT)


def test_reading_whole_for_an_answer_is_followed(talk, engine, hear):
    answered = hear(talk.answered)
    talk.ask("Why?")

    for event in (whole_show.PROGRESS, whole_show.PART, WholeOffered(whole_show.ESTIMATE)):
        engine.replied.emit(1, event)

    assert answered == [whole_show.PROGRESS, whole_show.PART, WholeOffered(whole_show.ESTIMATE)]
