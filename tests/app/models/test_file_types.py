from app.models.file_types import types_of
from rag.load import FORMATS


def test_suffixes_of_one_type_are_one_choice():
    kinds = types_of([".pdf", ".html", ".HTM", ".txt"])

    assert [(kind.name, kind.suffixes) for kind in kinds] == [
        ("PDF", ("pdf",)),
        ("Web page", ("html", "htm")),
        ("Text", ("txt",)),
    ]


def test_a_suffix_without_a_name_stands_for_itself():
    (kind,) = types_of(["xyz"])

    assert (kind.name, kind.plural, kind.suffixes) == ("XYZ", "XYZ files", ("xyz",))


def test_only_types_with_numbered_pages_are_paged():
    kinds = types_of(["pdf", "docx", "pptx", "html", "epub"])

    assert [kind.name for kind in kinds if kind.paged] == ["PDF", "Slides"]


def test_all_that_can_be_read_is_a_few_choices_each_with_a_name():
    suffixes = {suffix for known in FORMATS for suffix in known.suffixes}

    kinds = types_of(suffixes)

    named = {suffix for kind in kinds for suffix in kind.suffixes}
    assert named == {suffix.rpartition(".")[2] for suffix in suffixes}
    assert len(kinds) <= 14
    assert [kind.name for kind in kinds][:4] == ["PDF", "Word", "Slides", "Spreadsheet"]
