"""What a check finds in an authority's own charter, on its page."""

import pytest
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.charter import CharterFactory, ten_percent_overall
from tests.factories.metrics import MetricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return CharterFactory(draft=True)


def address(charter):
    return reverse("metrics:check", args=[charter.pk])


@pytest.mark.parametrize("role", IN_AN_AUTHORITY)
def test_every_colleague_may_read_it(client, draft, role):
    client.force_login(person_in(draft.authority, role))

    assert client.get(address(draft)).status_code == 200


def test_a_stranger_finds_nothing_even_of_a_published_one(client):
    charter = CharterFactory()
    client.force_login(person_in(AuthorityFactory(), Role.ADMINISTRATOR))
    other = client.get(address(charter)).status_code
    client.force_login(bidder_of(SupplierFactory()))

    assert [other, client.get(address(charter)).status_code] == [404, 404]


def test_a_visitor_signs_in_first(client, draft):
    assert client.get(address(draft)).url.startswith("/account/login/")


def test_it_quotes_what_it_finds_and_says_what_to_do(client, draft):
    MetricFactory(charter=draft, evidence_text="", short_title="Visits", number=4)
    client.force_login(person_in(draft.authority, Role.ADMINISTRATOR))

    page = client.get(address(draft)).content.decode()

    assert "Metric 4 Visits" in page
    assert "Say what evidence is asked for." in page
    assert "1 to mend and" in page


def test_contradicting_rules_stand_side_by_side(client, draft):
    other = ten_percent_overall() | {"id": "other", "basis": "quality_element"}
    draft.rules = [ten_percent_overall(), other]
    draft.save()
    client.force_login(person_in(draft.authority, Role.ADMINISTRATOR))

    page = client.get(address(draft)).content.decode()

    assert "Two weighting rules" in page
    assert page.count("Social value takes at least 10 % of the whole score.") == 2


def test_a_sound_version_is_said_to_be_sound(client, draft):
    client.force_login(person_in(draft.authority, Role.ADMINISTRATOR))

    page = client.get(address(draft)).content.decode()

    assert "The check finds nothing to mend and nothing doubtful." in page


def test_what_people_wrote_stands_as_text(client, draft):
    MetricFactory(charter=draft, evidence_text="", wording="<script>1</script> of")
    client.force_login(person_in(draft.authority, Role.ADMINISTRATOR))

    page = client.get(address(draft)).content.decode()

    assert "<script>1" not in page
    assert "&lt;script&gt;1" in page


@pytest.mark.parametrize("count", [1, 3])
def test_it_needs_no_more_queries_for_more_metrics(client, draft, count, django_assert_num_queries):
    for _ in range(count):
        MetricFactory(charter=draft, evidence_text="")
    client.force_login(person_in(draft.authority, Role.BOARD))
    client.get(address(draft))

    with django_assert_num_queries(13):
        client.get(address(draft))
