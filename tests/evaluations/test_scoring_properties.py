"""What must hold of every case: the invariants of docs/scoring.md."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.scoring import score, stability_by_weight, work_out
from tests.evaluations.scoring_cases import EVERY_METHOD, changed, golden_case
from tests.evaluations.scoring_strategies import PRICES, QUANTITIES, bids, cases

often = settings(max_examples=150, deadline=None)


def ranks(result):
    """The rank of every ranked bid."""
    return {name: bid["rank"] for name, bid in result["bids"].items() if "rank" in bid}


def totals(result):
    """The total of every ranked bid."""
    return {name: Decimal(bid["total"]) for name, bid in result["bids"].items() if "rank" in bid}


def order(result, without=()):
    """Who is above whom among the ranked bids."""
    ranked = {name: rank for name, rank in ranks(result).items() if name not in without}
    return {
        (one, other): (ranked[one] > ranked[other]) - (ranked[one] < ranked[other])
        for one in ranked
        for other in ranked
    }


def exact_to(points, places):
    """A fraction rounded half up by the decimal module, as an independent witness."""
    with localcontext() as context:
        context.prec = 400
        quotient = Decimal(points.numerator) / Decimal(points.denominator)
        return str(quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@often
@given(cases())
def test_points_stay_in_range_and_lines_add_up(case):
    outcome = work_out(case)

    full = {one.id: one.full for one in outcome.published.criteria}
    assert sum(full.values()) == 100
    for one in outcome.ranked:
        assert all(0 <= points <= full[name] for name, points in one.exact.lines.items())
        assert sum(one.exact.lines.values()) == sum(one.exact.groups.values()) == one.exact.total
        assert 0 <= one.exact.total <= 100


@often
@given(cases())
def test_shown_numbers_are_the_exact_ones_rounded_half_up(case):
    result = score(case)

    places = case["rounding"]["places"]
    for one in work_out(case).ranked:
        shown = result["bids"][one.bid.id]
        assert shown["total"] == exact_to(one.exact.total, places)
        for part in ("lines", "groups"):
            exact = getattr(one.exact, part)
            assert shown[part] == {name: exact_to(n, places) for name, n in exact.items()}


@often
@given(cases())
def test_under_line_rounding_groups_and_totals_are_sums_of_shown_lines(case):
    result = score(changed(case, "rounding", "level", "line"))

    if "refused" in result:
        assert "full marks of all lines" in result["refused"]
        return
    group_of = {one["id"]: one["group"] for one in case["criteria"]}
    for bid in (result["bids"][name] for name in ranks(result)):
        lines = {name: Decimal(points) for name, points in bid["lines"].items()}
        for group, points in bid["groups"].items():
            inside = [lines[name] for name in lines if group_of[name] == group]
            assert Decimal(points) == sum(inside)
        assert Decimal(bid["total"]) == sum(lines.values())


@often
@given(cases(), st.randoms(use_true_random=False))
def test_order_does_not_matter(case, random):
    def shuffled(part, name=""):
        if isinstance(part, dict):
            keys = random.sample(list(part), len(part))
            return {key: shuffled(part[key], key) for key in keys}
        if isinstance(part, list):
            inner = [shuffled(one) for one in part]
            return inner if name == "tie_break" else random.sample(inner, len(inner))
        return part

    assert score(shuffled(case)) == score(case)


@often
@given(cases())
def test_names_of_bidders_do_not_matter(case):
    names = {bid["id"]: f"z{-at}" for at, bid in enumerate(case["bids"])}
    renamed = changed(case, "bids", [{**bid, "id": names[bid["id"]]} for bid in case["bids"]])

    before, after = score(case), score(renamed)

    assert after["bids"] == {names[name]: bid for name, bid in before["bids"].items()}
    assert after["winners"] == sorted(names[name] for name in before["winners"])


@often
@given(cases(), st.data())
def test_raising_a_mark_or_a_commitment_never_lowers_a_total_or_a_rank(case, data):
    bid = case["bids"][0]
    answers = [("marks", name) for name in bid["marks"]]
    answers += [("quantities", name) for name in bid["quantities"]]
    if not answers:
        return
    kind, name = data.draw(st.sampled_from(answers))
    higher = {"marks": st.just("3"), "quantities": QUANTITIES}[kind].filter(
        lambda answer: Decimal(answer) >= Decimal(bid[kind][name])
    )
    if kind == "marks" and Decimal(bid[kind][name]) > 3:
        return

    before = score(case)
    after = score(changed(case, "bids", 0, kind, name, data.draw(higher)))

    if bid["id"] in ranks(before):
        assert totals(after)[bid["id"]] >= totals(before)[bid["id"]]
        assert ranks(after)[bid["id"]] <= ranks(before)[bid["id"]]


@often
@given(cases(relative=False, least_bids=2), st.data())
def test_absolute_methods_leave_the_others_alone(case, data):
    other = case["bids"][-1]["id"]
    changed_bid = data.draw(bids(other, case["criteria"]))
    added = data.draw(bids("added", case["criteria"]))

    before = score(case)
    for rest in (
        case["bids"][:-1],
        [*case["bids"][:-1], changed_bid],
        [*case["bids"], added],
    ):
        after = score(changed(case, "bids", rest))
        for name in {bid["id"] for bid in case["bids"][:-1]} & ranks(before).keys():
            assert totals(after)[name] == totals(before)[name]
        assert order(after, without={other, "added"}) == order(before, without={other})


def test_a_relative_method_does_not_leave_the_others_alone():
    with_all, without_last = score(golden_case("03")), score(golden_case("04"))

    assert with_all["winners"] == ["A"]
    assert without_last["winners"] == ["B"]


@often
@given(cases())
def test_equal_bids_tie(case):
    twin = {**case["bids"][0], "id": "twin"}

    found = score(changed(case, "bids", [*case["bids"], twin]))["bids"]

    assert found["twin"] == found[case["bids"][0]["id"]]


@often
@given(st.sampled_from(["12", "12.001", "5000"]), PRICES)
def test_above_the_cap_nothing_changes(quantity, price):
    case = golden_case("22")
    case["criteria"][2]["measure"] = {
        "id": "tco2",
        "target": {"kind": "absolute", "value": "12"},
    }
    case = changed(case, "bids", 1, "price", price)

    at_the_cap = score(changed(case, "bids", 1, "quantities", "tco2", "12"))

    assert score(changed(case, "bids", 1, "quantities", "tco2", quantity)) == at_the_cap


@pytest.mark.parametrize(
    ("mark", "status"), [("2", "ranked"), ("1.5", "failed_gate"), ("0", "failed_gate")]
)
def test_a_gate_cannot_be_bought_out_with_points(mark, status):
    case = changed(EVERY_METHOD, "bids", 0, "marks", {"method": mark, "team": "4"})
    case = changed(case, "bids", 0, "price", "1")
    case = changed(
        case, "bids", 0, "quantities", dict.fromkeys(EVERY_METHOD["bids"][0]["quantities"], "5000")
    )

    assert score(case)["bids"]["A"]["status"] == status


@often
@given(cases())
def test_stability_names_the_highest_totals_at_every_weight(case):
    outcome = work_out(case)
    found = stability_by_weight(outcome)

    weight = outcome.published.weights["social_value"]
    if weight in (0, 100) or not outcome.ranked:
        assert found is None
        return
    assert [one.start for one in found] + [100] == [0] + [one.end for one in found]
    assert all(one.winners != after.winners for one, after in zip(found, found[1:], strict=False))
    for stretch in found:
        assert stretch.start < stretch.end
        for part in (Fraction(1, 7), Fraction(1, 2), Fraction(999, 1000)):
            w = stretch.start + part * (stretch.end - stretch.start)
            assert stretch.winners == highest(outcome, w)


def highest(outcome, weight):
    """The bids with the highest exact total under another social value weight."""
    published = outcome.published.weights["social_value"]
    reweighted = {
        one.bid.id: one.exact.groups["social_value"] * weight / published
        + (one.exact.groups["price"] + one.exact.groups["quality"])
        * (100 - weight)
        / (100 - published)
        for one in outcome.ranked
    }
    best = max(reweighted.values())
    return tuple(sorted(name for name, total in reweighted.items() if total == best))


def test_one_bid_alone_is_first_even_with_nothing():
    case = changed(golden_case("33"), "bids", 0, "marks", {"quality": "0", "sv": "0"})

    assert ranks(score(case)) == {"A": 1}


def test_all_zero_and_all_equal_share_the_first_rank():
    nothing = [{"id": name, "quantities": {"jobs": "0", "carbon": "0"}} for name in "CAB"]

    result = score(changed(golden_case("03"), "bids", nothing))

    assert ranks(result) == {"A": 1, "B": 1, "C": 1}
    assert result["winners"] == ["A", "B", "C"]
    assert totals(result) == {"A": 0, "B": 0, "C": 0}
