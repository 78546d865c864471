"""What is published is served as the very bytes that were hashed, and says all there is to say."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from tenders import actions
from tenders.models import Condition, Tender
from tenders.notices import notice_bytes, notice_hash
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import approved_to_publish, tender_in
from tests.tenders.departures import ask, decide, nelc_draft
from tests.tenders.drafts import NOW, complete_draft, officer_of, published_tender, with_reasons
from tests.tenders.test_opt_outs import without_social_value

pytestmark = pytest.mark.django_db


def fetched(client, name, tender):
    return client.get(reverse(f"tenders:{name}", args=[tender.pk]))


@pytest.mark.parametrize(
    ("name", "kept"), [("case_json", "case_hash"), ("notice_json", "notice_hash")]
)
def test_anybody_can_check_a_published_document_against_its_hash(client, name, kept):
    tender = published_tender(title="Café & <b>grounds</b>")

    response = fetched(client, name, tender)

    assert response["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == getattr(tender, kept)


def test_both_are_linked_beside_their_hashes_on_the_public_page(client):
    tender = published_tender()

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    for name, told in (("case_json", tender.case_hash), ("notice_json", tender.notice_hash)):
        assert reverse(f"tenders:{name}", args=[tender.pk]) in page
        assert told in page


def test_the_notice_holds_what_the_scoring_case_does_not(client):
    draft = complete_draft()
    metric = MetricFactory(charter=draft.charter, number=7, short_title="Local jobs")
    Condition.objects.create(tender=draft, metric=metric, reason="Everyone must.")
    with_reasons(draft)
    tender = actions.publish_tender(tender=draft, by=officer_of(draft), at=NOW)

    notice = json.loads(fetched(client, "notice_json", tender).content)

    assert notice["case_sha256"] == tender.case_hash
    assert (notice["title"], notice["summary"]) == (tender.title, tender.summary)
    assert (notice["contract_value"], notice["starts_on"]) == ("1000000", "2027-04-01")
    assert notice["as_published"]["closes_at"] == "2026-07-06T11:00:00+00:00"
    assert notice["policy"]["charter"]["version"] == tender.charter.version
    assert [one["id"] for one in notice["questions"]] == ["q1", "m5"]
    assert [one["mark"] for one in notice["scale"]] == list("012345")
    assert [(one["title"], one["reason"]) for one in notice["conditions"]] == [
        ("Local jobs", "Everyone must.")
    ]
    assert notice["lots"] is None


def test_the_notice_tells_of_what_was_let_off_and_names_no_person(client):
    tender = nelc_draft()
    asked = decide(ask(tender))
    tender = approved_to_publish(without_social_value(asked.tender))
    published = actions.publish_tender(tender=tender, by=officer_of(tender), at=asked.decided_at)

    notice = published.notice

    [let_off] = notice["departures"]["let_off"]
    assert (let_off["decided_by"], let_off["decided_on"]) == ("Leadership Team", "2026-06-02")
    assert str(asked.decided_by) not in json.dumps(notice)


def test_a_later_deadline_and_a_renamed_charter_leave_the_notice_as_it_was(client):
    tender = published_tender()
    before = fetched(client, "notice_json", tender).content
    tender.closes_at = tender.closes_at.replace(year=2027)
    tender.save()
    tender.charter.title = tender.authority.name = "Renamed"
    tender.charter.save()
    tender.authority.save()
    tender.criteria.update(title="Another", question="Another")

    assert fetched(client, "notice_json", tender).content == before


def test_a_condition_s_target_is_frozen_with_the_tender():
    draft = complete_draft()
    metric = MetricFactory(charter=draft.charter, number=7)
    condition = Condition.objects.create(tender=draft, metric=metric, reason="Everyone must.")
    with_reasons(draft)
    actions.publish_tender(tender=draft, by=officer_of(draft), at=NOW)

    condition.refresh_from_db()
    assert condition.measure == metric.measure


def test_a_document_that_is_not_what_was_hashed_is_not_handed_out(client):
    tender = published_tender()
    Tender.objects.filter(pk=tender.pk).update(
        notice={**tender.notice, "title": "Tampered"},
        published_case={**tender.published_case, "tie_break": []},
    )

    for name in ("case_json", "notice_json"):
        assert fetched(client, name, tender).status_code == 404


def test_of_a_draft_and_of_an_earlier_release_there_is_no_notice(client):
    draft, old = complete_draft(), tender_in("O")
    client.force_login(officer_of(draft))

    assert fetched(client, "notice_json", draft).status_code == 404
    assert fetched(client, "case_json", draft).status_code == 404
    assert fetched(client, "notice_json", old).status_code == 404


def test_the_same_notice_gives_the_same_bytes_whatever_the_order_of_its_keys():
    one = {"b": [1, {"y": "é", "x": None}], "a": "1"}

    assert notice_bytes(one) == '{"a":"1","b":[1,{"x":null,"y":"é"}]}'.encode()
    assert notice_hash(one) == notice_hash(dict(reversed(one.items())))


def test_the_value_is_exact_to_the_penny():
    tender = published_tender(contract_value=Decimal("350000.01"))

    assert tender.notice["contract_value"] == "350000.01"
