"""What cannot be scored is refused with a reason, and never guessed at."""

from copy import deepcopy

import pytest

from evaluations.scoring import score
from tests.evaluations.scoring_cases import (
    EVERY_METHOD,
    GOLDEN,
    GONE,
    HOURS,
    changed,
    golden_case,
)

CRITERION = {one["id"]: at for at, one in enumerate(EVERY_METHOD["criteria"])}
JUNK = [None, True, 7, 1.5, "junk", "", [], {}, [[]], [None], {"x": {}}, {"id": []}]


def at(criterion, *path):
    """The path to a part of a criterion."""
    return ("criteria", CRITERION[criterion], *path)


def target(criterion="weeks", *path):
    """The path to the target of a criterion."""
    return at(criterion, "measure", "target", *path)


def test_the_case_that_the_others_change_is_scored():
    assert list(score(EVERY_METHOD)) == ["weights", "bids", "winners", "sensitivity"]


WEIGHTS = [
    (("weights", "price", "39.999999999"), "weights total 99.999999999, not 100"),
    (("weights", "price", "-40"), "below 0"),
    (("weights", "price", 40), "not a number here"),
    (("weights", "price", GONE), '"price" is missing'),
    (("weights", "basis", "other"), "basis of weights"),
    (("weights", GONE), '"weights" is missing'),
    (
        (
            *("weights",),
            {
                **{"basis": "quality_element", "price": "40", "quality_element": "60"},
                "social_value_share": "100.1",
            },
        ),
        "social_value_share must be from 0 to 100",
    ),
    (
        ("weights", {"basis": "overall", "price": "40", "quality": "60", "social_value": "0"}),
        'criterion "weeks": the group social_value has a weight of 0',
    ),
    (at("team", "weight", "29.9"), "the criteria of quality total 99.9, not 100"),
    (at("team", "weight", "-30"), 'criterion "team": its weight is below 0'),
    (("criteria", []), "the criteria of price total 0, not 100"),
]
IDS_AND_KEYS = [
    (at("team", "id", "method"), 'criterion "method" is there twice'),
    (("bids", 1, "id", "A"), 'bid "A" is there twice'),
    (("gates", [EVERY_METHOD["gates"][0]] * 2), 'gate "sound" is there twice'),
    (("bids", []), "there are no bids"),
    (("bids", GONE), '"bids" is missing'),
    (("criteria", GONE), '"criteria" is missing'),
    (("tie_brake", []), '"tie_brake"'),
    (("case", {}), '"case"'),
    (("weights", "total", "100"), '"total"'),
    (at("team", "max_marks", "4"), 'criterion "team": the key "max_marks"'),
    (at("lowest", "max_mark", "4"), 'criterion "lowest": the key "max_mark"'),
    (at("grants", "bands", 0, "at_most", "4"), 'criterion "grants": the key "at_most"'),
    (target("weeks", "unit", "weeks"), '"unit"'),
    (
        at("worth", "measure", "sum_of", 0, "target", "4"),
        'criterion "worth": measure: the key "target"',
    ),
    (("gates", 0, "maximum_percent", "4"), 'gate "sound": the key "maximum_percent"'),
    (("rounding", "mode", "half_even"), 'rounding: the key "mode"'),
    (("bids", 0, "total", "100"), 'bid "A": the key "total"'),
    (at("team", "method", "average"), 'criterion "team": "average" is no method'),
    (at("team", "method", GONE), 'criterion "team": null is no method'),
    (at("team", "group", "cost"), 'criterion "team": "cost" is no group'),
    (target("weeks", "kind", "about"), 'criterion "weeks": measure "weeks": "about" is no kind'),
    (("rounding", "level", "group"), 'rounding: "group" is no level'),
    (("rounding", "rank_on", "total"), 'rounding: "total" is no rule to rank on'),
    (("tie_break", ["name"]), 'tie_break: "name" is no tie-break rule'),
    (("rounding", "places", -1), "from 0 to 6"),
    (("rounding", "places", 7), "from 0 to 6"),
    (("rounding", "places", True), "a JSON integer"),
    (("rounding", "places", "2"), "a JSON integer"),
    (("rounding", "places", 2.0), "a JSON integer"),
    (("rounding", "level", "line"), None),
    (
        at("lowest", "method", "relative_to_best"),
        'criterion "lowest": the method relative_to_best is not for group price',
    ),
    (
        at("worth", {**EVERY_METHOD["criteria"][0], "group": "quality", "id": "w"}),
        'criterion "w": the method lowest_over_bid is only for group price',
    ),
]
SCALES = [
    (at("team", "max_mark", "0"), 'criterion "team": max_mark and step must be above 0'),
    (at("team", "max_mark", "-4"), "must be above 0"),
    (at("method", "step", "0"), "must be above 0"),
    (at("method", "step", "-0.5"), "must be above 0"),
    (at("method", "step", "0.3"), "max_mark 5 is not a whole number of steps"),
    (at("team", "max_mark", "4.5"), "max_mark 4.5 is not a whole number of steps"),
    (("bids", 0, "marks", "team", "4.000000001"), 'bid "A": marks: the mark 4.000000001'),
    (("bids", 0, "marks", "team", "-1"), "not on the scale from 0 to 4"),
    (("bids", 0, "marks", "team", "5"), 'for criterion "team"'),
    (("bids", 0, "marks", "method", "3.25"), "in steps of 0.5"),
    (("bids", 0, "marks", "team", GONE), 'the mark for criterion "team" is missing'),
    (("bids", 0, "marks", "team", None), 'bid "A": marks: "team": null is not a number'),
    (("bids", 0, "marks", "team", "n/a"), '"n/a" is not a number'),
    (("bids", 0, "marks", GONE), 'the mark for criterion "method" is missing'),
    (at("grants", "bands", []), 'criterion "grants": it has no bands'),
    (at("grants", "bands", 0, "percent", "100.1"), "from 0 to 100"),
    (at("grants", "bands", 0, "percent", "-0.1"), "from 0 to 100"),
    (at("grants", "bands", 0, "at_least", GONE), '"at_least" is missing'),
    (at("scale", "full_at", "300"), 'criterion "scale": full_at must be at least 0 and below'),
    (at("scale", "full_at", "301"), "full_at must be"),
    (at("scale", "full_at", "-1"), "full_at must be"),
]
TARGETS = [
    (target("weeks", {"kind": "undetermined"}), 'criterion "weeks": its target is undetermined'),
    (
        at("community", "measure", "any_of", 1, "target", {"kind": "undetermined"}),
        'criterion "community": its target is undetermined',
    ),
    (
        at("worth", "measure", "target", {"kind": "undetermined"}),
        'criterion "worth": its target is undetermined',
    ),
    (target("weeks", "value", "-6"), 'criterion "weeks": measure "weeks": a target below 0'),
    (target("weeks", "per", "0"), '"per" must be above 0'),
    (target("weeks", "per", "-50"), '"per" must be above 0'),
    (target("weeks", "blocks", "half"), "way to count blocks"),
    (at("worth", "measure", "sum_of", 0, "unit_value", "-1"), '"placements" is below 0'),
    (at("weeks", "measure", "target", GONE), '"target" is missing'),
    (at("weeks", "measure", GONE), 'criterion "weeks": "measure" is missing'),
    (at("worth", "measure", {"any_of": [HOURS]}), "takes one quantity or a sum_of"),
    (at("worth", "measure", {"all_of": [HOURS]}), "takes one quantity or a sum_of"),
    (at("grants", "measure", {"any_of": [HOURS]}), "takes one quantity or a sum_of"),
    (at("worth", "measure", {**HOURS, "direction": "lower"}), "counts more as better"),
    (("bases", "years", "0"), 'bases: "years" must be above 0: criterion "weeks"'),
    (("bases", "years", "-2"), '"years" must be above 0'),
    (("bases", "years", GONE), 'bid "A": bases: criterion "weeks" needs "years"'),
    (("bases", GONE), 'criterion "weeks" needs "years", which is missing'),
    (("bases", "lots", "many"), 'bases: "lots": "many" is not a number'),
    (("bases", "price", "100"), '"price" is each bid\'s own'),
    (("bids", 1, "bases", "headcount", "0"), 'bid "B": bases: criterion "weeks" needs "head'),
    (("bids", 1, "bases", "headcount", "-5"), "must be above 0"),
    (("bids", 1, "bases", "headcount", GONE), "which is missing"),
    (("bids", 1, "bases", "months", "36"), 'bid "B": bases: "months" is fixed'),
    (("bids", 1, "bases", "price", "100"), 'bid "B": bases: "price" is fixed'),
    (("bids", 1, "bases", "sites", "many"), 'bid "B": bases: "sites": "many"'),
]
QUANTITIES = [
    (("bids", 0, "quantities", "spend", GONE), 'criterion "community" asks for "spend"'),
    (("bids", 0, "quantities", "grants", GONE), 'bid "A": quantities: criterion "grants" asks'),
    (("bids", 0, "quantities", "weeks", "-1"), '"weeks", which may not be below 0'),
    (("bids", 0, "quantities", "lunches", "1"), 'nothing in the case asks for "lunches"'),
    (("bids", 0, "quantities", "worth", "1"), 'nothing in the case asks for "worth"'),
    (("bids", 0, "quantities", "team", "1"), 'nothing in the case asks for "team"'),
    (("bids", 0, "quantities", "label", "1"), None),
    (("bids", 0, "marks", "lunches", "1"), 'no criterion "lunches" that takes a mark'),
    (("bids", 0, "marks", "weeks", "1"), 'no criterion "weeks" that takes a mark'),
    (("bids", 0, "marks", "note", "late"), None),
]
PRICES = [
    (("bids", 0, "price", "0"), 'bid "A": price: a price must be above 0'),
    (("bids", 0, "price", "-0"), "a price must be above 0"),
    (("bids", 0, "price", "-1"), "a price must be above 0"),
    (("bids", 0, "price", GONE), 'bid "A": its price is missing'),
    (("bids", 0, "price", None), 'bid "A": price: null is not a number'),
]
GATES = [
    (("gates", 0, "group", "quality"), 'gate "sound": it must rest on exactly one'),
    (("gates", 0, "criterion", GONE), "exactly one of criterion and group"),
    (("gates", 0, "criterion", "none"), 'gate "sound": there is no criterion behind it'),
    (("gates", 0, "criterion", ["method"]), "there is no criterion behind it"),
    (("gates", 0, "criterion", "quality"), "there is no criterion behind it"),
    (("gates", 0, "minimum_percent", "100.1"), "minimum_percent must be from 0 to 100"),
    (("gates", 0, "minimum_percent", "-1"), "minimum_percent must be from 0 to 100"),
    (("gates", 0, "minimum_percent", GONE), '"minimum_percent" is missing'),
    (("gates", 0, "id", GONE), 'gate 1: "id" is missing'),
    (("gates", 0, "criterion", "worth"), 'it rests on criterion "worth", whose method'),
    (("gates", 0, "criterion", "mean"), 'it rests on criterion "mean", whose method'),
    (
        ("gates", 0, {"id": "g", "group": "social_value", "minimum_percent": "1"}),
        'gate "g": it rests on criterion "worth"',
    ),
    (("gates", 0, {"id": "g", "group": "other", "minimum_percent": "1"}), "is no group"),
]
CASES = [*WEIGHTS, *IDS_AND_KEYS, *SCALES, *TARGETS, *QUANTITIES, *PRICES, *GATES]


@pytest.mark.parametrize(
    ("change", "words"),
    [case for case in CASES if case[1] is not None],
    ids=lambda part: None if isinstance(part, tuple) else part[:40],
)
def test_a_refusal_gives_its_reason(change, words):
    result = score(changed(EVERY_METHOD, *change))

    assert list(result) == ["refused"]
    assert words in result["refused"]


@pytest.mark.parametrize("change", [case[0] for case in CASES if case[1] is None], ids=str)
def test_a_change_that_breaks_no_rule_is_scored(change):
    assert "winners" in score(changed(EVERY_METHOD, *change))


def test_a_gate_on_a_relative_method_is_the_reason_in_the_golden_case_too():
    case = changed(golden_case("10"), "criteria", 2, "max_mark", GONE)

    result = score(case)

    assert result["refused"].startswith('gate "social-value-floor": it rests on criterion "sv"')


def test_a_gate_on_a_group_of_weight_0_has_no_criteria_behind_it():
    gate = {"id": "g", "group": "price", "minimum_percent": "1"}

    result = score(changed(golden_case("35"), "gates", [gate]))

    assert result == {"refused": 'gate "g": there is no criterion behind it'}


def test_a_price_from_some_bids_only_is_refused_even_where_none_is_asked_for():
    case = golden_case("35")

    all_priced = changed(case, "bids", [{**bid, "price": "1"} for bid in case["bids"]])

    assert "winners" in score(all_priced)
    assert score(changed(all_priced, "bids", 1, "price", GONE)) == {
        "refused": 'bid "B" has no price, and others have one'
    }
    assert "must be above 0" in score(changed(all_priced, "bids", 1, "price", "0"))["refused"]


def test_a_target_on_the_price_needs_a_price():
    case = changed(golden_case("35"), "criteria", 1, "method", "target")
    case = changed(case, "criteria", 1, "max_mark", GONE)
    case = changed(case, "criteria", 1, "measure", EVERY_METHOD["criteria"][7]["measure"])
    case["bids"] = [
        {
            "id": "A",
            "marks": {"quality": "1"},
            "quantities": {"hours": "1", "spend": "1"},
        }
    ]

    assert 'needs "price", which is missing' in score(case)["refused"]
    assert "winners" in score(changed(case, "bids", 0, "price", "10"))


def test_refusals_come_before_gates():
    case = changed(EVERY_METHOD, "bids", 0, "marks", "method", "0")

    assert score(case)["bids"]["A"] == {"status": "failed_gate", "gates": ["sound"]}
    assert "refused" in score(changed(case, "bids", 0, "quantities", "weeks", "-1"))


def test_label_and_note_are_free_anywhere():
    def noted(part):
        if isinstance(part, dict):
            free = {"label": {"x": [1.5]}, "note": None}
            return {**free, **{name: noted(inner) for name, inner in part.items()}}
        return [noted(inner) for inner in part] if isinstance(part, list) else part

    assert score(noted(EVERY_METHOD)) == score(EVERY_METHOD)


def test_label_and_note_are_names_where_the_case_gives_them_meaning():
    case = golden_case("13")
    case["bids"] = [{"id": "A", "price": "1", "marks": {"quality": "5", "note": "3"}}]
    case = changed(case, "criteria", 2, "id", "note")

    assert score(case)["bids"]["A"]["lines"]["note"] == "6.00"
    assert "refused" in score(changed(case, "bids", 0, "marks", "note", "good"))


def places_in(part, path=()):
    """The path to every value in a case."""
    if path:
        yield path
    if isinstance(part, dict | list):
        for name, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from places_in(value, (*path, name))


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_any_place_is_answered(junk):
    for path in places_in(EVERY_METHOD):
        result = score(changed(EVERY_METHOD, *path, junk))

        assert list(result) in (["refused"], ["weights", "bids", "winners", "sensitivity"])


@pytest.mark.parametrize("junk", [None, True, 7, 1.5, [[]], {"x": {}}], ids=repr)
def test_a_value_of_the_wrong_type_is_refused_wherever_it_stands(junk):
    answered = [
        path
        for path in places_in(EVERY_METHOD)
        if "refused" not in score(changed(EVERY_METHOD, *path, junk))
    ]

    assert answered == []


@pytest.mark.parametrize("case", JUNK, ids=repr)
def test_junk_for_a_case_is_refused(case):
    assert list(score(case)) == ["refused"]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_a_key_nobody_knows_is_refused_in_any_object_of_any_case(path):
    case = golden_case(path.stem[:2])
    objects = [place for place in [(), *places_in(case)] if isinstance(_value(case, place), dict)]

    for place in objects:
        copy = deepcopy(case)
        _value(copy, place)["unheard_of"] = "x"
        assert list(score(copy)) == ["refused"]


def _value(case, path):
    for step in path:
        case = case[step]
    return case


@pytest.mark.parametrize("depth", [3, 100, 5000])
def test_nesting_is_answered_at_any_depth(depth):
    measure = EVERY_METHOD["criteria"][CRITERION["community"]]["measure"]
    for _ in range(depth):
        measure = {"any_of": [measure]}

    result = score(changed(EVERY_METHOD, *at("community", "measure"), measure))

    assert ("refused" in result) == (depth > 100)
