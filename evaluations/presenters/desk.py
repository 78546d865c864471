"""Your tasks: what each tender waits for from this person, the most urgent first."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bids.models import Bid
from design.templatetags.format import london, london_date
from evaluations.models import AgreedMark, Mark, Marking
from evaluations.presenters.decisions import (
    recommendations_on,
    to_approve,
    to_read,
    to_recommend,
    waits_for_approval,
    waits_for_recommendation,
)
from tenders.models import (
    Assignment,
    Criterion,
    Extension,
    Method,
    OptOut,
    PublicationApproval,
    Tender,
)
from tenders.permissions_while_out import OUT
from tenders.states import State

NOW, SOON, LATER = 0, 1, 2


@dataclass(frozen=True)
class Task:
    """What one person can do, or waits for, on one tender."""

    tender: Tender
    role: str
    title: str
    detail: str
    urgency: int = LATER
    action: str = ""
    href: str = ""
    by_when: datetime | None = None


@dataclass
class Facts:
    """Counts for all of a person's tenders, read together."""

    received: Counter = field(default_factory=Counter)
    marked_criteria: Counter = field(default_factory=Counter)
    own_marks: Counter = field(default_factory=Counter)
    agreed: Counter = field(default_factory=Counter)
    handed_in: set = field(default_factory=set)
    evaluators: Counter = field(default_factory=Counter)
    all_handed_in: Counter = field(default_factory=Counter)
    # What is recommended or approved, and what was returned last.
    live: dict = field(default_factory=dict)
    returned: dict = field(default_factory=dict)
    # Requests to be let off what a policy asks that wait for somebody else to decide.
    opt_outs: dict = field(default_factory=dict)
    # Requests to publish a draft as it stands, likewise.
    publications: dict = field(default_factory=dict)
    # Later deadlines that somebody else proposed, likewise.
    extensions: dict = field(default_factory=dict)

    def to_mark(self, tender: Tender) -> int:
        return self.received[tender.pk] * self.marked_criteria[tender.pk]


def tasks_of(user: User, now: datetime) -> list[Task]:
    """One task for each role on each tender that is not over, by urgency."""
    held = list(
        Assignment.objects.filter(
            person=user,
            conflicted_at__isnull=True,
            tender__authority__in=user.memberships.values("organisation"),
        )
        .exclude(tender__in=_conflicted_tenders(user))
        .select_related("tender__authority")
    )
    facts = _facts([one.tender for one in held], user)
    tasks = [task for one in held if (task := _task(one, one.tender.state(now), facts)) is not None]
    return sorted(tasks, key=lambda task: (task.urgency, task.tender.title, task.role))


def conflicted_tenders(user: User) -> list[Tender]:
    """Those this person takes no further part in."""
    return list(Tender.objects.filter(pk__in=_conflicted_tenders(user)).order_by("title"))


def _conflicted_tenders(user: User):
    return user.assignments.filter(conflicted_at__isnull=False).values("tender")


def _facts(tenders: list[Tender], user: User) -> Facts:
    opened = [one.pk for one in tenders if one.are_bids_readable]
    facts = Facts()
    bids = Bid.objects.received().filter(tender__in=opened)
    facts.received.update(bids.order_by().values_list("tender", flat=True))
    marked = Criterion.objects.filter(tender__in=opened, method=Method.MARKS)
    facts.marked_criteria.update(marked.order_by().values_list("tender", flat=True))
    own = Mark.objects.filter(evaluator=user, bid__in=bids).latest()
    facts.own_marks.update(own.order_by().values_list("bid__tender", flat=True))
    agreed = AgreedMark.objects.filter(bid__in=bids)
    facts.agreed.update(agreed.order_by().values_list("bid__tender", flat=True))
    for tender, evaluator in Marking.objects.filter(tender__in=opened).values_list(
        "tender", "evaluator"
    ):
        facts.all_handed_in[tender] += 1
        if evaluator == user.pk:
            facts.handed_in.add(tender)
    evaluators = Assignment.objects.filter(
        tender__in=opened, role=Role.EVALUATOR, conflicted_at__isnull=True
    )
    counted = evaluators.order_by().values("tender").annotate(people=Count("pk"))
    facts.evaluators.update({one["tender"]: one["people"] for one in counted})
    facts.live, facts.returned = recommendations_on(opened)
    waiting = OptOut.objects.filter(tender__in=[one.pk for one in tenders]).waiting_for(user)
    for opt_out in waiting.select_related("requested_by"):
        facts.opt_outs.setdefault(opt_out.tender_id, opt_out)
    asked = PublicationApproval.objects.filter(tender__in=[one.pk for one in tenders])
    for approval in asked.waiting_for(user).select_related("asked_by"):
        facts.publications[approval.tender_id] = approval
    proposed = Extension.objects.filter(tender__in=[one.pk for one in tenders]).undecided()
    for extension in proposed.exclude(proposed_by=user).select_related("proposed_by"):
        facts.extensions[extension.tender_id] = extension
    return facts


def _task(held: Assignment, state: State, facts: Facts) -> Task | None:
    writers = {
        Role.EVALUATOR: _for_evaluator,
        Role.CHAIR: _for_chair,
        Role.OFFICER: _for_officer,
        Role.APPROVER: _for_approver,
    }
    write = writers.get(Role(held.role))
    said = write(held, state, facts) if write else None
    if said is None:
        return None
    return Task(tender=held.tender, role=held.get_role_display(), **said)


def _to(name: str, tender: Tender) -> str:
    return reverse(name, args=[tender.pk])


def _for_evaluator(held: Assignment, state: State, facts: Facts) -> dict | None:
    tender = held.tender
    if not held.declared_at and state in "POCE":
        return {
            "title": "Declare your interests",
            "detail": f"You can read no {tender.words.bid} before you have declared.",
            "urgency": NOW if state == State.EVALUATING else SOON,
            "action": "Declare interests",
            "href": _to("evaluations:declare", tender),
            "by_when": tender.closes_at if state != State.EVALUATING else None,
        }
    if state in "POC":
        return {
            "title": "Nothing to do yet",
            "detail": "You can mark once two people have opened them, after the deadline.",
            "by_when": tender.closes_at,
        }
    if state == State.EVALUATING:
        return _marking(tender, facts)
    if state in "RMA":
        return {
            "title": "Read what the panel agrees" if state == State.MODERATING else "Marks agreed",
            "detail": "The chair opened moderation; your own marks are kept as you gave them.",
            "urgency": SOON if state == State.MODERATING else LATER,
            "action": "Read the panel's marks",
            "href": _to("evaluations:moderation", tender),
        }
    return None


def _marking(tender: Tender, facts: Facts) -> dict:
    done, total = facts.own_marks[tender.pk], facts.to_mark(tender)
    href = _to("evaluations:marking", tender)
    if tender.pk in facts.handed_in:
        return {
            "title": "Your marks are handed in",
            "detail": "Next the chair opens moderation.",
            "action": "Read your marks",
            "href": href,
        }
    complete = done >= total
    return {
        "title": "Hand in your marks" if complete else f"{done} of {total} answers marked",
        "detail": "Every answer has your mark." if complete else "Mark each answer on its own.",
        "urgency": NOW,
        "action": "Check and hand in" if complete else "Mark the next answer",
        "href": href,
    }


def _for_chair(held: Assignment, state: State, facts: Facts) -> dict | None:
    tender = held.tender
    if state == State.CLOSED:
        return _opening(tender)
    if state == State.EVALUATING:
        done, total = facts.all_handed_in[tender.pk], facts.evaluators[tender.pk]
        ready = 0 < total <= done
        return {
            "title": "Open moderation" if ready else f"{done} of {total} evaluators handed in",
            "detail": "All marks are in." if ready else "Marks stay with each evaluator.",
            "urgency": NOW if ready else LATER,
            "action": "See progress",
            "href": _to("evaluations:progress", tender),
        }
    if state == State.MODERATING:
        left = facts.to_mark(tender) - facts.agreed[tender.pk]
        return {
            "title": f"{left} marks to agree" if left > 0 else "Lock moderation",
            "detail": "The widest disagreement comes first.",
            "urgency": NOW,
            "action": "Moderate" if left > 0 else "Check and lock",
            "href": _to("evaluations:moderation", tender),
        }
    return _ranked(tender, state)


def _for_officer(held: Assignment, state: State, facts: Facts) -> dict | None:
    tender = held.tender
    if state == State.CLOSED:
        return _opening(tender)
    if state == State.EVALUATING:
        done, total = facts.all_handed_in[tender.pk], facts.evaluators[tender.pk]
        return {
            "title": f"{done} of {total} evaluators handed in",
            "detail": "The chair opens moderation when all have.",
            "action": "See progress",
            "href": _to("evaluations:progress", tender),
        }
    if state == State.LOCKED and tender.pk in facts.live:
        return waits_for_approval(tender, facts.live[tender.pk])
    if state == State.LOCKED:
        return {**to_recommend(tender, facts.returned.get(tender.pk)), "urgency": NOW}
    return _ranked(tender, state)


def _for_approver(held: Assignment, state: State, facts: Facts) -> dict | None:
    tender = held.tender
    if state == State.DRAFT and tender.pk in facts.opt_outs:
        return _departure(facts.opt_outs[tender.pk])
    if state == State.DRAFT and tender.pk in facts.publications:
        return _publication(facts.publications[tender.pk])
    if state in OUT and tender.pk in facts.extensions:
        return _later_deadline(facts.extensions[tender.pk])
    if state == State.LOCKED and tender.pk in facts.live:
        return {**to_approve(tender, facts.live[tender.pk]), "urgency": NOW}
    if state == State.LOCKED:
        return waits_for_recommendation(tender)
    return _ranked(tender, state)


def _departure(opt_out: OptOut) -> dict:
    asked = "a clause is waived" if opt_out.clause else "social value is left out"
    return {
        "title": f"Decide whether {asked}",
        "detail": f"{opt_out.requested_by} asked {london_date(opt_out.requested_at)}. "
        f"{opt_out.decides} decides; you record the decision.",
        "urgency": NOW,
        "action": "Read and decide",
        "href": reverse("tenders:decide_opt_out", args=[opt_out.tender_id, opt_out.pk]),
    }


def _publication(approval: PublicationApproval) -> dict:
    return {
        "title": "Decide whether it is published",
        "detail": f"{approval.asked_by} asked {london_date(approval.asked_at)}. "
        f"{approval.decides} decides; you record the decision.",
        "urgency": NOW,
        "action": "Read and decide",
        "href": reverse("tenders:decide_publication", args=[approval.tender_id, approval.pk]),
    }


def _later_deadline(extension: Extension) -> dict:
    return {
        "title": "Decide on a later deadline",
        "detail": f"{extension.proposed_by} proposes {london(extension.closes_at)}. Once the "
        "present deadline has passed it can no longer be moved.",
        "urgency": NOW,
        "action": "Read and decide",
        "href": reverse("bids:decide_extension", args=[extension.tender_id, extension.pk]),
        "by_when": extension.former_closes_at,
    }


def _opening(tender: Tender) -> dict:
    return {
        "title": tender.words.open_them,
        "detail": "The officer and the chair each open them; then marking can begin.",
        "urgency": NOW,
        "action": f"Open {tender.words.bids}",
        "href": _to("bids:open", tender),
    }


def _ranked(tender: Tender, state: State) -> dict | None:
    if state not in "MA":
        return None
    return {
        "title": "Ranked" if state == State.LOCKED else tender.words.awarded,
        "detail": "The result is kept with every number behind it.",
        **to_read(tender),
    }
