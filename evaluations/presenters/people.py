"""How evaluators are named: to the chair by name, to the rest of the panel by number."""

from accounts.models import User
from accounts.roles import Role
from tenders.models import Tender


def names_of_evaluators(tender: Tender, viewer: User) -> dict[str, str]:
    """A name for each evaluator, by id. Only the chair learns who gave which mark."""
    assignments = list(tender.assignments.select_related("person"))
    sees_names = any(
        one.role == Role.CHAIR and one.person_id == viewer.pk and not one.conflicted_at
        for one in assignments
    )
    marking = [one for one in assignments if one.role == Role.EVALUATOR]
    evaluators = sorted({str(one.person_id): one.person for one in marking}.items())
    names = {}
    for number, (key, person) in enumerate(evaluators, start=1):
        if person.pk == viewer.pk:
            names[key] = "You"
        else:
            names[key] = str(person) if sees_names else f"Evaluator {number}"
    return names


def joined(names: list[str]) -> str:
    """A; A and B; A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
