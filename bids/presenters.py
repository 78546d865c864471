"""A bid as its pages show it: where it stands, and what is left to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from bids.contents import AnswerContent, Draft, Received
from bids.documents import ALTERNATIVE, answer_to, blind_alternative, files_in, words_in
from bids.drafts import (
    PRICE,
    TRACK_RECORD,
    Asked,
    answer_needs,
    bases_asked,
    bases_fixed,
    criteria_of,
    quantities_asked,
    reach_of,
    rests_on,
    track_record_asked,
)
from bids.hours_asked import hours_asked
from bids.models import Bid, Submission
from bids.reach import Reach
from bids.scans import scan_words_of, with_scans
from bids.states import BidState
from tenders.five_cases import case_of, has_cases
from tenders.models import Case, Criterion, Group, Tender
from tenders.states import State

COMPLETED, IN_PROGRESS, NOT_STARTED = "Completed", "In progress", "Not started"
CANNOT_START = "Cannot start yet"


@dataclass(frozen=True)
class Where:
    """Where a bid stands, for the head of every page of it."""

    received: Submission | None
    has_later_changes: bool
    is_withdrawn: bool
    is_complete: bool
    is_open: bool

    @property
    def counts(self) -> bool:
        """Whether something would be evaluated."""
        return self.received is not None and not self.is_withdrawn

    @property
    def waits(self) -> bool:
        """Whether there is something that could still be sent, and was not."""
        return self.is_open and (not self.counts or self.has_later_changes)

    @property
    def version_text(self) -> str:
        return str(self.received.version) if self.received else ""


@dataclass(frozen=True)
class Task:
    """One thing to do, and how far it is."""

    title: str
    href: str
    status: str
    hint: str = ""

    @property
    def is_done(self) -> bool:
        return self.status == COMPLETED

    @property
    def item(self) -> dict:
        """In the words of the design system's task list."""
        item: dict = {"title": {"text": self.title}, "status": {"text": self.status}}
        if self.status != CANNOT_START:
            item["href"] = self.href
        if not self.is_done:
            colour = {IN_PROGRESS: "blue", NOT_STARTED: "grey"}.get(self.status)
            item["status"] = (
                {"tag": {"text": self.status, "classes": f"govuk-tag--{colour}"}}
                if colour
                else {"text": self.status, "classes": "govuk-task-list__status--cannot-start-yet"}
            )
        if self.hint:
            item["hint"] = {"text": self.hint}
        return item


@dataclass(frozen=True)
class Shortcut:
    """A page on which several tasks of a section are done at once."""

    words: str
    href: str


@dataclass(frozen=True)
class Section:
    """A part of the bid, with its tasks."""

    id: str
    title: str
    tasks: list[Task]
    shortcut: Shortcut | None = None

    @property
    def items(self) -> list[dict]:
        return [task.item for task in self.tasks]

    @property
    def next(self) -> Task | None:
        """The first task that is not done."""
        return next((task for task in self.tasks if not task.is_done), None)


@dataclass(frozen=True)
class TaskList:
    """Everything a bid needs, in order, and how much of it is there."""

    sections: list[Section]

    @property
    def total(self) -> int:
        return sum(len(section.tasks) for section in self.sections)

    @property
    def done(self) -> int:
        return sum(task.is_done for section in self.sections for task in section.tasks)

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    @property
    def next(self) -> Task | None:
        """The first task that is not done."""
        return next((section.next for section in self.sections if section.next), None)


def where(bid: Bid, now: datetime) -> Where:
    """What was received of a bid, and whether it has changed since."""
    received = bid.last_received
    return Where(
        received=received,
        has_later_changes=received is not None and bid.edits > received.edits,
        is_withdrawn=bid.state == BidState.WITHDRAWN,
        is_complete=bid.is_complete,
        is_open=bid.tender.state(now) == State.OPEN,
    )


def task_list(bid: Bid, draft: Draft) -> TaskList:
    """The tasks of a bid: its numbers, its answers (by case, where there are cases), its price."""
    criteria = criteria_of(bid.tender)
    cased, sections = has_cases(bid.tender), []
    bases = _bases_task(bid, draft, criteria)
    if bases:
        sections.append(Section("about", "About your organisation", [bases]))
    for part in Case if cased else Group:
        asked = [
            criterion
            for criterion in criteria
            if part == (case_of(criterion) if cased else criterion.group)
        ]
        tasks = [_answer_task(bid, criterion, draft.answer_to(criterion)) for criterion in asked]
        if tasks:
            sections.append(Section(part.value, part.label, tasks, _hours_shortcut(bid, asked)))
    sections.append(Section("price", bid.tender.words.price, [_price_task(bid, draft)]))
    return TaskList(sections)


def submit_task(bid: Bid, tasks: TaskList, now_where: Where) -> Section:
    """The last step, which waits for all the others."""
    status = COMPLETED
    if not tasks.is_complete:
        status = CANNOT_START
    elif now_where.waits:
        status = NOT_STARTED
    task = Task(f"Submit the {bid.tender.words.bid}", reverse("bids:submit", args=[bid.pk]), status)
    return Section("submit", "Submit", [task])


@dataclass(frozen=True)
class Line:
    """One answer as it was received, beside its question."""

    criterion: Criterion
    text: str
    words: int
    quantities: list[tuple[Asked, Decimal]]
    track_record: list[tuple[Asked, Decimal]]
    alternative: dict[str, str]
    reach: Reach | None
    files: list[dict]


def lines_of(tender: Tender, received: Received, *, is_own: bool, with_price: bool) -> list[Line]:
    """A received version, question by question, in the order asked.

    Those who did not write it read a measure of its own without its quantity.
    """
    bases = {**received.document["bases"], **bases_fixed(tender)}
    if with_price:
        bases[PRICE] = f"{received.price:f}"
    scans, lines = scan_words_of(files_in(received.document)), []
    for criterion in criteria_of(tender):
        answer = answer_to(received.document, criterion.code)
        if answer is not None:
            own = answer.get(ALTERNATIVE, {}) if is_own else blind_alternative(answer)
            lines.append(_line(criterion, {**answer, ALTERNATIVE: own}, bases, scans))
    return lines


def received_count(tender: Tender) -> int:
    """How many bids count, whoever may see which."""
    return Bid.objects.received().filter(tender=tender).count()


def _line(criterion: Criterion, answer: dict, bases: dict[str, str], scans: dict[str, str]) -> Line:
    quantities = answer["quantities"]
    # A target that rests on the price would give it away.
    can_reach = criterion.metric is not None and rests_on(criterion) <= bases.keys()
    return Line(
        criterion=criterion,
        text=answer["text"],
        words=words_in(answer["text"]),
        quantities=_stated(quantities_asked(criterion), quantities),
        track_record=_stated(track_record_asked(criterion), answer.get(TRACK_RECORD, {})),
        alternative=answer[ALTERNATIVE],
        reach=reach_of(criterion, quantities, bases) if can_reach else None,
        files=with_scans(answer["files"], scans),
    )


def _stated(asked: Iterable[Asked], numbers: dict[str, str]) -> list[tuple[Asked, Decimal]]:
    return [(one, Decimal(numbers[one.id])) for one in asked if one.id in numbers]


def _hours_shortcut(bid: Bid, criteria: Iterable[Criterion]) -> Shortcut | None:
    """The table that answers several questions at once; none where too few are in hours."""
    asked = hours_asked(criteria)
    if not asked:
        return None
    words = f"Enter the hours of {len(asked)} questions in one table"
    return Shortcut(words, reverse("bids:hours", args=[bid.pk]))


def _bases_task(bid: Bid, draft: Draft, criteria: Iterable[Criterion]) -> Task | None:
    asked = bases_asked(criteria)
    if not asked:
        return None
    stated = sum(base.id in draft.bases for base in asked)
    return Task(
        "Numbers that targets depend on",
        reverse("bids:bases", args=[bid.pk]),
        _how_far(stated, len(asked)),
        f"Asked once for the whole {bid.tender.words.bid}",
    )


def _answer_task(bid: Bid, criterion: Criterion, answer: AnswerContent) -> Task:
    needs = answer_needs(criterion, answer)
    status = (IN_PROGRESS if answer.is_begun else NOT_STARTED) if needs else COMPLETED
    return Task(
        criterion.title,
        reverse("bids:answer", args=[bid.pk, criterion.pk]),
        status,
    )


def _price_task(bid: Bid, draft: Draft) -> Task:
    return Task(
        bid.tender.words.your_price,
        reverse("bids:price", args=[bid.pk]),
        NOT_STARTED if draft.price is None else COMPLETED,
        "Kept apart from your answers: evaluators do not see it",
    )


def _how_far(done: int, total: int) -> str:
    if done == total:
        return COMPLETED
    return IN_PROGRESS if done else NOT_STARTED
