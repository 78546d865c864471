"""What a check finds in the policies that ship, each fault by its place."""

from dataclasses import asdict

import pytest

from charter.pack import read_charter
from metrics.lint import ERROR, check
from metrics.loading import read_metrics


def checked(code):
    words = read_charter(code)
    metrics = read_metrics(code, principles=words.principle_codes) if code == SSLEP else ()
    told = [asdict(one) for one in metrics]
    return check(metrics=told, rules=words.rules, clauses=words.clauses), told


SSLEP, NELC = "sslep-2021", "nelc-2018"
FOUND, METRICS = checked(SSLEP)


def numbers_with(code):
    """The metrics a fault of this code is found in."""
    return sorted({number for one in FOUND if one.code == code for number in one.numbers})


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("target-not-set", [6, 7, 8, 10]),
        ("evidence-missing", [7]),
        ("evidence-swapped", [18, 19]),
        ("evidence-copied", [21, 22]),
        ("text-cut-off", [3]),
        ("text-run-together", [9]),
        ("legal-minimum", [2]),
        ("unit-mismatch", [1, 2, 3, 4, 9, 11, 13, 14, 15, 16, 23, 24]),
        ("wording-differs", [12]),
        ("period-differs", [9, 10, 18]),
        ("compound", [5, 9, 11, 20, 21, 22, 25]),
        ("past-or-future", [5, 20, 21, 22, 25]),
        ("dated-target", [11]),
        ("conditional", [23]),
        ("rounding", [17, 18, 19]),
        ("flat-target", [5, 20, 21, 22, 25]),
        ("needs-baseline", [7, 8, 10]),
        ("standard-unclear", [11]),
        ("measures-authority", [12, 14, 15]),
        ("local-preference", [1, 2, 3, 13, 14, 15, 17, 18, 19]),
        ("personal-data", [1, 2, 3, 17, 18, 19, 21]),
        ("check-still-offered", [17]),
        ("overlap", [13, 15, 18, 19, 20, 21, 25]),
    ],
)
def test_a_fault_of_the_board_paper_is_found_where_it_is(code, numbers):
    assert numbers_with(code) == numbers


def test_what_concerns_the_whole_catalogue_is_found_once():
    whole = [one.code for one in FOUND if one.subject == "The whole catalogue"]

    assert whole == ["boundary", "base-unclear"]


def test_the_board_papers_percentage_of_nothing_in_particular_is_found():
    [found] = [one for one in FOUND if one.code == "basis-not-said"]

    assert [clause["paragraph"] for clause in found.clauses] == ["9"]


def test_a_standard_nobody_can_be_certified_to_is_found():
    [found] = [one for one in FOUND if one.code == "guide-only"]

    assert [clause["paragraph"] for clause in found.clauses] == ["16"]


def test_what_the_board_left_open_is_found():
    asked = [one.clauses[0]["paragraph"] for one in FOUND if one.code == "left-undecided"]

    assert [place.partition(",")[0] for place in asked] == ["22", "22", "22", "16"]


# Faults that people who read the paper have noted beside it, and how the check calls them.
OTHER_NAME = {
    (10, "unit-mismatch"): (10, "period-differs"),
}
# Only the authority answers it, so it is put to nobody else.
NO_FAULT = {(16, "measures-authority")}


def test_every_note_made_by_hand_is_found_by_the_check_too():
    found = {(number, one.code) for one in FOUND for number in one.numbers}
    noted = {
        (metric["number"], flag["kind"])
        for metric in METRICS
        for flag in metric["flags"]
        if flag["kind"] != "boundary"  # found once for the whole catalogue
    }

    missed = {OTHER_NAME.get(one, one) for one in noted - NO_FAULT} - found
    assert missed == set()


def test_north_east_lincolnshires_two_tenths_contradict_each_other():
    found, _ = checked(NELC)

    [contradiction] = [one for one in found if one.code == "contradiction"]
    assert contradiction.severity == ERROR
    texts = [clause["text"] for clause in contradiction.clauses]
    assert ["10% of the quality element" in text for text in texts] == [True, False]
    assert ["10% of the overall evaluation score" in text for text in texts] == [False, True]


def test_north_east_lincolnshire_names_sums_without_saying_whether_vat_is_in_them():
    found, _ = checked(NELC)

    headings = [one.subject for one in found if one.code == "vat-not-said"]
    assert len(headings) == 4


def test_north_east_lincolnshire_names_nobody_who_approves_an_opt_out():
    found, _ = checked(NELC)

    assert [one.subject for one in found if one.code == "no-approver"] == [
        "Leaving social value out"
    ]


@pytest.mark.parametrize("code", ["leicester-2018", "west-of-england-2024"])
def test_a_draft_policys_open_questions_are_found(code):
    found, _ = checked(code)
    words = read_charter(code)

    left = [one["heading"] for one in words.clauses if one["kind"] == "open"]
    assert [one.subject for one in found if one.code == "left-undecided"] == left
    assert len(left) > 0


def test_every_finding_quotes_a_place_and_says_what_to_do():
    assert [one for one in FOUND if not one.clauses or not one.remedy or not one.words] == []


def test_errors_come_first():
    severities = [one.severity for one in FOUND]

    assert severities == sorted(severities)
