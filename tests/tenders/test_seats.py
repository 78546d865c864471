"""The team page says of each role what it is for, who holds it and what is missing."""

import pytest
from django.urls import reverse

from accounts.roles import ON_A_TENDER, Role
from tenders.presenters.team import seats_of
from tenders.readiness import sections
from tenders.seats import PURPOSES, TO_AWARD, TO_PUBLISH
from tests.factories.tenders import AssignmentFactory, TenderFactory, team_member
from tests.tenders.drafts import NOW, complete_draft, officer_of

pytestmark = pytest.mark.django_db


def missing(tender) -> dict:
    return {one.role: one.missing for one in seats_of(tender) if one.missing}


def test_every_role_is_explained_and_needed_at_some_time():
    assert set(PURPOSES) == set(ON_A_TENDER) == {*TO_PUBLISH, *TO_AWARD}


def test_each_role_nobody_holds_says_by_when_it_is_needed():
    tender = TenderFactory()
    team_member(tender, Role.OFFICER)
    team_member(tender, Role.CHAIR, conflicted=True)

    assert missing(tender) == {
        Role.EVALUATOR: "Needed to publish.",
        Role.CHAIR: "Needed to publish.",
        Role.APPROVER: "Needed to publish.",
        Role.CONTRACT_MANAGER: "Needed before an award.",
    }


def test_a_chair_lost_after_publication_is_needed_to_go_on():
    assert missing(TenderFactory(open=True))[Role.CHAIR] == "Needed to go on."


def test_a_tender_without_a_contract_manager_may_be_published_and_is_told():
    draft = complete_draft()
    officer_of(draft)

    [told] = [one for one in sections(draft, NOW) if one.code == "team"]
    team_member(draft, Role.CONTRACT_MANAGER)
    [named] = [one for one in sections(draft, NOW) if one.code == "team"]

    assert (told.needs, told.note) == ((), "Before an award, name a contract manager.")
    assert (named.needs, named.note) == ((), "")


def test_somebody_named_who_may_not_manage_contracts_is_told():
    tender = TenderFactory()
    officer = officer_of(tender)
    AssignmentFactory(tender=tender, person=officer, role=Role.CONTRACT_MANAGER)
    fit = team_member(tender, Role.CONTRACT_MANAGER)

    [seat] = [one for one in seats_of(tender) if one.role == Role.CONTRACT_MANAGER]

    assert set(seat.people) == {officer, fit}
    [words] = seat.doubts
    assert words.startswith(f"{officer} is not a contract manager of {tender.authority} yet")


def test_the_team_page_shows_what_is_missing(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    html = client.get(reverse("tenders:team", args=[tender.pk])).content.decode()

    assert "Needed before an award" in html
    assert PURPOSES[Role.CONTRACT_MANAGER] in html
