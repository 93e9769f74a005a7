import pytest
from PySide6.QtWidgets import QLabel

from app.dialogs.search_model_list import SearchModelList
from app.dialogs.settings_dialog import SettingsDialog
from rag.options import Options
from tests.app import records_for_show as show

pytestmark = pytest.mark.windows


@pytest.fixture
def models(qtbot):
    models = SearchModelList(show.SEARCHED)
    qtbot.addWidget(models)
    return models


@pytest.fixture
def settings(qtbot):
    dialog = SettingsDialog(Options(), show.SEARCHED)
    qtbot.addWidget(dialog)
    return dialog


def row_of(models, info):
    return next(row for row in models.rows if row.info == info)


def texts(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_every_model_tells_what_it_is_for_and_its_licence(models):
    assert [row.info for row in models.rows] == [show.MINI, show.LEAF, show.E5]
    for row in models.rows:
        assert row.info.summary in texts(row)
        assert row.info.licence in texts(row)
        assert row.info.summary in row.button.accessibleDescription()


def test_the_one_in_use_is_ticked(models):
    assert models.chosen_id == show.MINI.id
    assert row_of(models, show.MINI).status.text() == "in use"


def test_a_coming_one_is_ticked_already(qtbot):
    models = SearchModelList(show.COMING)
    qtbot.addWidget(models)

    assert models.chosen_id == show.E5.id
    assert row_of(models, show.E5).status.text() == "on its way"


def test_one_that_is_not_here_cannot_be_ticked_but_got(models, qtbot):
    row = row_of(models, show.LEAF)
    assert not row.button.isEnabled()
    assert row.status.text() == "not installed"

    with qtbot.waitSignal(models.page_wanted) as wanted:
        row.get.click()
    assert wanted.args == [show.LEAF.page_url]
    assert not row.hint.isHidden()
    with qtbot.waitSignal(models.folder_wanted) as folder:
        row.folder.click()

    assert folder.args == [show.LEAF.id]


def test_what_is_here_is_not_offered_to_be_got(models):
    assert row_of(models, show.E5).get.isHidden()


def test_before_the_engine_told_there_is_only_a_sentence(qtbot):
    models = SearchModelList(None)
    qtbot.addWidget(models)

    assert models.rows == []
    assert models.chosen_id == ""
    assert "once the library is open" in texts(models)


def test_another_model_is_wished_for_when_the_settings_are_saved(settings, qtbot):
    row_of(settings.search_models, show.E5).button.click()

    with qtbot.waitSignal(settings.search_model_chosen) as chosen:
        settings.accept()

    assert chosen.args == [show.E5.id]


def test_the_same_model_is_not_wished_for_again(settings, qtbot):
    row_of(settings.search_models, show.E5).button.click()
    row_of(settings.search_models, show.MINI).button.click()

    with qtbot.assertNotEmitted(settings.search_model_chosen):
        settings.accept()


def test_nothing_changes_when_the_settings_are_left(settings, qtbot):
    row_of(settings.search_models, show.E5).button.click()

    with qtbot.assertNotEmitted(settings.search_model_chosen):
        settings.reject()
