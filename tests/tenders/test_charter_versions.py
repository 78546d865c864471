"""A charter moves on; what was published with a version keeps to it."""

import pytest
from django.urls import reverse

from charter.models import Charter
from metrics import actions
from tenders.fingerprint import case_hash
from tests.factories.charter import PrincipleFactory
from tests.metrics.lives import NOW, administrator_of, decision, with_reasons
from tests.tenders.drafts import complete_draft, published_tender

pytestmark = pytest.mark.django_db


def next_version(charter):
    """A later version in force, in which everything says something else."""
    by = administrator_of(charter.authority)
    PrincipleFactory(quadrant__charter=charter)
    draft = actions.start_new_version(charter=charter, reason="Review", by=by, at=NOW)
    draft.metrics.update(
        wording="Something else",
        target_text="At least 99 hours",
        measure={"id": "m5", "target": {"kind": "absolute", "value": "99"}},
    )
    Charter.objects.filter(pk=draft.pk).update(rules=[])
    draft.refresh_from_db()
    with_reasons(draft)
    return actions.publish_version(charter=draft, decision=decision(), by=by, at=NOW)


def test_a_published_tender_keeps_its_version_and_all_it_was_published_with():
    tender = published_tender()
    before = (tender.charter_id, tender.published_case, tender.case_hash)
    targets = [(one.code, one.metric_id, one.measure) for one in tender.criteria.all()]

    later = next_version(tender.charter)

    tender.refresh_from_db()
    assert (tender.charter_id, tender.published_case, tender.case_hash) == before
    assert case_hash(tender.published_case) == tender.case_hash
    assert [(one.code, one.metric_id, one.measure) for one in tender.criteria.all()] == targets
    assert tender.charter != later
    assert tender.charter.status == "superseded"


def test_the_public_page_of_an_earlier_tender_shows_the_target_it_was_published_with(client):
    tender = published_tender()
    next_version(tender.charter)

    printed = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "At least 36 hours" in printed
    assert "99 hours" not in printed


def test_a_draft_tender_keeps_the_version_it_was_begun_with():
    tender = complete_draft()
    begun_with = tender.charter_id

    next_version(tender.charter)

    tender.refresh_from_db()
    assert tender.charter_id == begun_with


def test_a_new_tender_begins_from_the_version_in_force(client):
    tender = complete_draft()
    later = next_version(tender.charter)
    client.force_login(administrator_of(tender.authority))

    response = client.get(reverse("tenders:choose_charter"))

    assert response.url == reverse("tenders:choose_opportunity", args=[later.pk])
