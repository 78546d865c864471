"""Every line of a score, opened down to its numbers."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from evaluations.explanation import explain
from evaluations.scoring import work_out

GOLDEN = Path(__file__).parent.parent / "golden"


def lines(name, bid):
    """One bid's lines in a golden case, by criterion."""
    case = json.loads((GOLDEN / f"{name}.json").read_bytes())["case"]
    return {line.criterion: line for line in explain(work_out(case))[bid]}


def test_a_line_gives_offered_required_fraction_and_points_exactly():
    line = lines("08-one-per-fifty-pro-rata", "large")["apprentices"]

    [offer] = line.offers
    assert (offer.quantities, offer.offered) == (("apprentices",), 2)
    assert (offer.required, offer.attainment) == (Fraction("2.4"), Fraction(5, 6))
    assert (line.weight, line.fraction, line.points) == (6, Fraction(5, 6), 5)
    assert line.shown == "5.00"


@pytest.mark.parametrize(
    ("name", "bid", "criterion", "sentence"),
    [
        (
            "05-charter-targets",
            "large",
            "environment",
            "environment (social_value, target, 6 points): env_hours 400 where at least 540 "
            "is required, so 20/27 is reached; env_spend 0 where at least 10000 is required, "
            "so 0 is reached. That earns 20/27 of 6, which is 40/9 points, shown as 4.44.",
        ),
        (
            "22-lower-is-better",
            "B",
            "tco2",
            "tco2 (social_value, target, 10 points): tco2 160 where at most 120 is required, "
            "so 0.75 is reached. That earns 0.75 of 10, which is 7.5 points, shown as 7.50.",
        ),
        (
            "21-bands",
            "A",
            "sv",
            "sv (social_value, bands, 10 points): sv 9.999. "
            "That earns 0.25 of 10, which is 2.5 points, shown as 2.50.",
        ),
        (
            "01-ten-percent-of-the-overall-score",
            "B",
            "quality",
            "quality (quality, marks, 50 points): mark 3.8 of 5. "
            "That earns 0.76 of 50, which is 38 points, shown as 38.00.",
        ),
        (
            "18-price-lowest-over-bid",
            "C",
            "price",
            "price (price, lowest_over_bid, 40 points): price 150. "
            "That earns 2/3 of 40, which is 80/3 points, shown as 26.67.",
        ),
    ],
)
def test_a_line_reads_as_a_sentence(name, bid, criterion, sentence):
    assert lines(name, bid)[criterion].sentence == sentence


def test_a_bid_that_failed_a_gate_has_no_lines():
    case = json.loads((GOLDEN / "09-gate-removes-the-cheapest-bid.json").read_bytes())

    assert list(explain(work_out(case["case"]))) == ["C", "B"]
