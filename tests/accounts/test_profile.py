"""A company says what it is once, in its own time; a bid takes it along with its days."""

from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.actions import confirm_parts, say_part
from accounts.models import ProfilePart
from accounts.parts import PARTS
from accounts.profiles import snapshot
from accounts.roles import Role
from records.models import AuditEvent
from tests.factories.accounts import (
    AuthorityFactory,
    SupplierFactory,
    bidder_of,
    person_in,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

IN_MARCH = datetime(2026, 3, 3, 9, tzinfo=UTC)
A_POLICY = {"standing": "in_place", "dated_on": "2025-05-01", "where": "acme.example", "note": "A"}
ANSWERS = {
    "size": {"sme": "yes"},
    "vcse": {"vcse": "yes", "kind": "registered charity 1234567"},
    "places": {
        "town": "Stoke-on-Trent",
        "district": "st4 2aa",
        "regions": ["Wales", "West Midlands"],
        "areas": "Stafford\n\n Leek ",
    },
}
A_STANDING = {
    "standing": "working_towards",
    "dated_on_day": "1",
    "dated_on_month": "5",
    "dated_on_year": "2025",
    "where": "",
    "note": "By June",
}
PAGE = "accounts:company"


def answer(client, part, **answers):
    return client.post(reverse("accounts:company_part", args=[part]), answers)


def say(company, by, part="equality", at=IN_MARCH, **said):
    return say_part(company=company, part=part, said={**A_POLICY, **said}, by=by, at=at)


def test_nothing_said_is_an_empty_snapshot(company):
    assert snapshot(company) == {}


def test_what_was_answered_is_taken_along(client, person, company):
    for part, answers in ANSWERS.items():
        answer(client, part, **answers)
    answer(client, "modern_slavery", **A_STANDING)
    ProfilePart.objects.update(confirmed_at=IN_MARCH)

    assert snapshot(company) == {
        "size": {
            "title": "Size",
            "answer": "Small or medium-sized (SME)",
            "more": "",
            "as_of": "2026-03-03",
            "said": {"sme": "yes"},
        },
        "vcse": {
            "title": "Voluntary, community or social enterprise",
            "answer": "A VCSE",
            "more": "registered charity 1234567",
            "as_of": "2026-03-03",
            "said": {"vcse": "yes", "kind": "registered charity 1234567"},
        },
        "places": {
            "title": "Places",
            "answer": "Based in Stoke-on-Trent, ST4\nWorks in West Midlands, Wales\n"
            "Most of all in Stafford, Leek",
            "more": "",
            "as_of": "2026-03-03",
            "said": {
                "town": "Stoke-on-Trent",
                "district": "ST4",
                "regions": "West Midlands;Wales",
                "areas": "Stafford\nLeek",
            },
        },
        "modern_slavery": {
            "title": "Modern slavery",
            "answer": "Working towards it",
            "more": "Of or last reviewed on 1 May 2025\nBy June",
            "as_of": "2026-03-03",
            "said": {
                "standing": "working_towards",
                "dated_on": "2025-05-01",
                "where": "",
                "note": "By June",
            },
        },
    }


def test_the_day_of_an_answer_is_londons(company, person):
    say(company, person, at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))

    assert snapshot(company)["equality"]["as_of"] == "2026-07-01"


def test_the_figures_behind_the_size_stay_with_the_company(client, person, company):
    client.post(reverse("accounts:company_figures"), {"staff": "5", "turnover": "£300,000"})

    taken = snapshot(company)["size"]
    assert (taken["said"], taken["more"]) == ({"sme": "yes"}, "")
    assert (
        "Turnover of £300,000 is not more than £44 million." in Page(client.get(reverse(PAGE))).text
    )


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"staff": "5"}, "Enter your turnover: with fewer than 250 staff, money decides"),
        (
            {"staff": "5", "turnover": "44000000.01"},
            "Enter your balance sheet total: with a turnover above £44 million, it decides",
        ),
        ({"staff": "5.5", "turnover": "1"}, "must be a whole number"),
    ],
)
def test_the_test_asks_for_what_it_still_needs(client, person, company, figures, words):
    page = client.post(reverse("accounts:company_figures"), figures).content.decode()

    assert words in page
    assert snapshot(company) == {}


def test_who_is_not_sure_is_led_to_the_figures(client, person):
    response = answer(client, "size", sme="work_it_out")

    assert response.url == reverse("accounts:company_figures")


@pytest.mark.parametrize("figures", [{"staff": "250"}, {"staff": "9", "turnover": "1"}])
def test_saying_yes_afterwards_forgets_the_figures(client, person, company, figures):
    client.post(reverse("accounts:company_figures"), figures)
    answer(client, "size", sme="yes")

    held = company.profile_parts.get()
    assert held.said == {"sme": "yes", "staff": "", "turnover": "", "balance_sheet": ""}


def test_saving_leads_to_what_is_not_answered_yet(client, person):
    assert answer(client, "places").url == reverse("accounts:company_part", args=["modern_slavery"])
    assert answer(client, "social_value", standing="not_yet").url == reverse(
        "accounts:company_part", args=["size"]
    )


def test_one_may_stop_after_any_part(client, person):
    assert answer(client, "places", stop="1").url == reverse(PAGE)


def test_after_the_last_part_the_profile_is_shown(client, person, company):
    for part in PARTS:
        response = answer(client, part, sme="yes", vcse="no", standing="not_yet")

    assert response.url == reverse(PAGE)
    assert list(snapshot(company)) == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_what_was_said_stands_in_the_form_again(client, person, company, part):
    answer(client, part, **A_STANDING | ANSWERS.get(part, {}))
    before = snapshot(company)
    address = reverse("accounts:company_part", args=[part])
    form = client.get(address).context["form"]
    again = {name: form[name].value() for name in form.fields}
    typed = {
        name: value for name, value in again.items() if value is not None and name != "dated_on"
    }

    client.post(address, {**A_STANDING, **typed})

    assert snapshot(company)[part]["said"] == before[part]["said"]


@pytest.mark.parametrize(
    ("part", "wrong", "words"),
    [
        ("size", {}, "Choose the size of your organisation"),
        ("places", {"district": "Stoke"}, "must be a postcode or its first half"),
        ("places", {"regions": ["Atlantis"]}, "choose one of the answers listed"),
        ("equality", {**A_STANDING, "dated_on_year": "2999"}, "must be today or in the past"),
        ("equality", {**A_STANDING, "standing": "certified"}, "choose one of the answers listed"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(client, person, company, part, wrong, words):
    page = answer(client, part, **wrong).content.decode()

    assert words in page
    assert snapshot(company) == {}


def test_a_change_and_a_confirmation_leave_their_lines(company, person):
    say(company, person)
    confirm_parts(company=company, parts=["equality", "size"], by=person, at=IN_MARCH)

    lines = AuditEvent.objects.order_by("position").values_list("verb", "actor_id", "details")
    assert list(lines) == [
        ("profile.said", person.pk, {"part": "equality"}),
        ("profile.confirmed", person.pk, {"parts": ["equality"]}),
    ]


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (datetime(2027, 3, 2, 23, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 3, 0, tzinfo=UTC), True),
        (datetime(2029, 1, 1, tzinfo=UTC), True),
    ],
)
def test_after_a_year_it_is_asked_for_again(company, person, now, is_due):
    assert say(company, person).is_due(now) is is_due


def test_what_is_old_is_confirmed_by_one_button(client, company, person):
    old = datetime(2020, 3, 3, 9, tzinfo=UTC)
    say(company, person, at=old)
    say(company, person, part="living_wage")
    page = client.get(reverse(PAGE))
    asked = [row["part"].code for row in page.context["due"]]

    client.post(reverse("accounts:company_confirm"), {"part": asked})

    assert asked == ["equality"]
    assert client.get(reverse(PAGE)).context["due"] == []
    assert company.profile_parts.get(part="living_wage").confirmed_at == IN_MARCH


def test_a_snapshot_is_drawn_with_its_days(company, person):
    say(company, person, note="<b>Ours</b>")

    drawn = render_to_string("accounts/profile/_shown.html", {"profile": snapshot(company)})

    assert "As of 3 March 2026" in drawn
    assert "&lt;b&gt;Ours&lt;/b&gt;" in drawn


def test_no_snapshot_is_drawn_as_such():
    assert "Nothing was said." in render_to_string("accounts/profile/_shown.html", {"profile": {}})


def test_each_company_sees_only_its_own(client, person, company):
    rival = SupplierFactory()
    say(rival, bidder_of(rival), note="SECRETWORD")

    assert "SECRETWORD" not in client.get(reverse(PAGE)).content.decode()
    part = client.get(reverse("accounts:company_part", args=["equality"])).content.decode()
    assert "SECRETWORD" not in part


def test_nobody_says_a_part_for_another_company(person):
    rival = SupplierFactory()

    with pytest.raises(Http404):
        say(rival, person)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_who_bids_for_no_company_finds_no_profile(client, role):
    client.force_login(person_in(AuthorityFactory(), role))

    assert client.get(reverse(PAGE)).status_code == 404


def test_a_part_there_is_not_is_not_found(client, person):
    assert answer(client, "nothing").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_profile_query_count_does_not_grow(
    client, person, company, count, django_assert_num_queries
):
    for part in ["equality", "living_wage", "social_value"][:count]:
        say(company, person, part=part)

    with django_assert_num_queries(6):
        client.get(reverse(PAGE))
