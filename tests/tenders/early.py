"""People and entries around a pre-procurement record, for its tests."""

from datetime import UTC, date, datetime

from accounts.roles import Role
from tenders.groundwork import Told
from tests.factories.accounts import person_in
from tests.factories.tenders import AssignmentFactory, TenderFactory

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
MEETING = Told(
    audience="residents",
    who="Tenants of the homes to be repaired",
    how="A public meeting",
    held_on=date(2026, 3, 9),
    people=31,
    learned="They want one visit, not five.",
)


def officer_at(authority):
    """An officer of the authority."""
    return person_in(authority, Role.OFFICER)


def draft_of(officer, authority, **fields):
    """A draft tender of the authority with this officer."""
    tender = TenderFactory(authority=authority, **fields)
    AssignmentFactory(tender=tender, person=officer, role=Role.OFFICER)
    return tender
