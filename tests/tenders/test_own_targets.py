"""A target of this contract's own: who may set what, and who reads it."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from accounts.access import Conflict
from metrics.parts import Apart, Part, take_apart
from records.models import AuditEvent
from tenders import actions
from tenders.cases import case_without_bids
from tenders.checking import wording_of
from tenders.lint import faults_of_tender
from tenders.models import Group, Method
from tenders.policy import policy_day, policy_of
from tenders.readiness import needs_of
from tenders.refusals import Stale, TargetNotSet, Unfit
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of, with_reasons

pytestmark = pytest.mark.django_db

REASON = "The contract is a tenth of the usual size."


@pytest.fixture
def tender():
    return TenderFactory()


@pytest.fixture
def officer(tender):
    return officer_of(tender)


def scored(tender, method=Method.TARGET, **fields):
    metric = MetricFactory(charter=tender.charter, **fields)
    return CriterionFactory(
        tender=tender, code=metric.code, group=Group.SOCIAL_VALUE, metric=metric, method=method
    )


def apart_of(criterion, **changes):
    """The charter's target, taken apart and changed."""
    found = take_apart(criterion.metric.measure, [], criterion.metric.quantities)
    return Apart(found.join, tuple(replace(part, **changes) for part in found.parts))


def put(criterion, by, *, reason=REASON, seen=None, **changes):
    return actions.set_own_target(
        criterion=criterion,
        apart=apart_of(criterion, **changes),
        reason=reason,
        by=by,
        at=NOW,
        seen=seen,
    )


@pytest.mark.parametrize("amount", ["4", "400"])
def test_a_contract_may_ask_for_less_or_more_than_its_charter(tender, officer, amount):
    criterion = put(scored(tender), officer, amount=amount)

    assert criterion.measure_asked["target"] == {"kind": "absolute", "value": amount}
    event = AuditEvent.objects.get()
    assert (event.verb, event.details["reason"]) == ("tender.own_target_set", REASON)


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        (
            {"kind": "share", "amount": "2", "base": "contract_value"},
            {"kind": "share", "percent": "2", "base": "contract_value"},
        ),
        (
            {"kind": "ratio", "amount": "1", "per": "50", "base": "months", "blocks": "floor"},
            {"kind": "ratio", "value": "1", "per": "50", "base": "months", "blocks": "floor"},
        ),
        (
            {"kind": "period", "amount": "1", "base": "months"},
            {"kind": "period", "value": "1", "base": "months"},
        ),
    ],
)
def test_it_may_be_worked_out_in_another_way(tender, officer, changes, target):
    assert put(scored(tender), officer, **changes).own_measure["target"] == target


@pytest.mark.parametrize(
    ("fields", "changes", "field"),
    [
        ({}, {"amount": "36"}, "amount_1"),
        ({}, {"kind": "undetermined", "amount": ""}, "amount_1"),
        ({}, {"kind": "period", "amount": "1", "base": "headcount"}, "base_1"),
        ({"share_of_headcount": True}, {"amount": "101"}, "amount_1"),
        ({}, {"kind": "ratio", "amount": "1", "per": "0", "base": "months"}, None),
        ({}, {"amount": "30", "reason": " "}, "reason"),
    ],
)
def test_a_target_that_cannot_stand_says_which_field(tender, officer, fields, changes, field):
    criterion = scored(tender, **fields)

    with pytest.raises(Unfit) as refusal:
        put(criterion, officer, **changes)

    assert refusal.value.field == field


def test_a_share_may_go_over_the_whole_where_the_charters_own_does(tender, officer):
    criterion = scored(tender, share_of_headcount=True)
    criterion.metric.measure["target"]["percent"] = "250"
    criterion.metric.save()

    assert put(criterion, officer, amount="200").own_measure["target"]["percent"] == "200"


def test_no_tender_sets_a_target_that_its_charter_leaves_unset(tender, officer):
    criterion = scored(tender, Method.MARKS, target_not_set=True)

    with pytest.raises(TargetNotSet, match="four recorded routes"):
        put(criterion, officer, kind="absolute", amount="10")

    assert AuditEvent.objects.count() == 0


def test_a_target_unset_on_the_new_first_day_keeps_the_draft_back():
    tender = complete_draft()
    criterion = tender.criteria.get(group=Group.SOCIAL_VALUE)
    put(criterion, officer_of(tender), amount="10")
    unset = {"id": criterion.code, "target": {"kind": "undetermined"}}
    criterion.metric.later_measures = [{"from": "2027-05-01", "measure": unset}]
    criterion.metric.save()
    tender.starts_on = date(2027, 5, 1)
    tender.save()
    tender = type(tender).objects.with_design().get(pk=tender.pk)
    with_reasons(tender)

    assert [need for need in needs_of(tender, NOW) if "cannot set one" in need] == [
        f"The charter sets no target for “{criterion.title}” on the day the contract starts, so "
        "this tender cannot set one. Go back to the charter’s target and mark the answers."
    ]


def test_a_quality_question_has_no_target(tender, officer):
    question = CriterionFactory(tender=tender)

    with pytest.raises(Conflict, match="no target"):
        actions.set_own_target(
            criterion=question,
            apart=Apart("one", (Part("m1", "Hours", "hours", "absolute", "1"),)),
            reason=REASON,
            by=officer,
            at=NOW,
        )


def test_nobody_saves_over_a_change_they_have_not_seen(tender, officer):
    criterion = scored(tender)
    put(criterion, officer, amount="10")

    with pytest.raises(Stale):
        put(criterion, officer, amount="11", seen=0)


def test_going_back_leaves_the_charters_target_and_no_reason(tender, officer):
    criterion = put(scored(tender), officer, amount="10")

    criterion = actions.drop_own_target(criterion=criterion, by=officer, at=NOW)

    assert (criterion.own_measure, criterion.own_measure_reason) == (None, "")
    assert criterion.measure_asked == criterion.metric.measure


def test_the_published_case_holds_the_target_in_force():
    tender = complete_draft()
    officer = officer_of(tender)
    put(tender.criteria.get(group=Group.SOCIAL_VALUE), officer, amount="10")
    with_reasons(tender)

    tender = actions.publish_tender(tender=tender, by=officer, at=NOW)

    [line] = [one for one in tender.published_case["criteria"] if one["group"] == "social_value"]
    assert line["measure"]["target"]["value"] == "10"
    assert tender.criteria.get(group=Group.SOCIAL_VALUE).measure == line["measure"]


def codes(tender):
    tender = type(tender).objects.with_design().get(pk=tender.pk)
    asked = policy_of(tender, policy_day(tender, NOW))
    return {one.code for one in faults_of_tender(wording_of(tender, asked), asked)}


def test_the_check_judges_the_target_in_force(tender, officer):
    criterion = scored(tender)
    flat = codes(tender)
    put(criterion, officer, kind="period", amount="1", base="months")
    in_proportion = codes(tender)
    put(criterion, officer, kind="ratio", amount="1", per="9", base="months", blocks="ceil")

    assert "flat-target" in flat
    assert "flat-target" not in in_proportion
    # How it is rounded is part of the target that this contract publishes.
    assert "rounding" not in codes(tender)


def page_of(criterion, query=""):
    pages = [criterion.tender_id, criterion.pk]
    return reverse("tenders:own_target", args=pages) + query


def test_the_page_sets_a_target_and_goes_back(client, tender, officer):
    client.force_login(officer)
    criterion = scored(tender)
    typed = {"amount_1": "10", "reason": REASON, "seen": "0"}
    page = client.get(page_of(criterion)).content.decode()
    untold = client.post(page_of(criterion), {**typed, "reason": ""})
    told = client.post(page_of(criterion), typed)
    metrics = reverse("tenders:metrics", args=[tender.pk])
    beside = client.get(page_of(criterion)).content.decode()
    client.post(reverse("tenders:drop_own_target", args=[tender.pk, criterion.pk]))
    criterion.refresh_from_db()

    assert "At least 36 hours" in page
    assert untold.context["form"].errors.keys() == {"reason"}
    assert 'value="10"' in untold.content.decode()
    assert told.url == metrics
    assert "At least 10 hours." in beside
    assert criterion.own_measure is None


def test_the_page_offers_other_ways_to_ask(client, tender, officer):
    client.force_login(officer)
    criterion = scored(tender)
    typed = {
        "amount_1": "1",
        "per_1": "6",
        "base_1": "months",
        "blocks_1": "floor",
        "reason": REASON,
        "seen": "0",
    }

    shown = client.get(page_of(criterion, "?kind=ratio")).context["form"]
    client.post(page_of(criterion, "?kind=ratio"), typed)
    criterion.refresh_from_db()

    assert list(shown.fields) == [
        "seen",
        "amount_1",
        "per_1",
        "blocks_1",
        "yearly_1",
        "base_1",
        "reason",
    ]
    assert criterion.own_measure["target"] == {
        "kind": "ratio",
        "value": "1",
        "per": "6",
        "base": "months",
        "blocks": "floor",
    }


def test_what_is_counted_by_something_needs_that_something(client, tender, officer):
    client.force_login(officer)
    typed = {"amount_1": "1", "base_1": "", "reason": REASON, "seen": "0"}

    answer = client.post(page_of(scored(tender), "?kind=share"), typed)

    assert answer.context["form"].errors == {"base_1": ["Choose from the list"]}


def test_the_page_of_an_unset_target_sends_to_the_routes(client, tender, officer):
    client.force_login(officer)
    criterion = scored(tender, Method.MARKS, target_not_set=True)

    page = client.get(page_of(criterion)).content.decode()

    assert "no tender sets it for itself" in page
    assert "Save the target" not in page


def test_bidders_read_the_target_as_one_for_this_contract(client, tender, officer):
    criterion = put(scored(tender), officer, amount="10")
    client.force_login(officer)

    public = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()
    why = client.get(reverse("tenders:why", args=[tender.pk])).content.decode()

    assert "Target for this contract." in public
    assert "At least 10 hours." in public
    assert f"Why another target: {REASON}" in why
    assert case_without_bids(tender)["criteria"][-1]["measure"] == criterion.own_measure
