"""Who must approve that a tender is published, by its size, and whether this draft is approved."""

from dataclasses import dataclass
from datetime import date

from charter.clauses import ACCOUNTABILITY
from charter.proportion import Asked, Duty
from design.templatetags.format import london_date
from tenders.models import PublicationApproval, Tender
from tenders.policy import policy_of
from tenders.seats import has_interest

ASK_AGAIN = "An officer asks again under “Check and publish”."


@dataclass(frozen=True)
class Route:
    """Who answers for a contract of this size, as the policy names them; or why nobody."""

    # The clause that names them; None where nobody must approve.
    duty: Duty | None
    # What the policy says of larger contracts, or of others.
    elsewhere: tuple[Duty, ...]

    @property
    def decides(self) -> str:
        """Who decides; empty for nobody."""
        return self.duty.facts["who"] if self.duty else ""

    @property
    def because(self) -> str:
        """Why this one decides, or why nobody must."""
        if self.duty:
            return self.duty.because
        if self.elsewhere:
            return "; ".join(f"{one.because} ({one.facts['who']})" for one in self.elsewhere)
        return "your policy names nobody who answers for a contract"


def route_of(tender: Tender, on: date) -> Route:
    """Where the publication of a tender is decided, by the policy and size of that day."""
    return route_under(policy_of(tender, on))


def route_under(asked: Asked) -> Route:
    """The same, where what the policy asks is known already."""
    others = [one for one in asked.silent if one.kind == ACCOUNTABILITY]
    return Route(asked.accountable, tuple(others))


def latest_of(tender: Tender) -> PublicationApproval | None:
    """The last request to publish that no later one has replaced."""
    found = [one for one in tender.approvals.all() if one.replaced_at is None]
    return max(found, key=lambda one: one.asked_at, default=None)


def lapse_of(approval: PublicationApproval, route: Route) -> str:
    """Why a request or an approval is not of the draft as it stands; empty where it is."""
    begun = "The approval" if approval.is_approved else "The request"
    if approval.edits != approval.tender.edits:
        return (
            f"{begun} of {london_date(approval.decided_at or approval.asked_at)} is of an earlier "
            f"draft: the draft was changed after it was asked for. {ASK_AGAIN}"
        )
    if approval.decides != route.decides:
        now = route.decides or "nobody"
        return (
            f"{begun} was asked of {approval.decides}. For the contract as it is now your policy "
            f"names {now}. {ASK_AGAIN if route.decides else 'No approval is needed.'}"
        )
    if approval.is_approved and has_interest(approval.tender, approval.decided_by_id):
        return (
            f"{begun} of {london_date(approval.decided_at)} was recorded by somebody who has "
            f"declared an interest since, so another approver must decide. {ASK_AGAIN}"
        )
    return ""


def approved_of(tender: Tender, route: Route) -> PublicationApproval | None:
    """The approval of this very draft by whom the policy names now."""
    latest = latest_of(tender)
    holds = latest is not None and latest.is_approved and not lapse_of(latest, route)
    return latest if holds else None


def waiting_of(tender: Tender, route: Route) -> PublicationApproval | None:
    """The request of this very draft that waits for whom the policy names now."""
    latest = latest_of(tender)
    waits = latest is not None and latest.is_approved is None and not lapse_of(latest, route)
    return latest if waits else None


def need_of(tender: Tender, route: Route) -> str:
    """What must happen before the tender may be published; empty for nothing."""
    latest = latest_of(tender)
    if not route.decides or approved_of(tender, route):
        return ""
    if latest is None:
        return f"{route.decides} must approve first. An officer asks under “Check and publish”."
    if lapse := lapse_of(latest, route):
        return lapse
    if latest.is_approved is None:
        return f"It waits for the approval of {route.decides}. An approver records the decision."
    return (
        f"It was returned on {london_date(latest.decided_on)}: “{latest.decision_reason}” Mend it, "
        f"or say why not. {ASK_AGAIN}"
    )


def refusal_of(tender: Tender, route: Route) -> str:
    """Why approval cannot be asked for, and what to do instead; empty where it can."""
    if not route.decides:
        return f"Nobody must approve that this tender is published: {route.because}. Publish it."
    if approved_of(tender, route):
        return f"{route.decides} has approved this draft. Publish it."
    return ""
