"""A tender goes with the edition that stood on its own day, whatever comes later."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from charter.actions import load_frameworks
from charter.models import Framework
from records.models import AuditEvent
from tenders import actions
from tenders.edition import edition_for
from tenders.presenters.edition import edition_words
from tests.factories.tenders import tender_in
from tests.tenders.drafts import NOW, complete_draft, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions():
    load_frameworks(by=None, at=NOW)


def published_at(moment):
    draft = complete_draft(
        opens_at=moment + timedelta(days=7), closes_at=moment + timedelta(days=35)
    )
    return actions.publish_tender(tender=draft, by=officer_of(draft), at=moment)


def words(client, name, tender):
    response = client.get(reverse(f"tenders:{name}", args=[tender.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2020, 12, 31, 23, 59, tzinfo=UTC), None),
        (datetime(2021, 1, 1, tzinfo=UTC), "ppn-06-20"),
        (datetime(2025, 2, 23, 23, 59, tzinfo=UTC), "ppn-06-20"),
        (datetime(2025, 2, 24, tzinfo=UTC), "ppn-002"),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), "ppn-002"),
        (datetime(2027, 1, 1, tzinfo=UTC), "ppn-026"),
    ],
)
def test_publishing_pins_the_edition_of_that_day(editions, moment, code):
    tender = published_at(moment)

    tender.refresh_from_db()
    assert tender.edition_id == code


def test_the_day_is_londons_day(editions):
    """Half past eleven at night in universal time is the next day in a London summer."""
    before = edition_for(datetime(2025, 9, 30, 22, 30, tzinfo=UTC))
    after = edition_for(datetime(2025, 9, 30, 23, 30, tzinfo=UTC))

    assert [one.code for one in before.still_allowed] == ["ppn-06-20"]
    assert after.still_allowed == ()


def test_the_audit_event_says_which_edition(editions):
    published_at(NOW)

    event = AuditEvent.objects.get(verb="tender.published")
    assert event.details["edition"] == "ppn-002"


def test_a_tender_keeps_its_edition_when_a_later_one_starts(editions):
    tender = published_at(datetime(2024, 5, 1, 9, tzinfo=UTC))

    said = edition_words(tender, now=datetime(2027, 3, 1, 9, tzinfo=UTC))

    assert (tender.edition_id, said.edition.code) == ("ppn-06-20", "ppn-06-20")
    assert said.sentence == (
        "This procurement commenced on 1 May 2024, so the Social Value Model edition that "
        "stood then is PPN 06/20. It keeps that edition, whatever comes later."
    )


def test_a_transition_names_the_edition_that_might_have_been_used(editions):
    said = edition_words(published_at(datetime(2025, 6, 2, 9, tzinfo=UTC)), now=NOW)

    assert said.older == (
        "PPN 06/20 may still be used instead by a procurement that commences in the transition.",
    )


def test_after_the_change_the_older_edition_is_said_not_to_be_withdrawn(editions):
    tender = published_at(datetime(2027, 3, 1, 9, tzinfo=UTC))

    said = edition_words(tender, now=NOW)

    assert (tender.edition_id, said.older) == (
        "ppn-026",
        ("PPN 002 has not been withdrawn: those whom the newer edition does not bind may use it.",),
    )


def test_without_frameworks_a_tender_is_published_and_its_edition_unknown():
    tender = published_at(NOW)

    assert tender.edition is None
    assert edition_words(tender, now=NOW).sentence == (
        "This procurement commenced on 1 June 2026. No edition of the Social Value Model "
        "was on record for that day, so it is not known which one goes with it."
    )


def test_frameworks_that_arrive_later_do_not_change_what_was_unknown():
    tender = published_at(NOW)
    load_frameworks(by=None, at=NOW)

    tender.refresh_from_db()
    assert tender.edition is None


def test_a_draft_is_told_what_it_would_be_today(editions):
    said = edition_words(tender_in("D"), now=datetime(2026, 11, 21, 9, tzinfo=UTC))

    assert said.sentence == (
        "The edition of the Social Value Model is decided by the day the tender is published. "
        "Today it would be PPN 002."
    )


def test_a_draft_without_frameworks_is_told_that_none_is_on_record():
    said = edition_words(tender_in("D"), now=NOW)

    assert said.sentence.endswith("For today no edition is on record.")
    assert said.edition is None


def test_the_public_page_says_which_edition_and_whom_it_binds(client, editions):
    tender = published_at(NOW)

    printed = words(client, "public", tender)

    assert "This procurement commenced on 1 June 2026" in printed
    assert "It binds central government. Other authorities follow it by choice." in printed
    assert reverse("charter:framework", args=["ppn-002"]) in printed


def test_the_public_page_says_when_it_is_unknown(client):
    assert "it is not known which one goes with it" in words(client, "public", published_at(NOW))


def test_the_officers_page_says_it_before_and_after_publication(client, editions):
    draft, published = tender_in("D"), published_at(NOW)
    for tender, said in ((draft, "Today it would be PPN"), (published, "stood then is PPN 002")):
        client.force_login(officer_of(tender))
        assert said in words(client, "internal", tender)


def test_an_edition_that_tenders_go_with_cannot_be_deleted(editions):
    published_at(NOW)

    with pytest.raises(ProtectedError):
        Framework.objects.get(code="ppn-002").delete()
