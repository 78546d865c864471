"""Faults planted on purpose: each check passes as it is and fails with its fault."""

from fractions import Fraction
from math import floor

import pytest

from evaluations import offers, scoring
from metrics import attainment
from metrics.grammar import Refused
from tests.evaluations.scoring_cases import changed, golden_case


def check_a_half_goes_up():
    """38.125 is shown as 38.13, and 34.5 without decimals as 35."""
    assert scoring.score(golden_case("05"))["bids"]["small"]["lines"]["price"] == "38.13"
    whole = changed(golden_case("35"), "rounding", "places", 0)
    whole = changed(whole, "bids", 0, "marks", {"quality": "2.5", "sv": "1"})
    whole = changed(whole, "weights", "quality", "69")
    whole = changed(whole, "weights", "social_value", "31")
    assert scoring.score(whole)["bids"]["A"]["groups"] == {
        "price": "0",
        "quality": "35",
        "social_value": "6",
    }
    assert scoring.score(whole)["bids"]["A"]["total"] == "41"


def check_the_published_totals_decide():
    """Half a hundredth apart is a tie under `rounded` and none under `exact`."""
    assert scoring.score(golden_case("24"))["winners"] == ["A", "B"]
    assert scoring.score(golden_case("25"))["winners"] == ["B"]


def check_pro_rata_is_not_floored():
    """One per fifty of 120 people is 2.4, and of 49 people 0.98."""
    found = scoring.score(golden_case("08"))["bids"]["large"]["lines"]["apprentices"]
    assert found == "5.00"
    target = attainment.read_target(
        {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"}
    )
    assert attainment.required(target, {"headcount": Fraction(49)}) == Fraction("0.98")


def check_a_bid_that_failed_a_gate_is_not_compared_with():
    """The cheapest bid fails; the lowest price is that of the bids that passed."""
    bids = scoring.score(golden_case("09"))["bids"]
    assert bids["B"]["lines"]["price"] == "40.00"
    assert bids["A"] == {"status": "failed_gate", "gates": ["social-value-floor"]}


def check_missing_and_not_applicable_are_refused():
    """Neither counts as a mark of 0."""
    missing = golden_case("13")
    assert "refused" in scoring.score(missing)
    assert "refused" in scoring.score(changed(missing, "bids", 1, "marks", "sv", "n/a"))


@pytest.fixture
def bankers_rounding(monkeypatch):
    """A half goes to the even neighbour."""
    monkeypatch.setattr(scoring, "half_up", lambda number, places: round(number * 10**places))


@pytest.fixture
def ranking_on_the_wrong_totals(monkeypatch):
    """Exact totals decide where the published ones should."""
    monkeypatch.setattr(scoring, "_standing", lambda published, bid, exact, shown: (-exact.total,))


@pytest.fixture
def floor_for_pro_rata(monkeypatch):
    """Only whole blocks count, whatever was published."""
    real = attainment.required

    def floored(target, bases):
        return Fraction(floor(real(target, bases)))

    monkeypatch.setattr(attainment, "required", floored)


@pytest.fixture
def a_gate_after_the_field(monkeypatch):
    """The field is compared before the gates are applied."""
    read_bids, read_field, everyone = scoring.read_bids, scoring.read_field, []

    def remember(value, published):
        everyone[:] = read_bids(value, published)
        return list(everyone)

    monkeypatch.setattr(scoring, "read_bids", remember)
    monkeypatch.setattr(scoring, "read_field", lambda lines, field: read_field(lines, everyone))


@pytest.fixture
def not_applicable_as_0(monkeypatch):
    """A mark that is missing or no number counts as 0."""

    def marks(reader, value):
        return {name: _mark(value.get(name, "0")) for name in reader.marked}

    monkeypatch.setattr(offers._Reader, "_marks", marks)


def _mark(text):
    try:
        return offers.read_number(text)
    except Refused:
        return Fraction(0)


FAULTS = [
    (check_a_half_goes_up, "bankers_rounding"),
    (check_the_published_totals_decide, "ranking_on_the_wrong_totals"),
    (check_pro_rata_is_not_floored, "floor_for_pro_rata"),
    (check_a_bid_that_failed_a_gate_is_not_compared_with, "a_gate_after_the_field"),
    (check_missing_and_not_applicable_are_refused, "not_applicable_as_0"),
]


@pytest.mark.parametrize("check", [check for check, _ in FAULTS], ids=lambda one: one.__name__)
def test_check_holds(check):
    check()


@pytest.mark.parametrize(("check", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_check_fails_with_its_fault(check, fault, request):
    request.getfixturevalue(fault)

    with pytest.raises(AssertionError):
        check()
