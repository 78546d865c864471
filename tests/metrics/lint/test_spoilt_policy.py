"""Each spoiling of a sound policy's papers, rules and clauses gives what it should, and no more."""

import pytest

from metrics.lint import ERROR, WARNING
from tests.metrics.lint.clean_pack import found_in, spoilt

TREES, RULE, PAPERS = "Metric 1 Trees", "A weighting rule", "The papers"
SPOILT = {
    "a percentage of what is not said": (
        [("10% of the whole score", "10%")],
        ("basis-not-said", WARNING, RULE),
    ),
    "guidance quoted": (
        [("By our own choice", "As the guidance says")],
        ("guidance-quoted", WARNING, RULE),
    ),
    "a split that gives less than the minimum": (
        [('minimum_percent = "10"', 'minimum_percent = "20"')],
        ("contradiction", WARNING, "Weights that do not agree"),
    ),
    "over and below, but not the sum itself": (
        [("Up to and including £25,000 without VAT", "Below £25,000 without VAT")],
        ("sum-itself", WARNING, "Asked for from £25,000, and wherever possible"),
    ),
    "a sum without a word on VAT": (
        [("It is asked for over £25,000 without VAT", "It is asked for over £25,000")],
        ("vat-not-said", WARNING, "Asked for from £25,000"),
    ),
    "nobody approves leaving it out": (
        [(', approval = "The director"', "")],
        ("no-approver", WARNING, "Leaving it out"),
    ),
    "an aim for spending that might be scored": (
        [(" This is no award criterion of any contract.", "")],
        ("spend-aim", WARNING, "A fifth with small firms"),
    ),
    "nobody named to see to it": (
        [
            (
                'facts = { who = "The head of contracts" }',
                'facts = { who = "the officers of each contract" }',
            )
        ],
        ("owner-not-named", WARNING, "Who sees to it"),
    ),
    "expected, and nothing follows": (
        [(" This is a term of each contract.", "")],
        ("expectation-unscored", WARNING, "What is expected of suppliers"),
    ),
    "other measures, not compared": (
        [(", which is scored by the same criterion and scale", "")],
        ("alternative-not-compared", WARNING, "Other measures"),
    ),
    "nobody decides what is kept back": (
        [(" The monitoring officer decides what is kept back, and why.", "")],
        ("sensitivity-undecided", WARNING, "Publication"),
    ),
    "a review in no month": (
        [
            ("The charter is reviewed every April", "It is reviewed each year"),
            ('facts = { month = "4" }', ""),
        ],
        ("month-not-said", WARNING, "Review"),
    ),
    "a report in no month": (
        [("every June", "every year"), ("on the year to March ", "")],
        ("month-not-said", WARNING, "Report"),
    ),
    "metrics that change without a rule": (
        [("No tender asks for more than two metrics.", "Metrics are not set in stone.")],
        ("change-not-ruled", WARNING, "Two metrics at most"),
    ),
    "only suggested": (
        [("there is an open morning", "there could perhaps be an open morning")],
        ("only-suggested", WARNING, "Open mornings"),
    ),
    "left open": (
        [('kind = "education"', 'kind = "open"')],
        ("left-undecided", WARNING, "Open mornings"),
    ),
    "about more than tenders": (
        [('kind = "education"', 'kind = "use"'), ("Before each tender", "For every grant")],
        ("scope-wider", WARNING, "More than tenders"),
    ),
    "a body by its own name": (
        [("The head of contracts sees", "The Harbour Advisory Panel sees")],
        ("own-name", WARNING, "Bodies by their own names"),
    ),
    "a guide nobody is certified to": (
        [("Before each tender", "Following BS 8950")],
        ("guide-only", WARNING, "Open mornings"),
    ),
    "a date to be confirmed": (
        [("“2 March 2026”", "“Date TBC”, 2026")],
        ("date-unclear", WARNING, PAPERS),
    ),
    "a day without its year": (
        [("“2 March 2026”", "“Monday 2nd March”")],
        ("date-unclear", WARNING, PAPERS),
    ),
    "the day of a review": (
        [("“2 March 2026”", "“Review date April 2027”")],
        ("date-unclear", WARNING, PAPERS),
    ),
    "no date at all": (
        [("The charter prints “2 March 2026”", "It prints none")],
        ("date-unclear", WARNING, PAPERS),
    ),
    "no decision on record": (
        [("Adopted by the Council on 2 March 2026, minute 14", "They do not record one")],
        ("decision-not-recorded", WARNING, PAPERS),
    ),
    "mapped to an edition that has ended": (
        [
            ('frameworks = ["ppn-002", "sdg"]', 'frameworks = ["ppn-06-20", "sdg"]'),
            ("mappings.ppn-002", "mappings.ppn-06-20"),
        ],
        ("edition-replaced", WARNING, "The mapping"),
    ),
    "an e-mail address": (
        [("Photographs and invoices", "Photographs sent to jo@harbour.example")],
        ("contact-details", WARNING, TREES),
    ),
    "a telephone number": (
        [("there is an open morning", "call 01234 567 890 for the open morning")],
        ("contact-details", WARNING, "Open mornings"),
    ),
    "a person by name": (
        [("The head of contracts sees", "Ms Field sees")],
        ("contact-details", WARNING, "Who sees to it"),
    ),
}


@pytest.mark.parametrize(("changes", "finding"), SPOILT.values(), ids=SPOILT)
def test_one_spoiling_gives_what_it_should_and_no_more(tmp_path, changes, finding):
    assert spoilt(tmp_path, *changes) == [finding]


def test_proportion_without_any_measure_of_it_is_found(tmp_path):
    changes = [
        ('kind = "most-metrics"', 'kind = "engagement"'),
        ('facts = { most = "2" }', ""),
    ]

    assert spoilt(tmp_path, *changes) == [("proportion-not-said", WARNING, "In proportion")]


def test_two_bodies_answering_for_the_same_contracts_are_found(tmp_path):
    cabinet = ('when = { over = "75000" }', 'when = { over = "25000" }')
    text = (
        "Cabinet answers for contracts over £75,000",
        "Cabinet answers for contracts over £25,000",
    )

    assert spoilt(tmp_path, cabinet, text) == [
        ("two-answers", WARNING, "The director answers, and cabinet answers")
    ]


def test_more_compulsory_metrics_than_are_allowed_cannot_be_kept(tmp_path):
    assert spoilt(tmp_path, ('at_least = "1"', 'at_least = "3"')) == [
        ("cannot-be-kept", ERROR, "One about green places")
    ]


def test_a_mapping_that_says_when_it_ended_is_history(tmp_path):
    changes = [
        ('frameworks = ["ppn-002", "sdg"]', 'frameworks = ["ppn-06-20", "sdg"]'),
        (
            "mappings.ppn-002 = { primary = 2, related = [] }",
            "mappings.ppn-06-20 = { primary = 2, related = [], until = 2025-09-30 }",
        ),
    ]

    assert found_in(tmp_path, *changes) == []


def test_a_mapping_to_a_later_edition_beside_the_old_one_is_sound(tmp_path):
    changes = [
        ('frameworks = ["ppn-002", "sdg"]', 'frameworks = ["ppn-002", "ppn-06-20", "sdg"]'),
        (
            "mappings.ppn-002 = { primary = 2, related = [] }",
            "mappings.ppn-002 = { primary = 2, related = [] }\n"
            "mappings.ppn-06-20 = { primary = 2, related = [] }",
        ),
    ]

    assert found_in(tmp_path, *changes) == []


def test_a_minimum_of_the_quality_element_is_held_against_the_split(tmp_path):
    kept = spoilt(tmp_path / "kept", ('basis = "overall"', 'basis = "quality_element"'))
    missed = spoilt(
        tmp_path / "missed",
        ('basis = "overall"', 'basis = "quality_element"'),
        ('minimum_percent = "10"', 'minimum_percent = "51"'),
    )

    assert kept == []
    assert missed == [("contradiction", WARNING, "Weights that do not agree")]
