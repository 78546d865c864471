"""The page “What policy asks”: each duty with its clause, and why it reaches this tender."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from tenders import actions
from tenders.models import ContractKind
from tenders.presenters.policy import policy_page
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.charter import CharterFactory
from tests.factories.tenders import TenderFactory, approved_to_publish, team_member
from tests.tenders.departures import (
    COMPULSORY,
    LATER,
    OVERALL,
    QUALITY,
    approver_of,
    ask,
    decide,
    follow,
    nelc_draft,
)
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of

pytestmark = pytest.mark.django_db


def clause(kind, facts, **more):
    """A clause of a policy, by what is read out of it."""
    return {
        "id": kind,
        "kind": kind,
        "heading": f"Of {kind}",
        "document": "Procurement policy",
        "paragraph": "7",
        "text": f"What it says of {kind}.",
        "facts": facts,
        **more,
    }


LIMITS = [
    clause("most-metrics", {"most": "6"}),
    clause("answer-length", {"words": "300"}, when={"up_to": "100000"}),
    clause("evidence", {"depth": "records"}),
]


def shown(tender, at=NOW):
    return policy_page(tender, at)


def rows(tender):
    return {row.duty.key: row.words for row in shown(tender)["rows"]}


def page(client, tender, person=None):
    client.force_login(person or officer_of(tender))
    answer = client.get(reverse("tenders:policy", args=[tender.pk]))
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def under(*clauses, rules=None, **fields):
    authority = AuthorityFactory()
    more = {} if rules is None else {"rules": rules}
    charter = CharterFactory(authority=authority, clauses=list(clauses), **more)
    return TenderFactory(authority=authority, charter=charter, **fields)


@pytest.mark.parametrize(
    ("value", "tag", "because"),
    [
        (
            "100000.00",
            "Wherever possible",
            (
                "the value, £100,000, is no more than £100,000",
                "the value, £100,000, is not over £100,000",
            ),
        ),
        ("100000.01", "Required", ("the value, £100,000.01, is over £100,000",)),
        ("350000.00", "Required", ("the value, £350,000, is over £100,000",)),
    ],
)
def test_the_first_thing_said_is_whether_social_value_is_required_and_why(value, tag, because):
    verdict = shown(nelc_draft(value))["verdict"]

    assert (verdict.tag, verdict.because) == (tag, because)


def test_a_policy_that_asks_for_nothing_says_so():
    rules = [
        {
            "id": "later",
            "clause": {"document": "Policy", "paragraph": "1", "text": "From 2030."},
            "minimum_percent": "10",
            "basis": "overall",
            "when": {"from": "2030-01-01"},
        }
    ]

    verdict = shown(under(rules=rules))["verdict"]

    assert verdict.tag == "Not asked for"
    assert verdict.words == "Your policy does not ask for social value in this contract."


def test_a_kind_that_nobody_has_told_leaves_it_open():
    tender = under(
        clause("required", {}, when={"kinds": ["works"]}), rules=None, kind="", basis="overall"
    )
    tender.charter.rules = [{**tender.charter.rules[0], "when": {"kinds": ["works"]}}]

    found = shown(tender)

    assert found["verdict"].tag == "Not known yet"
    assert [row.duty.because for row in found["unknown"]] == [
        "whether it is for works is not known"
    ] * 2
    tender.kind = ContractKind.WORKS
    assert shown(tender)["verdict"].tag == "Required"


def test_a_minimum_is_told_with_what_it_comes_to_in_the_tender_s_own_weights():
    tender = nelc_draft(
        price_weight=Decimal(40), quality_weight=Decimal(50), social_value_weight=Decimal(10)
    )

    told = rows(tender)

    assert told[QUALITY] == "At least 10% of the quality element, here 6% of the total"
    assert told[OVERALL] == "At least 10% of the total"


def test_while_the_weights_make_no_whole_a_minimum_is_told_as_the_policy_puts_it():
    assert rows(nelc_draft(price_weight=Decimal(90)))[QUALITY] == (
        "At least 10% of the quality element"
    )


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("100000.01", "Leadership Team"),
        ("350000.00", "Leadership Team"),
        ("350000.01", "Cabinet"),
    ],
)
def test_who_is_accountable_and_who_approves_an_opt_out_go_by_the_value(value, who):
    told = rows(nelc_draft(value))

    accountable = [words for key, words in told.items() if key.startswith("clause:accountable")]
    assert accountable == [who]
    assert told["clause:opt-out"].endswith(
        f"; decided by {who}, being accountable, since the policy names nobody for it"
    )


def test_limits_are_told_and_those_for_other_contracts_are_not():
    found = shown(under(*LIMITS))

    told = {row.duty.key: row.words for row in found["rows"]}
    assert told["clause:most-metrics"] == "At most 6 metrics"
    assert told["clause:evidence"] == "The records that each metric names"
    assert "clause:answer-length" not in told
    assert [row.duty.because for row in found["silent"]] == [
        "the value, £1,000,000, is over £100,000"
    ]


def test_of_two_that_answer_the_one_that_does_not_speak_is_named_as_such(client):
    tender = nelc_draft("350000.01")

    text = page(client, tender)

    silent = [row.duty.key for row in shown(tender)["silent"]]
    assert "clause:accountable-leadership" in silent
    assert "another clause of its kind goes before it" in text


def test_what_the_policy_says_nothing_of_is_told():
    assert shown(nelc_draft())["unsaid"] == [
        "How the score is split",
        "Metrics that must be asked",
        "How many metrics at most",
        "How long an answer on social value may be",
        "How deep evidence goes",
    ]


def test_a_least_weighting_is_not_nothing_said_of_social_value():
    found = shown(under())

    assert found["verdict"].tag == "Required"
    assert found["verdict"].because == ("the policy says so of every contract",)
    assert "Social value" not in found["unsaid"]
    assert "Who is accountable" in found["unsaid"]


def test_every_line_quotes_its_clause_word_for_word(client):
    text = page(client, nelc_draft())

    assert (
        "As a minimum, all procurements over £100,000 will be required to consider and include "
        "Social Value metrics (using the Procurement for Social Value Toolkit) as a part of the "
        "scoring and evaluation process."
    ) in text
    assert "Delivery and Reporting, 1, first sentence" in text
    assert "It reaches this contract because the value, £250,000, is over £100,000." in text


@pytest.mark.parametrize(
    ("value", "here"),
    [
        ("0.01", "Up to and including £100,000"),
        ("100000.00", "Up to and including £100,000"),
        ("100000.01", "Over £100,000, up to and including £350,000"),
        ("350000.00", "Over £100,000, up to and including £350,000"),
        ("350000.01", "Over £350,000"),
    ],
)
def test_the_band_of_the_contract_s_value_is_marked_to_the_penny(value, here):
    found = shown(nelc_draft(value))["bands"]

    assert [band.words for band in found if band.is_here] == [here]


def test_each_band_says_what_is_asked_there():
    found = shown(nelc_draft())["bands"]

    assert [(band.social_value, band.accountable) for band in found] == [
        ("Wherever possible", ""),
        ("Required", "Leadership Team"),
        ("Required", "Cabinet"),
    ]
    assert found[0].weighting == ()
    assert len(found[1].weighting) == 2


def test_a_policy_that_names_no_sums_shows_no_bands():
    assert shown(under())["bands"] == []


def test_a_published_tender_is_told_of_the_day_it_was_published(client):
    tender = nelc_draft()
    follow(tender)
    actions.publish_tender(tender=approved_to_publish(tender), by=officer_of(tender), at=NOW)
    tender.refresh_from_db()

    text = page(client, tender)

    assert "as it stands on 1 June 2026, the day this tender was published" in text
    assert "Change the choice" not in text
    assert "Ask to leave social value out" not in text


def test_a_contradiction_asks_the_officer_to_choose_and_tells_others_who_does(client):
    tender = nelc_draft()

    officer, approver = page(client, tender), page(client, tender, approver_of(tender))

    assert "Choose which rule to follow" in officer
    assert "Choose which rule to follow" not in approver
    assert "An officer of this tender chooses." in approver


def test_a_choice_is_shown_with_who_when_and_why(client):
    tender = nelc_draft()
    chosen = follow(tender, reason="It was consulted on.")

    text = page(client, tender)

    assert "This tender follows it" in text
    assert "It was consulted on." in text
    assert f"by {chosen.chosen_by}, 1 June 2026, 10:00" in text


def test_an_opt_out_is_shown_with_all_that_was_said_of_it(client):
    tender = nelc_draft()
    asked = ask(tender)
    decide(asked, minute_reference="LT 7/2026")

    text = page(client, tender)

    assert "Social value is left out of this contract." in text
    assert asked.explored in text
    assert asked.why_not in text
    assert "by Leadership Team on 2 June 2026, minuted as LT 7/2026." in text
    assert "paper.pdf" in text


def test_leaving_out_is_offered_only_where_it_is_required_and_the_policy_lets_it_be(client):
    offered = "Ask to leave social value out"

    assert offered in page(client, nelc_draft("100000.01"))
    assert offered not in page(client, nelc_draft("100000.00"))
    assert offered not in page(client, under())


def test_what_stands_already_is_not_offered_again(client):
    tender = nelc_draft(clauses=[COMPULSORY])
    before = page(client, tender)

    ask(tender)
    ask(tender, clause="employment")

    after = page(client, tender)
    assert "Ask to leave social value out" in before
    assert "Ask to leave social value out" not in after
    assert "Ask for a waiver" not in after


def test_an_approval_that_lapsed_says_so(client):
    tender = nelc_draft("350000.00")
    decide(ask(tender))
    tender.contract_value = Decimal("350000.01")
    tender.save()

    text = page(client, tender)

    assert "No longer holds" in text
    assert "your policy names Cabinet. Withdraw it and ask again." in text
    assert "Social value is required in this contract." in text


def test_a_waiver_is_offered_where_its_clause_names_who_may(client):
    named = page(client, nelc_draft(clauses=[COMPULSORY]))
    facts = {"among": "ES", "at_least": "1"}
    unnamed = page(client, nelc_draft(clauses=[{**COMPULSORY, "facts": facts}]))

    assert "Ask for a waiver: One metric of employment and skills" in named
    assert "Ask for a waiver" not in unnamed


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 200),
        (Role.APPROVER, 200),
        (Role.EVALUATOR, 403),
        (Role.CONTRACT_MANAGER, 403),
    ],
)
def test_a_draft_s_page_is_for_those_who_work_on_the_draft(client, role, status):
    tender = complete_draft()
    client.force_login(team_member(tender, role))

    assert client.get(reverse("tenders:policy", args=[tender.pk])).status_code == status


def test_the_administrator_reads_it_and_the_board_does_not(client):
    tender = complete_draft()

    for role, status in ((Role.ADMINISTRATOR, 200), (Role.BOARD, 403)):
        client.force_login(person_in(tender.authority, role))
        assert client.get(reverse("tenders:policy", args=[tender.pk])).status_code == status


def test_strangers_find_no_page(client):
    tender = complete_draft()

    for person in (
        colleague_of(tender),
        person_in(AuthorityFactory(), Role.OFFICER),
        bidder_of(SupplierFactory()),
    ):
        client.force_login(person)
        assert client.get(reverse("tenders:policy", args=[tender.pk])).status_code == 404


def test_an_approver_finds_the_page_from_the_draft(client):
    tender = complete_draft()
    client.force_login(approver_of(tender))

    text = client.get(reverse("tenders:internal", args=[tender.pk])).content.decode()

    assert reverse("tenders:policy", args=[tender.pk]) in text


def queries_for(client, count):
    tender = nelc_draft()
    follow(tender)
    for _ in range(count - 1):
        decide(ask(tender, at=NOW), is_approved=False, at=LATER)
    ask(tender)
    client.force_login(officer_of(tender))
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("tenders:policy", args=[tender.pk]))
    return len(found)


def test_the_page_costs_the_same_for_any_number_of_requests(client):
    assert queries_for(client, 3) == queries_for(client, 1) < 32
