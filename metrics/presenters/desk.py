"""An authority's charters as its own people see them: in force, in hand, and how they grew."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Organisation
from charter.models import Charter, Comment, Partner, Principle
from charter.states import CharterStatus
from design.drawing import Chart
from metrics.missing import Step, steps_of, was_missing
from metrics.presenters.changes import compare_versions
from metrics.presenters.missing import burn_down_chart
from metrics.presenters.targets import catalogue_of

WORDS, PARTNERS, PUBLISH = "Words and principles", "Partners", "Publish"
FOR_EDITORS = (WORDS, PARTNERS, PUBLISH)


@dataclass(frozen=True)
class Life:
    """One charter in its versions, newest first."""

    title: str
    steps: list[Step]
    burn_down: Chart | None

    @property
    def in_force(self) -> Step | None:
        return self._only(CharterStatus.PUBLISHED)

    @property
    def draft(self) -> Step | None:
        return self._only(CharterStatus.DRAFT)

    def _only(self, status: CharterStatus) -> Step | None:
        return next((step for step in self.steps if step.charter.status == status), None)


def desk_of(authority: Organisation) -> str:
    """The address of an authority's own page of its charters."""
    return f"{reverse('metrics:desk')}?authority={authority.pk}"


def lives_of(charters) -> list[Life]:
    """Every charter among these versions, each by its newest title."""
    known = charters.select_related("authority", "copied_from", "begun_by").annotate(
        principles_held=_number_of(Principle.objects.filter(quadrant__charter=OuterRef("pk"))),
        comments_to_answer=_number_of(Comment.objects.unanswered().filter(charter=OuterRef("pk"))),
        signatures_waiting=_number_of(
            Partner.objects.waiting().filter(
                charter__authority=OuterRef("authority"), charter__code=OuterRef("code")
            )
        ),
    )
    versions: dict[str, list[Step]] = {}
    for step in steps_of(known.order_by("code", "-version")):
        versions.setdefault(step.charter.code, []).append(step)
    return [Life(steps[0].charter.title, steps, _burn_down(steps)) for steps in versions.values()]


def _number_of(rows: QuerySet) -> Coalesce:
    """How many rows, asked beside the charters and not once for each of them."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _burn_down(steps: list[Step]) -> Chart | None:
    """Missing targets version by version; one version alone, or none missing, is no picture."""
    if len(steps) == 1 or not was_missing(steps):
        return None
    return burn_down_chart(steps[::-1])


def waiting_of(life: Life) -> tuple[str, str]:
    """How many signatures nobody has confirmed or declined: words and a colour."""
    return _left(life.steps[0].charter.signatures_waiting, "waiting")


def tasks_of(step: Step, *, can_edit: bool) -> list[dict]:
    """What there is to do on a draft before it is published, as a task list.

    Whoever may not edit the charter is told where it stands and led to what they may open.
    """
    draft = step.charter
    principles = draft.principles_held
    to_answer, waiting = draft.comments_to_answer, draft.signatures_waiting
    changes = _changes(draft)
    tasks = [
        _words(draft, *_has(principles, "principle")),
        _metrics(step, *_has(step.total, "metric")),
        _task(draft, "metrics:targets", "Targets", *_targets(step)),
        _task(draft, "charter:comments", "Comments", *_left(to_answer, "to answer")),
        _task(draft, "charter:partners", PARTNERS, *_left(waiting, "waiting")),
        *([_task(draft, "metrics:changes", "What changes", *changes)] if changes else []),
        _task(draft, "metrics:check", "Check", "What is doubtful, and why you go on", ""),
        _task(draft, "metrics:publish", PUBLISH, *_publish(principles)),
    ]
    closed = () if can_edit else FOR_EDITORS
    return [{**task, "href": None} if task["title"]["text"] in closed else task for task in tasks]


def _task(draft: Charter, page: str, title: str, words: str, colour: str) -> dict:
    return {
        "title": {"text": title},
        "href": reverse(page, args=[draft.pk]),
        "status": _status(words, colour),
    }


def _words(draft: Charter, words: str, colour: str) -> dict:
    hint = {"text": "Its title and place, principles, weighting rules and clauses."}
    return {**_task(draft, "charter:edit", WORDS, words, colour), "hint": hint}


def _metrics(step: Step, words: str, colour: str) -> dict:
    hint = "Change a metric, add one, or remove one." if step.total else "Add the first one."
    return {
        "title": {"text": "Metrics"},
        "hint": {"text": hint},
        "href": catalogue_of(step.charter.pk),
        "status": _status(words, colour),
    }


def _status(words: str, colour: str) -> dict:
    if not colour:
        return {"text": words}
    return {"tag": {"text": words, "classes": f"govuk-tag--{colour}"}}


def _has(count: int, thing: str) -> tuple[str, str]:
    if not count:
        return f"No {thing} yet", "blue"
    return f"{count} {thing}{'' if count == 1 else 's'}", ""


def _targets(step: Step) -> tuple[str, str]:
    if step.not_set:
        return f"{step.not_set} of {step.total} not set", "yellow"
    return ("All set" if step.total else "None to set"), ""


def _left(count: int, words: str) -> tuple[str, str]:
    return (f"{count} {words}", "yellow") if count else (f"None {words}", "")


def _changes(draft: Charter) -> tuple[str, str] | None:
    """How much a copy differs; nothing for a first version, which is all new."""
    if draft.copied_from is None:
        return None
    count = sum(compare_versions(draft.copied_from, draft).counts.values())
    return (f"{count} change{'' if count == 1 else 's'}" if count else "No changes yet"), ""


def _publish(principles: int) -> tuple[str, str]:
    return ("Once the check is dealt with", "") if principles else ("Cannot publish yet", "grey")
