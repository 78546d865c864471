"""How far an offer reaches its target."""

from fractions import Fraction

import pytest

from metrics.attainment import (
    Refused,
    attainment,
    bases_used,
    is_undetermined,
    measure_ids,
    read_measure,
    read_number,
    read_target,
    required,
)
from metrics.grammar import plain, quote

ONE_PER_FIFTY = {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"}
HOURS = {"id": "hours", "target": {"kind": "absolute", "value": "36"}}
SPEND = {"id": "spend", "target": {"kind": "share", "percent": "0.5", "base": "price"}}


def reach(measure, quantities, bases=None):
    """Attainment from plain strings."""
    return attainment(
        read_measure(measure),
        {name: read_number(text) for name, text in quantities.items()},
        {name: read_number(text) for name, text in (bases or {}).items()},
    )


def need(target, **bases):
    """Required quantity from plain strings."""
    return required(read_target(target), {n: read_number(t) for n, t in bases.items()})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("007", Fraction(7)),
        ("-2.50", Fraction(-5, 2)),
        ("999999999999999.999999999", Fraction(10**24 - 1, 10**9)),
    ],
)
def test_a_number_is_read_exactly(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " 1",
            "1 ",
            "1\n",
            "\n1",
            "+1",
            ".5",
            "1.",
            "1,000",
            "1_000",
            "1/3",
            "1e3",
            "1E3",
        ),
        *("NaN", "Infinity", "-", "--1", "0x10", "1.2.3", "½", "²", "\u0663", "\uff11"),
        *("1234567890123456", "0.1234567891", "1\u0000", 1, 1.5, True, None, [], {}, ["1"]),
    ],
)
def test_a_number_in_any_other_form_is_refused(text):
    with pytest.raises(Refused, match="not a number here"):
        read_number(text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Fraction(7), "7"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 10**9), "0.000000001"),
        (Fraction(1, 3), "1/3"),
        (Fraction(0), "0"),
    ],
)
def test_an_exact_number_is_shown_without_loss(number, words):
    assert plain(number) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a" * 61, '"' + "a" * 60 + '…"'),
        (None, "null"),
        (True, "true"),
        ({}, "an object"),
        ([], "a list"),
        (3, "a JSON number"),
    ],
)
def test_a_message_quotes_a_value_shortly(value, words):
    assert quote(value) == words


@pytest.mark.parametrize(
    ("target", "quantity"),
    [
        ({"kind": "absolute", "value": "36"}, Fraction(36)),
        ({"kind": "share", "percent": "90", "base": "headcount"}, Fraction(441, 10)),
        ({"kind": "share", "percent": "150", "base": "headcount"}, Fraction(147, 2)),
        ({"kind": "period", "value": "15", "base": "years"}, Fraction(30)),
        (ONE_PER_FIFTY, Fraction(98, 100)),
        ({**ONE_PER_FIFTY, "blocks": "pro_rata"}, Fraction(98, 100)),
        ({**ONE_PER_FIFTY, "blocks": "floor"}, Fraction(0)),
        ({**ONE_PER_FIFTY, "blocks": "ceil"}, Fraction(1)),
        ({**ONE_PER_FIFTY, "value": "6", "years": "years"}, Fraction(1176, 100)),
        ({**ONE_PER_FIFTY, "value": "6", "years": "years", "blocks": "floor"}, Fraction(0)),
        ({**ONE_PER_FIFTY, "value": "6", "years": "years", "blocks": "ceil"}, Fraction(12)),
        ({**ONE_PER_FIFTY, "per": "49", "blocks": "floor"}, Fraction(1)),
        ({**ONE_PER_FIFTY, "per": "49", "blocks": "ceil"}, Fraction(1)),
    ],
)
def test_what_is_required_follows_the_kind_of_target(target, quantity):
    assert need(target, headcount="49", years="2") == quantity


@pytest.mark.parametrize(
    ("quantity", "fraction"), [("0", 0), ("9", Fraction(1, 4)), ("36", 1), ("5000", 1)]
)
def test_more_than_required_earns_no_more_than_1(quantity, fraction):
    assert reach(HOURS, {"hours": quantity}) == fraction


@pytest.mark.parametrize(
    ("quantity", "fraction"),
    [("0", 1), ("36", 1), ("48", Fraction(3, 4)), ("72", Fraction(1, 2))],
)
def test_lower_is_better_divides_the_other_way(quantity, fraction):
    assert reach({**HOURS, "direction": "lower"}, {"hours": quantity}) == fraction


@pytest.mark.parametrize(("quantity", "fraction"), [("0", 1), ("0.000000001", 0), ("5", 0)])
def test_lower_than_a_target_of_0_is_only_0(quantity, fraction):
    waste = {"id": "w", "direction": "lower", "target": {"kind": "absolute", "value": "0"}}

    assert reach(waste, {"w": quantity}) == fraction


def test_nothing_required_is_reached_by_nothing():
    nobody = {"id": "a", "target": {**ONE_PER_FIFTY, "blocks": "floor"}}

    assert reach(nobody, {"a": "0"}, {"headcount": "49"}) == 1


def test_any_of_takes_the_best_and_all_of_the_worst():
    offered = {"hours": "9", "spend": "2500"}

    assert reach({"any_of": [HOURS, SPEND]}, offered, {"price": "1000000"}) == Fraction(1, 2)
    assert reach({"all_of": [HOURS, SPEND]}, offered, {"price": "1000000"}) == Fraction(1, 4)


def test_measures_nest():
    both = {"all_of": [HOURS, SPEND]}
    either = {"any_of": [both, {"id": "x", "target": {"kind": "absolute", "value": "3"}}]}

    assert reach(either, {"hours": "0", "spend": "0", "x": "1"}, {"price": "1"}) == Fraction(1, 3)
    assert measure_ids(read_measure(either)) == ["hours", "spend", "x"]
    assert bases_used(read_measure(either)) == {"price"}


def test_a_sum_counts_each_quantity_at_its_unit_value():
    value = {
        "sum_of": [
            {"id": "weeks", "unit_value": "250"},
            {"id": "hours", "unit_value": "0.5"},
        ],
        "target": {"kind": "absolute", "value": "1000"},
    }

    assert reach(value, {"weeks": "1", "hours": "100"}) == Fraction(3, 10)
    assert measure_ids(read_measure(value)) == ["weeks", "hours"]


def test_an_undetermined_target_is_known_before_anything_is_offered():
    waste = {
        "id": "waste",
        "target": {"kind": "undetermined", "printed": "?? metric tonnes"},
    }

    assert is_undetermined(read_measure({"any_of": [HOURS, waste]}))
    assert not is_undetermined(read_measure(HOURS))
    with pytest.raises(Refused, match="undetermined"):
        reach(waste, {"waste": "3"})


def test_a_measure_without_a_target_reaches_nothing():
    with pytest.raises(Refused, match="no target"):
        attainment(read_measure({"id": "x"}, target_needed=False), {"x": Fraction(1)}, {})


@pytest.mark.parametrize(
    ("quantities", "bases", "words"),
    [
        ({}, {"price": "1"}, '"spend" is missing'),
        ({"spend": "-1"}, {"price": "1"}, '"spend" is below 0'),
        ({"spend": "1"}, {}, 'base "price" is missing'),
        ({"spend": "1"}, {"price": "0"}, 'base "price" must be above 0'),
        ({"spend": "1"}, {"price": "-5"}, 'base "price" must be above 0'),
    ],
)
def test_missing_is_never_0(quantities, bases, words):
    with pytest.raises(Refused, match=words):
        reach(SPEND, quantities, bases)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (None, "an object is due"),
        ([], "an object is due"),
        ({}, '"id" is missing'),
        ({"id": "x"}, '"target" is missing'),
        ({"id": "", "target": HOURS["target"]}, "an id is a string"),
        ({"id": 3, "target": HOURS["target"]}, "an id is a string"),
        ({"id": "\ud800", "target": HOURS["target"]}, "half a character"),
        ({**HOURS, "direction": "sideways"}, "no direction known"),
        ({**HOURS, "direction": ["lower"]}, "no direction known"),
        ({**HOURS, "unit": "h"}, 'key "unit" means nothing'),
        ({"any_of": []}, "holds no measure"),
        ({"any_of": HOURS}, "a list is due"),
        ({"any_of": [HOURS], "id": "x"}, 'key "id" means nothing'),
        ({"any_of": [HOURS], "all_of": [HOURS]}, 'key "all_of" means nothing'),
        ({"sum_of": [], "target": HOURS["target"]}, "holds no quantity"),
        ({"sum_of": [{"id": "x"}], "target": HOURS["target"]}, '"unit_value" is missing'),
        (
            {"sum_of": [{"id": "x", "unit_value": "-1"}], "target": HOURS["target"]},
            'unit value of "x" is below 0',
        ),
        ({"id": "x", "target": "36"}, "a target is an object"),
        ({"id": "x", "target": {}}, "no kind of target"),
        ({"id": "x", "target": {"kind": "guess"}}, "no kind of target"),
        ({"id": "x", "target": {"kind": ["absolute"]}}, "no kind of target"),
        ({"id": "x", "target": {"kind": "absolute"}}, '"value" is missing'),
        ({"id": "x", "target": {"kind": "absolute", "value": "-1"}}, "below 0"),
        (
            {"id": "x", "target": {"kind": "absolute", "value": "1", "base": "b"}},
            '"base" means',
        ),
        (
            {"id": "x", "target": {"kind": "share", "value": "1", "base": "b"}},
            '"value" means',
        ),
        ({"id": "x", "target": {**ONE_PER_FIFTY, "per": "0"}}, "above 0"),
        ({"id": "x", "target": {**ONE_PER_FIFTY, "per": "-50"}}, "above 0"),
        (
            {"id": "x", "target": {**ONE_PER_FIFTY, "blocks": "round"}},
            "way to count blocks",
        ),
        ({"id": "x", "target": {**ONE_PER_FIFTY, "years": None}}, "an id is a string"),
    ],
)
def test_a_measure_of_any_other_form_is_refused(measure, words):
    with pytest.raises(Refused, match=words):
        read_measure(measure)


def test_label_and_note_mean_nothing_anywhere():
    noted = {
        **{"id": "hours", "note": 3, "label": None},
        "target": {**HOURS["target"], "note": "invented"},
    }

    assert read_measure(noted) == read_measure(HOURS)
