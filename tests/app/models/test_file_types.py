from app.models.file_types import types_of


def test_suffixes_of_one_type_are_one_choice():
    kinds = types_of([".pdf", ".html", ".HTM", ".txt"])

    assert [(kind.name, kind.suffixes) for kind in kinds] == [
        ("PDF", ("pdf",)),
        ("Web page", ("html", "htm")),
        ("Text", ("txt",)),
    ]


def test_a_suffix_without_a_name_stands_for_itself():
    (kind,) = types_of(["epub"])

    assert (kind.name, kind.plural, kind.suffixes) == ("EPUB", "EPUB files", ("epub",))


def test_only_types_with_numbered_pages_are_paged():
    assert [kind.paged for kind in types_of(["pdf", "docx", "html"])] == [True, False, False]
