"""A pre-procurement record as its page, the list and the tender's file show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from accounts.access import allows
from accounts.models import User
from charter.models import Charter
from design import charts
from design.drawing import Chart
from design.london import LONDON
from design.templatetags.format import counted
from tenders.choices import Audience
from tenders.groundwork import AGREED, LEARNED, WELL_BEING, Part
from tenders.models import Groundwork, Tender
from tenders.permissions import check_can_view_internal

ANSWERED = (*WELL_BEING, LEARNED, AGREED)
AIM = "objective"


@dataclass(frozen=True)
class Row:
    """One record in the list."""

    record: Groundwork
    done: int
    of: int
    consultations: int
    state: str
    colour: str


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day."""

    on: date
    title: str
    text: str = ""


def rows(records: Iterable[Groundwork]) -> list[Row]:
    """The records as lines of a table."""
    return [
        Row(
            record=record,
            done=parts_done(record),
            of=len(ANSWERED) + 1,
            consultations=len(record.consultations.all()),
            state=state_of(record)[0],
            colour=state_of(record)[1],
        )
        for record in records
    ]


def parts_done(record: Groundwork) -> int:
    """How many parts say something; that somebody was asked is one of them."""
    answered = sum(bool(getattr(record, part.name)) for part in ANSWERED)
    return answered + bool(record.consultations.all())


def state_of(record: Groundwork) -> tuple[str, str]:
    """Where the record stands, and the colour of its tag."""
    if record.tender is None:
        return "No tender yet", "grey"
    if record.is_frozen:
        return "Published", "green"
    if record.tender.cancelled_at is not None:
        return "Draft cancelled", "red"
    return "In a draft", "blue"


def task_list(record: Groundwork) -> list[dict]:
    """The parts as the design system's task list, in the order of the work."""
    asked = reverse("tenders:consultation_add", args=[record.pk])
    number = len(record.consultations.all())
    return [
        *(_task(record, part) for part in WELL_BEING),
        {
            "title": {"text": "Who was consulted"},
            "href": f"{reverse('tenders:groundwork', args=[record.pk])}#consulted"
            if number
            else asked,
            "hint": {"text": counted(number, "consultation") if number else AUDIENCES_HINT},
            "status": _status(bool(number)),
        },
        *(_task(record, part) for part in (LEARNED, AGREED)),
    ]


AUDIENCES_HINT = "Residents, stakeholder groups, possible suppliers"


def _task(record: Groundwork, part: Part) -> dict:
    return {
        "title": {"text": part.title},
        "href": reverse("tenders:groundwork_edit", args=[record.pk, part.name]),
        "status": _status(bool(getattr(record, part.name))),
    }


def _status(is_done: bool) -> dict:
    if is_done:
        return {"text": "Completed"}
    return {"tag": {"text": "To do", "classes": "govuk-tag--blue"}}


def answers(record: Groundwork, parts: Sequence[Part]) -> list[tuple[Part, str]]:
    """What the record says to each of these parts."""
    return [(part, getattr(record, part.name)) for part in parts]


def consulted_chart(record: Groundwork) -> Chart | None:
    """How often each audience was asked, those left out as well; None where nobody was."""
    held = list(record.consultations.all())
    if not held:
        return None
    told = [one.people for one in held if one.people is not None]
    people = (
        f"{counted(sum(told), 'person').replace('persons', 'people')} took part in "
        f"{'it' if len(held) == 1 else f'the {len(told)} where somebody counted'}."
        if told
        else "Nobody counted how many took part."
    )
    return charts.bars(
        title="Consultations by audience",
        description=f"{counted(len(held), 'consultation')} before the tender. {people}",
        series=["Consultations"],
        rows=[(one.label, [sum(it.audience == one for it in held)]) for one in Audience],
    )


def timeline(record: Groundwork) -> list[Entry]:
    """What happened, by day."""
    entries = [
        Entry(_day(record.begun_at), "Record begun", f"By {record.begun_by}"),
        *(
            Entry(one.held_on, f"{one.get_audience_display()} consulted", f"{one.who}: {one.how}")
            for one in record.consultations.all()
        ),
        *(Entry(_day(one.file.stored_at), "File added", one.about) for one in record.files.all()),
    ]
    if record.agreed_on is not None:
        entries.append(Entry(record.agreed_on, "Agreed with the market"))
    if record.edits:
        entries.append(Entry(_day(record.changed_at), "Last changed"))
    if record.is_frozen:
        entries.append(Entry(_day(record.tender.published_at), "Tender published, record fixed"))
    return sorted(entries, key=lambda entry: entry.on)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def tender_shown(user: User, record: Groundwork, now: datetime) -> str:
    """The page of the record's tender that this person may open; empty where there is none.

    Colleagues with no part in a draft are not told what it is called.
    """
    tender = record.tender
    if tender is None:
        return ""
    if allows(check_can_view_internal, user, tender, now):
        return reverse("tenders:internal", args=[tender.pk])
    return reverse("tenders:public", args=[tender.pk]) if tender.is_public else ""


def aims_of(charters: Iterable[Charter]) -> list[dict]:
    """The clauses of these charters that say what their policy aims at."""
    return [one for charter in charters for one in charter.clauses if one["kind"] == AIM]


def groundwork_of(tender: Tender) -> Groundwork | None:
    """The pre-procurement record in a tender's file, with all that its summary shows."""
    return Groundwork.objects.of_tenders([tender]).with_everything().first()
