"""A charter's versions, one after the other."""

from datetime import UTC, datetime

import pytest

from accounts.access import Conflict
from charter.actions import publish_charter
from charter.states import CharterStatus
from records.models import AuditEvent
from tests.factories.charter import CharterFactory

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_publishing_puts_a_draft_in_force():
    charter = publish_charter(charter=CharterFactory(draft=True), by=None, at=AT)

    charter.refresh_from_db()
    assert (charter.status, charter.published_at) == (CharterStatus.PUBLISHED, AT)


def test_publishing_leaves_an_audit_event():
    charter = publish_charter(charter=CharterFactory(draft=True), by=None, at=AT)

    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("charter.published", str(charter.pk))
    assert event.details == {"version": 1}


@pytest.mark.parametrize("trait", [{}, {"superseded": True}])
def test_a_version_is_published_once(trait):
    charter = CharterFactory(**trait)

    with pytest.raises(Conflict) as caught:
        publish_charter(charter=charter, by=None, at=AT)

    assert str(caught.value).endswith("Start a new version instead.")


def test_the_charter_of_another_authority_stays_in_force():
    other = CharterFactory(code="ours")

    publish_charter(charter=CharterFactory(draft=True, code="ours"), by=None, at=AT)

    other.refresh_from_db()
    assert other.status == CharterStatus.PUBLISHED
