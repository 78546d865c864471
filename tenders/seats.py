"""What each role on a tender's team is for, and by when somebody must hold it."""

from uuid import UUID

from accounts.roles import Role
from tenders.models import Tender

PURPOSES = {
    Role.OFFICER: "Designs and runs it. The first of two people who open what was sent.",
    Role.EVALUATOR: "Marks every answer alone, with reasons. Holds no other role in the decision.",
    Role.CHAIR: "The second person to open it. Leads moderation and records agreed marks.",
    Role.APPROVER: "Approves or returns what is recommended. Never marks.",
    Role.CONTRACT_MANAGER: "Follows the promises once it is decided.",
}
# Opening bids takes an officer and the chair; an award takes an approver.
TO_PUBLISH = {
    Role.OFFICER: "an officer",
    Role.EVALUATOR: "an evaluator",
    Role.CHAIR: "a chair",
    Role.APPROVER: "an approver",
}
TO_AWARD = (Role.CONTRACT_MANAGER,)


def has_interest(tender: Tender, person: UUID | None) -> bool:
    """Whether this person has declared an interest in the tender."""
    seats = tender.assignments.all() if person else ()
    return any(one.conflicted_at and one.person_id == person for one in seats)
