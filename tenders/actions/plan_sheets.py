"""Spreadsheets of a year's plan: read and kept aside, then applied whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter.actions.versions import lock_authority
from charter.models import Charter
from design.year import FinancialYear
from metrics.sheets.changes import Changes
from metrics.sheets.rows import read_table
from records import audit, files
from tenders.actions.plan import check_entry, take_out, write_entry
from tenders.models import PlannedContract, PlanUpload
from tenders.permissions import check_can_plan
from tenders.planned import charters_in_force, content_of, digest_of_plan, entry_of
from tenders.refusals import Unfit
from tenders.sheets.changes import changes_of
from tenders.sheets.columns import BESIDE, SHEET
from tenders.sheets.plan import MOST_ROWS, Known, read_plan


@transaction.atomic
def read_plan_sheet(
    *, authority: Organisation, year: FinancialYear, upload: UploadedFile, by: User, at: datetime
) -> tuple[PlanUpload, tuple[str, ...]]:
    """Read a spreadsheet for a year's plan and keep what it says; nothing in the plan changes.

    Raises `Unreadable` or `Unsound`, and then keeps nothing. Answers also what to know about
    how the file was read.
    """
    check_can_plan(by, authority)
    # Before the plan is held: a large file takes a second or two.
    table = read_table(upload, sheet=SHEET, most_rows=MOST_ROWS, beside=BESIDE)
    lock_authority(authority)
    in_force = charters_in_force(authority)
    if not in_force:
        raise Conflict("No charter is in force. Publish one, then plan contracts under it.")
    held = plan_of(authority, year)
    known = Known(year, {str(one.pk): content_of(one) for one in held}, tuple(sorted(in_force)))
    rows = read_plan(table, known)
    waiting = PlanUpload.objects.filter(authority=authority, year=year.begins, applied_at=None)
    waiting.filter(uploaded_by=by).delete()
    kept = PlanUpload.objects.create(
        authority=authority,
        year=year.begins,
        name=upload.name[-200:],
        sha256=files.digest_of(upload),
        rows=rows,
        read_against=digest_of_plan(held),
        uploaded_by=by,
        uploaded_at=at,
    )
    return kept, table.notes


@transaction.atomic
def apply_plan_sheet(
    *, upload: PlanUpload, remove_missing: bool, by: User, at: datetime
) -> Changes:
    """Make the year's plan say what the spreadsheet says."""
    authority, year = upload.authority, FinancialYear(upload.year)
    check_can_plan(by, authority)
    lock_authority(authority)
    upload = _waiting(upload)
    held = plan_of(authority, year)
    if digest_of_plan(held) != upload.read_against:
        raise Conflict(
            "Somebody changed this plan after your file was read. Download the plan anew, make "
            "your changes there and upload that file."
        )
    by_reference = {str(one.pk): one for one in held}
    changes = changes_of({key: content_of(one) for key, one in by_reference.items()}, upload.rows)
    if remove_missing:
        _remove(by_reference, upload.rows, at)
    _write(authority, by_reference, upload.rows, by, at)
    upload.applied_at = at
    upload.save(update_fields=["applied_at"])
    audit.record(
        verb="plan.imported",
        by=by,
        target=authority,
        at=at,
        year=upload.year,
        file=upload.name,
        sha256=upload.sha256,
        added=[one.title for one in changes.added],
        changed=[one.title for one in changes.changed],
        removed=[one.title for one in changes.missing] if remove_missing else [],
    )
    return changes


def plan_of(authority: Organisation, year: FinancialYear) -> list[PlannedContract]:
    """The contracts that stand in a year's plan, in its order."""
    found = PlannedContract.objects.standing().filter(authority=authority, year=year.begins)
    return list(found.select_related("charter", "tender"))


def _waiting(upload: PlanUpload) -> PlanUpload:
    """The upload, locked, if its changes are still to be made."""
    held = PlanUpload.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if held is None:
        raise Conflict("You have sent a newer file meanwhile. Look at what that one changes.")
    if held.applied_at:
        raise Conflict("These changes are applied already. Go to the plan to see them.")
    return held


def _remove(held: Mapping[str, PlannedContract], rows: Sequence[Mapping], at: datetime) -> None:
    """Take out the contracts that the sheet leaves out, unless a tender has come of one."""
    named = {row["id"] for row in rows}
    missing = [one for key, one in held.items() if key not in named]
    for planned in missing:
        if planned.tender_id:
            raise Unfit(
                "remove_missing",
                f"A tender has come of “{planned.title}”, so it stays. Put it into the file.",
            )
        take_out(planned, at)


def _write(
    authority: Organisation,
    held: Mapping[str, PlannedContract],
    rows: Sequence[Mapping],
    by: User,
    at: datetime,
) -> None:
    """Write the contracts that are new or changed."""
    in_force = charters_in_force(authority)
    said = [row for row in rows if row["id"] is None or content_of(held[row["id"]]) != row]
    _free_titles([held[row["id"]] for row in said if row["id"]])
    for row in said:
        planned = held.get(row["id"])
        if planned is None:
            planned = PlannedContract(authority=authority, added_by=by, added_at=at)
        entry = entry_of(row, _still_in_force(row, in_force))
        check_entry(authority, entry, at)
        write_entry(planned, entry)


def _still_in_force(row: Mapping, in_force: Mapping[str, Charter]) -> Mapping[str, Charter]:
    if row["charter"] not in in_force:
        raise Conflict(
            f"The charter {row['charter']} is not in force any more. Upload the file anew under "
            "one that is."
        )
    return in_force


def _free_titles(changed: Sequence[PlannedContract]) -> None:
    """Two rows may exchange their titles, and the database lets no title stand twice."""
    for planned in changed:
        PlannedContract.objects.filter(pk=planned.pk).update(title=str(planned.pk))
