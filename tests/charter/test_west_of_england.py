"""The West of England's paper as it ships: three levers, and nothing that was a picture."""

import pytest

from charter.pack import read_charter


@pytest.fixture(scope="module")
def charter():
    return read_charter("west-of-england-2024")


def of_kind(charter, kind):
    return [(one["paragraph"], one["text"]) for one in charter.clauses if one["kind"] == kind]


def test_there_are_three_levers_and_no_framework(charter):
    assert (charter.maturity, charter.quadrants, charter.frameworks) == ("draft", (), ())
    assert charter.rules == ()
    assert of_kind(charter, "lever") == [
        (
            "6, lever 1",
            "Our role as a commissioner, procurer, and investment organisation how we can "
            "generate additional value through our investments.",
        ),
        (
            "6, lever 2",
            "Our role as a regional anchor institution the wider value we can create as a "
            "regional civic leader.",
        ),
        (
            "6, lever 3",
            "Our role as an employer how our recruitment practices and employment approach can "
            "create additional value.",
        ),
    ]


def test_the_year_is_not_filled_in(charter):
    assert charter.published == (
        "The paper prints “Thursday 18th January” and no year. The 2024 in the name of this pack "
        "is not from the paper."
    )
    assert "2024" not in charter.source + charter.title + charter.adoption


def test_the_draft_priorities_are_not_made_up(charter):
    (lost,) = [one for one in charter.clauses if one["id"] == "draft-priorities"]

    assert (lost["kind"], lost["text"]) == ("open", "Our Social value priorities (Draft)")
    assert lost["note"] == (
        "This heading is all that the text of the paper holds. What stood under it was a picture, "
        "which is lost; no priority is made up here."
    )


def test_the_peers_are_those_it_cites(charter):
    cited = [text.split(" Combined")[0].split("'s")[0] for _, text in of_kind(charter, "peer")]

    assert cited == [
        "Other regions are using social value as a key lever to tackle long-standing economic, "
        "social and environmental challenges.",
        "For example, Liverpool City Region",
        "Greater Manchester",
        "Some Local Authorities create annual social value impact reports which help capture the "
        "impact of their social value approaches.",
        "For example, Lewisham Council",
    ]


def test_the_questions_to_the_board_are_open(charter):
    questions = [told for told in of_kind(charter, "open") if told[0] in ("12", "13", "14")]

    assert questions == [
        ("12", "What would you like to see from our approach to social value?"),
        (
            "13",
            "What do you think are the biggest opportunities to be gained by maximising social "
            "value in the West of England?",
        ),
        (
            "14",
            "Do your organisations measure and track your social value impact and if so, are "
            "there particular tools you are using?",
        ),
    ]


def test_every_paragraph_is_quoted(charter):
    numbers = {
        int(one["paragraph"].split(",")[0])
        for one in charter.clauses
        if one["paragraph"][0].isdigit()
    }

    assert numbers == set(range(1, 15))
