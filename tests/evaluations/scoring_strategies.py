"""Random scoring cases that sit on boundaries on purpose."""

from hypothesis import strategies as st

# Thirds that do and do not total 100, no social value, nothing else, exact half-cents.
WEIGHTS = st.sampled_from(
    [("33.33", "33.33", "33.34"), ("40", "50", "10"), ("0", "70", "30"), ("50", "50", "0")]
    + [("0", "0", "100"), ("99.999999999", "0", "0.000000001"), ("35", "49.995", "15.005")]
)
SPLITS = st.sampled_from(
    [["100"], ["50", "50"], ["33.33", "33.33", "33.34"], ["12.5", "87.5"], ["0", "100"]]
)
PRICE_METHODS = ["fixed_scale", "lowest_over_bid", "linear_from_lowest", "mean_based"]
OTHER_METHODS = ["marks", "target", "meets_target", "bands", "relative_to_best"]
QUANTITIES = st.sampled_from(["0", "0.001", "1", "11.999", "12", "12.001", "48", "5000"])
PRICES = st.sampled_from(["100", "100.001", "150", "199.999999999", "200", "201", "1000000"])
HEADCOUNTS = st.sampled_from(["1", "49", "50", "51", "120"])
TARGETS = st.sampled_from(
    [
        {"kind": "absolute", "value": "12"},
        {"kind": "absolute", "value": "0"},
        {"kind": "share", "percent": "10", "base": "headcount"},
        {"kind": "period", "value": "0.5", "base": "months"},
        *(
            {"kind": "ratio", "value": "6", "per": "50", "base": "headcount", "blocks": blocks}
            for blocks in ("floor", "ceil", "pro_rata")
        ),
    ]
)
ROUNDINGS = st.builds(
    lambda places, rank_on: {"places": places, "level": "total", "rank_on": rank_on},
    st.integers(0, 6),
    st.sampled_from(["rounded", "exact"]),
)
TIE_BREAKS = st.lists(
    st.sampled_from(["social_value", "quality", "price", "lower_price"]), max_size=3
)


@st.composite
def measures(draw, name):
    """A measure whose quantities are named after its criterion."""
    kind = draw(st.sampled_from(["single", "any_of", "all_of", "sum_of"]))
    if kind == "single":
        return {"id": name, "target": draw(TARGETS)}
    if kind == "sum_of":
        parts = [{"id": f"{name}-{at}", "unit_value": ["250.5", "0"][at]} for at in range(2)]
        return {"sum_of": parts, "target": draw(TARGETS)}
    return {kind: [{"id": f"{name}-{at}", "target": draw(TARGETS)} for at in range(2)]}


def asked(criterion):
    """The quantities that a criterion of ours asks for."""
    if criterion["method"] not in ("target", "meets_target", "bands", "relative_to_best"):
        return []
    measure = criterion.get("measure", {"id": criterion["id"]})
    return [measure["id"]] if "id" in measure else [f"{criterion['id']}-{at}" for at in range(2)]


@st.composite
def criteria(draw, weights, methods):
    """The criteria of every group that weighs something."""
    found = []
    for group, weight in zip(("price", "quality", "social_value"), weights, strict=True):
        usable = [one for one in methods if (one in PRICE_METHODS) == (group == "price")]
        for at, share in enumerate(draw(SPLITS) if weight != "0" else []):
            one = {"id": f"{group}-{at}", "group": group, "weight": share}
            one["method"] = draw(st.sampled_from(usable))
            if one["method"] == "marks":
                one |= draw(st.sampled_from([{"max_mark": "3"}, {"max_mark": "5", "step": "0.5"}]))
            elif one["method"] in ("target", "meets_target"):
                one["measure"] = draw(measures(one["id"]))
            elif one["method"] == "bands":
                one["bands"] = [
                    {"at_least": "12", "percent": "100"},
                    {"at_least": "1", "percent": "12.5"},
                ]
            elif one["method"] == "fixed_scale":
                one |= {"full_at": "100", "zero_at": "200"}
            found.append(one)
    return found


@st.composite
def bids(draw, name, lines):
    """A bid that answers every criterion."""
    marked = [one for one in lines if one["method"] == "marks"]
    marks = {
        one["id"]: draw(st.sampled_from(["0", "1", "2", "3"] + ["4.5"] * ("step" in one)))
        for one in marked
    }
    return {
        "id": name,
        "price": draw(PRICES),
        "marks": marks,
        "quantities": {key: draw(QUANTITIES) for one in lines for key in asked(one)},
        "bases": {"headcount": draw(HEADCOUNTS)},
    }


@st.composite
def cases(draw, relative=True, least_bids=1, gates=True):
    """A case that breaks no rule."""
    weights = draw(WEIGHTS)
    absolute = ["fixed_scale", "marks", "target", "meets_target", "bands"]
    lines = draw(criteria(weights, PRICE_METHODS + OTHER_METHODS if relative else absolute))
    count = draw(st.integers(least_bids, 4))
    offered = [draw(bids(f"bid {at}", lines)) for at in range(count)]
    if count > 1 and draw(st.booleans()):
        offered[-1] = {**offered[0], "id": offered[-1]["id"]}
    gated = [one for one in lines if one["method"] in absolute]
    case = {
        "weights": dict(
            zip(("basis", "price", "quality", "social_value"), ("overall", *weights), strict=True)
        ),
        "criteria": lines,
        "bases": {"months": "24"},
        "gates": [],
        "rounding": draw(ROUNDINGS),
        "tie_break": draw(TIE_BREAKS),
        "bids": offered,
    }
    if gates and gated and draw(st.booleans()):
        gate = {"id": "gate", "criterion": draw(st.sampled_from(gated))["id"]}
        case["gates"] = [gate | {"minimum_percent": draw(st.sampled_from(["0", "40", "100"]))}]
    return case
