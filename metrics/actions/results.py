"""What the authority itself did in a year: recorded, then corrected by another, never changed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from charter.refusals import Unfit
from charter.states import CharterStatus
from design.london import LONDON
from design.numbers import plain_digits
from design.year import FIRST_YEAR, year_of
from metrics.attainment import Refused, read_number
from metrics.models import AnsweredBy, Lever, Metric, OwnResult, ResultEvidence
from metrics.own_answers import Account, Done, counted_as
from metrics.refusals import Overtaken
from records import audit, files
from records.models import StoredFile

RECORD = Permission.RESULT_RECORD


@transaction.atomic
def record_result(
    *, authority: Organisation, metric: Metric, year: int, done: Done, by: User, at: datetime
) -> OwnResult:
    """Record what the authority did under a metric in a financial year, by one lever."""
    check_role(by, RECORD, within=authority)
    refuse_to_record(authority, metric, year, at)
    if metric.charter.status != CharterStatus.PUBLISHED:
        raise Conflict(
            f"{metric.charter} is not in force, so nothing new is recorded under it. Open the "
            "same metric in the version that is in force."
        )
    _check(metric, done, held=[])
    _lock(metric)
    _refuse_taken(metric, year, done.lever, besides=None)
    result = OwnResult(authority=authority, metric=metric, year=year)
    return _keep(result, done, why="", held=[], by=by, at=at)


@transaction.atomic
def correct_result(*, result: OwnResult, done: Done, why: str, by: User, at: datetime) -> OwnResult:
    """Put another result in the place of one that is wrong; the earlier stays to be read."""
    metric = result.metric
    check_role(by, RECORD, within=result.authority)
    refuse_to_record(result.authority, metric, result.year, at)
    if not why.strip():
        raise Unfit("why", "Enter why the earlier result is corrected.")
    held = _files_held(result, done.kept_files)
    _check(metric, done, held=held)
    _lock(metric)
    newest = newest_of(result)
    if newest.pk != result.pk:
        raise Overtaken(newest)
    _refuse_taken(metric, result.year, done.lever, besides=result)
    correction = OwnResult(
        authority=result.authority, metric=metric, year=result.year, corrects=result
    )
    return _keep(correction, done, why=why.strip(), held=held, by=by, at=at)


def refuse_to_record(authority: Organisation, metric: Metric, year: int, at: datetime) -> None:
    """Only the authority's own metrics, published, for a year that has begun."""
    if metric.charter.authority_id != authority.pk:
        raise Conflict("This metric belongs to the charter of another authority.")
    if metric.charter.status == CharterStatus.DRAFT:
        raise Conflict(f"{metric.charter} is a draft. Publish it, then record what was done.")
    if metric.answered_by == AnsweredBy.PROCUREMENT:
        raise Conflict(
            f"Only bidders answer metric {metric.number}. What suppliers delivered is recorded "
            "in their contracts."
        )
    latest = year_of(at.astimezone(LONDON).date()).begins
    if not FIRST_YEAR <= year <= latest:
        raise Conflict(f"Choose a year that begins from April {FIRST_YEAR} to April {latest}.")


def newest_of(result: OwnResult) -> OwnResult:
    """The result itself, or the last that corrects it."""
    while True:
        later = OwnResult.objects.filter(corrects=result).select_related("metric").first()
        if later is None:
            return result
        result = later


def _check(metric: Metric, done: Done, *, held: Sequence[StoredFile]) -> None:
    """Refuse before anything is stored, so that no file is left behind."""
    if done.lever not in Lever.values:
        raise Unfit("lever", "Choose one of the three levers.")
    for kind, asked, given in (
        ("quantity", counted_as(metric), done.quantities),
        ("base", metric.bases, done.bases),
    ):
        for one in asked:
            _check_number(f"{kind}_{one['id']}", one["label"], given.get(one["id"]))
        for name in given:
            if name not in {one["id"] for one in asked}:
                raise Unfit(None, f"Metric {metric.number} does not ask for “{name}”.")
    if not done.account.strip():
        raise Unfit("account", "Enter what was done, in a few sentences.")
    for upload in done.uploads:
        try:
            files.check(upload)
        except files.FileRefused as refusal:
            raise Unfit("evidence", str(refusal)) from refusal
    if not done.uploads and not held and not done.no_file.strip():
        raise Unfit("evidence", "Choose a file that shows it, or say below why there is none.")


def _check_number(field: str, label: str, number: Decimal | None) -> None:
    if number is None:
        raise Unfit(field, f"Enter a number for “{label}”. 0 is an answer.")
    try:
        is_negative = read_number(plain_digits(number)) < 0
    except Refused:
        raise Unfit(field, f"{label} must have 15 digits or fewer, then 9 at most") from None
    if is_negative:
        raise Unfit(field, f"{label} must be 0 or more")


def _lock(metric: Metric) -> None:
    """Two results saved at once: the second waits, and is then told."""
    authority = metric.charter.authority_id
    held = Metric.objects.filter(lineage=metric.lineage, charter__authority=authority)
    list(held.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))


def _refuse_taken(metric: Metric, year: int, lever: str, *, besides: OwnResult | None) -> None:
    """One result a year stands for each lever of a metric, through every version of it."""
    found = OwnResult.objects.filter(
        authority=metric.charter.authority_id,
        metric__lineage=metric.lineage,
        year=year,
        lever=lever,
    )
    label = Lever(lever).label
    if found.standing().exclude(pk=besides.pk if besides else None).exists():
        raise Unfit(
            "lever",
            f"A result is already recorded for this year as “{label}”. Correct that one, or "
            "choose another lever.",
        )
    if besides is None and found.filter(corrects=None).exists():
        raise Unfit(
            "lever",
            f"A result was recorded for this year as “{label}” and then moved to another lever. "
            "Move that one back, or choose another lever.",
        )


def _files_held(corrected: OwnResult, wanted: Sequence[UUID]) -> list[StoredFile]:
    """Those files of the earlier result that are kept for the new one."""
    found = corrected.evidence.filter(file__in=wanted).select_related("file")
    return [one.file for one in found.order_by("pk")]


def _keep(
    result: OwnResult,
    done: Done,
    *,
    why: str,
    held: Sequence[StoredFile],
    by: User,
    at: datetime,
) -> OwnResult:
    result.lever = done.lever
    result.quantities = {name: plain_digits(number) for name, number in done.quantities.items()}
    result.bases = {name: plain_digits(number) for name, number in done.bases.items()}
    result.account = Account(done.account.strip(), done.no_file.strip(), why).joined()
    result.recorded_by, result.recorded_at = by, at
    result.save(force_insert=True)
    shown = [*held, *[files.keep(upload=upload, by=by, at=at) for upload in done.uploads]]
    ResultEvidence.objects.bulk_create([ResultEvidence(result=result, file=one) for one in shown])
    audit.record(
        verb="own_result.corrected" if result.corrects_id else "own_result.recorded",
        by=by,
        target=result,
        at=at,
        metric=str(result.metric),
        year=result.year,
        lever=result.lever,
        quantities=result.quantities,
        bases=result.bases,
        evidence=[one.sha256 for one in shown],
        corrects=result.corrects_id,
        why=why,
    )
    return result
