"""Malformed metrics are refused with file, entry and reason; nothing is half loaded."""

import shutil
from datetime import UTC, date, datetime

import pytest

from accounts.access import Conflict
from charter import pack
from charter.framework_files import FRAMEWORKS
from charter.loading import Malformed
from charter.models import Charter, Framework, Mapping, Principle
from metrics import loading
from metrics.actions import load_charter
from metrics.content import content_of
from metrics.models import Metric
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 10, tzinfo=UTC)
FILE = "sslep-2021/metrics.toml"


@pytest.fixture
def folders(tmp_path):
    """A copy of the shipped files, to be spoiled."""
    return {"data": shutil.copytree(pack.DATA, tmp_path / "data")}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(authority, folders, at=AT):
    return load_charter(code="sslep-2021", authority=authority, by=None, at=at, **folders)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'principle = "ES2"',
            'principle = "ES9"',
            'metric 4: "principle" is "ES9"; it must be one',
        ),
        ("number = 4\n", "number = 3\n", ": two metrics are called 3"),
        ("number = 4\n", 'number = "4"\n', 'metric 4: "number" must be a whole number'),
        ('answered_by = "policy"', 'answered_by = "lep"', 'metric 16: "answered_by" is "lep"'),
        (
            'kind = "share", percent = "90", base = "fte"',
            'kind = "share", percent = "90%", base = "fte"',
            'metric 1: "measure": measure "m1": "90%" is not a number here',
        ),
        (
            'kind = "share", percent = "90", base = "fte"',
            'kind = "share", percent = "90", base = "FTE"',
            'metric 1: "measure" rests on "FTE", which is not among the bases',
        ),
        (
            'id = "m24"\nlabel',
            'id = "m_24"\nlabel',
            'metric 24: "measure" and the list of quantities do not name the same ids',
        ),
        (
            'kind = "text-cut-off"',
            'kind = "oops"',
            'metric 3, flag oops: "kind" is "oops"; it must be one of target-not-set',
        ),
        (
            'kind = "evidence-missing"',
            'kind = "evidence-copied"',
            "metric 7: no evidence is printed; flag it as evidence-missing",
        ),
        (
            'target_text = "?? miles per annum"',
            'target_text = "1000 miles per annum"',
            'metric 10: a target printed with "??", an undetermined measure and the flag',
        ),
        (
            'id = "m7", target = { kind = "undetermined", printed = "?? metric tonnes" }',
            'id = "m7", target = { kind = "absolute", value = "0" }',
            'metric 7: a target printed with "??", an undetermined measure and the flag',
        ),
        ("from = 2030-01-01", 'from = "2030"', 'metric 11, later: "from" must be a date'),
        ('stated_by = "authority"', 'stated_by = "anyone"', 'bases, contract_value: "stated_by"'),
        (
            'unit = "MTCDE"',
            'unit = "tons"',
            'metric 8, quantity m8: "unit" is "tons"; it must be one',
        ),
        (
            'unit = "homes"\nstated',
            'unit = "houses"\nstated',
            'bases, new_homes: "unit" is "houses"',
        ),
        (
            "overlaps = [18]",
            "overlaps = [18, 26]",
            'metric 19: "overlaps" names 26, and there is no metric 26',
        ),
        ("overlaps = [18]", "overlaps = [18, 19]", "metric 19: it is said to overlap with itself"),
        (
            "overlaps = [18]\n",
            "",
            'metric 18: "overlaps" names 19, and metric 19 does not name 18',
        ),
        ("overlaps = [18]", "overlaps = 18", 'metric 19: "overlaps" must be a list'),
        ("overlaps = [18]", "overlaps = []", 'metric 19: "overlaps" is empty'),
        (
            "overlaps = [18]",
            'overlaps = ["18"]',
            "metric 19: \"overlaps\" holds '18', which is not of the right kind",
        ),
        (
            "overlaps = [18]",
            "overlaps = [18, 18]",
            'metric 19: "overlaps" names the same thing twice',
        ),
        (
            'geography_definition = "The paper says “local”',
            'note = "The paper says “local”',
            'metric 5: "geography" and "geography_definition" come together',
        ),
        (
            'geography = "Local"',
            f'geography = "{"x" * 201}"',
            'metric 5: "geography" has 201 characters; at most 200 fit',
        ),
        (
            'who = "counted"',
            'who = "anyone"',
            'metric 23, applies_to: "who" is "anyone"; it must be one of bidder, counted',
        ),
        (
            'at_least = "50"',
            'at_least = "fifty"',
            'metric 23, applies_to: "at_least": "fifty" is not a number here',
        ),
        ('at_least = "50"', 'at_least = "0"', 'metric 23, applies_to: "at_least" must be above 0'),
        ('at_least = "50"', "at_least = 50", 'metric 23, applies_to: "at_least" must be a text'),
        (
            'unit = "employees"',
            'unit = "heads"',
            'metric 23, applies_to: "unit" is "heads"; it must be one of £, %, people',
        ),
        (
            'at_least = "50"',
            'at_most = "50"',
            'metric 23, applies_to: "at_least" is missing',
        ),
        (
            'at_least = "50"',
            'at_least = "50"\nat_most = "99"',
            'metric 23, applies_to: "at_most" means nothing here',
        ),
        (
            "months = 12",
            "months = 0",
            'metric 5, track_record: "months" must be a whole number from 1 to 9999',
        ),
        (
            'unit = "hours"\nmonths',
            'unit = "h"\nmonths',
            'metric 5, track_record: "unit" is "h"; it must be one',
        ),
        (
            'label = "Hours spent',
            'labels = "Hours spent',
            'metric 5, track_record: "label" is missing',
        ),
        ("months = 12", "months = 12\ndays = 3", 'track_record: "days" means nothing here'),
        ('evidence_text = "BREEAM', 'evidense = "BREEAM', 'metric 11: "evidence_text" is missing'),
    ],
)
def test_a_malformed_metric_is_refused_by_name(folders, old, new, words):
    change(folders["data"] / "packs" / FILE, old, new)

    with pytest.raises(Malformed) as caught:
        loading.read_metrics(
            "sslep-2021",
            principles=pack.read_charter("sslep-2021").principle_codes,
            data=folders["data"],
        )

    assert str(caught.value).startswith(FILE)
    assert words in str(caught.value)


@pytest.mark.django_db
def test_a_load_puts_the_whole_charter_in_force(folders):
    charter, is_new = load(AuthorityFactory(), folders)

    assert is_new
    assert (charter.status, charter.published_at) == ("published", AT)
    assert Principle.objects.filter(quadrant__charter=charter).count() == 15
    assert charter.metrics.count() == 25
    assert list(charter.metrics.with_target_not_set().values_list("number", flat=True)) == [
        6,
        7,
        8,
        10,
    ]


@pytest.mark.django_db
def test_overlaps_are_kept_both_ways(folders):
    charter, _ = load(AuthorityFactory(), folders)

    kept = {one.number: content_of(one)["overlaps"] for one in charter.metrics.with_content()}
    assert {number: others for number, others in kept.items() if others} == {
        13: [15],
        15: [13],
        18: [19],
        19: [18],
        20: [21, 25],
        21: [20, 25],
        25: [20, 21],
    }


@pytest.mark.django_db
def test_where_whom_and_what_went_before_are_kept(folders):
    charter, _ = load(AuthorityFactory(), folders)

    assert charter.metrics.get(number=23).applies_to == {
        "words": "companies with 50 or more employees",
        "who": "counted",
        "at_least": "50",
        "unit": "employees",
    }
    assert charter.metrics.get(number=5).track_record == {
        "label": "Hours spent on local school and college visits in the previous 12 months",
        "unit": "hours",
        "months": 12,
    }
    assert charter.metrics.get(number=17).geography == "LEP postcodes"


@pytest.mark.django_db
def test_a_load_leaves_audit_events(folders):
    charter, _ = load(AuthorityFactory(), folders)

    events = AuditEvent.objects.order_by("position").values_list("verb", "target_id")
    assert list(events) == [
        *[("framework.kept", path.stem) for path in sorted(FRAMEWORKS.glob("*.toml"))],
        ("charter.drafted", str(charter.pk)),
        ("metrics.loaded", str(charter.pk)),
        ("metrics.held_back", str(charter.pk)),
        ("charter.published", str(charter.pk)),
    ]


@pytest.mark.django_db
def test_a_second_load_changes_nothing(folders):
    authority = AuthorityFactory()
    first, _ = load(authority, folders)

    again, is_new = load(authority, folders, at=LATER)

    assert (again, is_new) == (first, False)
    assert (Charter.objects.count(), Metric.objects.count()) == (1, 25)
    assert Charter.objects.get().published_at == AT


@pytest.mark.django_db
def test_two_authorities_may_hold_the_same_charter(folders):
    load(AuthorityFactory(), folders)
    load(AuthorityFactory(), folders)

    assert (Charter.objects.count(), Metric.objects.count()) == (2, 50)


@pytest.mark.django_db
def test_a_changed_framework_is_refused_and_nothing_is_half_loaded(folders):
    load(AuthorityFactory(), folders)
    change(folders["data"] / "frameworks/sdg.toml", "No Poverty", "Some Poverty")

    with pytest.raises(Conflict) as caught:
        load(AuthorityFactory(), folders)

    assert str(caught.value).startswith("The framework sdg is loaded already")
    assert Charter.objects.count() == 1
    assert Framework.objects.count() == len(list(FRAMEWORKS.glob("*.toml")))


@pytest.mark.django_db
def test_a_malformed_metric_leaves_no_charter_behind(folders):
    change(folders["data"] / "packs" / FILE, 'principle = "CO4"', 'principle = "CO5"')

    with pytest.raises(Malformed):
        load(AuthorityFactory(), folders)

    assert (Charter.objects.count(), Framework.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_principle_keeps_the_outcome_the_days_and_the_source_of_a_mapping(folders):
    change(
        folders["data"] / "packs" / "sslep-2021" / "charter.toml",
        "mappings.ppn-06-20 = { primary = 1, related = [2] }",
        'mappings.ppn-06-20 = { primary = 1, related = [2], related_outcomes = ["2"], '
        'from = 2026-04-01, until = 2026-12-31, source = "Board" }',
    )

    charter, _ = load(AuthorityFactory(), folders)

    kept = Mapping.objects.filter(
        principle__quadrant__charter=charter, principle__code="ES1", theme__framework="ppn-06-20"
    )
    assert {(it.theme.number, it.element and it.element.code, it.is_primary) for it in kept} == {
        (1, None, True),
        (2, None, False),
        (2, "2", False),
    }
    assert {(it.effective_from, it.effective_to, it.source) for it in kept} == {
        (date(2026, 4, 1), date(2026, 12, 31), "Board")
    }


STEP = """[[metric.later]]
from = 2030-01-01
measure = { id = "m11", target = { kind = "share", percent = "100", base = "new_homes" } }
"""


def test_later_targets_stand_in_the_order_of_their_days(folders):
    earlier = STEP.replace("2030", "2028").replace('"100"', '"90"')
    change(folders["data"] / "packs" / FILE, STEP, STEP + earlier)

    _, metrics = loading.read_pack("sslep-2021", **folders)

    assert [step["from"] for step in metrics[10].later_measures] == ["2028-01-01", "2030-01-01"]


def test_two_later_targets_of_one_day_are_refused(folders):
    change(folders["data"] / "packs" / FILE, STEP, STEP * 2)

    with pytest.raises(Malformed) as caught:
        loading.read_pack("sslep-2021", **folders)

    assert str(caught.value) == f"{FILE}, metric 11: two later targets are called 2030-01-01"


@pytest.mark.django_db
def test_a_corrected_framework_is_no_change_of_the_packs_mapped_to_it(folders):
    authority = AuthorityFactory()
    charter, _ = load(authority, folders)
    model = folders["data"] / "frameworks" / "ppn-06-20.toml"
    change(model, "Quick Reference Table followed", "Quick Reference Table came")

    again, is_new = load(authority, folders, at=LATER)

    assert (again, is_new) == (charter, False)
    assert "Table came" in str(Framework.objects.get(code="ppn-06-20").facts)
