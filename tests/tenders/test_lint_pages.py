"""The page of the check of a tender's wording, and the reasons in the tender's file."""

from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics.forms.reasons import ALL
from metrics.models import Metric
from tenders.checking import reliance_of
from tenders.models import Tender
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of, published_tender

pytestmark = pytest.mark.django_db
KIND = "flat-target"
WHY = "Our legal adviser has read it."


@pytest.fixture
def draft(client):
    """A draft that lacks nothing but a reason, its officer signed in."""
    made = complete_draft()
    made.warning_reasons.all().delete()
    client.force_login(officer_of(made))
    return made


def address(tender):
    return reverse("tenders:faults", args=[tender.pk])


def page(client, tender, status=200):
    response = client.get(address(tender))
    assert response.status_code == status
    return response


def words(response):
    return " ".join(unescape(response.content.decode()).split())


def fingerprints_of(tender):
    tender = Tender.objects.with_design().get(pk=tender.pk)
    return [one.fingerprint for one in reliance_of(tender, NOW).warnings]


def send(client, tender, **fields):
    told = {"group": KIND, "shown": " ".join(fingerprints_of(tender)), "reason": WHY}
    return client.post(address(tender), {**told, **fields})


def test_the_task_list_leads_to_it(client, draft):
    told = words(client.get(reverse("tenders:internal", args=[draft.pk])))

    assert address(draft) in told
    assert "1 warning without a reason: give one for it." in told


def test_an_officer_gives_a_reason_and_goes_on(client, draft):
    assert "1 warning without a reason." in words(page(client, draft))

    assert send(client, draft).url == address(draft)

    told = words(page(client, draft))
    assert "Nothing here keeps the tender from being published." in told
    assert WHY in told
    assert draft.warning_reasons.get().reason == WHY


def test_an_error_leads_to_where_it_is_mended(client, draft):
    Metric.objects.update(evidence_text="")
    criterion = draft.criteria.get(code="m5")

    told = words(page(client, draft))

    assert "1 to mend" in told
    assert "Nothing says how it would be shown." in told
    for name in ("edit_criterion", "remove_criterion"):
        assert reverse(f"tenders:{name}", args=[draft.pk, criterion.pk]) in told


def test_contradicting_rules_stand_side_by_side_with_the_way_to_choose(client, draft):
    rule = draft.charter.rules[0]
    other = {**rule, "id": "b", "basis": "quality_element"}
    draft.charter.rules = [{**rule, "id": "a"}, other]
    draft.charter.save()

    told = words(page(client, draft))

    assert "Two rules of your policy contradict each other" in told
    assert told.count(rule["clause"]["text"]) == 2
    assert reverse("tenders:policy", args=[draft.pk]) in told


def test_a_contradiction_alone_is_not_said_to_keep_nothing_from_being_published(client, draft):
    rule = draft.charter.rules[0]
    draft.charter.rules = [{**rule, "id": "a"}, {**rule, "id": "b", "basis": "quality_element"}]
    draft.charter.save()
    send(client, draft)

    told = words(page(client, draft))

    assert "Until then the tender cannot be published." in told
    assert "Nothing here keeps the tender from being published." not in told


def test_only_what_is_found_is_counted(client, draft):
    assert "1 to know of." in words(page(client, draft))
    assert "0 to mend" not in words(page(client, draft))

    draft.criteria.filter(group="social_value").delete()
    draft.charter.rules = [
        {**draft.charter.rules[0], "id": "a"},
        {**draft.charter.rules[0], "id": "b", "basis": "quality_element"},
    ]
    draft.charter.save()

    assert "to know of" not in words(page(client, draft))


def test_a_warning_that_changed_meanwhile_is_said_to_and_the_next_save_stands(client, draft):
    seen = " ".join(fingerprints_of(draft))
    Metric.objects.update(target_text="At least 40 hours")

    response = send(client, draft, shown=seen)

    assert "1 warning you chose is no longer found in these words" in words(response)
    assert WHY in words(response)
    now = response.context["form"]["shown"].value()
    assert now.split() == fingerprints_of(draft)
    assert send(client, draft, shown=now).status_code == 302


@pytest.mark.parametrize("reason", ["", " ", "long " * 500])
def test_a_reason_that_is_missing_or_too_long_is_asked_for_again(client, draft, reason):
    response = send(client, draft, reason=reason)

    assert list(response.context["form"].errors) == ["reason"]
    assert not draft.warning_reasons.exists()


def test_what_people_wrote_stands_as_text(client, draft):
    CriterionFactory(tender=draft, code="q2", question="<b>Names of your staff</b>", title="<i>")
    send(client, draft, reason="<script>1</script>")

    told = page(client, draft).content.decode()

    assert "<script>1" not in told
    assert "<b>Names" not in told


@pytest.mark.parametrize("role", [Role.CHAIR, Role.APPROVER])
def test_the_team_reads_and_only_an_officer_answers(client, draft, role):
    client.force_login(draft.assignments.get(role=role).person)

    told = words(page(client, draft))

    assert "<textarea" not in told
    assert "No reason is on record." in told
    assert send(client, draft).status_code == 403


def test_outsiders_find_nothing(client, draft):
    for person in (colleague_of(draft, Role.OFFICER), bidder_of(SupplierFactory())):
        client.force_login(person)
        page(client, draft, status=404)
        assert send(client, draft).status_code == 404


def test_a_visitor_signs_in_first(client, draft):
    client.logout()

    assert client.get(address(draft)).url.startswith("/account/login/")


def test_a_published_tender_shows_in_its_file_what_was_known_and_why(client):
    tender = published_tender()
    client.force_login(officer_of(tender))
    kept = tender.warning_reasons.get()

    told = words(client.get(reverse("tenders:internal", args=[tender.pk])))

    assert "Known when it was published" in told
    assert "1 warning of the check of the wording, and why the tender went on" in told
    for said in (kept.subject, kept.words, kept.reason, str(kept.given_by)):
        assert said in told


def test_and_takes_no_more_reasons(client):
    tender = published_tender()
    client.force_login(officer_of(tender))

    assert "<textarea" not in words(page(client, tender))
    assert send(client, tender).status_code == 409


def test_what_was_known_is_not_for_the_public(client):
    tender = published_tender()

    told = words(client.get(reverse("tenders:public", args=[tender.pk])))

    assert tender.warning_reasons.get().reason not in told


def test_a_draft_that_asks_for_nothing_is_told_that_nothing_is_found(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    assert "The check finds nothing to mend and nothing doubtful" in words(page(client, tender))


@pytest.mark.parametrize("count", [1, 3])
def test_more_metrics_and_reasons_cost_no_more_queries(client, count, django_assert_num_queries):
    tender = TenderFactory()
    for number in range(count):
        metric = MetricFactory(charter=tender.charter, number=number + 1)
        CriterionFactory(
            tender=tender,
            code=metric.code,
            group="social_value",
            metric=metric,
            weight=Decimal(10),
        )
    client.force_login(officer_of(tender))
    shown = " ".join(fingerprints_of(tender))
    client.post(address(tender), {"group": "everything", "shown": shown, "reason": WHY})
    assert tender.warning_reasons.count() >= count

    with django_assert_num_queries(29):
        page(client, tender)


def test_the_same_reason_for_a_whole_kind(client, draft):
    other = MetricFactory(charter=draft.charter, number=6, wording="Hours of advice to charities")
    CriterionFactory(tender=draft, code="m6", group="social_value", metric=other)

    send(client, draft, which=ALL)

    assert draft.warning_reasons.count() == 2
