"""A tender, companies with complete sealed drafts, and the people who submit and open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Organisation, User
from accounts.roles import Role
from records.clock import database_time
from scripts.soaks.visitor import Visitor
from tenders.models import Tender
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import complete_draft, tender_with_questions
from tests.factories.tenders import team_member


@dataclass(frozen=True)
class Firm:
    """A company, and the browser of the person who bids for it."""

    company: Organisation
    visitor: Visitor


def firms(number: int, *, port: int) -> list[Firm]:
    """Companies, each with somebody who is signed in already."""
    companies = [SupplierFactory() for _ in range(number)]
    return [Firm(company, signed_in(bidder_of(company), port)) for company in companies]


def drafts_of(firms: list[Firm]) -> tuple[Tender, dict[UUID, Visitor]]:
    """A tender that is open for weeks yet, and a complete draft of each firm for it."""
    tender = tender_with_questions()
    drafts = {complete_draft(tender=tender, supplier=firm.company): firm for firm in firms}
    return tender, {bid.pk: firm.visitor for bid, firm in drafts.items()}


def openers(tender: Tender, *, port: int) -> tuple[Visitor, Visitor]:
    """An officer and the chair of that tender."""
    officer, chair = (team_member(tender, role) for role in (Role.OFFICER, Role.CHAIR))
    return signed_in(officer, port), signed_in(chair, port)


def close_in(tender: Tender, seconds: float) -> datetime:
    """Move the deadline close, now that everybody has the page open."""
    tender.closes_at = database_time() + timedelta(seconds=seconds)
    tender.save(update_fields=["closes_at"])
    return tender.closes_at


def signed_in(person: User, port: int) -> Visitor:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return Visitor(port, {settings.SESSION_COOKIE_NAME: session.session_key})
