from rag.records import DocumentInfo, DocumentText, Heading, Mark, Page, PageKind


def text_of(pages, *, paged=False):
    return DocumentText.from_pages(DocumentInfo("Report", len(pages), paged, "any"), pages)


def test_the_places_of_a_document_with_pages_are_its_pages():
    document = text_of(
        [Page(1, "i", "Preface."), Page(2, "1", "Text.", PageKind.SCANNED)], paged=True
    )

    assert document.places() == ((0, "p. i"), (9, "p. 1, scanned"))


def test_the_places_of_a_document_with_marks_are_what_they_name():
    slide = "Title\nText"
    document = text_of(
        [Page(1, "1", slide, marks=(Mark(0, "slide 1"),)), Page(2, "2", slide)], paged=True
    )

    assert document.places() == ((0, "slide 1"),)


def test_the_places_of_a_document_without_pages_are_its_sections():
    text = "Lead.\n3.2 Notice\nIn writing.\nEnd\nBye."
    headings = (Heading(6, 16, 2, "3.2 Notice"), Heading(29, 32, 1, "End"))

    document = text_of([Page(1, "1", text, headings=headings)])

    assert document.places() == ((6, "§3.2 Notice"), (29, "End"))
