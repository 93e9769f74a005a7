import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.settings import WindowSettings, is_out_of_reach

SCREEN = QRect(0, 0, 1920, 1080)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "window.ini"


def test_everything_remembered_comes_back(file, qapp):
    settings = WindowSettings(file)
    settings.pane_sizes = (264, 612, 404)
    settings.hide("source", hidden=True)
    settings.draft = "What is the “notice” period,\nand why?"
    settings.zoom = 1.25
    settings.last_folder = "/documents"
    settings.save()

    again = WindowSettings(file)

    assert again.pane_sizes == (264, 612, 404)
    assert again.is_hidden("source")
    assert not again.is_hidden("library")
    assert again.draft == "What is the “notice” period,\nand why?"
    assert again.zoom == 1.25
    assert again.last_folder == "/documents"


def test_a_damaged_file_is_forgotten(file, qapp):
    file.write_bytes(b"\x00\xff[panes\nsizes=a,b\n[look]\nzoom=huge\n[panes]\nsizes=1,x\n")

    settings = WindowSettings(file)

    assert settings.pane_sizes == ()
    assert settings.zoom == 1.0
    assert settings.draft == ""


def test_a_window_comes_back_where_it_was(file, qtbot):
    window, again = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(again)
    window.setGeometry(60, 80, 500, 400)
    settings = WindowSettings(file)

    settings.keep_window(window)
    settings.place_window(again)

    assert again.geometry() == QRect(60, 80, 500, 400)


def test_a_new_window_fits_its_screen(file, qtbot):
    window = QWidget()
    qtbot.addWidget(window)

    WindowSettings(file).place_window(window)

    assert window.screen().availableGeometry().contains(window.geometry())


@pytest.mark.parametrize(
    ("window", "lost"),
    [
        (QRect(100, 100, 1280, 800), False),
        (QRect(1900, 100, 1280, 800), True),
        (QRect(-1300, 100, 1280, 800), True),
        (QRect(100, -40, 1280, 800), True),
        (QRect(100, 1075, 1280, 800), False),
        (QRect(3000, 3000, 800, 600), True),
    ],
)
def test_a_window_whose_upper_edge_no_screen_shows_is_out_of_reach(window, lost):
    assert is_out_of_reach(window, [SCREEN]) is lost
