"""What the check page says of publishing: who must approve, how far that is, who does what next."""

from dataclasses import dataclass
from datetime import datetime

from accounts.access import allows
from accounts.models import User
from tenders.approval import Route, lapse_of, latest_of, need_of, route_of
from tenders.models import PublicationApproval, Tender
from tenders.permissions import check_can_decide_publication, check_can_publish
from tenders.policy import policy_day


@dataclass(frozen=True)
class Publishing:
    """How a draft comes to be published, as one reader may act on it."""

    route: Route
    latest: PublicationApproval | None
    lapse: str
    # What must happen before it may be published; empty for nothing.
    need: str
    is_complete: bool
    is_officer: bool
    may_decide: bool

    @property
    def tag(self) -> tuple[str, str]:
        """Where the approval stands in two or three words, and their colour."""
        if not self.route.decides:
            return "Not needed", "grey"
        if self.latest is None:
            return "Not asked yet", "blue"
        if self.lapse:
            return "No longer counts", "orange"
        if self.latest.is_approved is None:
            return "Waits for a decision", "yellow"
        return ("Approved", "green") if self.latest.is_approved else ("Returned", "red")

    @property
    def waits(self) -> bool:
        """Whether this very draft waits for a decision."""
        return bool(self.latest) and self.latest.is_approved is None and not self.lapse

    @property
    def may_ask(self) -> bool:
        return self.is_officer and self.is_complete and bool(self.need)

    @property
    def may_publish(self) -> bool:
        return self.is_officer and self.is_complete and not self.need


def publishing_of(tender: Tender, user: User, now: datetime, *, is_complete: bool) -> Publishing:
    """What this person reads of publishing a draft, and may do about it."""
    route, latest = route_of(tender, policy_day(tender, now)), latest_of(tender)
    if latest is not None:
        latest.tender = tender
    return Publishing(
        route=route,
        latest=latest,
        lapse=lapse_of(latest, route) if latest else "",
        need=need_of(tender, route),
        is_complete=is_complete,
        is_officer=allows(check_can_publish, user, tender, now),
        may_decide=latest is not None and allows(check_can_decide_publication, user, latest, now),
    )
