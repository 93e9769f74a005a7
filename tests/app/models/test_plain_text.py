import pytest

from app.models.plain_text import is_hidden, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\u2066b\u2069c\u202ad\u202c", "abcd"),
        ("\u0000\u0007\u001b[31mred\u009b", "[31mred"),
        ("ob\ufffcject \ufdd0frame\ufdd1", "object frame"),
        ("\U000e0041\U000e0042hidden tags", "hidden tags"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
    ],
)
def test_what_reorders_hides_or_imitates_is_taken_out(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    "text", ["שלום\u200f world", "می\u200cخواهم", "👩\u200d👧 and\ttabs\n", "ﬁ ½ ™"]
)
def test_what_languages_need_stays(text):
    assert plain(text) == text


def test_what_is_taken_out_is_told_letter_by_letter():
    assert is_hidden("\u202e")
    assert not is_hidden("e")
