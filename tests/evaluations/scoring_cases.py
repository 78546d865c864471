"""Scoring cases for tests: one of each method, and ways to change them."""

import json
from copy import deepcopy
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "golden"
GONE = object()

HOURS = {"id": "hours", "target": {"kind": "absolute", "value": "36"}}
SPEND = {"id": "spend", "target": {"kind": "share", "percent": "0.5", "base": "price"}}

EVERY_METHOD = {
    "weights": {"basis": "overall", "price": "40", "quality": "30", "social_value": "30"},
    "bases": {"months": "36", "years": "2", "lots": "-3"},
    "criteria": [
        {"id": "lowest", "group": "price", "weight": "40", "method": "lowest_over_bid"},
        {"id": "linear", "group": "price", "weight": "30", "method": "linear_from_lowest"},
        {"id": "mean", "group": "price", "weight": "20", "method": "mean_based"},
        {
            "id": "scale",
            "group": "price",
            "weight": "10",
            "method": "fixed_scale",
            "full_at": "100",
            "zero_at": "300",
        },
        {
            "id": "method",
            "group": "quality",
            "weight": "70",
            "method": "marks",
            "max_mark": "5",
            "step": "0.5",
        },
        {"id": "team", "group": "quality", "weight": "30", "method": "marks", "max_mark": "4"},
        {
            "id": "weeks",
            "group": "social_value",
            "weight": "40",
            "method": "target",
            "measure": {
                "id": "weeks",
                "target": {
                    "kind": "ratio",
                    "value": "6",
                    "per": "50",
                    "base": "headcount",
                    "years": "years",
                    "blocks": "ceil",
                },
            },
        },
        {
            "id": "community",
            "group": "social_value",
            "weight": "20",
            "method": "meets_target",
            "measure": {"any_of": [HOURS, SPEND]},
        },
        {
            "id": "grants",
            "group": "social_value",
            "weight": "20",
            "method": "bands",
            "bands": [
                {"at_least": "10", "percent": "50"},
                {"at_least": "20", "percent": "100"},
            ],
        },
        {
            "id": "worth",
            "group": "social_value",
            "weight": "20",
            "method": "relative_to_best",
            "measure": {
                "sum_of": [
                    {"id": "placements", "unit_value": "250.5"},
                    {"id": "hours", "unit_value": "16.93"},
                ]
            },
        },
    ],
    "gates": [{"id": "sound", "criterion": "method", "minimum_percent": "40"}],
    "rounding": {"places": 2, "level": "total", "rank_on": "rounded"},
    "tie_break": ["social_value", "quality", "price", "lower_price"],
    "bids": [
        {
            "id": "A",
            "price": "120",
            "marks": {"method": "3.5", "team": "4"},
            "quantities": {
                **{"weeks": "9", "hours": "30", "spend": "0.6"},
                **{"grants": "19", "placements": "4"},
            },
            "bases": {"headcount": "49", "sites": "-1"},
        },
        {
            "id": "B",
            "price": "100",
            "marks": {"method": "5", "team": "2"},
            "quantities": {
                **{"weeks": "24", "hours": "12", "spend": "0.4"},
                **{"grants": "20", "placements": "0"},
            },
            "bases": {"headcount": "51"},
        },
    ],
}


def changed(case, *path_and_value):
    """A copy of a case with the value at a path replaced, or removed if it is GONE."""
    *path, last, value = path_and_value
    copy = deepcopy(case)
    place = copy
    for step in path:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return copy


def golden_case(name):
    """The case of a golden file, by the number at the beginning of its name."""
    [path] = GOLDEN.glob(f"{name}-*.json")
    return json.loads(path.read_bytes())["case"]
