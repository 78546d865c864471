"""Declaring interests: before any bid is read, and with effect at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from bids.models import Bid
from bids.permissions import VIEW, check_bid
from evaluations import actions
from evaluations.models import Declaration, Mark
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.evaluations import NOON, mark_all, panel
from tests.factories.tenders import team_member, tender_in

pytestmark = pytest.mark.django_db


def declare(tender, person, *, has_interest=False, statement=""):
    return actions.declare(
        tender=tender, has_interest=has_interest, statement=statement, by=person, at=NOON
    )


def test_an_evaluator_who_has_not_declared_reads_no_bid():
    made = panel()
    newcomer = team_member(made.tender, Role.EVALUATOR, declared=False)

    with pytest.raises(PermissionDenied, match="Declare your interests"):
        check_bid(VIEW, newcomer, made.bids[0], NOON)


def test_an_evaluator_who_declared_no_interest_reads_the_bids():
    made = panel()
    newcomer = team_member(made.tender, Role.EVALUATOR, declared=False)

    declare(made.tender, newcomer)

    assert check_bid(VIEW, newcomer, made.bids[0], NOON) is None


def test_an_evaluator_who_has_not_declared_cannot_mark():
    made = panel()
    newcomer = team_member(made.tender, Role.EVALUATOR, declared=False)

    with pytest.raises(Conflict, match="Declare your interests"):
        mark_all(made, by=newcomer)


def test_an_interest_removes_access_at_once(client):
    made = panel()
    evaluator = made.evaluators[0]
    client.force_login(evaluator)
    address = reverse("evaluations:marking", args=[made.tender.pk])
    before = client.get(address).status_code

    declare(made.tender, evaluator, has_interest=True, statement="My brother owns Bidder A.")

    assert (before, client.get(address).status_code) == (200, 403)
    assert not Bid.objects.visible_to(evaluator).exists()


def test_an_interest_takes_the_role_from_a_chair_too():
    made = panel()

    declare(made.tender, made.chair, has_interest=True, statement="I sit on its board.")

    with pytest.raises(PermissionDenied):
        actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)


def test_marks_of_somebody_with_an_interest_are_kept_and_do_not_count():
    made = panel()
    mark_all(made, by=made.evaluators[0])

    declare(made.tender, made.evaluators[0], has_interest=True, statement="A gift.")

    assert Mark.objects.count() == len(made.answers)
    assert list(Mark.objects.counted()) == []


def test_an_interest_needs_to_be_said():
    made = panel()

    with pytest.raises(actions.WordsMissing, match="Enter what the interest is"):
        declare(made.tender, made.evaluators[0], has_interest=True, statement="  ")

    assert Declaration.objects.count() == 0


def test_a_declaration_is_recorded_in_the_trail():
    made = panel()

    declaration = declare(made.tender, made.evaluators[0])

    event = AuditEvent.objects.get(verb="interest.declared")
    assert (event.stream, event.target_id, event.actor_id, event.details) == (
        made.tender.audit_stream,
        str(declaration.pk),
        made.evaluators[0].pk,
        {"has_interest": False},
    )


def test_an_evaluator_not_yet_on_the_team_may_declare_beforehand():
    tender = tender_in("O")
    colleague = person_in(tender.authority, Role.EVALUATOR)

    assert declare(tender, colleague).person == colleague


def test_a_colleague_without_any_part_is_told_that_there_is_nothing():
    tender = tender_in("O")

    with pytest.raises(Http404):
        declare(tender, person_in(tender.authority, Role.OFFICER))


def test_somebody_of_another_authority_is_told_that_there_is_nothing():
    with pytest.raises(Http404):
        declare(tender_in("O"), person_in(AuthorityFactory(), Role.EVALUATOR))


def test_interests_can_no_longer_be_declared_once_marks_are_locked():
    made = panel("M")

    with pytest.raises(Conflict):
        declare(made.tender, made.evaluators[0])


def test_declaring_again_adds_to_the_register_and_never_restores_access():
    made = panel()
    evaluator = made.evaluators[0]
    declare(made.tender, evaluator, has_interest=True, statement="Shares.")

    declare(made.tender, evaluator)

    assert [one.has_interest for one in evaluator.declarations.all()] == [True, False]
    assert not Bid.objects.visible_to(evaluator).exists()


def test_the_form_keeps_what_was_typed(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(
        reverse("evaluations:declare", args=[made.tender.pk]), {"statement": "My aunt works there."}
    )

    assert page.status_code == 200
    assert "Answer “Do you have an interest to declare?”" in page.content.decode()
    assert "My aunt works there." in page.content.decode()


def test_the_form_asks_what_the_interest_is(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(
        reverse("evaluations:declare", args=[made.tender.pk]), {"interest": "some", "statement": ""}
    )

    assert page.context["form"].errors["statement"] == [
        "Enter what the interest is, for example a family member at a bidder"
    ]


def test_the_form_declares_and_leads_to_the_tasks(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(
        reverse("evaluations:declare", args=[made.tender.pk]), {"interest": "none"}, follow=True
    )

    assert page.redirect_chain == [(reverse("evaluations:desk"), 302)]
    assert Declaration.objects.get().has_interest is False


def test_an_evaluator_is_led_to_the_declaration_before_the_sheet(client):
    made = panel()
    client.force_login(team_member(made.tender, Role.EVALUATOR, declared=False))

    page = client.get(reverse("evaluations:marking", args=[made.tender.pk]))

    assert page.url == reverse("evaluations:declare", args=[made.tender.pk])


def test_the_register_shows_everybody_and_what_they_declared(client):
    made = panel()
    declare(made.tender, made.evaluators[0], has_interest=True, statement="My brother owns it.")
    client.force_login(made.officer)

    page = client.get(reverse("evaluations:register", args=[made.tender.pk]))

    said = {entry.person: entry.declaration for entry in page.context["entries"]}
    assert len(said) == 6
    assert said[made.evaluators[0]].statement == "My brother owns it."
    assert said[made.chair] is None
    assert "My brother owns it." in page.content.decode()
