"""The officer's desk, a tender at work, its team, its publication and its end."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from accounts.roles import Role
from bids.permissions import COUNT
from evaluations.permissions import (
    PROGRESS,
    REGISTER,
    VIEW_MODERATION,
    VIEW_OWN_MARKS,
    VIEW_RANKING,
)
from tenders.forms.life import CHANGED
from tenders.models import Assignment, Tender
from tenders.presenters.frame import TABS, due_at
from tenders.states import Stage, State
from tests.factories.accounts import person_in
from tests.factories.tenders import AssignmentFactory, TenderFactory, team_member, tender_in
from tests.tenders.departures import nelc_draft
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    return client.get(reverse(f"tenders:{name}", args=args))


def desk_of(client, person):
    client.force_login(person)
    return page(client, "desk").context


def be_officer_of(person, tender):
    AssignmentFactory(tender=tender, person=person, role=Role.OFFICER)
    return tender


def test_the_desk_says_what_each_procurement_waits_for(client):
    officer = officer_of(tender_in("D", title="Begun"))
    authority = officer.memberships.get().organisation
    for state in "OCML":
        be_officer_of(officer, tender_in(state, title=state, authority=authority))

    desk = desk_of(client, officer)

    assert {row.tender.title: row.words for row in desk["urgent"]} == {
        "Begun": "5 parts of the draft to complete",
        "C": "Open the bids together with the chair",
        "M": "Recommend an award",
    }
    assert [row.tender.title for row in desk["others"]] == ["O", "L"]


@pytest.mark.parametrize(
    ("opens", "closes", "by"),
    [(1, 9, "opens_at"), (-1, 9, "closes_at"), (-9, -1, None), (None, None, None)],
)
def test_a_draft_is_due_by_the_next_of_its_days(opens, closes, by):
    days = [one if one is None else NOW + timedelta(days=one) for one in (opens, closes)]
    tender = Tender(opens_at=days[0], closes_at=days[1])

    assert due_at(tender, State.DRAFT, NOW) == (getattr(tender, by) if by else None)


def test_the_desk_leads_a_complete_draft_to_publication(client):
    tender = complete_draft(opens_at=None, closes_at=None)
    open_tender = tender_in("O")
    tender.opens_at, tender.closes_at = open_tender.opens_at, open_tender.closes_at
    tender.save()

    [row] = desk_of(client, officer_of(tender))["urgent"]

    assert (row.action, row.href) == (
        "Check and publish",
        reverse("tenders:check", args=[tender.pk]),
    )


def test_the_desk_knows_that_one_person_has_opened(client):
    tender = tender_in("C", first_opened_at=TenderFactory(open=True).opens_at)

    [row] = desk_of(client, officer_of(tender))["urgent"]

    assert row.words == "One person has opened; a second one must"


def test_the_desk_leaves_out_tenders_of_other_officers_and_other_roles(client):
    tender = TenderFactory()
    officer_of(tender)

    desk = desk_of(client, team_member(tender, Role.APPROVER))

    assert desk["urgent"] == desk["others"] == []


def test_the_desk_leaves_out_a_tender_in_which_the_officer_has_an_interest(client):
    desk = desk_of(client, team_member(TenderFactory(), Role.OFFICER, conflicted=True))

    assert desk["urgent"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "REPAIRS"}, ["Repairs"]),
        ({"state": "D"}, ["Childcare"]),
        ({"state": "L"}, []),
        ({"state": "nonsense"}, ["Childcare", "Repairs"]),
    ],
)
def test_the_desk_is_filtered_by_words_and_state(client, query, found):
    officer = officer_of(tender_in("M", title="Repairs"))
    authority = officer.memberships.get().organisation
    be_officer_of(officer, tender_in("D", title="Childcare", authority=authority))
    client.force_login(officer)

    desk = client.get(reverse("tenders:desk"), query).context

    assert sorted(row.tender.title for row in desk["urgent"]) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    officer = officer_of(complete_draft())
    authority = officer.memberships.get().organisation
    for _ in range(count - 1):
        be_officer_of(officer, complete_draft(authority=authority))
    client.force_login(officer)

    with django_assert_num_queries(24):
        page(client, "desk")


@pytest.mark.parametrize("state", "DPOCERMALX")
def test_the_tender_s_own_page_says_where_it_stands(client, state):
    tender = tender_in(state)
    client.force_login(officer_of(tender))

    response = page(client, "internal", tender.pk)

    assert response.status_code == 200
    assert response.context["state"] == state
    assert tender.title in response.content.decode()


def test_a_draft_shows_its_task_list_to_the_officer_as_links(client):
    tender = complete_draft()
    client.force_login(officer_of(tender))

    steps = page(client, "internal", tender.pk).context["steps"]

    assert {step["title"]: [task["title"]["text"] for task in step["tasks"]] for step in steps} == {
        "What you need": ["What is bought", "Lots", "What policy asks"],
        "What bidders are asked": ["Social value metrics", "Quality questions"],
        "How bids are judged": [
            "Marking scale",
            "Weightings and price",
            "Least a bid must reach",
        ],
        "When, and by whom": ["Timetable", "Team"],
        "Before you publish": ["Check of the wording"],
    }
    assert all(task["href"] for step in steps for task in step["tasks"])


def test_a_draft_shows_the_approver_its_task_list_and_links_only_what_policy_asks(client):
    tender = TenderFactory()
    client.force_login(team_member(tender, Role.APPROVER))

    steps = page(client, "internal", tender.pk).context["steps"]

    assert [task["href"] for step in steps for task in step["tasks"] if task["href"]] == [
        reverse("tenders:policy", args=[tender.pk])
    ]


@pytest.mark.parametrize(("role", "leads"), [(Role.OFFICER, True), (Role.CHAIR, False)])
@pytest.mark.parametrize("page", ["internal", "check"])
def test_a_draft_leads_nobody_to_a_page_that_is_not_there_for_them(client, page, role, leads):
    tender = TenderFactory()
    client.force_login(team_member(tender, role))
    beforehand = [reverse(f"tenders:{name}", args=[tender.pk]) for name in ("public", "why")]

    html = client.get(reverse(f"tenders:{page}", args=[tender.pk])).content.decode()

    assert [f'href="{one}"' in html for one in beforehand] == [leads, leads]
    assert [client.get(one).status_code == 200 for one in beforehand] == [leads, leads]


def test_the_check_page_shows_the_clause_and_what_is_missing(client):
    tender = TenderFactory()
    client.force_login(team_member(tender, Role.APPROVER))

    response = page(client, "check", tender.pk)

    text = response.content.decode()
    assert "Social value takes at least 10 % of the whole score." in text
    assert "Set when bids may be sent, and the deadline." in text
    assert not response.context["publishing"].may_publish


def test_the_check_page_leads_to_each_part_whoever_may_complete_it(client):
    tender = nelc_draft()
    parts = [
        reverse(f"tenders:{name}", args=[tender.pk])
        for name in ("edit_timetable", "edit_weights", "questions", "metrics", "team", "policy")
    ]
    client.force_login(officer_of(tender))
    officer = page(client, "check", tender.pk)
    client.force_login(team_member(tender, Role.APPROVER))
    approver = page(client, "check", tender.pk)

    assert [part for part in parts if f'href="{part}"' not in officer.content.decode()] == []
    assert [part for part in parts if f'href="{part}"' in approver.content.decode()] == parts[-1:]
    assert officer.context["effect"].words.endswith(
        "your policy asks for at least 10% of the quality element, here 6% of the total, and at "
        "least 10% of the total."
    )


def test_where_no_least_weighting_reaches_a_tender_its_policy_is_not_said_to_be_out_of_force(
    client,
):
    tender = nelc_draft("90000.00")
    client.force_login(officer_of(tender))

    words = page(client, "check", tender.pk).context["effect"].words

    assert words.endswith("; no least weighting binds this tender.")


def test_publishing_asks_once_more_then_publishes(client):
    source = tender_in("P")
    tender = complete_draft(opens_at=source.opens_at, closes_at=source.closes_at)
    client.force_login(officer_of(tender))
    address = reverse("tenders:publish", args=[tender.pk])

    asked = client.get(address)
    done = client.post(address)

    tender.refresh_from_db()
    assert (asked.status_code, done.status_code) == (200, 302)
    assert tender.stage == Stage.PUBLISHED


def test_publishing_an_incomplete_draft_says_what_is_missing(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    response = client.post(reverse("tenders:publish", args=[tender.pk]))

    tender.refresh_from_db()
    assert response.status_code == 200
    assert "Set when bids may be sent, and the deadline." in response.context["needs"]
    assert tender.stage == Stage.DRAFT


def test_nobody_publishes_what_a_colleague_has_changed_since_they_read_it(client):
    source = tender_in("P")
    tender = complete_draft(opens_at=source.opens_at, closes_at=source.closes_at)
    client.force_login(officer_of(tender))
    address, read = reverse("tenders:publish", args=[tender.pk]), {"seen": tender.edits}
    Tender.objects.update(edits=F("edits") + 1)

    refused = client.post(address, read)
    again = client.post(address, {"seen": refused.context["form"]["seen"].value()})

    assert refused.context["needs"] == [CHANGED]
    assert (refused.status_code, again.status_code) == (200, 302)


def test_publishing_twice_is_a_conflict(client):
    tender = tender_in("O")
    client.force_login(officer_of(tender))
    address = reverse("tenders:publish", args=[tender.pk])

    assert (client.get(address).status_code, client.post(address).status_code) == (403, 409)


def test_cancelling_asks_why(client):
    tender = tender_in("O")
    client.force_login(officer_of(tender))
    address = reverse("bids:cancel", args=[tender.pk])

    asked = client.post(address, {"reason": " "})
    done = client.post(address, {"reason": "No money."})

    tender.refresh_from_db()
    assert list(asked.context["form"].errors) == ["reason"]
    assert (done.status_code, tender.cancelled_because) == (302, "No money.")


def test_a_colleague_joins_the_team(client):
    tender = TenderFactory()
    colleague = colleague_of(tender)
    client.force_login(officer_of(tender))

    response = client.post(
        reverse("tenders:team", args=[tender.pk]),
        {"person": str(colleague.pk), "role": "evaluator"},
    )

    assert response.status_code == 302
    assert Assignment.objects.filter(person=colleague, role=Role.EVALUATOR).exists()


def test_excluded_roles_are_answered_beside_the_role(client):
    tender = TenderFactory()
    chair = team_member(tender, Role.CHAIR)
    client.force_login(officer_of(tender))

    response = client.post(
        reverse("tenders:team", args=[tender.pk]),
        {"person": str(chair.pk), "role": "evaluator"},
    )

    [words] = response.context["form"].errors["role"]
    assert words.endswith(
        "is chair of this tender, and the same person may not also be its evaluator. "
        "Choose someone else."
    )


def test_nobody_from_elsewhere_can_be_chosen(client):
    tender = TenderFactory()
    stranger = person_in(TenderFactory().authority, Role.EVALUATOR)
    client.force_login(officer_of(tender))

    response = client.post(
        reverse("tenders:team", args=[tender.pk]),
        {"person": str(stranger.pk), "role": "evaluator"},
    )

    assert list(response.context["form"].errors) == ["person"]


def test_a_person_with_two_roles_in_the_authority_is_offered_once(client):
    tender = TenderFactory()
    officer = officer_of(tender)
    both = person_in(tender.authority, Role.EVALUATOR, Role.APPROVER)
    client.force_login(officer)

    form = page(client, "team", tender.pk).context["form"]

    assert {pk for pk, _ in form.fields["person"].choices} == {"", str(officer.pk), str(both.pk)}


def test_a_role_is_taken_away(client):
    tender = TenderFactory()
    evaluator = team_member(tender, Role.EVALUATOR)
    client.force_login(officer_of(tender))

    client.post(reverse("tenders:unassign", args=[tender.pk, evaluator.pk, "evaluator"]))

    assert not Assignment.objects.filter(person=evaluator).exists()


def test_the_last_officer_is_not_taken_away(client):
    tender = TenderFactory()
    officer = officer_of(tender)
    client.force_login(officer)

    response = client.post(
        reverse("tenders:unassign", args=[tender.pk, officer.pk, "officer"]), follow=True
    )

    assert "A tender keeps at least one officer" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_page_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    tender = TenderFactory()
    client.force_login(officer_of(tender))
    for _ in range(count):
        team_member(tender, Role.EVALUATOR)

    with django_assert_num_queries(23):
        page(client, "team", tender.pk)


def test_the_tabs_follow_the_rules_of_the_pages_they_lead_to():
    rules = {
        "evaluations:register": REGISTER,
        "bids:of_tender": COUNT,
        "evaluations:marking": VIEW_OWN_MARKS,
        "evaluations:progress": PROGRESS,
        "evaluations:moderation": VIEW_MODERATION,
        "evaluations:ranking": VIEW_RANKING,
        "evaluations:award": VIEW_RANKING,
    }

    shown = {name: dict(rule.roles) for _, name, rule in TABS if name in rules}

    assert shown == {name: dict(rule.roles) for name, rule in rules.items()}


def test_the_tabs_are_those_this_person_may_open(client):
    tender = tender_in("R")
    client.force_login(team_member(tender, Role.CHAIR))

    text = page(client, "internal", tender.pk).content.decode()

    assert reverse("evaluations:moderation", args=[tender.pk]) in text
    assert reverse("evaluations:ranking", args=[tender.pk]) not in text
