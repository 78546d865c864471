"""Conditions of the contract: which metrics can be one, what they come to, who reads of them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.access import Conflict
from metrics.models import FlagKind
from records.models import AuditEvent
from tenders import actions
from tenders.conditions import demands_of, why_not
from tenders.models import Condition, Group, Method
from tenders.readiness import needs_of
from tenders.refusals import Stale, Unfit
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of, with_reasons

pytestmark = pytest.mark.django_db

REASON = "Whoever wins has to do it, so there is nothing to compare."


@pytest.fixture
def tender():
    return TenderFactory()


@pytest.fixture
def officer(tender):
    return officer_of(tender)


def metric_of(tender, target=None, **fields):
    """A metric of the tender's charter; its target is 36 hours unless told otherwise."""
    metric = MetricFactory(charter=tender.charter, **fields)
    if target is not None:
        metric.measure = {"id": metric.code, "target": target}
        metric.save()
    return metric


def condition(tender, metric, by, **changes):
    details = {"reason": REASON, **changes}
    return actions.add_condition(tender=tender, metric=metric, by=by, at=NOW, **details)


def amounts(tender):
    return [(one.quantity_id, one.quantity, one.is_at_most) for one in demands_of(tender)]


def test_a_condition_keeps_its_reason_and_leaves_an_audit_event(tender, officer):
    metric = metric_of(tender, number=5)

    condition(tender, metric, officer)

    event = AuditEvent.objects.get()
    assert (event.verb, event.details) == (
        "tender.condition_added",
        {"metric": "m5", "reason": REASON},
    )
    assert tender.conditions.get().reason == REASON


@pytest.mark.parametrize(
    ("target", "amount"),
    [
        ({"kind": "absolute", "value": "36"}, "36"),
        # £1,000,000 over 36 months.
        ({"kind": "share", "percent": "2", "base": "contract_value"}, "20000"),
        ({"kind": "period", "value": "15", "base": "months"}, "540"),
        ({"kind": "ratio", "value": "1", "per": "300000", "base": "contract_value"}, "3.333333334"),
        (
            {
                "kind": "ratio",
                "value": "1",
                "per": "300000",
                "base": "contract_value",
                "blocks": "floor",
                "years": "years",
            },
            "9",
        ),
    ],
)
def test_what_is_demanded_is_worked_out_from_the_contract_alone(tender, officer, target, amount):
    metric = metric_of(tender, target)
    condition(tender, metric, officer)

    assert amounts(tender) == [(metric.code, Decimal(amount), False)]


def test_where_less_is_better_no_more_is_allowed_and_rounding_never_asks_for_less(tender, officer):
    metric = metric_of(tender)
    metric.measure = {
        "id": metric.code,
        "direction": "lower",
        "target": {"kind": "ratio", "value": "1", "per": "300000", "base": "contract_value"},
    }
    metric.save()
    condition(tender, metric, officer)

    assert amounts(tender) == [(metric.code, Decimal("3.333333333"), True)]


def test_each_quantity_of_a_target_that_needs_all_is_demanded(tender, officer):
    metric = metric_of(tender)
    metric.measure = {
        "all_of": [
            {"id": "hours", "target": {"kind": "absolute", "value": "36"}},
            {"id": "visits", "target": {"kind": "absolute", "value": "4"}},
        ]
    }
    metric.save()
    condition(tender, metric, officer)

    assert amounts(tender) == [("hours", Decimal(36), False), ("visits", Decimal(4), False)]


HEADCOUNT = {"kind": "share", "percent": "90", "base": "headcount"}
ANY_OF = {
    "any_of": [
        {"id": "hours", "target": {"kind": "absolute", "value": "36"}},
        {"id": "money", "target": {"kind": "absolute", "value": "900"}},
    ]
}
SUM_OF = {
    "id": "worth",
    "sum_of": [{"id": "hours", "unit_value": "20"}, {"id": "money", "unit_value": "1"}],
    "target": {"kind": "absolute", "value": "900"},
}


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"id": "m", "target": {"kind": "undetermined"}}, "sets no target"),
        ({"id": "m", "target": HEADCOUNT}, "differs from bidder to bidder"),
        (ANY_OF, "can be met in several ways"),
        (SUM_OF, "can be met in several ways"),
        ({"id": "m", "target": {"kind": "absolute", "value": "0"}}, "comes to nothing"),
        (
            {
                "id": "m",
                "target": {"kind": "period", "value": "9999999999", "base": "contract_value"},
            },
            "more than anybody could deliver",
        ),
    ],
)
def test_what_the_tender_alone_does_not_fix_is_refused_with_what_to_do(
    tender, officer, measure, words
):
    metric = metric_of(tender)
    metric.measure = measure
    metric.save()

    with pytest.raises(Unfit, match=words) as refusal:
        condition(tender, metric, officer)

    assert "Score it" in str(refusal.value)
    assert not tender.conditions.exists()


def test_a_base_is_named_by_its_label_in_the_refusal(tender):
    metric = metric_of(tender, share_of_headcount=True)

    assert "“People employed on the contract (headcount)”" in why_not(
        tender, metric, metric.measure
    )


def test_a_condition_needs_a_reason(tender, officer):
    with pytest.raises(Unfit) as refusal:
        condition(tender, metric_of(tender), officer, reason=" ")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"policy_only": True}, "own policy"), ({"held": True}, "held back")],
)
def test_what_bidders_cannot_be_asked_is_no_condition_either(tender, officer, fields, words):
    is_held = fields.pop("held", False)
    metric = metric_of(tender, **fields)
    if is_held:
        MetricFlagFactory(metric=metric, kind=FlagKind.HELD_BACK)

    with pytest.raises(Unfit, match=words):
        condition(tender, metric, officer)


def test_a_metric_is_scored_or_a_condition_and_never_both(tender, officer):
    scored, held_to = metric_of(tender), metric_of(tender)
    CriterionFactory(tender=tender, code="m1", group=Group.SOCIAL_VALUE, metric=scored)
    condition(tender, held_to, officer)

    with pytest.raises(Unfit, match="already asked"):
        condition(tender, scored, officer)
    with pytest.raises(Unfit, match="is a condition of this contract"):
        actions.add_metric(
            tender=tender,
            metric=held_to,
            weight=Decimal(10),
            method=Method.TARGET,
            question="How many?",
            max_words=100,
            by=officer,
            at=NOW,
        )


def test_a_metric_of_another_charter_is_refused(tender, officer):
    with pytest.raises(Unfit, match="charter this tender was made from"):
        condition(tender, MetricFactory(), officer)


def test_a_stale_draft_takes_no_condition(tender, officer):
    condition(tender, metric_of(tender), officer)

    with pytest.raises(Stale):
        condition(tender, metric_of(tender), officer, seen=0)


def test_a_condition_goes_and_none_comes_once_the_tender_is_published(tender, officer):
    kept = condition(tender, metric_of(tender), officer)
    actions.remove_condition(condition=kept, by=officer, at=NOW)
    published = TenderFactory(published=True)

    assert not tender.conditions.exists()
    with pytest.raises(Conflict):
        condition(published, metric_of(published), officer_of(published))


def clause(kind, **facts):
    return {
        "id": kind,
        "kind": kind,
        "heading": "In proportion",
        "document": "Policy",
        "paragraph": "7",
        "text": "As much as fits the contract.",
        "facts": facts,
        "when": {},
    }


def test_conditions_count_under_the_cap_of_the_policy(tender, officer):
    tender.charter.clauses = [clause("most-metrics", most="1")]
    tender.charter.save()
    condition(tender, metric_of(tender), officer)

    with pytest.raises(Unfit, match="at most 1 metrics"):
        condition(tender, metric_of(tender), officer)


@pytest.fixture
def whole():
    """A draft that may be published."""
    tender = complete_draft()
    officer_of(tender)
    return tender


def ready_needs(tender):
    with_reasons(tender)
    return needs_of(type(tender).objects.with_design().get(pk=tender.pk), NOW)


def test_a_condition_answers_a_clause_that_names_the_metric(whole):
    metric = metric_of(whole)
    whole.charter.clauses = [
        clause("compulsory", at_least="1", among=metric.principle.code),
    ]
    whole.charter.save()
    without = ready_needs(whole)
    Condition.objects.create(tender=whole, metric=metric, reason=REASON)

    assert [one for one in without if "Choose one" in one] == without
    assert ready_needs(whole) == []


def test_a_condition_bears_no_weight(whole):
    scored = whole.criteria.get(group=Group.SOCIAL_VALUE)
    scored.delete()
    Condition.objects.create(tender=whole, metric=scored.metric, reason=REASON)

    assert ready_needs(whole) == ["Social value weighs 10%, but nothing is asked for it yet."]


def test_a_condition_that_no_longer_comes_to_anything_keeps_the_draft_back(whole):
    per = {"kind": "ratio", "value": "1", "per": "900000", "base": "contract_value"}
    metric = metric_of(whole, {**per, "blocks": "floor"})
    Condition.objects.create(tender=whole, metric=metric, reason=REASON)
    before = ready_needs(whole)
    whole.contract_value = Decimal("200000.00")
    whole.save()

    [need] = ready_needs(whole)
    assert before == []
    assert need.startswith(f"“{metric.short_title}” cannot be a condition of this contract.")


def test_publishing_freezes_what_is_demanded():
    tender = complete_draft()
    metric = metric_of(tender)
    Condition.objects.create(tender=tender, metric=metric, reason=REASON)
    with_reasons(tender)

    actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)

    assert tender.conditions.get().measure == metric.measure


def test_the_pages_of_a_condition(client, tender, officer):
    client.force_login(officer)
    metric = metric_of(tender, number=5, short_title="School visits")
    page = reverse("tenders:add_condition", args=[tender.pk, metric.pk])
    untold = client.post(page, {"reason": "", "seen": "0"})
    told = client.post(page, {"reason": REASON, "seen": "0"})
    listed = client.get(reverse("tenders:metrics", args=[tender.pk])).content.decode()
    kept = tender.conditions.get()
    asked = reverse("tenders:remove_condition", args=[tender.pk, kept.pk])
    sure = client.get(asked).content.decode()
    client.post(asked)

    assert untold.context["form"].errors.keys() == {"reason"}
    assert told.url == reverse("tenders:metrics", args=[tender.pk])
    assert "At least 36 hours: Hours planned" in listed
    assert "Remove “School visits”?" in sure
    assert not tender.conditions.exists()


def test_the_page_says_why_a_metric_cannot_be_a_condition(client, tender, officer):
    client.force_login(officer)
    metric = metric_of(tender, share_of_headcount=True)

    page = client.get(reverse("tenders:add_condition", args=[tender.pk, metric.pk]))

    assert "differs from bidder to bidder" in page.content.decode()
    assert "Make it a condition<" not in page.content.decode()


@pytest.mark.parametrize("page", ["add_condition", "remove_condition"])
def test_a_condition_of_another_tender_is_not_found(client, tender, officer, page):
    client.force_login(officer)
    elsewhere = metric_of(TenderFactory())
    other = Condition.objects.create(tender=TenderFactory(), metric=elsewhere, reason=REASON)
    pk = elsewhere.pk if page == "add_condition" else other.pk

    assert client.get(reverse(f"tenders:{page}", args=[tender.pk, pk])).status_code == 404


def test_everyone_reads_the_conditions_of_a_published_tender(client):
    tender = TenderFactory(open=True)
    metric = metric_of(tender, short_title="School visits")
    Condition.objects.create(tender=tender, metric=metric, reason=REASON, measure=metric.measure)

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "What every supplier must deliver; it earns no points" in page
    assert "At least 36 hours: Hours planned" in page
    assert REASON in page
