import pytest

from app.models.export_kinds import ExportKind, file_name
from rag.records import ExportFormat


def test_every_format_of_the_engine_is_offered_and_pdf():
    assert {kind.format for kind in ExportKind} == {None, *ExportFormat}


def test_a_filter_of_a_dialog_leads_back_to_its_kind():
    assert [ExportKind.of_filter(kind.filter) for kind in ExportKind] == list(ExportKind)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("When does it end?", "When does it end.pdf"),
        ('a/b\\c:d*e"f<g>h|i', "a b c d e f g h i.pdf"),
        ("  ...  ", "Footnote.pdf"),
        ("x" * 200, "x" * 80 + ".pdf"),
        ("gpj\u202eexe", "gpjexe.pdf"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title, name):
    assert file_name(title, ExportKind.PDF) == name
