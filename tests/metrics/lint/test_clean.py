"""A sound policy kept as files gives nothing to find; each spoiling one thing more."""

import pytest

from metrics.lint import ERROR, WARNING
from tests.metrics.lint.clean_pack import found_in, spoilt


def test_a_clean_pack_yields_none(tmp_path):
    assert found_in(tmp_path) == []


TREES, REPAIRS = "Metric 1 Trees", "Metric 2 Repair sessions"
UNDETERMINED = (
    'measure.target = { kind = "ratio", value = "20", per = "1000000", base = "contract_value" }',
    'measure.target = { kind = "undetermined" }\n'
    'flag = [{ kind = "target-not-set", words = "None.", source = "B" }]',
)
PHOTOGRAPHS = '"Photographs and invoices"'
SIGNED = "A signed letter from the head of the garden department about it"
SPOILT = {
    "a target not set": (
        [
            UNDETERMINED,
            ("20 for every £1,000,000, part of it counting in proportion", "?? trees"),
        ],
        ("target-not-set", WARNING, TREES),
    ),
    "two entries run into one": (
        [("Photographs and invoices", "Photographs or equivalent Financial records")],
        ("text-run-together", WARNING, TREES),
    ),
    "evidence missing": (
        [
            (
                'evidence_text = "Photographs and invoices"',
                'evidence_text = ""\n'
                'flag = [{ kind = "evidence-missing", words = "None.", source = "B" }]',
            )
        ],
        ("evidence-missing", ERROR, TREES),
    ),
    "a sentence cut off": (
        [("Trees planted for every £1,000,000 of the contract's value", "Trees better than")],
        ("text-cut-off", ERROR, TREES),
    ),
    "a count with a target that is a share": (
        [("Share of tenants who were", "Number of tenants who were")],
        ("unit-mismatch", WARNING, REPAIRS),
    ),
    "what the law asks for already": (
        [('who were offered a repair session"\ntarget', 'paid the minimum wage"\ntarget')],
        ("legal-minimum", WARNING, REPAIRS),
    ),
    "personal data": (
        [(PHOTOGRAPHS, '"Breakdown of those who planted by age"')],
        ("personal-data", WARNING, TREES),
    ),
    "no rounding": ([(", part of it counting in proportion", "")], ("rounding", WARNING, TREES)),
    "what only the authority can answer, put to bidders": (
        [('wording = "Trees planted', 'wording = "Money invested in trees')],
        ("measures-authority", WARNING, TREES),
    ),
    "a preference for one place": (
        [('wording = "Share of tenants', 'wording = "Share of local residents')],
        ("local-preference", WARNING, REPAIRS),
    ),
}


@pytest.mark.parametrize(("changes", "finding"), SPOILT.values(), ids=SPOILT)
def test_one_spoiling_gives_what_it_should_and_no_more(tmp_path, changes, finding):
    assert spoilt(tmp_path, *changes) == [finding]


def test_a_metric_of_the_authority_is_no_fault_until_it_is_put_to_bidders(tmp_path):
    invested = ("What the Council itself pays towards", "What is invested in")

    alone = spoilt(tmp_path / "alone", invested)
    asked = spoilt(tmp_path / "asked", invested, ('"policy"', '"both"'))

    assert alone == []
    assert asked == [
        ("flat-target", WARNING, "Metric 3 Repair cafés paid for"),
        ("measures-authority", WARNING, "Metric 3 Repair cafés paid for"),
    ]


def test_evidence_of_each_other_is_exchanged(tmp_path):
    changes = [
        ("Photographs and invoices", "Lists of repair sessions for tenants"),
        ("Attendance lists without names", "Photographs of trees planted"),
    ]

    assert spoilt(tmp_path, *changes) == [
        ("evidence-swapped", WARNING, TREES),
        ("evidence-swapped", WARNING, REPAIRS),
    ]


def test_long_evidence_under_two_principles_is_copied(tmp_path):
    changes = [("Photographs and invoices", SIGNED), ("Attendance lists without names", SIGNED)]

    assert spoilt(tmp_path, *changes) == [
        ("evidence-copied", WARNING, TREES),
        ("evidence-copied", WARNING, REPAIRS),
    ]


def test_the_same_activity_under_two_metrics_is_found_once(tmp_path):
    changes = [
        ("number = 1\n", "number = 1\noverlaps = [2]\n"),
        ("number = 2\n", "number = 2\noverlaps = [1]\n"),
    ]

    assert spoilt(tmp_path, *changes) == [
        ("overlap", WARNING, "Metric 1 Trees and metric 2 Repair sessions")
    ]


def test_two_areas_are_two_meanings_of_local(tmp_path):
    told = '\ngeography = "{}"\ngeography_definition = "As the map shows."\n'
    changes = [
        ("number = 1\n", "number = 1" + told.format("The borough")),
        ("number = 2\n", "number = 2" + told.format("The county")),
    ]

    found = found_in(tmp_path, *changes)

    assert [(one.code, one.subject, one.numbers) for one in found] == [
        ("boundary", "The whole catalogue", ())
    ]
    assert "The borough (metric 1); The county (metric 2)" in found[0].words
