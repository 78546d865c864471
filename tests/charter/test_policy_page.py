"""How a policy reads on its public page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from metrics.actions import load_charter
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import CharterFactory, QuadrantFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
CLAUSE = {"id": "a", "document": "The policy", "paragraph": "Delivery, 1", "text": "All over it."}


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def words(client, charter):
    return read(client, reverse("charter:detail", args=[charter.pk]))


@pytest.fixture
def nelc():
    loaded, _ = load_charter(code="nelc-2018", authority=AuthorityFactory(), by=None, at=AT)
    return loaded


def test_contradicting_rules_are_shown_with_a_warning(client, nelc):
    printed = words(client, nelc)

    assert "These two rules contradict each other. Each tender records" in printed
    assert "which of them it follows, and why." in printed
    assert "the first comes to 6% of the whole score and the second to 10%." in printed
    assert "larger decides" not in printed


def test_one_rule_brings_no_warning(client):
    assert "contradict" not in words(client, CharterFactory())


def test_a_clause_reads_in_plain_words_and_word_for_word(client):
    charter = CharterFactory(
        clauses=[
            {**CLAUSE, "kind": "required", "heading": "Required", "when": {"over": "100000"}},
        ]
    )

    printed = words(client, charter)

    assert '<h3 class="charter-section__title">When social value is asked for</h3>' in printed
    assert (
        '<p class="govuk-body govuk-!-margin-bottom-2">For contracts over £100,000</p>' in printed
    )
    assert "All over it." in printed
    assert "The policy, Delivery, 1</footer>" in printed


def test_a_numbered_paragraph_is_called_a_paragraph(client):
    charter = CharterFactory(clauses=[{**CLAUSE, "heading": "One", "paragraph": "6 a"}])

    assert "The policy, paragraph 6 a</footer>" in words(client, charter)


def test_a_policy_that_measures_nothing_says_so(client, nelc):
    printed = words(client, nelc)

    assert "Principles and rules only: its papers set no metrics." in printed
    assert "We are committed to" not in printed


def test_a_draft_policy_says_that_much_is_open_and_opens_there(client):
    charter = CharterFactory(
        maturity="draft",
        ambition="",
        clauses=[
            {**CLAUSE, "kind": "use", "heading": "Use"},
            {**CLAUSE, "id": "b", "kind": "open", "heading": "What then?"},
        ],
    )

    printed = words(client, charter)

    assert "Draft: much of this is still open." in printed
    assert "Not decided yet" in printed
    assert printed.count('<details class="charter-section" open>') == 1
    assert printed.index("Still open") < printed.index("How it is used")


def test_a_whole_policy_is_not_called_a_draft(client):
    printed = words(client, QuadrantFactory().charter)

    assert "much of this is still open" not in printed
    assert "Not decided yet" not in printed


def test_the_decision_that_put_it_in_force_is_shown(client):
    charter = CharterFactory(
        decided_by_body="Cabinet",
        decided_on=date(2026, 4, 14),
        minute_reference="CB.42",
        effective_from=date(2026, 5, 1),
        change_reason="Two targets were out of date.",
    )

    printed = words(client, charter)

    for told in (
        "Cabinet",
        "14 April 2026",
        "CB.42",
        "1 May 2026",
        "Two targets were out of date.",
    ):
        assert f">{told}</dd>" in printed


def test_a_decision_that_is_not_recorded_is_not_shown(client):
    printed = words(client, CharterFactory())

    assert "Decided by" not in printed
    assert "In effect from" not in printed


@pytest.mark.parametrize(
    ("maturity", "told"),
    [
        ("whole", "Principles, metrics and rules"),
        ("principles-only", "Principles and rules only"),
        ("draft", "Its papers leave much open"),
    ],
)
def test_the_list_says_how_much_is_decided(client, maturity, told):
    CharterFactory(maturity=maturity)

    assert told in client.get(reverse("charter:list")).content.decode()


def mapping_of(charter):
    return reverse("charter:mapping", args=[charter.pk])


def test_a_policy_that_maps_nothing_says_so(client, nelc):
    printed = read(client, mapping_of(nelc))

    assert "The principles of this charter are mapped to no national or world framework." in printed
    assert "All principles" not in printed


def test_a_policy_without_principles_has_nothing_to_map(client):
    printed = read(client, mapping_of(CharterFactory(maturity="draft")))

    assert "No principle yet" in printed


def test_a_policy_without_metrics_offers_nothing_to_search(client, nelc):
    printed = read(client, f"{reverse('metrics:list')}?charter={nelc.pk}")

    assert "This charter has no metric of its own." in printed
    assert "No metric matches" not in printed
