"""Thought before a tender: a record begun, filled in, and carried into a tender's file."""

from dataclasses import asdict
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter.actions.drafts import need_text, refuse_stale
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear
from records import audit, files
from tenders.actions.drafts import hold_tender
from tenders.choices import Audience
from tenders.groundwork import AGREED, PARTS, Told, told_in
from tenders.models import Consultation, Groundwork, GroundworkFile, PlannedContract, Tender
from tenders.permissions import (
    check_can_begin_record,
    check_can_edit,
    check_can_prepare,
    check_can_take_out,
)
from tenders.refusals import Unfit

FIRST_DAY = FinancialYear(FIRST_YEAR).first_day
MOST_CONSULTATIONS = 200
MOST_FILES = 50


@transaction.atomic
def begin_groundwork(
    *,
    authority: Organisation,
    title: str,
    by: User,
    at: datetime,
    planned: PlannedContract | None = None,
    tender: Tender | None = None,
) -> Groundwork:
    """Begin a record; from a planned contract, or for a draft tender, where one is named."""
    check_can_begin_record(by, authority)
    record = Groundwork(authority=authority, begun_by=by, begun_at=at, changed_at=at)
    record.title = need_text("title", title, "Enter what the record is about.")
    if planned is not None:
        record.planned = _planned_for(authority, planned)
    record.save(force_insert=True)
    about = {"title": record.title, "planned": record.planned_id}
    audit.record(verb="groundwork.begun", by=by, target=record, at=at, **about)
    return use_in_tender(groundwork=record, tender=tender, by=by, at=at) if tender else record


@transaction.atomic
def edit_groundwork(
    *,
    groundwork: Groundwork,
    part: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    **answers: str | date | None,
) -> Groundwork:
    """Answer one part of the record anew."""
    held = _hold(groundwork, by=by, at=at)
    asked = PARTS[part]
    if set(answers) != set(asked.fields):
        raise Unfit(None, "The page has changed. Open it again and answer it once more.")
    refuse_stale(seen, asked.state_of(held))
    for name, answer in answers.items():
        setattr(held, name, answer.strip() if isinstance(answer, str) else answer)
    if not held.title:
        raise Unfit("title", "Enter what the record is about.")
    if asked is AGREED:
        _check_agreed(held, at)
    return _keep(held, verb="groundwork.edited", by=by, at=at, part=part)


def _check_agreed(record: Groundwork, at: datetime) -> None:
    """What was agreed and its day stand together."""
    if record.agreed_on is not None:
        _check_day("agreed_on", record.agreed_on, at)
    if record.agreed and record.agreed_on is None:
        raise Unfit("agreed_on", "Enter the day on which this was agreed, for example 27 3 2026.")
    if record.agreed_on is not None and not record.agreed:
        raise Unfit("agreed", "Enter what was agreed on this day, or empty the day.")


def _check_day(field: str, day: date, at: datetime) -> None:
    today = at.astimezone(LONDON).date()
    if day > today:
        raise Unfit(field, "This day has not come yet. Enter the day on which it happened.")
    if day < FIRST_DAY:
        raise Unfit(field, f"Enter a day since 1 April {FIRST_YEAR}. Look at the year.")


@transaction.atomic
def add_consultation(
    *,
    groundwork: Groundwork,
    told: Told,
    by: User,
    at: datetime,
) -> Consultation:
    """Record who was asked, and what was learned of them."""
    record = _hold(groundwork, by=by, at=at)
    if record.consultations.count() >= MOST_CONSULTATIONS:
        raise Unfit(None, f"A record takes {MOST_CONSULTATIONS} consultations. Put some together.")
    made = Consultation.objects.create(groundwork=record, **_checked(told, at))
    _keep(record, verb="groundwork.consultation_added", by=by, at=at, **_named(made))
    return made


@transaction.atomic
def edit_consultation(
    *,
    consultation: Consultation,
    told: Told,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Consultation:
    """Say anew who was asked, and what was learned of them."""
    record, held = _hold_part(consultation, "consultation", by=by, at=at)
    refuse_stale(seen, told_in(held))
    for name, value in _checked(told, at).items():
        setattr(held, name, value)
    held.save()
    _keep(record, verb="groundwork.consultation_edited", by=by, at=at, **_named(held))
    return held


@transaction.atomic
def remove_consultation(*, consultation: Consultation, by: User, at: datetime) -> None:
    """Take out a consultation that does not belong there."""
    record, held = _hold_part(consultation, "consultation", by=by, at=at)
    named = _named(held)
    held.delete()
    _keep(record, verb="groundwork.consultation_removed", by=by, at=at, **named)


def _checked(told: Told, at: datetime) -> dict:
    """The words of a consultation, all of which are needed but the number of people."""
    if told.audience not in Audience.values:
        raise Unfit("audience", "Choose who was asked.")
    _check_day("held_on", told.held_on, at)
    if told.people is not None and told.people < 0:
        raise Unfit("people", "Enter how many took part, 0 or more, or leave it empty.")
    return asdict(told) | {
        "who": need_text("who", told.who, "Enter which residents, group or firms were asked."),
        "how": need_text("how", told.how, "Enter how, for example a public meeting."),
        "learned": need_text("learned", told.learned, "Enter what was learned, in a sentence."),
    }


def _named(consultation: Consultation) -> dict:
    """What the trail keeps of it: no free words, which may turn out to name a person."""
    return {
        "consultation": consultation.pk,
        "audience": consultation.audience,
        "held_on": consultation.held_on,
    }


@transaction.atomic
def attach_file(
    *, groundwork: Groundwork, upload: UploadedFile, about: str, by: User, at: datetime
) -> GroundworkFile:
    """Keep a file with the record, such as notes of a meeting."""
    record = _hold(groundwork, by=by, at=at)
    about = need_text("about", about, "Enter what the file shows.")
    if record.files.count() >= MOST_FILES:
        raise Unfit("upload", f"A record takes {MOST_FILES} files. Remove one, then add this one.")
    try:
        stored = files.keep(upload=upload, by=by, at=at)
    except files.FileRefused as refusal:
        raise Unfit("upload", str(refusal)) from refusal
    kept = GroundworkFile.objects.create(groundwork=record, file=stored, about=about)
    _keep(record, verb="groundwork.file_attached", by=by, at=at, sha256=stored.sha256)
    return kept


@transaction.atomic
def remove_file(*, kept: GroundworkFile, by: User, at: datetime) -> None:
    """Take a file out of the record."""
    record, held = _hold_part(kept, "file", by=by, at=at)
    sha256 = held.file.sha256
    held.delete()
    _keep(record, verb="groundwork.file_removed", by=by, at=at, sha256=sha256)


@transaction.atomic
def use_in_tender(*, groundwork: Groundwork, tender: Tender, by: User, at: datetime) -> Groundwork:
    """Put the record into the file of a draft tender, which has no other."""
    record = _hold(groundwork, by=by, at=at)
    if record.tender_id is not None:
        raise Conflict(
            f"“{record}” is used in a tender already. Take it out of that one first, then "
            "use it in another."
        )
    draft = hold_tender(tender)
    check_can_edit(by, draft, at)
    if draft.authority_id != record.authority_id:
        raise Unfit("tender", "Choose a draft tender of the same authority.")
    other = Groundwork.objects.filter(tender=draft).first()
    if other is not None:
        raise Unfit("tender", f"“{other}” is used in this tender. Take it out first.")
    record.tender = draft
    return _keep(record, verb="groundwork.linked", by=by, at=at, tender=draft.pk)


@transaction.atomic
def take_out_of_tender(*, groundwork: Groundwork, by: User, at: datetime) -> Groundwork:
    """Free the record for another tender, while the one it is used in is not published."""
    record = _hold(groundwork, by=by, at=at)
    check_can_take_out(by, record, at)
    left = record.tender_id
    record.tender = None
    return _keep(record, verb="groundwork.unlinked", by=by, at=at, tender=left)


def _planned_for(authority: Organisation, planned: PlannedContract) -> PlannedContract:
    """A line of the authority's plan that has no record yet, locked."""
    standing = PlannedContract.objects.filter(authority=authority, removed_at__isnull=True)
    held = standing.select_for_update(of=("self",)).filter(pk=planned.pk).first()
    if held is None:
        raise Conflict("This contract has been taken out of the plan. Go back and look.")
    if Groundwork.objects.filter(planned=held).exists():
        raise Unfit(
            None,
            f"“{held}” has a pre-procurement record already. Open that one from the list.",
        )
    return held


def _hold(groundwork: Groundwork, *, by: User, at: datetime) -> Groundwork:
    """The record, locked with its tender, if this person may change it now."""
    rows = Groundwork.objects.select_related("authority").select_for_update(of=("self",))
    held = rows.get(pk=groundwork.pk)
    if held.tender is not None:
        # A publication that began before waits for this one, or this one for it.
        held.tender = hold_tender(held.tender)
    check_can_prepare(by, held)
    return held


def _hold_part(part, thing: str, *, by: User, at: datetime):
    """A consultation or file with its record, both locked; refused where it has gone."""
    record = _hold(part.groundwork, by=by, at=at)
    held = type(part).objects.filter(pk=part.pk, groundwork=record).first()
    if held is None:
        raise Conflict(f"This {thing} was removed meanwhile. Go back to the record and look.")
    return record, held


def _keep(record: Groundwork, *, verb: str, by: User, at: datetime, **details) -> Groundwork:
    """Count the change, save the record and write down what was done to it."""
    record.edits += 1
    record.changed_at = at
    record.save()
    audit.record(verb=verb, by=by, target=record, at=at, **details)
    return record
