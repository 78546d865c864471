"""The fingerprint of what was published."""

import hashlib
import json
from pathlib import Path

import pytest

from metrics.grammar import Refused
from tenders.fingerprint import canonical, case_hash

GOLDEN = Path(__file__).parent.parent / "golden"


def published(name="05-charter-targets", **changes):
    """A golden case, with changes."""
    case = json.loads((GOLDEN / f"{name}.json").read_bytes())["case"]
    return {**case, **changes}


SMALL = {
    "weights": {"basis": "overall", "price": "0", "quality": "0", "social_value": "100.0"},
    "criteria": [
        {
            "id": "007",
            "note": "Zeitgemäß, 007.50",
            "group": "social_value",
            "weight": "0100",
            "method": "target",
            "measure": {
                "id": "1.50",
                "target": {"kind": "share", "percent": "-0", "base": "0.10"},
            },
        }
    ],
    "bases": {"0.10": "000.2500", "label": "0.10"},
    "rounding": {"places": 2},
    "bids": [{"id": "A"}],
}
SMALL_CANONICAL = (
    '{"bases":{"0.10":"0.25","label":"0.10"},"criteria":[{"group":"social_value",'
    '"id":"007","measure":{"id":"1.50","target":{"base":"0.10","kind":"share",'
    '"percent":"0"}},"method":"target","note":"Zeitgemäß, 007.50","weight":"100"}],'
    '"rounding":{"places":2},"weights":{"basis":"overall","price":"0","quality":"0",'
    '"social_value":"100"}}'
)


def test_a_case_has_one_canonical_form():
    assert canonical(SMALL).decode("utf-8") == SMALL_CANONICAL


def test_the_hash_is_the_sha_256_of_the_canonical_form():
    expected = hashlib.sha256(SMALL_CANONICAL.encode("utf-8")).hexdigest()

    assert case_hash(SMALL) == expected


def test_bids_order_of_keys_and_idle_zeros_do_not_change_the_hash():
    case = published()
    again = json.loads(json.dumps(case, sort_keys=True))
    again["weights"]["price"] = "050.000"
    again["bids"] = []

    assert case_hash(again) == case_hash(case)


@pytest.mark.parametrize(
    "changes",
    [
        {"bases": {"months": "37", "years": "3", "contract_value": "1000000"}},
        {"tie_break": ["quality"]},
        {"gates": [{"id": "floor", "group": "social_value", "minimum_percent": "1"}]},
        {"note": "Read this too"},
        {"rounding": {"places": 3}},
    ],
)
def test_anything_published_changes_the_hash(changes):
    assert case_hash(published(**changes)) != case_hash(published())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weights": None}, "weights are an object"),
        ({"tie_brake": []}, "tie_brake"),
        ({"note": 5}, "must be text"),
        ({"note": "\ud800"}, "half a character"),
    ],
)
def test_what_cannot_be_scored_or_read_has_no_hash(changes, words):
    with pytest.raises(Refused, match=words):
        case_hash(published(**changes))
