"""What bidders are asked: questions and metrics, and which of them are refused."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.access import Conflict
from records.models import AuditEvent
from tenders import actions
from tenders.models import Group, Method
from tenders.refusals import Stale, TargetNotSet, Unfit
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, officer_of, published_tender

pytestmark = pytest.mark.django_db

QUESTION = {
    "title": "Mobilisation",
    "question": "How will you be ready on the first day?",
    "weight": Decimal(60),
    "max_words": 400,
}
METRIC = {
    "weight": Decimal(100),
    "method": Method.TARGET,
    "question": "How many hours will you give?",
    "max_words": 300,
}


@pytest.fixture
def tender():
    return TenderFactory()


@pytest.fixture
def officer(tender):
    return officer_of(tender)


def add_question(tender, officer, **changes):
    return actions.add_question(tender=tender, by=officer, at=NOW, **{**QUESTION, **changes})


def add_metric(tender, officer, metric, **changes):
    details = {**METRIC, **changes}
    return actions.add_metric(tender=tender, metric=metric, by=officer, at=NOW, **details)


def test_questions_are_numbered_and_a_gap_is_filled(tender, officer):
    first = add_question(tender, officer)
    add_question(tender, officer)
    actions.remove_criterion(criterion=first, by=officer, at=NOW)

    add_question(tender, officer)

    assert list(tender.criteria.order_by("code").values_list("code", flat=True)) == ["q1", "q2"]


def test_adding_a_question_leaves_an_audit_event(tender, officer):
    add_question(tender, officer)

    event = AuditEvent.objects.get()
    assert (event.verb, event.details) == (
        "tender.question_added",
        {"code": "q1", "weight": "60"},
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"question": ""}, "question"),
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal("100.0001")}, "weight"),
        ({"max_words": 0}, "max_words"),
    ],
)
def test_a_question_that_cannot_stand_says_which_field(tender, officer, change, field):
    with pytest.raises(Unfit) as refusal:
        add_question(tender, officer, **change)

    assert refusal.value.field == field


def test_a_metric_becomes_a_criterion_of_social_value(tender, officer):
    metric = MetricFactory(charter=tender.charter, number=7, short_title="School visits")

    criterion = add_metric(tender, officer, metric)

    assert (criterion.code, criterion.group, criterion.title) == (
        "m7",
        Group.SOCIAL_VALUE,
        "School visits",
    )
    assert criterion.measure is None


def test_a_metric_for_the_authority_alone_is_not_asked_of_bidders(tender, officer):
    metric = MetricFactory(charter=tender.charter, policy_only=True)

    with pytest.raises(Unfit, match="own policy"):
        add_metric(tender, officer, metric)


def test_a_metric_of_another_charter_is_refused(tender, officer):
    with pytest.raises(Unfit, match="charter this tender was made from"):
        add_metric(tender, officer, MetricFactory())


def test_a_metric_is_asked_once(tender, officer):
    metric = MetricFactory(charter=tender.charter)
    add_metric(tender, officer, metric)

    with pytest.raises(Unfit, match="already asked"):
        add_metric(tender, officer, metric)


def test_a_metric_without_a_target_is_not_scored_by_its_target(tender, officer):
    metric = MetricFactory(charter=tender.charter, target_not_set=True)

    with pytest.raises(TargetNotSet) as refusal:
        add_metric(tender, officer, metric)

    assert refusal.value.field == "method"
    assert "prints “?? hours” as the target" in str(refusal.value)


def test_a_metric_without_a_target_can_be_marked(tender, officer):
    metric = MetricFactory(charter=tender.charter, target_not_set=True)

    criterion = add_metric(tender, officer, metric, method=Method.MARKS)

    assert criterion.method == Method.MARKS


def test_the_target_that_counts_is_the_one_on_the_day_the_contract_starts(officer, tender):
    metric = MetricFactory(
        charter=tender.charter,
        number=3,
        later_measures=[
            {"from": "2027-04-02", "measure": {"id": "m3", "target": {"kind": "undetermined"}}}
        ],
    )
    tender.starts_on = date(2027, 4, 2)
    tender.save()

    with pytest.raises(TargetNotSet):
        add_metric(tender, officer, metric)


def test_a_base_that_nobody_states_cannot_be_used(tender, officer):
    metric = MetricFactory(charter=tender.charter, share_of_headcount=True, bases=[])

    with pytest.raises(Unfit, match="Nobody states headcount"):
        add_metric(tender, officer, metric)


def test_a_base_that_bidders_state_can_be_used(tender, officer):
    metric = MetricFactory(charter=tender.charter, share_of_headcount=True)

    assert add_metric(tender, officer, metric).method == Method.TARGET


def test_editing_changes_words_weight_and_method(tender, officer):
    metric = MetricFactory(charter=tender.charter)
    criterion = add_metric(tender, officer, metric)

    edited = actions.edit_criterion(
        criterion=criterion, by=officer, at=NOW, method=Method.MARKS, **QUESTION
    )

    edited.refresh_from_db()
    assert (edited.title, edited.weight, edited.method) == ("Mobilisation", 60, Method.MARKS)


def test_editing_a_question_that_someone_changed_meanwhile_is_refused(tender, officer):
    criterion = add_question(tender, officer)

    with pytest.raises(Stale):
        actions.edit_criterion(criterion=criterion, by=officer, at=NOW, seen=0, **QUESTION)


def test_nothing_is_asked_anew_once_the_tender_is_published():
    tender = published_tender()
    officer = officer_of(tender)

    with pytest.raises(Conflict):
        add_question(tender, officer)
    with pytest.raises(Conflict):
        actions.remove_criterion(criterion=tender.criteria.first(), by=officer, at=NOW)


@pytest.mark.parametrize(
    ("count", "weights"),
    [
        (1, ["100"]),
        (3, ["33.3333", "33.3333", "33.3334"]),
        (7, ["14.2857"] * 6 + ["14.2858"]),
    ],
)
def test_equal_shares_total_exactly_100(tender, officer, count, weights):
    for number in range(count):
        CriterionFactory(tender=tender, position=number)

    actions.share_weights_equally(tender=tender, group=Group.QUALITY, by=officer, at=NOW)

    shared = tender.criteria.order_by("position").values_list("weight", flat=True)
    assert list(shared) == [Decimal(weight) for weight in weights]


def test_there_must_be_something_to_share_between(tender, officer):
    with pytest.raises(Unfit, match="nothing to share"):
        actions.share_weights_equally(tender=tender, group=Group.QUALITY, by=officer, at=NOW)


def test_what_a_colleague_has_removed_meanwhile_cannot_be_changed(tender, officer):
    criterion = CriterionFactory(tender=tender)
    actions.remove_criterion(criterion=criterion, by=officer, at=NOW)

    with pytest.raises(Conflict, match="removed this"):
        actions.edit_criterion(criterion=criterion, by=officer, at=NOW, **QUESTION)


def clause(kind, when=None, **facts):
    """A clause of the policy about every contract, or about some."""
    return {
        "id": kind,
        "kind": kind,
        "heading": "In proportion",
        "document": "Policy",
        "paragraph": "7",
        "text": "As much as fits the contract.",
        "facts": facts,
        "when": when or {},
    }


def says(tender, *clauses):
    tender.charter.clauses = list(clauses)
    tender.charter.save()


def test_no_more_metrics_are_asked_than_the_policy_allows(tender, officer):
    says(tender, clause("most-metrics", most="2"))
    metrics = MetricFactory.create_batch(3, charter=tender.charter)
    for metric in metrics[:2]:
        add_metric(tender, officer, metric)

    with pytest.raises(Unfit, match=r"at most 2 metrics in this tender \(Policy, 7\)") as refusal:
        add_metric(tender, officer, metrics[2])

    assert refusal.value.field == "metric"
    assert tender.criteria.count() == 2


def test_a_cap_for_larger_contracts_does_not_bind_this_one(tender, officer):
    says(tender, clause("most-metrics", {"over": "1000000"}, most="1"))

    for metric in MetricFactory.create_batch(2, charter=tender.charter):
        add_metric(tender, officer, metric)

    assert tender.criteria.count() == 2


@pytest.mark.parametrize(("words", "stands"), [(250, True), (251, False)])
def test_answers_are_no_longer_than_the_policy_allows(tender, officer, words, stands):
    says(tender, clause("answer-length", words="250"))

    try:
        add_metric(tender, officer, MetricFactory(charter=tender.charter), max_words=words)
    except Unfit as refusal:
        assert (refusal.field, str(refusal)) == (
            "max_words",
            "Enter a word limit from 1 to 250. Your policy allows no longer answers.",
        )

    assert tender.criteria.exists() == stands


def test_a_social_value_policy_says_nothing_of_the_length_of_other_answers(tender, officer):
    says(tender, clause("answer-length", words="250"))

    assert add_question(tender, officer, max_words=400).max_words == 400


def test_the_word_limit_first_offered_is_one_the_policy_allows(tender, officer, client):
    says(tender, clause("answer-length", words="250"))
    client.force_login(officer)

    metric = MetricFactory(charter=tender.charter)
    page = client.get(f"/tenders/{tender.pk}/metrics/{metric.pk}/")

    assert page.context["form"].initial["max_words"] == 250
