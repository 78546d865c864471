"""The catalogue and the metric, as anyone may read them."""

import uuid

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics.models import AnsweredBy, FlagKind
from tests.factories.accounts import SupplierFactory, bidder_of, person_in
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory

pytestmark = pytest.mark.django_db


def catalogue(client, status=200, **query):
    response = client.get(reverse("metrics:list"), query)
    assert response.status_code == status
    return response


def words(response):
    return " ".join(response.content.decode().split())


def numbers(response):
    return [metric.number for metric in response.context["metrics"]]


@pytest.fixture
def charter():
    """A charter with one metric of every sort."""
    charter = CharterFactory()
    jobs = PrincipleFactory(quadrant__charter=charter, quadrant__code="ES", code="ES1")
    green = PrincipleFactory(quadrant__charter=charter, quadrant__code="GS", code="GS1")
    MetricFactory(charter=charter, principle=jobs, number=1, wording="People employed")
    MetricFactory(charter=charter, principle=jobs, number=2, answered_by=AnsweredBy.BOTH)
    MetricFactory(charter=charter, principle=green, number=3, target_not_set=True)
    MetricFactory(charter=charter, principle=green, number=4, policy_only=True)
    return charter


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_needs_no_more_queries_for_more_metrics(
    client, django_assert_num_queries, count
):
    charter = CharterFactory()
    for _ in range(count):
        MetricFlagFactory.create_batch(count, metric=MetricFactory(charter=charter))

    with django_assert_num_queries(7):
        response = catalogue(client)

    assert len(response.context["metrics"]) == count


def test_without_a_charter_the_catalogue_says_what_will_be_here(client):
    assert "No metric yet" in words(catalogue(client))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"quadrant": "ES"}, [1, 2]),
        ({"principle": "GS1"}, [3, 4]),
        ({"quadrant": "ES", "principle": "GS1"}, []),
        ({"answered_by": "bidders"}, [1, 2, 3]),
        ({"answered_by": "both"}, [2]),
        ({"answered_by": "policy"}, [4]),
        ({"target": "set"}, [1, 2, 4]),
        ({"target": "not_set"}, [3]),
        ({"target": "left_open"}, []),
        ({"q": "EMPLOYED"}, [1]),
        ({"q": "?? hours"}, [3]),
        ({"q": "100%"}, []),
        ({"q": "x" * 101}, [1, 2, 3, 4]),
        ({"quadrant": "nowhere"}, [1, 2, 3, 4]),
        ({"q": "a\x00b"}, [1, 2, 3, 4]),
    ],
)
def test_the_catalogue_is_narrowed(client, charter, query, expected):
    assert numbers(catalogue(client, charter=charter.pk, **query)) == expected


def test_a_filter_that_makes_no_sense_is_refused_in_words(client, charter):
    response = catalogue(client, charter=charter.pk, quadrant="nowhere")

    assert list(response.context["form"].errors) == ["quadrant"]


def test_an_empty_answer_says_what_to_do(client, charter):
    assert "No metric matches" in words(catalogue(client, charter=charter.pk, q="zebra"))


def test_the_charter_asked_for_stays_chosen(client, charter):
    response = catalogue(client, charter=charter.pk, target="not_set")

    assert f'name="charter" value="{charter.pk}"' in words(response)


def test_each_charter_has_a_catalogue_of_its_own(client, charter):
    other = CharterFactory(title="Another")
    MetricFactory(charter=other, number=9)

    response = catalogue(client, charter=other.pk)

    assert numbers(response) == [9]
    assert list(response.context["others"]) == [charter]


@pytest.mark.parametrize("asked", ["nonsense", "\x00", str(uuid.UUID(int=7))])
def test_a_charter_that_does_not_exist_is_not_found(client, charter, asked):
    catalogue(client, status=404, charter=asked)


def test_the_metrics_of_a_draft_do_not_exist_for_outsiders(client):
    metric = MetricFactory(charter=CharterFactory(draft=True))
    client.force_login(bidder_of(SupplierFactory()))

    catalogue(client, status=404, charter=metric.charter_id)
    assert client.get(reverse("metrics:detail", args=[metric.pk])).status_code == 404


def test_the_metrics_of_a_draft_are_read_by_the_authoritys_own_people(client):
    metric = MetricFactory(charter=CharterFactory(draft=True))
    client.force_login(person_in(metric.charter.authority, Role.OFFICER))

    assert client.get(reverse("metrics:detail", args=[metric.pk])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_metric_needs_no_more_queries_for_more_flags(client, django_assert_num_queries, count):
    metric = MetricFactory()
    MetricFlagFactory.create_batch(count, metric=metric)

    with django_assert_num_queries(4):
        client.get(reverse("metrics:detail", args=[metric.pk]))


def test_a_metric_shows_what_is_printed_and_what_is_asked(client):
    metric = MetricFactory(share_of_headcount=True)

    printed = words(client.get(reverse("metrics:detail", args=[metric.pk])))

    assert "90% of all staff employed on the contract" in printed
    assert "At least 90% of the people employed on the contract (headcount)." in printed


def test_a_metric_without_a_target_says_so(client):
    metric = MetricFactory(target_not_set=True)

    printed = words(client.get(reverse("metrics:detail", args=[metric.pk])))

    assert "Not set yet. The source prints “?? hours”." in printed
    assert '<strong class="govuk-tag govuk-tag--yellow">Target not set</strong>' in printed


def test_missing_evidence_stays_missing(client):
    metric = MetricFactory(evidence_text="")

    printed = words(client.get(reverse("metrics:detail", args=[metric.pk])))

    assert "Nothing is printed here." in printed


def test_a_flag_stands_beside_the_words_with_its_source(client):
    flag = MetricFlagFactory(kind=FlagKind.EVIDENCE_COPIED, words="Copied, it seems.")

    printed = words(client.get(reverse("metrics:detail", args=[flag.metric.pk])))

    assert "Evidence probably copied" in printed
    assert "Copied, it seems." in printed
    assert flag.source in printed


def test_markup_in_a_metric_is_printed_as_text(client):
    metric = MetricFactory(
        short_title="<b>bold</b>", wording="<script>x</script>", evidence_text="<i>it</i>"
    )

    for url in (reverse("metrics:list"), reverse("metrics:detail", args=[metric.pk])):
        printed = client.get(url).content.decode()
        for raw in ("<b>bold", "<script>x", "<i>it"):
            assert raw not in printed


def test_nothing_is_changed_from_these_pages(client, charter):
    client.force_login(person_in(charter.authority, Role.ADMINISTRATOR))

    assert client.post(reverse("metrics:list")).status_code == 405
