"""The page of metrics: what is suggested and why, what narrows it, and how many are allowed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenders.models import Condition, ContractKind, Group, Tender
from tenders.policy import policy_day, policy_of
from tenders.presenters import choosing
from tests.factories.charter import PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    return TenderFactory(kind=ContractKind.WORKS)


def clause(kind, **facts):
    return {
        "id": kind,
        "kind": kind,
        "heading": "Local work",
        "document": "Policy",
        "paragraph": "7",
        "text": "Ask for work.",
        "facts": facts,
        "when": {},
    }


def says(tender, *clauses):
    tender.charter.clauses = list(clauses)
    tender.charter.save()


def offers(tender):
    tender = Tender.objects.with_design().get(pk=tender.pk)
    asked = policy_of(tender, policy_day(tender, NOW))
    return choosing.offers_of(tender, tender.charter.metrics.all(), asked)


def reasons(tender):
    return {one.metric.number: list(one.reasons) for one in choosing.suggested(offers(tender))}


def ask(tender, metric):
    return CriterionFactory(
        tender=tender, code=metric.code, group=Group.SOCIAL_VALUE, metric=metric
    )


def test_without_a_fact_nothing_is_suggested(tender):
    MetricFactory(charter=tender.charter)

    assert reasons(tender) == {}


def test_a_metric_that_the_policy_names_is_suggested_with_its_clause(tender):
    metric = MetricFactory(charter=tender.charter, number=4)
    MetricFactory(charter=tender.charter, number=5)
    says(tender, clause("compulsory", at_least="1", among=metric.principle.quadrant.code))

    assert reasons(tender) == {
        4: ["Your policy names it among those that must be asked: Local work (Policy, 7)."]
    }


def test_earlier_tenders_for_the_same_kind_of_contract_are_counted(tender):
    metric = MetricFactory(charter=tender.charter, number=4)
    alike = {"authority": tender.authority, "charter": tender.charter, "published": True}
    for _ in range(2):
        ask(TenderFactory(kind=ContractKind.WORKS, **alike), metric)
    TenderFactory(kind=ContractKind.WORKS, **alike)
    # Neither another kind, nor a draft, nor another authority's tells anything.
    ask(TenderFactory(kind=ContractKind.GOODS, **alike), metric)
    ask(TenderFactory(kind=ContractKind.WORKS, **{**alike, "published": False}), metric)
    ask(TenderFactory(kind=ContractKind.WORKS, published=True), metric)

    assert reasons(tender) == {
        4: ["Asked in 2 of your 3 earlier tenders for works that you published."]
    }


def test_a_metric_is_known_again_in_a_later_version_of_the_charter(tender):
    metric = MetricFactory(charter=tender.charter, number=4)
    earlier = MetricFactory(lineage=metric.lineage)
    ask(
        TenderFactory(
            authority=tender.authority,
            charter=earlier.charter,
            kind=ContractKind.WORKS,
            published=True,
        ),
        earlier,
    )

    assert reasons(tender) == {
        4: ["Asked in 1 of your 1 earlier tender for works that you published."]
    }


@pytest.mark.parametrize(
    ("kind", "wording", "said"),
    [
        (ContractKind.WORKS, "Percentage of new build housing", "new build"),
        (ContractKind.GOODS, "Spent within your supply chain", "supply chain"),
        (ContractKind.SERVICES, "People employed on the contract", "employed on the contract"),
    ],
)
def test_words_of_a_metric_that_name_the_kind_of_contract_are_quoted(tender, kind, wording, said):
    tender.kind = kind
    tender.save()
    MetricFactory(charter=tender.charter, number=4, wording=wording)
    MetricFactory(charter=tender.charter, number=5, wording="Hours given to schools")

    assert reasons(tender) == {
        4: [f"Its wording speaks of “{said}”, and this contract is for {kind.label.lower()}."]
    }


def test_what_is_chosen_already_is_suggested_no_more(tender):
    scored, held_to = MetricFactory.create_batch(
        2, charter=tender.charter, wording="New build housing"
    )
    ask(tender, scored)
    Condition.objects.create(tender=tender, metric=held_to, reason="All must.")

    assert reasons(tender) == {}
    assert [one.chosen for one in offers(tender)] == ["Scored", "Condition"]


def test_a_draft_that_does_not_say_what_is_bought_is_told_nothing_of_kinds(tender):
    MetricFactory(charter=tender.charter, wording="New build housing")
    TenderFactory(authority=tender.authority, kind="", published=True)
    tender.kind = ""
    tender.save()

    assert reasons(tender) == {}


@pytest.mark.parametrize(
    ("cap", "words"),
    [
        ("6", "2 of at most 6 metrics chosen."),
        ("1", "2 of at most 1 metric chosen."),
        (None, "2 metrics chosen. Your policy sets no limit."),
    ],
)
def test_how_many_are_chosen_of_how_many_is_always_said(tender, cap, words):
    ask(tender, MetricFactory(charter=tender.charter))
    Condition.objects.create(
        tender=tender, metric=MetricFactory(charter=tender.charter), reason="All must."
    )
    says(tender, *([clause("most-metrics", most=cap)] if cap else []))

    assert choosing.cap_words(tender, policy_of(tender, policy_day(tender, NOW))) == words


@pytest.fixture
def catalogue(tender, client):
    """Three metrics of two fields; the second has no target, and the third is chosen."""
    officer = officer_of(tender)
    client.force_login(officer)
    work, place = [
        QuadrantFactory(charter=tender.charter, title=title, position=at)
        for at, title in enumerate(("Work", "Place"))
    ]
    of = {
        name: PrincipleFactory(quadrant=quadrant) for name, quadrant in (("w", work), ("p", place))
    }
    MetricFactory(charter=tender.charter, number=1, principle=of["p"], short_title="Trees")
    MetricFactory(charter=tender.charter, number=2, principle=of["w"], target_not_set=True)
    chosen = MetricFactory(
        charter=tender.charter, number=3, principle=of["w"], share_of_headcount=True
    )
    ask(tender, chosen)
    return {"Work": work.code, "Place": place.code}


def shown(client, tender, **asked):
    page = client.get(reverse("tenders:metrics", args=[tender.pk]), asked)
    return [
        (field.title, [one.metric.number for one in field.offers])
        for field in page.context["quadrants"]
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("Work", [2, 3]), ("Place", [1])]),
        ({"words": "TREES"}, [("Place", [1])]),
        ({"quadrant": "Work"}, [("Work", [2, 3])]),
        ({"target": "not_set"}, [("Work", [2])]),
        ({"target": "set"}, [("Work", [3]), ("Place", [1])]),
        ({"target": "fixed"}, [("Place", [1])]),
        ({"target": "relative"}, [("Work", [3])]),
        ({"chosen": "yes"}, [("Work", [3])]),
        ({"chosen": "no"}, [("Work", [2]), ("Place", [1])]),
        ({"target": "nonsense"}, [("Work", [2, 3]), ("Place", [1])]),
    ],
)
def test_metrics_stand_by_field_of_action_and_are_narrowed(client, tender, catalogue, asked, found):
    if "quadrant" in asked:
        asked = {"quadrant": catalogue[asked["quadrant"]]}

    assert shown(client, tender, **asked) == found


def test_a_metric_without_a_target_is_offered_for_marking(client, tender, catalogue):
    page = client.get(reverse("tenders:metrics", args=[tender.pk])).content.decode()

    assert page.count("Have evaluators mark it<") == 1
    # One metric is asked so far, and its weight is the whole of its group.
    assert "Complete" in page
    assert "It cannot be scored by its target." in page


def choose(tender, count):
    for metric in MetricFactory.create_batch(count, charter=tender.charter):
        ask(tender, metric)
    for metric in MetricFactory.create_batch(count, charter=tender.charter):
        Condition.objects.create(tender=tender, metric=metric, reason="All must.")


def test_the_page_asks_as_often_for_three_chosen_as_for_one(
    client, tender, django_assert_num_queries
):
    client.force_login(officer_of(tender))
    page = reverse("tenders:metrics", args=[tender.pk])
    choose(tender, 1)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    choose(tender, 2)

    with django_assert_num_queries(len(asked)):
        client.get(page)
