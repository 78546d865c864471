"""The metrics of a draft, for a group that holds a link and no account."""

import pytest
from django.urls import reverse

from charter.invitations import address_of, token_of
from charter.models import Charter
from tests.factories.charter import InvitationFactory
from tests.factories.metrics import MetricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    return InvitationFactory()


def address(invitation):
    return reverse("metrics:invited", args=[token_of(invitation)])


def test_the_draft_leads_to_its_metrics_and_back(client, invitation):
    draft = client.get(address_of(invitation)).content.decode()
    page = client.get(address(invitation)).content.decode()

    assert address(invitation) in draft
    assert address_of(invitation) in page


def test_a_group_reads_the_metrics_of_its_draft_and_no_others(client, invitation):
    MetricFactory(charter=invitation.charter, number=7, short_title="Waste")
    MetricFactory(short_title="Of another charter")

    page = client.get(address(invitation)).content.decode()

    assert "Metric 7 Waste" in page
    assert "Of another charter" not in page


def test_a_target_that_is_not_set_is_said_to_be(client, invitation):
    MetricFactory(charter=invitation.charter, target_not_set=True)

    page = client.get(address(invitation)).content.decode()

    assert "Target not set" in page
    assert "?? hours" in page
    assert "Read as" not in page


def test_an_altered_link_opens_nothing(client, invitation):
    token = token_of(invitation)

    answer = client.get(reverse("metrics:invited", args=[token[:-1]]))

    assert answer.status_code == 404


def test_the_link_ends_when_the_draft_is_published(client, invitation):
    Charter.objects.update(status="published")

    assert client.get(address(invitation)).status_code == 410


def test_it_is_kept_by_no_cache_and_no_search_engine(client, invitation):
    answer = client.get(address(invitation))

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_what_people_wrote_stands_as_text(client, invitation):
    MetricFactory(charter=invitation.charter, wording="<script>1</script>")

    page = client.get(address(invitation)).content.decode()

    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_needs_no_more_queries_for_more_metrics(
    client, invitation, count, django_assert_num_queries
):
    for _ in range(count):
        MetricFactory(charter=invitation.charter)

    with django_assert_num_queries(4):
        client.get(address(invitation))
