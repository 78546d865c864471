"""Leicester's progress report as it ships: what is decided, and what is still open."""

import pytest

from charter.pack import read_charter
from metrics.loading import read_metrics


@pytest.fixture(scope="module")
def charter():
    return read_charter("leicester-2018")


@pytest.fixture(scope="module")
def clauses(charter):
    return {one["id"]: one for one in charter.clauses}


def test_the_report_holds_no_principle_no_metric_and_no_weighting_rule(charter):
    assert (charter.maturity, charter.quadrants, charter.rules) == ("draft", (), ())
    assert (charter.ambition, charter.purpose) == ("", "")
    assert read_metrics("leicester-2018", principles=[]) == ()


def test_it_says_that_nothing_was_adopted(charter):
    assert charter.published == (
        "The report prints “Date: 12th April 2018” and “Report version number: 1.2”."
    )
    assert "It does not record that it was." in charter.adoption


def test_what_is_still_open(charter):
    still_open = [one["id"] for one in charter.clauses if one["kind"] == "open"]

    assert still_open == [
        "adoption",
        "best-practice",
        "approach",
        "local-measures",
        "re-skilling",
        "groups",
        "apprenticeship-hub",
        "suitable-contracts",
        "indicators",
        "toolkit",
        "launch",
    ]


def test_what_is_decided(charter):
    decided = [one["id"] for one in charter.clauses if one["heading"].startswith("Decided:")]

    assert decided == ["principle", "resource", "progress-report"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "principle",
            "Following consultation with the Asst Mayor (Entrepreneurial Councils), the general "
            "principle of adopting a charter, its main principles and direction continue to be "
            "supported.",
        ),
        (
            "local-measures",
            "what Social Value Leicester needs to be seeking from their procurement activities "
            "(e.g., a local application of the National TOMs) focussing on Leicester's particular "
            "needs, e.g.:",
        ),
        ("re-skilling", "re-skilling to address employment trends in the City;"),
        (
            "groups",
            "targeting benefit towards particularly disadvantaged groups, such as care leavers;",
        ),
        (
            "apprenticeship-hub",
            "ensuring linkages with appropriate Council programmes/initiatives (e.g. "
            "apprenticeship hub).",
        ),
        (
            "suitable-contracts",
            "which contracts are suitable for this approach, recognising that not all contracts "
            "or markets are in a position to adhere to this approach or that there is the ability "
            "to robustly secure these opportunities from within LCC.",
        ),
        (
            "partnerships-intended",
            "We also intend to re-invigorate our local best public sector procurement "
            "partnerships across the city, based on the revised, more specific social value "
            "priorities we will establish over the next few months.",
        ),
        (
            "adoption",
            "It is anticipated that the above could be complete by May 2018 for the Charter to be "
            "formally adopted May/June, with completion of the scrutiny commission "
            "recommendations inc. launch and training to take place July-September 2018.",
        ),
    ],
)
def test_a_clause_reads_as_printed(clauses, code, text):
    assert clauses[code]["text"] == text


def test_no_indicator_has_been_chosen(clauses):
    first = clauses["indicators"]["text"].splitlines()[0]

    assert first == (
        "To develop a new system of monitoring key performance indicators, in order to understand "
        "the impact and effectiveness of the Social Value Charter over time."
    )
    assert clauses["indicators"]["note"] == "No indicator is chosen."
