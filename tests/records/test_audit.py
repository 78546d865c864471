"""The audit trail: chained, append-only, honest about tampering."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from records import audit
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, UserFactory

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PROTECTED = "records.AuditEvent:append_only"


def write(target, **details):
    return audit.record(verb="thing.done", by=None, target=target, at=NOON, **details)


@pytest.mark.django_db
def test_record_says_who_what_when_and_the_details():
    person = UserFactory(email="ada@example.org")
    authority = AuthorityFactory()

    audit.record(verb="authority.founded", by=person, target=authority, at=NOON, size=3)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.actor_label) == (
        "authority.founded",
        person.pk,
        "ada@example.org",
    )
    assert (event.target_label, event.target_id) == (
        "accounts.Organisation",
        str(authority.pk),
    )
    assert (event.at, event.details) == (NOON, {"size": 3})


@pytest.mark.django_db
def test_events_of_a_stream_are_numbered_and_linked():
    authority = AuthorityFactory()

    first, second = write(authority), write(authority)

    assert (first.position, first.previous_hash) == (1, audit.START)
    assert (second.position, second.previous_hash) == (2, first.hash)


@pytest.mark.django_db
def test_a_sound_stream_has_no_broken_links():
    authority = AuthorityFactory()
    for number in range(3):
        write(authority, number=number)

    assert list(audit.broken_links(audit.SITE)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"verb": "nothing.done"}, {"details": {"number": 9}}])
def test_an_event_changed_behind_our_back_is_found(change):
    authority = AuthorityFactory()
    events = [write(authority, number=number) for number in range(3)]

    with pgtrigger.ignore(PROTECTED):
        AuditEvent.objects.filter(pk=events[1].pk).update(**change)

    assert list(audit.broken_links(audit.SITE)) == [events[1]]


@pytest.mark.django_db
def test_an_event_taken_out_of_the_middle_is_found():
    authority = AuthorityFactory()
    events = [write(authority, number=number) for number in range(3)]

    with pgtrigger.ignore(PROTECTED):
        AuditEvent.objects.filter(pk=events[1].pk).delete()

    assert list(audit.broken_links(audit.SITE)) == [events[2]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_auditevent SET verb = 'x'",
        "DELETE FROM records_auditevent",
        "TRUNCATE records_auditevent",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement):
    write(AuthorityFactory())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEvent.objects.count() == 1


def _write_twenty(authority):
    try:
        for number in range(20):
            write(authority, number=number)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_fork_the_chain():
    authority = AuthorityFactory()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(_write_twenty, [authority] * 5))

    assert AuditEvent.objects.count() == 100
    assert list(audit.broken_links(audit.SITE)) == []


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_writers_do_collide(monkeypatch):
    """The twin of the test above: it shows that the race is real."""
    monkeypatch.setattr(audit, "_lock", lambda stream: None)
    authority = AuthorityFactory()

    def collides():
        with ThreadPoolExecutor(5) as pool:
            try:
                list(pool.map(_write_twenty, [authority] * 5))
            except DatabaseError:
                return True
        return False

    assert collides()
