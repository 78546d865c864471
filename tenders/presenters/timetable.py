"""The dates of a tender with the working days between them, and what is doubtful in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from design.charts import bars
from design.drawing import Chart
from design.london import LONDON
from design.templatetags.format import london, london_date
from tenders.models import Tender
from tenders.working_days import (
    SOURCE,
    UnknownYear,
    bank_holiday,
    is_working_day,
    standstill_from,
    working_days_between,
)

OFFICE_OPENS, OFFICE_CLOSES = time(9), time(17)


@dataclass(frozen=True)
class Step:
    """One date: what happens, when, and how many working days after the step before."""

    title: str
    day: date
    when: str
    working_days: int | None = None

    @property
    def since(self) -> str:
        if self.working_days is None:
            return ""
        days = "1 working day" if self.working_days == 1 else f"{self.working_days} working days"
        return f"{days} after the step before"


@dataclass(frozen=True)
class Timetable:
    """The steps in the order of their days, the standstill in words, and warnings."""

    steps: Sequence[Step]
    standstill: Sequence[str]
    warnings: Sequence[str]

    @property
    def source(self) -> str:
        """Where the bank holidays come from, and what they do not know."""
        return SOURCE

    @property
    def chart(self) -> Chart | None:
        """The working days between the steps; None where there is nothing between."""
        counted = [one for one in self.steps if one.working_days is not None]
        if not counted:
            return None
        return bars(
            title="Working days between the steps",
            description="How many working days of England lie between one step and the next.",
            series=["Working days"],
            rows=[(f"To: {one.title}", [one.working_days]) for one in counted],
        )


def timetable_of(tender: Tender) -> Timetable:
    """What the dates of a tender, saved or not, come to."""
    try:
        steps = list(_counted(sorted(_steps(tender), key=lambda step: step.day)))
        standstill, warnings = list(_standstill(tender)), list(_warnings(tender))
    except UnknownYear as unknown:
        words = f"{unknown} Working days and the standstill are not counted. Enter a nearer date."
        return Timetable(sorted(_dates(tender), key=lambda step: step.day), [], [words])
    return Timetable(steps, standstill, warnings)


def _dates(tender: Tender) -> Iterator[Step]:
    """What was entered."""
    for title, at in (
        (f"{tender.words.bids.capitalize()} may be sent", tender.opens_at),
        ("Last moment for questions", tender.questions_until),
        (f"Deadline for {tender.words.bids}", tender.closes_at),
    ):
        if at:
            yield Step(title, _london_day(at), london(at))
    if tender.award_on:
        title = "Award notice published" if tender.is_procurement else "Decision notified"
        yield Step(title, tender.award_on, london_date(tender.award_on))
    yield Step(tender.words.starts_on, tender.starts_on, london_date(tender.starts_on))


def _steps(tender: Tender) -> Iterator[Step]:
    yield from _dates(tender)
    if tender.is_procurement and tender.award_on:
        found = standstill_from(tender.award_on)
        yield Step("Standstill ends, at midnight", found.last, london_date(found.last))


def _counted(steps: Sequence[Step]) -> Iterator[Step]:
    before = None
    for step in steps:
        between = None if before is None else working_days_between(before.day, step.day)
        yield Step(step.title, step.day, step.when, between)
        before = step


def _standstill(tender: Tender) -> Iterator[str]:
    if not tender.is_procurement or not tender.award_on:
        return
    found = standstill_from(tender.award_on)
    yield (
        "The standstill is 8 working days, beginning with the day the contract award notice is "
        f"published: from {london_date(found.first)} to the end of {london_date(found.last)}. "
        f"The contract may be signed from {london_date(found.may_sign_from)}."
    )
    yield (
        "This is the standstill of the Procurement Act 2023, section 51. It applies to covered "
        "procurements."
    )
    if found.last != found.last_in_england:
        yield (
            "By the bank holidays of England alone it would end on "
            f"{london_date(found.last_in_england)}. A day that is a bank holiday in Scotland or "
            "Northern Ireland is left out as well, so that the standstill is never too short."
        )


def _warnings(tender: Tender) -> Iterator[str]:
    if tender.closes_at:
        yield from _of_deadline(tender.closes_at)
        if tender.starts_on <= _london_day(tender.closes_at):
            yield "The first day is not after the deadline. Change one of them."
    if tender.award_on:
        yield from _of_award(tender, tender.award_on)


def _of_deadline(closes_at: datetime) -> Iterator[str]:
    there = closes_at.astimezone(LONDON)
    why = _why_no_working_day(there.date())
    if why:
        yield f"The deadline is on {why}. Nobody may be at work to help whoever cannot send."
    if not OFFICE_OPENS <= there.time() <= OFFICE_CLOSES:
        yield (
            f"The deadline is at {there:%H:%M}, outside 09:00 to 17:00. Noon on a working day "
            "leaves time to help whoever cannot send."
        )


def _of_award(tender: Tender, day: date) -> Iterator[str]:
    why = _why_no_working_day(day)
    if why and tender.is_procurement:
        yield f"The award is notified on {why}. The standstill counts from the next working day."
    if tender.is_procurement:
        found = standstill_from(day)
        if tender.starts_on < found.may_sign_from:
            yield (
                f"The contract starts on {london_date(tender.starts_on)}, before it may be signed "
                f"on {london_date(found.may_sign_from)}. Notify the award sooner, or start later."
            )
    elif tender.starts_on <= day:
        yield "The first day is not after the day of the decision. Change one of them."


def _why_no_working_day(day: date) -> str:
    """ "a Saturday", or "25 December 2026, a bank holiday (Christmas Day)"; else empty."""
    if is_working_day(day):
        return ""
    holiday = bank_holiday(day)
    return f"{london_date(day)}, a bank holiday ({holiday})" if holiday else f"a {day:%A}"


def _london_day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
