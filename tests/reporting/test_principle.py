"""One principle followed through: measured, asked for, delivered."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from charter.states import CharterStatus
from delivery.models import Decision
from reporting.principle import asked_in, results_of
from tenders.models import Group
from tenders.states import Stage
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.charter import (
    CharterFactory,
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    ThemeFactory,
)
from tests.factories.delivery import ContractFactory, promise_of, returned
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, tender_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def principle():
    charter = CharterFactory(code="ours", mappings_source="Board paper, paragraph 10")
    return PrincipleFactory(code="ES1", quadrant__charter=charter, quadrant__source="Draft charter")


def page(client, principle, status=200):
    response = client.get(reverse("reporting:principle", args=[principle.pk]))
    assert response.status_code == status
    return response


def words(response):
    return " ".join(response.content.decode().split())


def metric_of(principle, **fields):
    return MetricFactory(charter=principle.quadrant.charter, principle=principle, **fields)


def asked(metric, **fields):
    """A tender open for bids that asks for this metric."""
    tender = TenderFactory(
        open=True, authority=metric.charter.authority, charter=metric.charter, **fields
    )
    CriterionFactory(tender=tender, group=Group.SOCIAL_VALUE, metric=metric, code=metric.code)
    return tender


def promised(metric, quantity="36", **fields):
    contract = ContractFactory(
        tender__authority=metric.charter.authority, tender__charter=metric.charter, **fields
    )
    return promise_of(contract, quantity, metric=metric)


def later_version_of(principle):
    """The same principle in the version of its charter that took its place."""
    old = principle.quadrant.charter
    old.status = CharterStatus.SUPERSEDED
    old.save()
    new = CharterFactory(authority=old.authority, code=old.code, version=2)
    return PrincipleFactory(code=principle.code, quadrant__charter=new)


def test_it_says_what_it_serves_and_where_it_comes_from(client, principle):
    MappingFactory(principle=principle, theme=ThemeFactory(number=1))
    MappingFactory(principle=principle, theme=ThemeFactory(number=2), is_primary=False)

    response = page(client, principle)

    (served,) = response.context["served"]
    assert [theme.number for theme in served.primary] == [1]
    assert [theme.number for theme in served.related] == [2]
    assert principle.text in words(response)
    assert "Board paper, paragraph 10" in words(response)
    assert "Draft charter" in words(response)


def test_a_goal_it_serves_stands_on_its_colour(client, principle):
    goals = FrameworkFactory(code="sdg", title="Goals", member="goal")
    theme = ThemeFactory(framework=goals, number=7, title="Clean Energy", colour="#FCC30B")
    MappingFactory(principle=principle, theme=theme)

    assert "charter-chip charter-chip--dark" in words(page(client, principle))


def test_it_shows_its_metrics_with_their_targets_in_words(client, principle):
    metric_of(principle, number=5, short_title="School visits")
    MetricFactory(charter=principle.quadrant.charter, number=6)

    response = page(client, principle)

    assert [one.metric.number for one in response.context["measured"]] == [5]
    assert "At least 36 hours." in words(response)


def test_it_leads_to_its_metrics_in_the_catalogue(client, principle):
    metric_of(principle)

    charter = principle.quadrant.charter
    assert f"{reverse('metrics:list')}?charter={charter.pk}&amp;principle=ES1" in words(
        page(client, principle)
    )


def test_without_metrics_tenders_or_mappings_it_says_so(client, principle):
    printed = words(page(client, principle))

    assert "No metric measures it yet." in printed
    assert "The charter does not map it to a national or world framework." in printed
    assert "No published tender has asked for it yet." in printed


def test_it_names_the_tenders_that_asked_for_it_newest_first(client, principle):
    first, second = metric_of(principle, number=1), metric_of(principle, number=2)
    old = asked(first, published_at=datetime(2025, 1, 1, tzinfo=UTC))
    new = asked(second, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    CriterionFactory(tender=new, group=Group.SOCIAL_VALUE, metric=first, code=first.code)

    rows = page(client, principle).context["asked"].rows

    assert [(one.tender, one.numbers) for one in rows] == [(new, [1, 2]), (old, [1])]


def test_drafts_and_tenders_under_other_principles_are_not_named(client, principle):
    metric = metric_of(principle)
    draft = tender_in("D", authority=metric.charter.authority, charter=metric.charter)
    CriterionFactory(tender=draft, group=Group.SOCIAL_VALUE, metric=metric, code=metric.code)
    asked(MetricFactory(charter=metric.charter))
    client.force_login(person_in(metric.charter.authority, Role.ADMINISTRATOR))

    assert page(client, principle).context["asked"].rows == []


def test_a_tender_that_asked_under_an_earlier_version_is_named_with_it(client, principle):
    tender = asked(metric_of(principle, number=4))
    new = later_version_of(principle)

    response = page(client, new)

    assert [one.tender for one in response.context["asked"].rows] == [tender]
    assert "metric 4 of version 1 of the charter" in words(response)


def test_another_authoritys_charter_of_the_same_name_has_tenders_of_its_own(principle):
    asked(metric_of(principle))
    promised(metric_of(principle))
    theirs = PrincipleFactory(code="ES1", quadrant__charter=CharterFactory(code="ours"))

    assert asked_in(theirs, person_in(AuthorityFactory(), Role.OFFICER)).rows == []
    assert results_of(theirs, NOW).delivery.rows == []


def test_a_long_list_of_tenders_is_cut_and_says_how_many_more(client, principle, monkeypatch):
    monkeypatch.setattr("reporting.document.MOST_ROWS", 1)
    metric = metric_of(principle)
    asked(metric)
    asked(metric)

    printed = words(page(client, principle))

    assert "And 1 more, among" in printed


def test_results_keep_committed_claimed_and_accepted_apart(principle):
    promise = promised(metric_of(principle, number=5))
    returned(promise, "12", decision=Decision.ACCEPTED)
    returned(promise, "5", period_from=date(2026, 7, 1), period_to=date(2026, 9, 30))

    found = results_of(principle, NOW)

    (row,) = found.delivery.rows
    assert (row["committed"], row["claimed"], row["accepted"]) == ("36", "17", "12")
    (chart,) = found.charts
    assert chart.rows[0][0].startswith("5 ")


def test_promises_under_other_principles_of_the_same_contract_are_left_out(principle):
    promise = promised(metric_of(principle, number=5))
    promise_of(promise.contract, "9", metric=MetricFactory(charter=promise.metric.charter))

    rows = results_of(principle, NOW).delivery.rows

    assert [row["number"] for row in rows] == [5]


def test_a_cancelled_contract_has_no_results(principle):
    promise = promised(metric_of(principle))
    promise.contract.tender.stage = Stage.CANCELLED
    promise.contract.tender.save()

    assert results_of(principle, NOW).delivery.rows == []


def test_results_under_an_earlier_version_still_count(principle):
    promised(metric_of(principle, number=5), "36")
    new = later_version_of(principle)

    assert [row["number"] for row in results_of(new, NOW).delivery.rows] == [5]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD])
def test_results_are_read_by_those_who_read_the_reports(client, principle, role):
    promised(metric_of(principle))
    client.force_login(person_in(principle.quadrant.charter.authority, role))

    response = page(client, principle)

    assert len(response.context["results"].delivery.rows) == 1
    assert 'class="tenth-chart"' in words(response)


def test_results_are_not_shown_to_anyone_else(client, principle):
    metric = metric_of(principle)
    promise = promised(metric, "987654")
    charter = principle.quadrant.charter
    others = [
        None,
        bidder_of(SupplierFactory()),
        bidder_of(promise.contract.supplier),
        person_in(AuthorityFactory(), Role.BOARD),
        person_in(charter.authority, Role.EVALUATOR),
    ]
    for person in others:
        client.logout()
        if person:
            client.force_login(person)
        response = page(client, principle)
        assert response.context["results"] is None
        assert "987,654" not in words(response)
        assert f"annual social value reports of {charter.authority}" in words(response)


def test_that_test_would_notice_results_shown_to_everyone(client, principle, monkeypatch):
    """Its twin, with the rule taken out: an outsider then reads the figure."""
    promised(metric_of(principle), "987654")
    monkeypatch.setattr("reporting.views.reports.allows", lambda *_, **__: True)

    assert "987,654" in words(page(client, principle))


def test_without_a_promise_the_reader_is_told(client, principle):
    client.force_login(person_in(principle.quadrant.charter.authority, Role.BOARD))

    assert "No contract holds a promise under it yet." in words(page(client, principle))


def test_a_principle_of_a_draft_does_not_exist_for_outsiders(client):
    principle = PrincipleFactory(quadrant__charter=CharterFactory(draft=True))

    page(client, principle, status=404)


@pytest.mark.parametrize("count", [1, 3])
def test_it_needs_no_more_queries_for_more_of_everything(
    client, principle, django_assert_num_queries, count
):
    for number in range(1, count + 1):
        MappingFactory(principle=principle, theme=ThemeFactory(number=number))
        metric = metric_of(principle, number=number)
        asked(metric)
        returned(promised(metric), str(Decimal(number)))
        PrincipleFactory(quadrant=principle.quadrant)
    client.force_login(person_in(principle.quadrant.charter.authority, Role.BOARD))

    with django_assert_num_queries(16):
        response = page(client, principle)

    assert len(response.context["results"].delivery.rows) == count


def test_nothing_is_changed_from_this_page(client, principle):
    assert client.post(reverse("reporting:principle", args=[principle.pk])).status_code == 405
