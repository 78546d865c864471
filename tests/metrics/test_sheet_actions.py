"""A spreadsheet changes a draft whole or not at all, and only as somebody saw it would."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter.actions import remove_principle
from charter.refusals import Unfit
from charter.states import CharterStatus
from metrics import actions
from metrics.actions import sheets
from metrics.content import content_of
from metrics.models import CatalogueUpload, FlagKind, Metric
from metrics.sheets.cells import cells_of
from metrics.sheets.problems import Unreadable, Unsound
from metrics.sheets.writing import as_csv, as_workbook
from records.models import AuditEvent
from tests.factories.accounts import LONG_AGO, AuthorityFactory, person_in
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.results import OwnResultFactory
from tests.factories.sheets import as_upload, comma_file, metric_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter():
    """A draft of three metrics: hours, a share, and one whose target is not set."""
    charter = CharterFactory(draft=True)
    jobs = PrincipleFactory(quadrant__charter=charter, code="P1")
    MetricFactory(charter=charter, principle=jobs, number=1)
    MetricFactory(charter=charter, principle=jobs, number=2, share_of_headcount=True)
    MetricFactory(charter=charter, principle=jobs, number=3, target_not_set=True)
    return charter


@pytest.fixture
def administrator(charter):
    return person_in(charter.authority, Role.ADMINISTRATOR)


def contents(charter):
    return {one.number: content_of(one) for one in sheets.metrics_of(charter)}


def rows(charter, without=(), **changes):
    """The draft's rows as exported, some cells of metric 1 changed."""
    cells = {number: cells_of(one) for number, one in contents(charter).items()}
    cells[1] |= {key.replace("__", "."): text for key, text in changes.items()}
    return [row for number, row in cells.items() if number not in without]


def read(charter, by, *cells):
    kept, _ = actions.read_sheet(
        charter=charter, upload=comma_file(metric_rows(*cells)), by=by, at=LONG_AGO
    )
    return kept


def apply(upload, by, *, remove_missing=False):
    return actions.apply_sheet(upload=upload, remove_missing=remove_missing, by=by, at=LONG_AGO)


def test_reading_changes_nothing_and_keeps_what_was_read(charter, administrator):
    before = contents(charter)

    upload = read(charter, administrator, *rows(charter, wording="Hours given"))

    assert contents(charter) == before
    assert (upload.name, len(upload.sha256), upload.applied_at) == ("metrics.csv", 64, None)
    assert [row["wording"] for row in upload.rows] == [
        "Hours given",
        before[2]["wording"],
        before[3]["wording"],
    ]
    assert not AuditEvent.objects.exists()


def test_applying_makes_the_draft_say_what_the_sheet_says(charter, administrator):
    lineages = dict(charter.metrics.values_list("number", "lineage"))
    upload = read(charter, administrator, *rows(charter, wording="Hours given", part1__amount="40"))

    changes = apply(upload, administrator)

    metric = charter.metrics.get(number=1)
    assert [one.number for one in changes.changed] == [1]
    assert metric.wording == "Hours given"
    assert metric.measure == {"id": "m1", "target": {"kind": "absolute", "value": "40"}}
    assert dict(charter.metrics.values_list("number", "lineage")) == lineages


def test_one_line_of_the_audit_trail_says_what_was_applied(charter, administrator):
    new = {**rows(charter)[0], "number": "9", "short_title": "Another"}
    upload = read(charter, administrator, *rows(charter, without=[2], wording="Hours given"), new)

    apply(upload, administrator, remove_missing=True)

    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("catalogue.imported", str(charter.pk))
    assert event.details == {
        "file": "metrics.csv",
        "sha256": upload.sha256,
        "added": [9],
        "changed": [1],
        "removed": [2],
    }


@pytest.mark.parametrize("remove", [True, False])
def test_what_the_sheet_leaves_out_goes_only_when_that_is_meant(charter, administrator, remove):
    upload = read(charter, administrator, *rows(charter, without=[2]))

    apply(upload, administrator, remove_missing=remove)

    assert list(charter.metrics.values_list("number", flat=True)) == (
        [1, 3] if remove else [1, 2, 3]
    )


def test_notes_on_the_source_stay_and_those_that_follow_from_the_words_are_kept_true(
    charter, administrator
):
    MetricFlagFactory(metric=charter.metrics.get(number=1), kind=FlagKind.COMPOUND)
    upload = read(
        charter,
        administrator,
        *rows(
            charter,
            evidence_text="",
            target_text="?? hours",
            part1__kind="not set yet",
            part1__amount="",
        ),
    )

    apply(upload, administrator)

    flags = charter.metrics.get(number=1).flags
    assert set(flags.values_list("kind", flat=True)) == {
        FlagKind.COMPOUND,
        FlagKind.TARGET_NOT_SET,
        FlagKind.EVIDENCE_MISSING,
    }


def test_overlaps_are_named_from_both_sides(charter, administrator):
    cells = rows(charter, overlaps="2")
    cells[1]["overlaps"] = "1"

    apply(read(charter, administrator, *cells), administrator)

    one, two, _ = charter.metrics.all()
    assert (list(one.overlaps.all()), list(two.overlaps.all())) == ([two], [one])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_read_back_and_applied_changes_nothing(charter, administrator, kind):
    one, two, three = charter.metrics.all()
    one.overlaps.add(three)
    before = contents(charter)
    told = list(before.values())
    file = as_csv(told) if kind == "csv" else as_workbook(told, [], {"P1": "Jobs"})

    upload, _ = actions.read_sheet(
        charter=charter, upload=as_upload(f"m.{kind}", file), by=administrator, at=LONG_AGO
    )
    changes = apply(upload, administrator)

    assert changes.is_empty
    assert contents(charter) == before


def test_a_sheet_with_one_fault_stores_nothing(charter, administrator):
    new = {**rows(charter)[0], "number": "9", "part1.unit": "hrs"}

    with pytest.raises(Unsound):
        read(charter, administrator, *rows(charter, wording="Hours given"), new)

    assert not CatalogueUpload.objects.exists()


def test_a_file_that_is_no_spreadsheet_stores_nothing(charter, administrator):
    with pytest.raises(Unreadable):
        actions.read_sheet(
            charter=charter, upload=as_upload("m.xlsm", b"PK"), by=administrator, at=LONG_AGO
        )

    assert not CatalogueUpload.objects.exists()


def test_a_later_file_takes_the_place_of_one_that_was_not_applied(charter, administrator):
    read(charter, administrator, *rows(charter))
    kept = read(charter, administrator, *rows(charter, wording="Hours given"))

    assert list(CatalogueUpload.objects.all()) == [kept]


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_a_draft_that_changed_after_the_reading_is_left_alone(charter, administrator, change):
    upload = read(charter, administrator, *rows(charter, wording="Hours given"))
    other = charter.metrics.get(number=2)
    if change == "edited":
        Metric.objects.filter(pk=other.pk).update(evidence_text="Pay slips")
    elif change == "added":
        MetricFactory(charter=charter, number=4)
    else:
        other.delete()
    before = contents(charter)

    with pytest.raises(Conflict, match="Somebody changed the metrics of this draft"):
        apply(upload, administrator)

    assert contents(charter) == before
    assert not AuditEvent.objects.exists()


def test_without_that_check_the_colleagues_change_would_be_lost(
    charter, administrator, monkeypatch
):
    """The same with the digests made to agree: what the check is there for."""
    upload = read(charter, administrator, *rows(charter))
    charter.metrics.filter(number=2).update(evidence_text="Pay slips")
    monkeypatch.setattr(sheets, "digest_of_metrics", lambda metrics: upload.read_against)

    apply(upload, administrator)

    assert charter.metrics.get(number=2).evidence_text == "Testimonials from schools"


def test_changes_are_applied_once(charter, administrator):
    upload = read(charter, administrator, *rows(charter, wording="Hours given"))
    apply(upload, administrator)

    with pytest.raises(Conflict, match="applied already"):
        apply(upload, administrator)


@pytest.mark.parametrize("status", [CharterStatus.PUBLISHED, CharterStatus.SUPERSEDED])
def test_only_a_draft_is_changed(charter, administrator, status):
    upload = read(charter, administrator, *rows(charter, wording="Hours given"))
    charter.status = status
    charter.save()

    with pytest.raises(Conflict, match="never changes"):
        apply(upload, administrator)
    with pytest.raises(Conflict, match="never changes"):
        read(charter, administrator, *rows(charter))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_of_the_authority_reads_and_applies(charter, administrator, role):
    upload = read(charter, administrator, *rows(charter, wording="Hours given"))
    other = person_in(charter.authority, role)

    for act in (lambda: read(charter, other, *rows(charter)), lambda: apply(upload, other)):
        with pytest.raises((PermissionDenied, Http404)):
            act()
    with pytest.raises(Http404):
        apply(upload, person_in(AuthorityFactory(), Role.ADMINISTRATOR))


def test_a_metric_that_is_used_is_not_removed_and_nothing_else_happens(charter, administrator):
    OwnResultFactory(metric=charter.metrics.get(number=2))
    upload = read(charter, administrator, *rows(charter, without=[2, 3], wording="Hours given"))
    before = contents(charter)

    with pytest.raises(Unfit, match="uses metric 2, so it stays"):
        apply(upload, administrator, remove_missing=True)

    assert contents(charter) == before


def test_a_metric_that_a_row_names_is_not_removed(charter, administrator):
    upload = read(charter, administrator, *rows(charter, without=[2], overlaps="2"))

    with pytest.raises(Unfit, match="Metric 1 names metric 2 under “Overlaps”"):
        apply(upload, administrator, remove_missing=True)
    apply(upload, administrator)

    assert [one.number for one in charter.metrics.get(number=1).overlaps.all()] == [2]


def test_a_target_the_source_leaves_out_is_not_set_by_a_sheet(charter, administrator):
    cells = rows(charter)
    cells[2] |= {
        "target_text": "36 hours",
        "part1.kind": "a fixed number",
        "part1.amount": "36",
    }

    with pytest.raises(Unsound, match="the source leaves this target out"):
        read(charter, administrator, *cells)


def test_a_target_that_was_left_open_stays_so_when_other_words_change(charter, administrator):
    metric = charter.metrics.get(number=3)
    metric.flags.all().delete()
    MetricFlagFactory(metric=metric, kind=FlagKind.LEFT_OPEN)
    charter.metrics.filter(number=3).update(target_text="Evaluators mark the answer")
    cells = rows(charter)
    cells[2]["wording"] = "Hours given"

    apply(read(charter, administrator, *cells), administrator)

    assert list(metric.flags.values_list("kind", flat=True)) == [FlagKind.LEFT_OPEN]


def test_a_principle_removed_meanwhile_is_told_and_nothing_is_written(charter, administrator):
    spare = PrincipleFactory(quadrant=charter.quadrants.get(), code="P9")
    new = {**rows(charter)[0], "number": "9", "principle": "P9"}
    upload = read(charter, administrator, *rows(charter, wording="Hours given"), new)
    before = contents(charter)
    remove_principle(principle=spare, by=administrator, at=LONG_AGO)

    with pytest.raises(Conflict, match="no principle P9 any more"):
        apply(upload, administrator)

    assert contents(charter) == before


def test_twin_without_that_look_the_sheet_breaks_halfway(charter, administrator, monkeypatch):
    monkeypatch.setattr(sheets, "_check_principles", lambda charter, rows: None)

    with pytest.raises(KeyError):
        test_a_principle_removed_meanwhile_is_told_and_nothing_is_written(charter, administrator)


def test_a_file_that_a_newer_one_replaced_is_told(charter, administrator):
    upload = read(charter, administrator, *rows(charter, wording="Hours given"))
    read(charter, administrator, *rows(charter, wording="Hours lent"))

    with pytest.raises(Conflict, match="sent a newer file meanwhile"):
        apply(upload, administrator)
