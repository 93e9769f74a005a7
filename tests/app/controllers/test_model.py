from pathlib import Path

import pytest

from app.controllers.model import ModelController
from rag.events import Failed, ModelChanged, ModelLoading, UseModel
from rag.records import ModelInfo
from tests.app.fake_engine import PHI, STARTED, TRIAL

FILE = Path("/models/phi.gguf")
INFO = ModelInfo("Phi-4-mini", FILE, 1, 4096, is_trial=False)


@pytest.fixture
def model(engine):
    model = ModelController(engine)
    engine.started.emit(STARTED)
    return model


def test_the_recommended_model_comes_from_the_catalog(model):
    assert model.default_offer == PHI


def test_loading_is_told_in_words(model, engine, hear):
    words = hear(model.activity_changed)

    engine.replied.emit(0, ModelLoading("Phi-4-mini", 0.4))
    engine.replied.emit(0, ModelChanged(INFO))

    assert words == ["Loading Phi-4-mini, 40%", ""]


def test_a_change_that_worked_is_told_to_who_wanted_it(model, engine, hear):
    used, changed = hear(model.used), hear(model.changed)

    model.use_file(FILE, PHI.id)
    engine.replied.emit(1, ModelChanged(INFO))

    assert engine.sent == [UseModel(FILE, PHI.id)]
    assert used == changed == [INFO]


def test_a_change_that_failed_leaves_the_model_before(model, engine, hear):
    engine.replied.emit(0, ModelChanged(TRIAL))
    failed = hear(model.failed)

    model.use_file(FILE)
    engine.replied.emit(1, Failed("It is not the expected file.", "sha256"))

    assert failed == [("It is not the expected file.", "sha256")]
    assert model.model == TRIAL


def test_a_death_while_loading_is_told(model, engine, hear):
    failed = hear(model.failed)
    model.use_file(FILE)

    engine.died.emit("It stopped.")

    assert failed == [("The engine stopped while it loaded the model. Try again.", "")]
