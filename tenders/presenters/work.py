"""The officer's page of one tender: its task list, step by step."""

from django.urls import reverse

from tenders.models import Tender
from tenders.readiness import Section

PAGES = {
    "basics": "tenders:edit_basics",
    "lots": "tenders:lots",
    "policy": "tenders:policy",
    "timetable": "tenders:edit_timetable",
    "weights": "tenders:edit_weights",
    "quality": "tenders:questions",
    "social_value": "tenders:metrics",
    "coverage": "tenders:edit_coverage",
    "scale": "tenders:edit_scale",
    "gates": "tenders:edit_gates",
    "team": "tenders:team",
    "check": "tenders:faults",
}
READ_BY_ALL = "policy"
STEPS = {
    "What you need": ("basics", "lots", "policy"),
    "What {bidders} are asked": ("social_value", "quality", "coverage"),
    "How {bids} are judged": ("scale", "weights", "gates"),
    "When, and by whom": ("timetable", "team"),
    "Before you publish": ("check",),
}


def steps(tender: Tender, found: list[Section], can_edit: bool) -> list[dict]:
    """The parts of a draft, step by step, each as a task list; what policy asks, all may read."""
    places = {section.code: (section, href) for section, href in places_of(tender, found, can_edit)}
    return [
        {
            "title": title.format(bidders=tender.words.bidders, bids=tender.words.bids),
            "prefix": f"step-{number}",
            "tasks": [_task(*places[code]) for code in codes if code in places],
        }
        for number, (title, codes) in enumerate(STEPS.items(), start=1)
    ]


def _task(section: Section, href: str | None) -> dict:
    return {
        "title": {"text": section.title},
        "href": href,
        "hint": {"text": hint} if (hint := " ".join(section.needs) or section.note) else None,
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
