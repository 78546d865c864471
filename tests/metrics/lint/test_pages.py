"""What a check finds, on a page: the authority's own charter, and any policy that ships."""

import pytest
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from metrics.lint import findings
from metrics.models import FlagKind
from metrics.presenters.checks import named
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.charter import CharterFactory, ten_percent_overall
from tests.factories.metrics import MetricFactory
from tests.metrics.lint.test_shipped import FOUND

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

    with django_assert_num_queries(8):
        client.get(address(draft))


@pytest.mark.parametrize(
    "code", ["sslep-2021", "nelc-2018", "leicester-2018", "west-of-england-2024"]
)
def test_anyone_may_see_what_is_found_in_a_policy_that_ships(client, code):
    answer = client.get(reverse("metrics:check_pack", args=[code]))

    assert answer.status_code == 200
    assert "to know of before anyone relies on it" in answer.content.decode()


def test_an_unknown_policy_is_not_found(client):
    assert client.get(reverse("metrics:check_pack", args=["nowhere"])).status_code == 404


def test_every_kind_of_fault_has_a_name():
    assert all(named(one.code) for one in FOUND)


def test_a_name_that_nothing_finds_is_refused():
    with pytest.raises(ValueError, match="oops"):
        named("oops")


def test_faults_are_errors_or_warnings():
    assert {one.severity for one in FOUND} == {findings.ERROR, findings.WARNING}
    assert FlagKind.OVERLAP.value in {one.code for one in FOUND}
