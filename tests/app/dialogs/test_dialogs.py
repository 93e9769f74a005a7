from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from app.actions import Actions
from app.dialogs import settings_dialog
from app.dialogs.about_dialog import AboutDialog
from app.dialogs.get_model_dialog import GetModelDialog
from app.dialogs.settings_dialog import SettingsDialog
from app.dialogs.shortcuts_dialog import ShortcutsDialog
from rag.options import Options, describe
from rag.records import ModelInfo
from tests.app.fake_engine import PHI


def texts(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def settings(qtbot):
    dialog = SettingsDialog(Options(passages=5))
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def get_model(qtbot):
    dialog = GetModelDialog(PHI, "")
    qtbot.addWidget(dialog)
    return dialog


def test_every_option_has_a_row_with_its_sentence(settings):
    shown = texts(settings)

    assert [row.info for row in settings.rows] == list(describe())
    assert all(info.label in shown and info.sentence in shown for info in describe())


def test_settings_that_are_shown_are_saved_unchanged(settings, qtbot):
    with qtbot.waitSignal(settings.saved) as saved:
        settings.accept()

    assert saved.args == [Options(passages=5)]


def test_each_setting_can_be_reset_alone(settings):
    row = next(row for row in settings.rows if row.info.name == "passages")
    assert not row.reset.isHidden()

    row.reset.click()

    assert settings.options == Options()
    assert row.reset.isHidden()


def test_no_value_out_of_range_can_be_entered(settings):
    for row in settings.rows:
        if row.info.high is not None and not isinstance(row.info.default, bool):
            row.show_value(row.info.high * 2)

    assert isinstance(settings.options, Options)


def test_technical_settings_are_folded_away(settings):
    settings.show()
    hidden = {row.info.name for row in settings.rows if not row.isVisible()}
    assert hidden == {info.name for info in describe() if info.advanced}

    settings.advanced.click()

    assert all(row.isVisible() for row in settings.rows)


def test_the_sheet_of_a_model_tells_all_that_is_needed_to_get_it(get_model):
    shown = texts(get_model)

    assert PHI.file in shown
    assert PHI.page_url in shown
    assert PHI.sha256 in shown.replace("\n", "")


def test_the_checksum_can_be_copied(get_model):
    next(b for b in get_model.findChildren(QPushButton) if b.text() == "Copy").click()

    assert QGuiApplication.clipboard().text() == PHI.sha256


def test_a_downloaded_file_is_sent_to_be_checked(get_model, qtbot):
    with qtbot.waitSignal(get_model.chosen) as chosen:
        get_model.use(Path("/downloads/phi.gguf"))

    assert chosen.args == [Path("/downloads/phi.gguf"), PHI.id]
    assert not get_model.choose.isEnabled()


def test_a_file_that_is_another_one_is_told_and_can_be_chosen_again(get_model):
    get_model.show_loading("phi.gguf", 0.5)

    get_model.show_failure("“phi.gguf” is not the expected file.")

    assert get_model.outcome.text() == "“phi.gguf” is not the expected file."
    assert get_model.choose.isEnabled()


def test_success_names_the_model(get_model):
    get_model.show_used(ModelInfo("Phi-4-mini", Path("phi.gguf"), 1, 4096, is_trial=False))

    assert get_model.outcome.text() == "Phi-4-mini answers from now on."


def test_the_sheet_of_shortcuts_lists_every_shortcut(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)

    shown = texts(ShortcutsDialog(actions.all, window))

    for action in actions.all:
        for key in action.shortcuts():
            assert key.toString(QKeySequence.SequenceFormat.NativeText) in shown


def test_no_two_actions_share_a_shortcut(qtbot):
    window = QWidget()
    qtbot.addWidget(window)

    keys = [key.toString() for action in Actions(window).all for key in action.shortcuts()]

    assert len(keys) == len(set(keys))


def test_about_names_the_licences_of_what_it_is_made_of(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)

    licences = dialog.findChild(QPlainTextEdit).toPlainText()

    assert "PySide6-Essentials: " in licences
    assert "pypdf: BSD" in licences


@pytest.mark.windows
def test_the_options_of_reading_are_known_ones_and_stand_together(settings):
    settings.show()
    usual = [row for row in settings.rows if not row.info.advanced]
    order = [row.info.name for row in sorted(usual, key=lambda row: row.y())]

    for together in (settings_dialog.READING, settings_dialog.WHOLE):
        assert set(order) >= together
        places = [order.index(name) for name in together]
        assert max(places) - min(places) == len(places) - 1


@pytest.mark.windows
def test_what_is_typed_has_the_width_of_the_dialog(settings):
    settings.show()
    row = next(row for row in settings.rows if row.info.name == "leave_out")

    assert row.editor.width() > settings.width() * 0.7


def test_a_rule_that_leaves_files_out_is_counted_and_can_be_shown(qtbot):
    dialog = SettingsDialog(Options(), left_out=[("Hidden files are left out.", 12), ("Odd.", 1)])
    qtbot.addWidget(dialog)
    assert [button.accessibleName() for button in dialog.left_out.buttons] == [
        "Show 12 files: Hidden files are left out.",
        "Show 1 file: Odd.",
    ]

    with qtbot.assertNotEmitted(dialog.saved), qtbot.waitSignal(dialog.left_out_wanted) as wanted:
        dialog.left_out.buttons[0].click()

    assert wanted.args == ["Hidden files are left out."]


def test_what_was_changed_is_saved_before_files_are_shown_and_the_button_says_so(qtbot):
    dialog = SettingsDialog(Options(), left_out=[("Hidden files are left out.", 12)])
    qtbot.addWidget(dialog)
    next(row for row in dialog.rows if row.info.name == "hidden_files").show_value(True)
    (button,) = dialog.left_out.buttons
    assert button.text() == "Save and show"

    with qtbot.waitSignals([dialog.saved, dialog.left_out_wanted]):
        button.click()


def test_many_rules_are_summed_up(qtbot):
    dialog = SettingsDialog(Options(), left_out=[(f"Rule {n}.", 2) for n in range(20)])
    qtbot.addWidget(dialog)

    assert dialog.left_out.buttons[-1].accessibleName() == "Show 24 files: 12 further rules"
    with qtbot.waitSignal(dialog.left_out_wanted) as wanted:
        dialog.left_out.buttons[-1].click()
    assert wanted.args == [""]
