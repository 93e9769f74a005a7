import pytest

from app.controllers.search_model import SearchModelController
from rag.events import Failed, UseEmbedder
from tests.app import records_for_show as show


@pytest.fixture
def search_model(engine):
    return SearchModelController(engine)


def test_what_the_engine_tells_is_kept_and_passed_on(search_model, engine, hear):
    changed = hear(search_model.changed)
    assert search_model.state is None

    engine.replied.emit(0, show.SEARCHED)
    engine.replied.emit(0, show.COMING)

    assert changed == [show.SEARCHED, show.COMING]
    assert search_model.state == show.COMING


def test_another_model_is_asked_for(search_model, engine):
    search_model.use(show.E5.id)

    assert engine.sent == [UseEmbedder(show.E5.id)]


def test_a_model_that_cannot_be_used_is_told(search_model, engine, hear):
    failed = hear(search_model.failed)
    search_model.use(show.LEAF.id)

    engine.replied.emit(7, Failed("Something else failed.", ""))
    engine.replied.emit(1, Failed("It is not on this computer.", "detail"))

    assert failed == [("It is not on this computer.", "detail")]


def test_a_dead_engine_brings_nothing(search_model, engine, hear):
    lost = hear(search_model.lost)

    engine.died.emit("It stopped.")

    assert len(lost) == 1


def test_a_models_files_belong_into_a_folder_of_its_name(search_model, engine):
    assert search_model.folder_for(show.LEAF.id) == engine.library / "models" / "mdbr-leaf-ir"
