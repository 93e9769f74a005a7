import sys
from pathlib import Path

import pytest

from app import folders


def test_the_icon_and_the_style_sheet_ship():
    assert folders.icon_file().is_file()
    assert (folders.resources_folder() / "styles" / "footnote.qss").is_file()


@pytest.mark.parametrize(
    ("name", "value"), [("_MEIPASS", "/programs/Footnote/inside"), ("frozen", True)]
)
def test_a_packaged_program_looks_inside_itself(monkeypatch, name, value):
    monkeypatch.setattr(sys, name, value, raising=False)
    monkeypatch.setattr(sys, "executable", "/programs/Footnote/footnote")

    inside = Path(value) if name == "_MEIPASS" else Path(sys.executable).resolve().parent

    assert folders.resources_folder() == inside / "resources"
