"""A design comes out of a template as it went in; what belongs to one contract stays behind."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from accounts.roles import Role
from metrics.models import AnsweredBy, FlagKind
from tenders.actions.laying_out import lay_out
from tenders.designs import design_of, left_out
from tenders.models import Case, Condition, Gate, Group, Method, Tender
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import CharterFactory, PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.tenders import CriterionFactory, ScaleStepFactory, TenderFactory, team_member
from tests.tenders.drafts import complete_draft

pytestmark = pytest.mark.django_db
OWN = {"kind": "absolute", "quantity": "hours", "amount": "40"}
PERCENT = some.decimals("0.0001", "100", places=4)


def later_version(charter):
    """A version of the charter with none of its metrics yet."""
    return CharterFactory(authority=charter.authority)


def again(metric, charter, **fields):
    """The same metric in another version, by its lineage."""
    return MetricFactory(charter=charter, lineage=metric.lineage, number=metric.number, **fields)


def laid_out(design, charter) -> Tender:
    tender = TenderFactory(charter=charter, authority=charter.authority)
    lay_out(tender=tender, design=design)
    return Tender.objects.get(pk=tender.pk)


def rich_draft(**fields) -> Tender:
    """A draft that has something of everything a design may have."""
    tender = TenderFactory(price_full_at=None, price_zero_at=None, **fields)
    field = QuadrantFactory(charter=tender.charter, code="skills")
    metric = MetricFactory(
        charter=tender.charter, number=5, principle=PrincipleFactory(quadrant=field)
    )
    ScaleStepFactory(tender=tender, mark=Decimal("0.5"), label="Weak")
    asked = CriterionFactory(
        tender=tender,
        code="q7",
        case=Case.ECONOMIC,
        sub_criteria=[{"title": "Staff", "asks": "Who will do it?"}],
        max_words=321,
        position=3,
    )
    CriterionFactory(
        tender=tender,
        code=metric.code,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        method=Method.TARGET,
        own_measure=OWN,
        own_measure_reason="A small contract.",
    )
    Gate.objects.create(tender=tender, criterion=asked, minimum_percent=Decimal("33.3333"))
    Gate.objects.create(tender=tender, group=Group.SOCIAL_VALUE, minimum_percent=Decimal(20))
    bound = MetricFactory(charter=tender.charter, number=9)
    Condition.objects.create(tender=tender, metric=bound, reason="Asked of all.")
    tender.coverage = {"skills": 2}
    tender.save()
    return tender


def test_a_design_laid_out_is_the_same_design():
    tender = rich_draft()
    design = json.loads(json.dumps(design_of(tender)))

    assert design_of(laid_out(design, tender.charter)) == design


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    weights=some.tuples(PERCENT, PERCENT, PERCENT),
    questions=some.lists(some.tuples(some.text(max_size=20), PERCENT), max_size=4),
    minimum=PERCENT,
    words=some.integers(1, 5000),
)
def test_any_design_laid_out_is_the_same_design(weights, questions, minimum, words):
    price, quality, social = weights
    tender = TenderFactory(
        price_weight=price, quality_weight=quality, social_value_weight=social, rank_on="exact"
    )
    for number, (text, weight) in enumerate(questions):
        text = text.replace("\x00", "")
        CriterionFactory(
            tender=tender, code=f"q{number}", question=text, weight=weight, max_words=words
        )
    Gate.objects.create(tender=tender, group=Group.QUALITY, minimum_percent=minimum)
    design = json.loads(json.dumps(design_of(Tender.objects.get(pk=tender.pk))))

    assert design_of(laid_out(design, tender.charter)) == design


def test_a_design_names_no_person_price_day_or_opt_out():
    tender = complete_draft(title="Bridge repairs", contact="ann@example.org")
    person = team_member(tender, Role.OFFICER)

    kept = json.dumps(design_of(tender))

    told = (person.email, "ann@example.org", "Bridge repairs", "800000", "2027", "Read by the")
    assert [one for one in told if one in kept] == []


def test_a_metric_is_found_again_in_another_version_by_its_lineage():
    tender = rich_draft()
    later = later_version(tender.charter)
    for one in tender.charter.metrics.all():
        again(one, later)

    copy = laid_out(design_of(tender), later)

    assert [one.metric.charter for one in copy.criteria.exclude(metric=None)] == [later]
    assert [one.metric.charter for one in copy.conditions.all()] == [later]
    assert left_out(design_of(tender), later) == [
        "What the round must cover is left out for fields that it does not have."
    ]


def test_what_a_version_no_longer_has_is_left_out_and_said():
    tender = rich_draft()
    later = later_version(tender.charter)

    copy = laid_out(design_of(tender), later)

    first, second = tender.charter.metrics.order_by("number")
    assert list(copy.criteria.values_list("code", flat=True)) == ["q7"]
    assert [one.criterion_id for one in copy.gates.filter(group="")] == [copy.criteria.get().pk]
    assert (copy.conditions.count(), copy.coverage) == (0, {})
    assert left_out(design_of(tender), later)[:2] == [
        f"1 metric is not in {later} or cannot be asked from it, so it is left out: "
        f"5 {first.short_title}.",
        f"1 contract condition is left out with its metric: 9 {second.short_title}.",
    ]


@pytest.mark.parametrize("why", ["held back", "policy"])
def test_a_metric_that_may_not_be_asked_any_more_is_left_out(why):
    tender = rich_draft()
    later = later_version(tender.charter)
    metric = tender.charter.metrics.get(number=5)
    if why == "policy":
        again(metric, later, answered_by=AnsweredBy.POLICY)
    else:
        MetricFlagFactory(metric=again(metric, later), kind=FlagKind.HELD_BACK)

    copy = laid_out(design_of(tender), later)

    assert copy.criteria.exclude(metric=None).count() == 0


def test_bids_and_publication_are_no_part_of_a_design():
    published = rich_draft(published=True)

    copy = laid_out(design_of(published), published.charter)

    assert (copy.published_at, copy.case_hash, copy.closes_at) == (None, "", None)
    assert copy.criteria.get(code="m5").measure is None


def test_a_charter_of_another_authority_has_none_of_the_metrics():
    tender = rich_draft()
    foreign = CharterFactory(authority=AuthorityFactory())

    assert len(left_out(design_of(tender), foreign)) == 3


def test_a_design_of_three_metrics_is_read_in_as_many_queries_as_one(django_assert_num_queries):
    """Scale, questions and metrics, gates, conditions: one each."""
    tender = TenderFactory()
    for number in range(1, 4):
        asked, bound = (MetricFactory(charter=tender.charter) for _ in range(2))
        of_metric = {"group": Group.SOCIAL_VALUE, "metric": asked}
        CriterionFactory(tender=tender, code=asked.code, **of_metric)
        Condition.objects.create(tender=tender, metric=bound, reason="All must.")

        with django_assert_num_queries(4):
            found = design_of(tender)

        assert (len(found["metrics"]), len(found["conditions"])) == (number, number)
