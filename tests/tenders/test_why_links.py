"""From every page that shows a question, one click leads to the reason why it is asked."""

from urllib.parse import urldefrag

import pytest
from django.test import Client
from django.urls import reverse

from charter.clauses import DEPTHS, RECORDS
from reporting.building import build
from tests.factories.reporting import ReportFactory, authority_with_a_year
from tests.pages import Page
from tests.world import build_world

pytestmark = pytest.mark.django_db
PAPER = {"document": "Procurement policy", "paragraph": "5", "text": "As it stands."}
ON_ANSWERS = [
    {"id": "shown", "kind": "evidence", "heading": "Shown", "facts": {"depth": RECORDS}, **PAPER},
    {"id": "short", "kind": "answer-length", "heading": "Short", "facts": {"words": "90"}, **PAPER},
]


def browser_of(person):
    browser = Client()
    if person.is_authenticated:
        browser.force_login(person)
    return browser


def reasons_led_to(page):
    """The links of a page that lead to a reason, with their words."""
    return [(href, words) for href, words in page.links if "/why/" in href]


def dangling(browser, page):
    """Those of them that lead to no place on the page they name."""
    places = {}
    lost = []
    for href, _ in reasons_led_to(page):
        address, place = urldefrag(href)
        if address not in places:
            places[address] = set(Page(browser.get(address)).ids)
        if place and place not in places[address]:
            lost.append(href)
    return lost


def question(world):
    return world.question.pk


def commitment(world):
    return world.commitment.pk


def tender(world):
    return world.tender.pk


def own_bid(world):
    return world.own_bid.pk


def contract(world):
    return world.contract.pk


def principle(world):
    return world.commitment.metric.principle_id


def code(world):
    return world.commitment.code


BOTH, QUESTION, COMMITMENT = ("question", "commitment"), ("question",), ("commitment",)
# State, who, which page, what its address is made of, and for which questions it has links.
PLACES = [
    ("D", "officer", "tenders:public", [tender], BOTH),
    ("D", "officer", "tenders:questions", [tender], QUESTION),
    ("D", "officer", "tenders:metrics", [tender], COMMITMENT),
    *[(state, "anon", "tenders:public", [tender], BOTH) for state in "POCERMALX"],
    *[(state, "officer", "tenders:internal", [tender], BOTH) for state in "POCERMALX"],
    ("O", "bidder_own", "bids:answer", [own_bid, question], QUESTION),
    ("O", "bidder_own", "bids:answer", [own_bid, commitment], COMMITMENT),
    ("C", "bidder_own", "bids:view", [own_bid], BOTH),
    ("E", "evaluator", "bids:view", [own_bid], BOTH),
    ("E", "evaluator", "evaluations:mark", [tender, own_bid, question], QUESTION),
    ("E", "evaluator", "evaluations:mark", [tender, own_bid, commitment], COMMITMENT),
    ("R", "chair", "evaluations:agree", [tender, own_bid, commitment], COMMITMENT),
    ("M", "officer", "evaluations:line", [tender, own_bid, code], COMMITMENT),
    ("L", "contract_manager", "delivery:contract", [contract], COMMITMENT),
    ("L", "bidder_own", "delivery:contract", [contract], COMMITMENT),
    ("L", "board", "delivery:contract", [contract], COMMITMENT),
    ("L", "anon", "delivery:notice", [tender], COMMITMENT),
    ("O", "anon", "reporting:principle", [principle], COMMITMENT),
    ("L", "board", "reporting:principle", [principle], COMMITMENT),
]


@pytest.mark.parametrize(
    ("state", "role", "name", "parts", "asked"),
    PLACES,
    ids=[f"{state}-{role}-{name}-{'-'.join(asked)}" for state, role, name, _, asked in PLACES],
)
def test_one_click_leads_to_the_reason(state, role, name, parts, asked):
    world = build_world(state)
    browser = browser_of(world.people[role])
    page = Page(browser.get(reverse(name, args=[part(world) for part in parts])))
    reasons = reverse("tenders:why", args=[world.tender.pk])
    wanted = {f"{reasons}#{getattr(world, one).code}" for one in asked}

    assert {href for href, _ in reasons_led_to(page) if "#" in href} == wanted
    assert dangling(browser, page) == []


@pytest.mark.parametrize(
    ("state", "name"),
    [("D", "tenders:internal"), ("O", "tenders:internal"), ("O", "tenders:public")],
)
def test_a_tender_leads_to_all_reasons_at_once(state, name):
    world = build_world(state)
    browser = browser_of(world.people["officer"])
    page = Page(browser.get(reverse(name, args=[world.tender.pk])))

    assert reverse("tenders:why", args=[world.tender.pk]) in [href for href, _ in page.links]


def test_the_twin_finds_a_link_that_leads_nowhere():
    world = build_world("O")
    browser = browser_of(world.people["anon"])
    page = Page(browser.get(reverse("tenders:public", args=[world.tender.pk])))
    world.question.code = "moved"
    world.question.save()

    assert dangling(browser, page) == [f"{reverse('tenders:why', args=[world.tender.pk])}#q1"]


def test_every_such_link_says_of_which_question():
    world = build_world("O")
    browser = browser_of(world.people["anon"])
    page = Page(browser.get(reverse("tenders:public", args=[world.tender.pk])))

    assert [words for href, words in reasons_led_to(page) if "#" in href] == [
        f"Why? Why am I asked this: {world.question.title}",
        f"Why? Why am I asked this: {world.commitment.title}",
    ]


# --- The bidder hears how much to show, and whence a limit comes -------------------------------


def answer_page(clauses, criterion=commitment):
    world = build_world("O")
    world.tender.charter.clauses = clauses
    world.tender.charter.save()
    browser = browser_of(world.people["bidder_own"])
    address = reverse("bids:answer", args=[world.own_bid.pk, criterion(world)])
    return browser, Page(browser.get(address))


def test_a_bidder_is_told_how_deep_evidence_goes_and_whence_the_limit_comes():
    browser, page = answer_page(ON_ANSWERS)

    assert f"What you need to show: {dict(DEPTHS)[RECORDS]}." in page.text
    assert "The policy allows no answer of more than 90 words." in page.text
    assert [urldefrag(href).fragment for href, _ in reasons_led_to(page)][1:] == [
        "clause-short",
        "clause-shown",
    ]
    assert dangling(browser, page) == []


@pytest.mark.parametrize(
    ("clauses", "criterion"), [([], commitment), (ON_ANSWERS, question)], ids=["silent", "own"]
)
def test_where_the_policy_says_nothing_of_it_nothing_is_told(clauses, criterion):
    _, page = answer_page(clauses, criterion)

    assert "What you need to show" not in page.text
    assert "no answer of more than" not in page.text


def test_a_band_above_the_contract_tells_the_bidder_nothing():
    _, page = answer_page([{**one, "when": {"over": "1000000"}} for one in ON_ANSWERS])

    assert "What you need to show" not in page.text
    assert "no answer of more than" not in page.text


# --- The board's report ----------------------------------------------------------------------


def report_page(report):
    build(report.pk, tell=lambda *_: None, draw=lambda _: b"%PDF-1.7 drawn")
    report.refresh_from_db()
    browser = browser_of(report.asked_by)
    return browser, Page(browser.get(reverse("reporting:report", args=[report.pk])))


@pytest.fixture
def of_a_year():
    authority = authority_with_a_year()
    world = build_world("L")
    person = world.people["board"]
    person.memberships.update(organisation=authority)
    return ReportFactory(authority=authority, asked_by=person)


def test_the_board_is_led_from_each_row_of_promises_to_its_reason(of_a_year):
    browser, page = report_page(of_a_year)
    led = [row[0] for _, rows in page.tables for row in rows if "Why?" in row[0]]

    assert len(reasons_led_to(page)) == len(led) > 5
    assert dangling(browser, page) == []
    assert {caption for caption, rows in page.tables if any("Why?" in row[0] for row in rows)} == {
        "Promises behind, furthest first",
        "Employment and skills: promised, metric by metric",
        "Green and sustainable: promised, metric by metric",
        "Each metric by stage",
    }


def test_a_row_behind_which_several_tenders_stand_names_none(of_a_year):
    figures = report_page(of_a_year)[1] and of_a_year.figures
    for one in [*figures["delivery"], *figures["quadrants"][0]["rows"]]:
        one["tender"] = one["criterion"] = ""
    of_a_year.figures = figures
    of_a_year.save()
    browser = browser_of(of_a_year.asked_by)
    page = Page(browser.get(reverse("reporting:report", args=[of_a_year.pk])))

    assert {caption for caption, rows in page.tables if any("Why?" in row[0] for row in rows)} == {
        "Promises behind, furthest first",
        "Green and sustainable: promised, metric by metric",
    }


def test_a_report_made_before_there_were_reasons_is_still_read(of_a_year):
    figures = report_page(of_a_year)[1] and of_a_year.figures
    rows = [*figures["delivery"], *figures["behind"]]
    for one in rows + [row for each in figures["quadrants"] for row in each["rows"]]:
        del one["tender"], one["criterion"]
    of_a_year.figures = figures
    of_a_year.save()
    browser = browser_of(of_a_year.asked_by)
    page = Page(browser.get(reverse("reporting:report", args=[of_a_year.pk])))

    assert reasons_led_to(page) == []
