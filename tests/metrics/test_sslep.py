"""The 25 metrics as they ship: verbatim, with every fault of the source flagged beside them."""

import hashlib
from collections import Counter
from datetime import date

import pytest

from charter.pack import read_charter
from metrics.attainment import is_undetermined, read_measure
from metrics.loading import read_metrics


@pytest.fixture(scope="module")
def metrics():
    codes = read_charter("sslep-2021").principle_codes
    return {one.number: one for one in read_metrics("sslep-2021", principles=codes)}


def kinds(metric):
    return [flag["kind"] for flag in metric.flags]


def flagged(metrics, kind):
    return [number for number, metric in metrics.items() if kind in kinds(metric)]


def test_there_are_25_metrics_numbered_as_printed(metrics):
    assert list(metrics) == list(range(1, 26))


def test_the_metrics_read_as_printed(metrics):
    """A digest of the verbatim columns: an edit by accident shows here."""
    columns = "\n".join(
        f"{one.wording}\t{one.target_text}\t{one.evidence_text}" for one in metrics.values()
    )

    assert (
        hashlib.sha256(columns.encode()).hexdigest()
        == "8c0c552e14adb9e0b7a8e55b0e2ee154c285abbe95afb996e2aa3648bff122d2"
    )


def test_the_levers_are_those_of_the_paper(metrics):
    assert Counter(one.answered_by for one in metrics.values()) == {
        "procurement": 14,
        "both": 10,
        "policy": 1,
    }
    assert metrics[16].answered_by == "policy"


def test_each_quadrant_has_its_metrics(metrics):
    assert Counter(one.principle[:2] for one in metrics.values()) == {
        "ES": 5,
        "GS": 7,
        "CL": 4,
        "CO": 9,
    }


def test_four_targets_are_not_set(metrics):
    unset = [
        number for number, one in metrics.items() if is_undetermined(read_measure(one.measure))
    ]

    assert unset == [6, 7, 8, 10]
    assert [metrics[number].target_text for number in unset] == [
        "??% of energy usage in ? units",
        "?? metric tonnes",
        "?? metric tonnes CO2 equivalents (MTCDE)",
        "?? miles per annum",
    ]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("target-not-set", [6, 7, 8, 10]),
        ("evidence-missing", [7]),
        ("evidence-swapped", [18, 19]),
        ("evidence-copied", [21]),
        ("text-cut-off", [3]),
        ("unit-mismatch", [1, 2, 3, 4, 10, 13, 14, 15, 16, 23, 24]),
        ("legal-minimum", [2]),
        ("compound", [5, 9, 11, 20, 21, 22, 25]),
        ("past-or-future", [5, 20, 21, 22, 25]),
        ("flat-target", [5, 20, 21, 22, 25]),
        ("dated-target", [11]),
        ("conditional", [23]),
        ("rounding", [17, 18, 19]),
        ("wording-differs", [12]),
        ("measures-authority", [12, 14, 15, 16]),
        ("boundary", [1, 2, 3, 5, 13, 14, 15, 17, 18, 19]),
        ("overlap", [13, 15, 18, 19, 20, 21, 25]),
        ("needs-baseline", [7, 8, 10]),
        ("base-unclear", [4, 13, 14, 15, 16, 17, 18, 19]),
        ("personal-data", [1, 2, 3, 17, 18, 19, 21]),
        ("standard-unclear", [11]),
        ("text-run-together", [9]),
        ("check-still-offered", [17]),
    ],
)
def test_each_fault_of_the_source_is_flagged(metrics, kind, numbers):
    assert flagged(metrics, kind) == numbers


def test_what_is_blank_exchanged_or_cut_off_stays_so(metrics):
    assert metrics[7].evidence_text == ""
    assert metrics[18].evidence_text == "Company records of apprentices and employee numbers"
    assert (
        metrics[19].evidence_text == "Company records of work placement hours and employee numbers"
    )
    assert metrics[21].evidence_text == metrics[22].evidence_text
    assert metrics[3].wording.endswith("who are paid above the median salary for")


@pytest.mark.parametrize(
    ("number", "measure"),
    [
        (1, {"id": "m1", "target": {"kind": "share", "percent": "90", "base": "fte"}}),
        (5, {"id": "m5", "target": {"kind": "absolute", "value": "36"}}),
        (
            7,
            {"id": "m7", "target": {"kind": "undetermined", "printed": "?? metric tonnes"}},
        ),
        (
            9,
            {
                "any_of": [
                    {
                        "id": "m9_hours",
                        "target": {"kind": "period", "value": "15", "base": "months"},
                    },
                    {
                        "id": "m9_budget",
                        "target": {"kind": "share", "percent": "1", "base": "contract_value"},
                    },
                ]
            },
        ),
        (
            18,
            {
                "id": "m18",
                "target": {
                    "kind": "ratio",
                    "value": "6",
                    "per": "50",
                    "base": "headcount",
                    "years": "years",
                },
            },
        ),
        (
            24,
            {"id": "m24", "target": {"kind": "share", "percent": "0.5", "base": "contract_value"}},
        ),
    ],
)
def test_targets_are_read_as_the_paper_means_them(metrics, number, measure):
    assert metrics[number].measure == measure


def test_the_target_for_new_homes_rises_in_2030(metrics):
    (step,) = metrics[11].later_measures

    assert date.fromisoformat(step["from"]) == date(2030, 1, 1)
    assert step["measure"]["target"]["percent"] == "100"


def test_a_metric_carries_the_bases_its_target_rests_on(metrics):
    bases = {number: [base["id"] for base in one.bases] for number, one in metrics.items()}

    assert bases[5] == []
    assert bases[9] == ["contract_value", "months"]
    assert bases[18] == ["headcount", "years"]


def test_local_has_two_definitions_and_two_looser_ones(metrics):
    places = {number: one.geography for number, one in metrics.items() if one.geography}

    residence = (
        "Stoke-on-Trent and Staffordshire (“S&S”), by local authority geography of residence"
    )
    area = "The LEP area, or projects that directly benefit it"
    assert places == {
        **dict.fromkeys([1, 2, 3], residence),
        5: "Local",
        **dict.fromkeys([13, 17, 18, 19], "LEP postcodes"),
        **dict.fromkeys([14, 15], area),
    }


def test_no_area_is_made_up_where_the_paper_defines_none(metrics):
    definitions = [one.geography_definition for one in metrics.values() if one.geography]

    assert all("does not" in words or "names no area" in words for words in definitions)


def test_past_hours_are_a_track_record_of_the_five_36_hour_metrics(metrics):
    past = {number: one.track_record for number, one in metrics.items() if one.track_record}

    assert list(past) == [5, 20, 21, 22, 25]
    assert {(one["unit"], one["months"]) for one in past.values()} == {("hours", 12)}


def test_only_metric_23_is_about_companies_of_a_size(metrics):
    assert {number: one.applies_to for number, one in metrics.items() if one.applies_to} == {
        23: {
            "words": "companies with 50 or more employees",
            "who": "counted",
            "at_least": "50",
            "unit": "employees",
        }
    }
    assert "companies with 50 or more employees" in metrics[23].target_text


def test_what_may_be_counted_twice_is_named_and_flagged(metrics):
    overlaps = {number: one.overlaps for number, one in metrics.items() if one.overlaps}

    assert overlaps == {
        13: (15,),
        15: (13,),
        18: (19,),
        19: (18,),
        20: (21, 25),
        21: (20, 25),
        25: (20, 21),
    }
    assert list(overlaps) == flagged(metrics, "overlap")
