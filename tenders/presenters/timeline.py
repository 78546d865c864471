"""What has happened to a tender, and what is fixed to happen, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from design.templatetags.format import london
from tenders.models import Extension, Tender
from tenders.presenters.conversations import answered_of

EVENTS = (
    ("created_at", "Draft begun"),
    ("published_at", "Published"),
    ("opens_at", "Bids may be sent"),
    ("questions_until", "Last moment for questions"),
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


def timeline(tender: Tender) -> list[Event]:
    """The life of the tender: who approved it, what was answered, each later deadline."""
    events = [*_life(tender), *_approvals(tender), *_answers(tender), *_extensions(tender)]
    return sorted(events, key=lambda event: event.when)


def _life(tender: Tender) -> Iterator[Event]:
    openers = {"first_opened_at": tender.first_opened_by, "opened_at": tender.opened_by}
    for name, title in EVENTS:
        if getattr(tender, name):
            yield Event(
                when=getattr(tender, name),
                title=title,
                by=str(openers.get(name) or ""),
                text=tender.cancelled_because if name == "cancelled_at" else "",
            )


def _approvals(tender: Tender) -> Iterator[Event]:
    for one in tender.approvals.select_related("asked_by", "decided_by"):
        yield Event(one.asked_at, f"{one.decides} asked to approve", str(one.asked_by), one.note)
        if one.decided_at:
            title = "Publication approved" if one.is_approved else "Publication returned"
            yield Event(one.decided_at, title, str(one.decided_by), one.decision_reason)


def _answers(tender: Tender) -> Iterator[Event]:
    for question in answered_of(tender).select_related("answered_by"):
        yield Event(question.answered_at, "Question answered", str(question.answered_by))
        for further in question.further.all():
            yield Event(further.given_at, "Answer added to", str(further.given_by))


def _extensions(tender: Tender) -> Iterator[Event]:
    for one in tender.extensions.select_related("proposed_by", "decided_by"):
        wanted = f"To {london(one.closes_at)}: {one.reason}"
        yield Event(one.proposed_at, "Later deadline proposed", str(one.proposed_by), wanted)
        if one.decided_at:
            yield Event(one.decided_at, _decision(one), str(one.decided_by), one.decision_reason)


def _decision(extension: Extension) -> str:
    if extension.is_approved:
        return f"Deadline moved to {london(extension.closes_at)}"
    return "Later deadline returned"
