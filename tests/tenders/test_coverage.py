"""A funding round says how many projects must serve each field of action."""

import pytest
from django.urls import reverse

from tenders.actions import publish_tender
from tenders.actions.coverage import set_coverage
from tenders.coverage import coverage_lines
from tenders.models import Tender
from tenders.readiness import sections
from tenders.refusals import Stale, Unfit
from tests.factories.charter import PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of

pytestmark = pytest.mark.django_db
UNPRICED = {"price_weight": 0, "quality_weight": 90}


@pytest.fixture
def funding_round():
    """A draft that asks for a metric of skills, and for none of nature."""
    tender = TenderFactory(opportunity="funding_round", kind="", **UNPRICED)
    skills = QuadrantFactory(charter=tender.charter, code="skills", title="Skills")
    QuadrantFactory(charter=tender.charter, code="nature", title="Nature")
    metric = MetricFactory(charter=tender.charter, principle=PrincipleFactory(quadrant=skills))
    CriterionFactory(tender=tender, code=metric.code, group="social_value", metric=metric)
    return tender


def needs(tender) -> dict:
    tender = Tender.objects.with_design().get(pk=tender.pk)
    return {one.code: list(one.needs) for one in sections(tender, NOW)}


def cover(tender, coverage, **fields):
    by = officer_of(tender)
    return set_coverage(tender=tender, coverage=coverage, by=by, at=NOW, **fields)


def here(tender):
    return reverse("tenders:edit_coverage", args=[tender.pk])


def test_a_round_is_not_complete_before_it_says_what_it_must_cover(funding_round):
    assert needs(funding_round)["coverage"] == [
        "Say how many projects must serve each field of action, or that none need to."
    ]
    cover(funding_round, {"skills": 0, "nature": 0})

    assert needs(funding_round)["coverage"] == []


def test_the_other_kinds_have_no_such_step():
    for kind, more in (("procurement", {}), ("business_case", {**UNPRICED, "kind": ""})):
        assert "coverage" not in needs(TenderFactory(opportunity=kind, **more))


def test_the_numbers_are_saved_and_told(client, funding_round):
    client.force_login(officer_of(funding_round))

    response = client.post(
        here(funding_round), {"field_skills": "2", "field_nature": "0", "seen": "0"}
    )

    funding_round.refresh_from_db()
    assert response.status_code == 302
    assert funding_round.coverage == {"skills": 2, "nature": 0}
    assert coverage_lines(funding_round) == [
        ("Skills", "At least 2 projects"),
        ("Nature", "No least number"),
    ]


def test_a_field_of_which_nothing_is_asked_is_answered_beside_it(client, funding_round):
    client.force_login(officer_of(funding_round))

    response = client.post(
        here(funding_round), {"field_skills": "1", "field_nature": "3", "seen": "0"}
    )

    assert dict(response.context["form"].errors) == {
        "field_nature": [
            "No metric of “Nature” is asked, so no project can serve it. Ask for one first, or "
            "enter 0."
        ]
    }


def test_a_metric_taken_away_afterwards_is_said(funding_round):
    cover(funding_round, {"skills": 1, "nature": 0})
    funding_round.criteria.all().delete()

    [words] = needs(funding_round)["coverage"]
    assert words.startswith("No metric of “Skills” is asked")


@pytest.mark.parametrize(
    "coverage",
    [{}, {"skills": 1}, {"skills": 1, "nature": 0, "other": 1}, {"skills": -1, "nature": 0}],
)
def test_half_said_or_impossible_numbers_are_refused(funding_round, coverage):
    with pytest.raises(Unfit):
        cover(funding_round, coverage)


def test_a_change_not_seen_is_refused(funding_round):
    cover(funding_round, {"skills": 1, "nature": 0})

    with pytest.raises(Stale):
        cover(funding_round, {"skills": 0, "nature": 0}, seen=0)


def test_a_procurement_has_no_such_page(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    assert client.get(here(tender)).status_code == 404
    with pytest.raises(Unfit):
        cover(tender, {})


def test_a_round_that_says_all_is_published_without_a_kind_or_a_price():
    tender = complete_draft(
        opportunity="funding_round", kind="", price_full_at=None, price_zero_at=None, **UNPRICED
    )
    code = tender.criteria.get(metric__isnull=False).metric.principle.quadrant.code
    officer = officer_of(tender)
    set_coverage(tender=tender, coverage={code: 1}, by=officer, at=NOW)

    published = publish_tender(tender=tender, by=officer, at=NOW)

    assert published.notice["coverage"] == {code: 1}
    assert [one["group"] for one in published.published_case["criteria"]] == [
        "quality",
        "social_value",
    ]


def test_applicants_read_what_must_be_covered(client, funding_round):
    coverage = {"skills": 2, "nature": 0}
    published = TenderFactory(
        published=True,
        opportunity="funding_round",
        kind="",
        charter=funding_round.charter,
        authority=funding_round.authority,
        coverage=coverage,
        **UNPRICED,
    )

    page = client.get(reverse("tenders:public", args=[published.pk])).content.decode()

    said = ("What the round must cover", "At least 2 projects", "the most points in total")
    assert [words for words in said if words not in page] == []
