"""The officer's page of one tender: its task list, its team and its timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tenders.models import Tender
from tenders.readiness import Section

PAGES = {
    "basics": "tenders:edit_basics",
    "policy": "tenders:policy",
    "timetable": "tenders:edit_timetable",
    "weights": "tenders:edit_weights",
    "quality": "tenders:questions",
    "social_value": "tenders:metrics",
    "scale": "tenders:edit_scale",
    "team": "tenders:team",
    "check": "tenders:faults",
}
READ_BY_ALL = "policy"
STEPS = {
    "What you need": ("basics", "policy"),
    "What bidders are asked": ("social_value", "quality"),
    "How bids are judged": ("scale", "weights"),
    "When, and by whom": ("timetable", "team"),
    "Before you publish": ("check",),
}
EVENTS = (
    ("created_at", "Draft begun"),
    ("published_at", "Published"),
    ("opens_at", "Bids may be sent"),
    ("closes_at", "Deadline for bids"),
    ("first_opened_at", "First person opened the bids"),
    ("opened_at", "Second person opened the bids"),
    ("moderation_opened_at", "Moderation opened"),
    ("locked_at", "Moderation locked, bids ranked"),
    ("awarded_at", "Award approved"),
    ("live_at", "Contract live"),
    ("cancelled_at", "Cancelled"),
)


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    when: datetime
    title: str
    by: str = ""
    text: str = ""


def steps(tender: Tender, found: list[Section], can_edit: bool) -> list[dict]:
    """The parts of a draft, step by step, each as a task list; what policy asks, all may read."""
    places = {section.code: (section, href) for section, href in places_of(tender, found, can_edit)}
    return [
        {
            "title": title,
            "prefix": f"step-{number}",
            "tasks": [_task(*places[code]) for code in codes if code in places],
        }
        for number, (title, codes) in enumerate(STEPS.items(), start=1)
    ]


def _task(section: Section, href: str | None) -> dict:
    return {
        "title": {"text": section.title},
        "href": href,
        "hint": {"text": " ".join(section.needs)} if section.needs else None,
        "status": _status(section),
    }


def places_of(
    tender: Tender, found: list[Section], can_edit: bool
) -> list[tuple[Section, str | None]]:
    """Each part of a draft, with the page where this reader deals with it."""
    return [
        (section, reverse(PAGES[section.code], args=[tender.pk]))
        if can_edit or section.code == READ_BY_ALL
        else (section, None)
        for section in found
    ]


def _status(section: Section) -> dict:
    if section.is_complete:
        return {"text": "Completed"}
    return {"tag": {"text": "To do", "classes": "govuk-tag--blue"}}


def timeline(tender: Tender) -> list[Event]:
    """What has happened and what is fixed to happen, in order."""
    openers = {"first_opened_at": tender.first_opened_by, "opened_at": tender.opened_by}
    events = [
        Event(
            when=getattr(tender, name),
            title=title,
            by=str(openers.get(name) or ""),
            text=tender.cancelled_because if name == "cancelled_at" else "",
        )
        for name, title in EVENTS
        if getattr(tender, name)
    ]
    return sorted(events, key=lambda event: event.when)
