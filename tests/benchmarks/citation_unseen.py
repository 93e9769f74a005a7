"""The templates that are kept aside from who builds citing: a different person's sentences."""

from __future__ import annotations

from tests.benchmarks import citation_unseen_denials as denials
from tests.benchmarks import citation_unseen_names as names
from tests.benchmarks import citation_unseen_numbers as numbers
from tests.benchmarks import citation_unseen_true as true
from tests.benchmarks.citation_documents import Maker

TRUE: dict[str, tuple[Maker, ...]] = {
    "verbatim": (true.quoted, true.folded),
    "paraphrase": (
        *(true.other_words, true.said_by_source, true.clause_last, true.clause_first),
        *(true.adverbial_moved, true.cleft, true.active, true.numbers_as_words),
        *(true.words_as_numbers, true.amounts_rewritten, true.date_rewritten),
        *(true.brackets_dropped, true.apposition_dropped, true.opening_dropped, true.aside_added),
        *(true.spelt_british, true.shortened, true.possessive, true.taken_up, true.split_in_two),
    ),
}
PARTS = (true.first_part, true.second_part)
FALSE: dict[str, tuple[Maker, ...]] = {
    "number": (
        *(numbers.off_by_one, numbers.digits_swapped, numbers.tenfold, numbers.numbers_exchanged),
        *(numbers.cardinal_changed, numbers.rank_changed, numbers.fraction_changed),
    ),
    "date": (
        *(numbers.year_far, numbers.year_near, numbers.years_exchanged, numbers.month_moved),
        *(numbers.day_moved, numbers.day_and_month_exchanged, numbers.century_moved),
        numbers.weekday_changed,
    ),
    "name": (
        *(names.name_of_same_passage, names.name_of_other_document, names.name_invented),
        *(names.surname_invented, names.names_exchanged, names.people_changed),
        *(names.acronym_changed, names.name_zh),
    ),
    "negation": (
        *(denials.no_longer, denials.fails_to, denials.did_not, denials.never),
        *(denials.not_the_case, denials.none_of, denials.antonym, denials.denial_removed),
        *(denials.denied_zh, denials.no_noun_de),
    ),
    "unit": (numbers.unit_swapped, numbers.currency_swapped, numbers.percent_swapped),
    "other document": (
        *(names.foreign_alike, names.foreign_dressed, names.foreign_predicate),
        names.foreign_beginning,
    ),
    "other word": (names.role_changed, names.side_changed),
}
# Two sentences in one statement: (name, of one passage, English, German, Chinese).
MERGES: tuple[tuple[str, bool, str, str, str], ...] = (
    ("moreover", False, "{0}; moreover, {1}", "{0}; außerdem gilt: {1}", "{0}；此外，{1}"),
    (
        "moreover (one passage)",
        True,
        "{0}; moreover, {1}",
        "{0}; außerdem gilt: {1}",
        "{0}；此外，{1}",
    ),
    ("two sentences", False, "{0}. {2}", "{0}. {2}", "{0}。{2}"),
    ("two sentences (one passage)", True, "{0}. {2}", "{0}. {2}", "{0}。{2}"),
    ("while", False, "While {3}, {1}", "{0}, während gilt: {1}", "{0}，而{1}"),
    ("dash", True, "{0} – and {1}", "{0} – und {1}", "{0}——并且{1}"),
)
