"""The pages seen before publishing: what they say, and what of them is kept."""

import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from evaluations.models import ParticipationNote, ReferencePopulation
from records.models import AuditEvent
from tenders.models import Gate, Tender
from tests.evaluations.consequences import ask, designed, officer_in
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.bids import received_bid
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import team_member, tender_in

pytestmark = pytest.mark.django_db

PAGES = ("point_price", "participation", "trial", "burden")


def url(name, tender):
    return reverse(f"evaluations:{name}", args=[tender.pk])


def text_of(response):
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.split())


def rows_in_database():
    return {
        model._meta.label: model._default_manager.count()
        for app in ("records", "tenders", "bids", "evaluations", "delivery")
        for model in apps.get_app_config(app).get_models()
    }


def filled(client, tender):
    """What the boxes hold once they are filled with invented bids."""
    form = client.post(url("trial", tender), {"fill": "yes"}).context["form"]
    return {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }


@pytest.mark.parametrize("state", ["D", "O", "M"])
def test_the_team_sees_every_page_before_and_after_publishing(client, state):
    tender = designed(state)
    client.force_login(team_member(tender, Role.APPROVER))

    assert [client.get(url(name, tender)).status_code for name in PAGES] == [200] * 4


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.EVALUATOR, 403), (Role.CHAIR, 200), (None, 404)],
)
def test_only_those_who_read_the_draft_see_what_would_follow_from_it(client, role, status):
    tender = designed()
    person = team_member(tender, role) if role else person_in(AuthorityFactory(), Role.OFFICER)
    client.force_login(person)
    names = (*PAGES, "point_price_part")

    assert {name: client.get(url(name, tender)).status_code for name in names} == dict.fromkeys(
        names, status
    )


@pytest.mark.parametrize("fields", [{}, {"opportunity": "business_case", "price_weight": 0}])
def test_a_new_draft_can_be_looked_at_on_every_page(client, fields):
    tender = tender_in("D", price_full_at=None, price_zero_at=None, **fields)
    officer_in(client, tender)

    assert [client.get(url(name, tender)).status_code for name in PAGES] == [200] * 4


# --- Price of a point


def test_the_price_of_a_point_is_said_in_words(client):
    tender = designed(price_method="lowest_over_bid")
    officer_in(client, tender)

    page = text_of(client.get(url("point_price", tender)))

    assert (
        "With a lowest bid of £1,000,000, moving social value from half to full points "
        "(5 points of 100) is worth paying £142,857.14 more." in page
    )
    assert "The lowest bid of £1,000,000 is an assumption, not data." in page


@pytest.mark.parametrize("name", ["point_price", "point_price_part"])
def test_other_weights_are_tried_in_the_address_and_change_nothing(client, name):
    tender = designed()
    officer_in(client, tender)
    tried = {
        "basis": "overall",
        "price_weight": "30",
        "quality_weight": "50",
        "social_value_weight": "20",
        "price_method": "lowest_over_bid",
        "lowest": "£1,000,000",
    }

    page = text_of(client.get(url(name, tender), tried))

    assert "(10 points of 100) is worth paying £500,000 more." in page
    assert Tender.objects.get(pk=tender.pk).price_weight == tender.price_weight


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"price_method": "mean_based"}, "depends on the field"),
        ({"price_full_at": None}, "Set the prices that earn full points and none"),
        ({"price_weight": 0, "quality_weight": 90}, "There is nothing to say"),
        ({"price_weight": 50}, "Points have no price yet: weights total 110, not 100."),
        (
            {"price_weight": 5, "quality_weight": 85},
            "is worth any price: it earns 5 points of 100, and price can earn only 5 in all.",
        ),
    ],
)
def test_where_there_is_no_amount_the_page_says_why(client, fields, words):
    tender = designed(**fields)
    officer_in(client, tender)

    assert words in text_of(client.get(url("point_price", tender)))


def test_the_page_of_weightings_leads_to_the_price_of_a_point(client):
    tender = designed()
    officer_in(client, tender)

    page = client.get(reverse("tenders:edit_weights", args=[tender.pk])).content.decode()

    assert f'data-redraw="{url("point_price_part", tender)}"' in page
    assert f'href="{url("point_price", tender)}"' in page


# --- Who can take part


def test_the_firms_are_said_to_be_examples(client):
    tender = designed()
    officer_in(client, tender)

    page = client.get(url("participation", tender))

    assert "These firms are examples, not data" in text_of(page)
    assert [
        (row.firm.size, [cells.cells[place].verdict for cells in page.context["targets"]])
        for place, row in enumerate(page.context["firms"])
    ] == [
        ("Micro", ["Cannot", "Can"]),
        ("Small", ["With effort", "Can"]),
        ("Medium", ["With effort", "Can"]),
        ("Large", ["Can", "Can"]),
    ]


def test_limits_of_effort_are_the_reader_s(client):
    tender = designed()
    officer_in(client, tender)

    page = client.get(url("participation", tender), {"little": "0.1", "too_much": "0.3"})

    hours = page.context["targets"][1]
    assert [cell.verdict for cell in hours.cells] == ["Cannot", "Can", "Can", "Can"]


def test_a_flat_target_is_rewritten_for_the_firm_the_officer_picks(client):
    tender = designed()
    officer_in(client, tender)

    unpicked = client.get(url("participation", tender)).context["rewrites"]
    page = client.get(url("participation", tender), {"firm": "A medium firm"})

    assert unpicked == []
    assert (
        "36 hours are 0.02% of the hours that 110 people work in a year, at 1,636 hours each."
        in text_of(page)
    )


def test_a_minimum_excludes_whom_the_engine_would_exclude(client):
    tender = designed()
    Gate.objects.create(tender=tender, group="quality", minimum_percent=Decimal(70))
    Gate.objects.create(tender=tender, group="social_value", minimum_percent=Decimal(60))
    officer_in(client, tender)

    gates = client.get(url("participation", tender)).context["gates"]

    assert [(gate.title, gate.passes) for gate in gates] == [
        ("Quality: at least 70%", [False, False, False, True]),
        ("Social value: at least 60%", [False, True, True, True]),
    ]


def test_prices_that_are_not_set_are_named_as_the_page_of_weightings_does(client):
    tender = designed(price_full_at=None)
    Gate.objects.create(tender=tender, group="quality", minimum_percent=Decimal(70))
    officer_in(client, tender)
    missing = "cannot be tried yet: the prices that earn full points and none are not set."

    assert f"Bids {missing}" in text_of(client.get(url("trial", tender)))
    assert f"The minimums {missing}" in text_of(client.get(url("participation", tender)))


def test_a_minimum_that_cannot_be_tried_yet_says_why(client):
    tender = designed(price_weight=30)
    Gate.objects.create(tender=tender, group="quality", minimum_percent=Decimal(70))
    officer_in(client, tender)

    assert "The minimums cannot be tried yet: weights total 90, not 100." in text_of(
        client.get(url("participation", tender))
    )


def test_the_page_costs_the_same_for_any_number_of_targets_and_statements(client):
    tender = designed()
    officer = officer_in(client, tender)
    costs = []
    for number in range(3):
        ask(tender, MetricFactory(charter=tender.charter, number=30 + number))
        ParticipationNote.objects.create(
            tender=tender, text="Yes.", found={}, written_by=officer, written_at=tender.created_at
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(url("participation", tender))
        costs.append(len(queries))

    assert costs == [costs[0]] * 3


def test_past_bidders_are_counted_by_size_once_something_is_awarded(client):
    tender = designed()
    officer_in(client, tender)
    sealed = tender_in("O", authority=tender.authority)
    awarded = tender_in("A", authority=tender.authority)
    for people in (5, 9, 20, 60):
        for tender_of in (awarded, sealed):
            received_bid(tender=tender_of, bases={"headcount": str(people)})

    few = client.get(url("participation", tender)).context["past"]
    received_bid(tender=awarded, bases={"headcount": "300"})
    page = client.get(url("participation", tender), {"who": "past"})

    assert few is None
    assert page.context["past"] == {"Micro": 2, "Small": 1, "Medium": 1, "Large": 1}
    assert [row.firm.size for row in page.context["firms"]] == ["Micro", "Small", "Medium", "Large"]


def test_the_statement_is_kept_with_what_the_page_showed(client):
    tender = designed()
    officer = officer_in(client, tender)

    client.post(url("participation", tender), {"text": " Yes: the hours are few. "})
    client.post(url("participation", tender), {"text": "Yes, and we asked."})

    first, last = ParticipationNote.objects.all()
    assert (first.text, first.written_by) == ("Yes: the hours are few.", officer)
    assert last.text == "Yes, and we asked."
    assert first.found["firms"][0] == {
        "name": "A micro firm",
        "size": "Micro",
        "headcount": "5",
        "summary": "1 within reach, 1 out of reach",
    }
    assert AuditEvent.objects.filter(verb="participation.noted").count() == 2


@pytest.mark.parametrize("name", ["tenders:internal", "tenders:check", "evaluations:participation"])
def test_the_statement_stands_where_the_tender_is_decided(client, name):
    tender = designed()
    officer_in(client, tender)
    client.post(url("participation", tender), {"text": "Yes: the hours are few."})

    page = client.get(reverse(name, args=[tender.pk]))

    assert "Yes: the hours are few." in text_of(page)


def test_a_statement_needs_words(client):
    tender = designed()
    officer_in(client, tender)

    page = client.post(url("participation", tender), {"text": "  "})

    assert page.context["form"].errors.as_data().keys() == {"text"}
    assert ParticipationNote.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "role", "status"),
    [("D", Role.APPROVER, 403), ("O", Role.OFFICER, 409), ("D", Role.EVALUATOR, 403)],
)
def test_only_an_officer_of_the_draft_writes_the_statement(client, state, role, status):
    tender = designed(state)
    client.force_login(team_member(tender, role))

    response = client.post(url("participation", tender), {"text": "Yes."})

    assert (response.status_code, ParticipationNote.objects.count()) == (status, 0)


# --- The firms


def one_firm(**changes):
    line = {
        "seen": "0",
        "hours_a_year": "1,600",
        "name-0": "A café",
        "headcount-0": "8",
        "contract_people-0": "2",
        "turnover-0": "250,000",
        "quality-0": "65",
    }
    return {**line, **changes}


def test_an_authority_puts_in_its_own_firms_for_all_its_tenders(client):
    tender = designed()
    officer_in(client, tender)
    neighbour = designed(authority=tender.authority)
    officer_in(client, neighbour)

    client.post(url("firms", neighbour), one_firm())

    officer_in(client, tender)
    page = client.get(url("participation", tender))
    assert [(row.firm.name, row.firm.size) for row in page.context["firms"]] == [
        ("A café", "Micro")
    ]
    assert "examples, not data" not in text_of(page)
    assert page.context["terms"].hours_a_year == 1600


def test_two_officers_never_replace_each_other_s_firms_unseen(client):
    tender = designed()
    officer_in(client, tender)
    client.post(url("firms", tender), one_firm())

    page = client.post(url("firms", tender), one_firm(**{"name-0": "Another"}))

    assert "A colleague changed these firms" in text_of(page)
    assert page.context["form"]["name-0"].value() == "Another"
    assert [one["name"] for one in ReferencePopulation.objects.get().firms] == ["A café"]
    client.post(url("firms", tender), one_firm(**{"name-0": "Another", "seen": "1"}))
    assert [one["name"] for one in ReferencePopulation.objects.get().firms] == ["Another"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headcount-0": ""}, "headcount-0"),
        ({"headcount-0": "0"}, "headcount-0"),
        ({"name-1": "a CAFÉ", **{f"{n}-1": "9" for n in ("headcount", "contract_people")}}, None),
    ],
)
def test_a_firm_that_cannot_be_used_is_refused_beside_its_box(client, changes, field):
    tender = designed()
    officer_in(client, tender)
    rest = {"turnover-1": "9", "quality-1": "9"} if field is None else {}

    page = client.post(url("firms", tender), one_firm(**changes, **rest))

    assert set(page.context["form"].errors) == {field or "__all__"}
    assert ReferencePopulation.objects.count() == 0


# --- Dry run


def test_invented_bids_are_ranked_by_the_rules_of_the_draft(client):
    tender = designed()
    officer_in(client, tender)

    page = client.post(url("trial", tender), {**filled(client, tender), "score": "yes"})

    tried = page.context["tried"]
    assert [place.name for place in tried.places] == ["Bid A", "Bid D", "Bid C", "Bid B"]
    assert tried.tips
    assert "Nothing you enter here is kept" in text_of(page)


def test_a_dry_run_leaves_nothing_behind(client):
    tender = designed()
    officer_in(client, tender)
    client.get(url("trial", tender))
    before = rows_in_database()

    client.post(url("trial", tender), {**filled(client, tender), "score": "yes"})
    client.post(url("trial", tender), {"read": "yes", "table": "Bid,Price\nALDER,900000"})

    assert rows_in_database() == before


def test_twin_a_statement_is_seen_to_leave_something_behind(client):
    tender = designed()
    officer_in(client, tender)
    before = rows_in_database()

    client.post(url("participation", tender), {"text": "Yes."})

    assert rows_in_database() != before


def test_another_weight_is_tried_and_the_tender_keeps_its_own(client):
    tender = designed()
    officer_in(client, tender)

    page = client.post(url("trial", tender), {**filled(client, tender), "at": "40"})

    assert dict(page.context["tried"].weights)["Social value"] == 40
    assert Tender.objects.get(pk=tender.pk).social_value_weight == 10


def test_a_bid_below_a_minimum_is_not_ranked(client):
    tender = designed()
    Gate.objects.create(tender=tender, group="quality", minimum_percent=Decimal(90))
    officer_in(client, tender)

    page = client.post(url("trial", tender), {**filled(client, tender), "score": "yes"})

    assert "below the minimum of Quality" in text_of(page)


def test_pasted_bids_fill_the_boxes(client):
    tender = designed()
    officer_in(client, tender)

    page = client.post(
        url("trial", tender), {"read": "yes", "table": "Bid\tPrice\nAlder\t£900,000\nBirch\t1"}
    )

    form = page.context["form"]
    assert [form[f"{place}-name"].value() for place in range(3)] == ["Alder", "Birch", None]
    assert form["0-0"].value() == "900,000"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"0-0": ""}, "0-0", "Enter price of bid 1"),
        ({"0-1": "5.5"}, "0-1", "must be 0 to 5 in whole marks"),
        ({"0-0": "0"}, "0-0", "must be above 0"),
        ({"1-name": "Bid A"}, "1-name", "Give each bid a name of its own"),
        ({"0-2": "many"}, "0-2", "must be a number"),
    ],
)
def test_a_box_that_cannot_be_scored_says_how_to_mend_it(client, changes, field, words):
    tender = designed()
    officer_in(client, tender)

    typed = {**filled(client, tender), **changes, "score": "yes"}
    page = client.post(url("trial", tender), typed)

    assert words in str(page.context["form"].errors[field])
    assert "tried" not in page.context


def test_one_bid_is_no_competition(client):
    tender = designed()
    officer_in(client, tender)

    page = client.post(url("trial", tender), {"score": "yes", "0-name": "Alone", "0-0": "3"})

    assert page.context["form"].errors


# --- Burden


def test_the_estimate_falls_as_questions_go(client):
    tender = designed()
    officer_in(client, tender)
    before = client.get(url("burden", tender)).context["hours"]

    tender.criteria.get(code="q1").delete()

    assert client.get(url("burden", tender)).context["hours"] < before


@pytest.mark.parametrize("name", ["tenders:internal", "tenders:questions", "tenders:metrics"])
def test_officers_see_the_estimate_where_they_design(client, name):
    tender = designed()
    officer_in(client, tender)

    page = client.get(reverse(name, args=[tender.pk])).content.decode()

    assert f'href="{url("burden", tender)}"' in page


def test_bidders_read_how_long_it_may_take(client):
    tender = designed("O")

    page = text_of(client.get(reverse("tenders:public", args=[tender.pk])))

    assert "to answer it all about 9 hours an estimate for a small bidder" in page
