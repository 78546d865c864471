"""The procurement plan of a year: contracts put in, changed and taken out, and tenders begun."""

from datetime import date, datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter.actions.versions import lock_authority
from charter.refusals import Stale
from charter.states import CharterStatus
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear, year_of
from records import audit
from tenders.actions.beginning import create_tender
from tenders.actions.groundwork import use_in_tender
from tenders.limits import check_contract
from tenders.models import PlannedContract, Suitability, Tender
from tenders.permissions import check_can_plan
from tenders.planned import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_NAMES,
    Entry,
    content_of,
)
from tenders.refusals import Unfit

YEARS_AHEAD = 10


@transaction.atomic
def add_planned(
    *, authority: Organisation, entry: Entry, by: User, at: datetime
) -> PlannedContract:
    """Put a contract into the plan of the year in which its procurement begins."""
    check_can_plan(by, authority)
    lock_authority(authority)
    check_entry(authority, entry, at)
    refuse_title_taken(authority, entry, besides=None)
    planned = PlannedContract(authority=authority, added_by=by, added_at=at)
    write_entry(planned, entry)
    audit.record(
        verb="plan.contract_added", by=by, target=planned, at=at, contract=content_of(planned)
    )
    return planned


@transaction.atomic
def edit_planned(
    *, planned: PlannedContract, entry: Entry, by: User, at: datetime, seen: str | None = None
) -> PlannedContract:
    """Say anew what is planned; a later beginning may move it to another year's plan."""
    held = _hold(planned, by)
    before = content_of(held)
    if seen is not None and seen != str(held.edits):
        raise Stale(shown_of(held), str(held.edits))
    check_entry(held.authority, entry, at)
    refuse_title_taken(held.authority, entry, besides=held)
    write_entry(held, entry)
    after = content_of(held)
    changed = sorted(key for key in after if after[key] != before[key])
    audit.record(
        verb="plan.contract_edited",
        by=by,
        target=held,
        at=at,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return held


@transaction.atomic
def remove_planned(*, planned: PlannedContract, by: User, at: datetime) -> PlannedContract:
    """Take a contract out of the plan; it is kept, and no page lists it any more."""
    held = _hold(planned, by)
    if held.tender_id:
        raise Conflict(
            f"A tender has come of “{held.title}”, so it stays in the plan. Cancel the tender if "
            "the contract is not wanted any more."
        )
    take_out(held, at)
    audit.record(verb="plan.contract_removed", by=by, target=held, at=at, contract=content_of(held))
    return held


@transaction.atomic
def begin_planned(*, planned: PlannedContract, by: User, at: datetime, **basics) -> Tender:
    """Begin the tender that a planned contract was planned for; `basics` are create_tender's.

    What was thought of it before goes into the tender's file.
    """
    held = _hold(planned, by)
    refuse_begun(held)
    tender = create_tender(by=by, at=at, **basics)
    if tender.authority_id != held.authority_id:
        raise Unfit("charter", "Choose a charter of the authority whose plan this is.")
    held.tender = tender
    held.save(update_fields=["tender"])
    groundwork = getattr(held, "groundwork", None)
    if groundwork and groundwork.tender_id is None:
        use_in_tender(groundwork=groundwork, tender=tender, by=by, at=at)
    audit.record(
        verb="plan.tender_begun", by=by, target=held, at=at, tender=tender.pk, title=tender.title
    )
    return tender


def refuse_begun(planned: PlannedContract) -> None:
    """One tender comes of a planned contract, or another once that one is cancelled."""
    if planned.tender and not planned.tender.cancelled_at:
        raise Conflict(
            f"A tender has already come of “{planned.title}”. Go on with that one, or cancel it "
            "before you begin another."
        )


def _hold(planned: PlannedContract, by: User) -> PlannedContract:
    """The planned contract as it stands now, if this person may change it."""
    check_can_plan(by, planned.authority)
    lock_authority(planned.authority)
    held = PlannedContract.objects.with_outcome().get(pk=planned.pk)
    if held.removed_at:
        raise Conflict(
            f"“{held.title}” was taken out of the plan meanwhile. Add it anew if it is wanted."
        )
    return held


def check_entry(authority: Organisation, entry: Entry, at: datetime) -> None:
    """Refuse what no planned contract can be, naming the field."""
    if entry.charter.authority_id != authority.pk or (
        entry.charter.status != CharterStatus.PUBLISHED
    ):
        raise Unfit("charter", "Choose a charter of your own authority that is in force.")
    title = entry.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Unfit("title", f"Enter a title of at most {LONGEST_TITLE} characters.")
    check_contract(kind=entry.kind, value=entry.contract_value, months=entry.months)
    _check_day(entry.begins_on, at)
    if len(entry.responsible) > LONGEST_TITLE:
        raise Unfit("responsible", f"Use at most {LONGEST_TITLE} characters.")
    _check_names("target_groups", entry.target_groups)
    _check_names("programmes", entry.programmes)
    if entry.suitability not in Suitability.values:
        raise Unfit("suitability", "Choose whether it suits social value, or leave it undecided.")
    if entry.suitability == Suitability.UNSUITABLE and not entry.suitability_reason.strip():
        raise Unfit("suitability_reason", "Enter why the contract does not suit social value.")
    if len(entry.suitability_reason) > LONGEST_REASON:
        raise Unfit("suitability_reason", f"Use at most {LONGEST_REASON:,} characters.")


def _check_day(begins_on: date, at: datetime) -> None:
    latest = last_year(at)
    if not FIRST_YEAR <= year_of(begins_on).begins <= latest:
        first, last = FinancialYear(FIRST_YEAR).first_day, FinancialYear(latest).last_day
        raise Unfit(
            "begins_on",
            f"Enter a day from 1 April {first.year} to 31 March {last.year}.",
        )


def last_year(at: datetime) -> int:
    """The last year that has a plan; beyond it a day is a slip of the hand."""
    return year_of(at.astimezone(LONDON).date()).begins + YEARS_AHEAD


def _check_names(field: str, names: tuple[str, ...]) -> None:
    if len(names) > MOST_NAMES:
        raise Unfit(field, f"Enter at most {MOST_NAMES}, one on each line.")
    if any(len(one) > LONGEST_NAME or ";" in one for one in names):
        raise Unfit(
            field,
            f"Use at most {LONGEST_NAME} characters for each, one on each line, no semicolons.",
        )


def refuse_title_taken(
    authority: Organisation, entry: Entry, *, besides: PlannedContract | None
) -> None:
    """A title stands for one contract of a year."""
    year = year_of(entry.begins_on)
    same = PlannedContract.objects.standing().filter(
        authority=authority, year=year.begins, title=entry.title.strip()
    )
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise Unfit(
            "title",
            f"The plan for {year.words} has a contract of this title. Change that one, or give "
            "this one a title of its own.",
        )


def write_entry(planned: PlannedContract, entry: Entry) -> None:
    """Save what was said of a contract, under the policy that is in force."""
    planned.edits += 0 if planned._state.adding else 1
    planned.charter, planned.year = entry.charter, year_of(entry.begins_on).begins
    planned.title, planned.kind = entry.title.strip(), entry.kind
    planned.contract_value, planned.months = entry.contract_value, entry.months
    planned.begins_on, planned.responsible = entry.begins_on, entry.responsible.strip()
    planned.target_groups = once_each(entry.target_groups)
    planned.programmes = once_each(entry.programmes)
    planned.suitability = entry.suitability
    planned.suitability_reason = entry.suitability_reason.strip()
    planned.save()


def take_out(planned: PlannedContract, at: datetime) -> None:
    """Keep the line and list it no more."""
    planned.removed_at = at
    planned.edits += 1
    planned.save(update_fields=["removed_at", "edits"])


def once_each(names: tuple[str, ...]) -> list[str]:
    """Each name once, whatever its capitals, in the order given."""
    found: dict[str, str] = {}
    for name in names:
        text = " ".join(name.split())
        if text:
            found.setdefault(text.casefold(), text)
    return list(found.values())


def shown_of(planned: PlannedContract) -> dict:
    """A planned contract as its form shows it."""
    return {
        "charter": planned.charter.code,
        "title": planned.title,
        "kind": planned.kind,
        "contract_value": planned.contract_value,
        "months": planned.months,
        "begins_on": planned.begins_on,
        "responsible": planned.responsible,
        "target_groups": "\n".join(planned.target_groups),
        "programmes": "\n".join(planned.programmes),
        "suitability": planned.suitability,
        "suitability_reason": planned.suitability_reason,
    }
