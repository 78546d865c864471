"""What was approved of a smaller contract lets no larger one off: it is asked for again."""

from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse

from accounts.access import Conflict
from records.models import AuditEvent
from tenders import actions
from tenders.models import ContractKind, OptOut, Tender
from tenders.opt_outs import Size
from tenders.policy import is_left_out, policy_day, policy_of
from tenders.readiness import needs_of
from tenders.refusals import NotReady
from tests.factories.tenders import approved_to_publish
from tests.tenders.departures import COMPULSORY, LATER, approver_of, ask, decide, nelc_draft
from tests.tenders.drafts import officer_of

pytestmark = pytest.mark.django_db

WAITS = (
    "The opt-out waits for the decision of {}. An approver of this tender records it, or an "
    "officer withdraws it."
)


def let_off(value="250000.00", **fields):
    """A draft without social value, on an approved opt-out, that lacks nothing."""
    tender = nelc_draft(value, kind=ContractKind.SERVICES, **fields)
    decide(ask(tender))
    tender.criteria.filter(group="social_value").delete()
    weights = {"price_weight": 40, "quality_weight": 60, "social_value_weight": 0}
    Tender.objects.filter(pk=tender.pk).update(**weights)
    return again(tender)


def again(tender):
    return Tender.objects.get(pk=tender.pk)


def change(tender, **fields):
    """Say anew what is bought, as an officer does."""
    names = ("title", "summary", "kind", "contract_value", "starts_on", "months")
    kept = {name: getattr(tender, name) for name in names}
    officer = officer_of(tender)
    actions.edit_basics(tender=tender, by=officer, at=LATER, **{**kept, **fields})
    return again(tender)


def is_off(tender):
    return is_left_out(tender, policy_of(tender, policy_day(tender, LATER)))


def test_such_a_draft_may_be_published():
    assert needs_of(let_off(), LATER) == []


@pytest.mark.parametrize(
    ("grown", "decides"),
    [
        ({"contract_value": Decimal("250000.01")}, "Leadership Team"),
        ({"contract_value": Decimal("350000.00")}, "Leadership Team"),
        ({"contract_value": Decimal("350000.01")}, "Cabinet"),
        ({"months": 37}, "Leadership Team"),
        ({"kind": ContractKind.WORKS}, "Leadership Team"),
    ],
    ids=str,
)
def test_a_contract_that_has_grown_is_decided_on_again(grown, decides):
    tender = change(let_off(months=36), **grown)

    assert not is_off(tender)
    assert WAITS.format(decides) in needs_of(tender, LATER)
    with pytest.raises(NotReady):
        actions.publish_tender(tender=tender, by=officer_of(tender), at=LATER)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Cleaning of schools"},
        {"contract_value": Decimal("249999.99")},
        {"months": 35},
        {},
    ],
    ids=str,
)
def test_one_that_has_not_keeps_its_approval(changed):
    tender = change(let_off(months=36), **changed)

    assert is_off(tender)
    assert OptOut.objects.count() == 1


def test_growing_by_a_detour_does_not_help():
    tender = change(let_off("150000.00"), contract_value=Decimal("900000.00"))
    tender = change(tender, contract_value=Decimal("350000.00"))

    assert not is_off(tender)


def test_the_first_decision_stays_on_record_and_the_second_request_says_the_same():
    tender = change(let_off(), contract_value=Decimal("300000.00"))
    first, second = OptOut.objects.order_by("requested_at")

    assert (first.is_approved, first.withdrawn_at) == (True, LATER)
    assert first.decided_by_body == "Leadership Team"
    assert (second.is_approved, second.requested_at) == (None, LATER)
    assert second.requested_by == first.requested_by
    assert (second.explored, second.why_not) == (first.explored, first.why_not)
    assert [one.file for one in second.files.all()] == [one.file for one in first.files.all()]
    events = AuditEvent.objects.filter(stream=tender.audit_stream).order_by("position")
    assert [one.verb for one in events][2:] == [
        "tender.opt_out_outgrown",
        "tender.opt_out_requested",
        "tender.basics_edited",
    ]


def test_the_approvers_are_written_to_about_the_larger_contract():
    tender = let_off()
    mail.outbox.clear()
    change(tender, contract_value=Decimal("300000.00"))

    approvers = tender.assignments.filter(role="approver").values_list("person__email", flat=True)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(approvers)
    assert all("£300,000" in one.body for one in mail.outbox)


def test_once_it_is_decided_again_it_counts_and_the_first_cannot_be_decided_any_more():
    tender = change(let_off(), contract_value=Decimal("300000.00"))
    first, second = OptOut.objects.order_by("requested_at")

    with pytest.raises(Conflict, match="withdrawn"):
        decide(first, by=approver_of(tender))
    decide(second, decided_on=LATER.date())

    assert needs_of(again(tender), LATER) == []


def test_a_waiver_is_asked_for_again_and_what_waits_or_was_turned_down_is_not():
    tender = nelc_draft(clauses=[COMPULSORY], kind=ContractKind.SERVICES)
    decide(ask(tender, clause="employment"))
    decide(ask(tender), is_approved=False)
    waits = ask(tender, at=LATER)
    change(tender, contract_value=Decimal("300000.00"))

    standing = OptOut.objects.filter(withdrawn_at__isnull=True).exclude(is_approved=False)
    assert sorted((one.clause, one.is_approved) for one in standing) == [
        ("", None),
        ("employment", None),
    ]
    assert waits in standing


def test_twin_without_it_one_decision_lets_a_contract_of_any_size_off(monkeypatch):
    monkeypatch.setattr(Size, "has_grown_to", lambda before, now: False)
    tender = change(let_off("350000.01"), contract_value=Decimal("900000000.00"), months=600)

    assert is_off(tender)
    actions.publish_tender(tender=approved_to_publish(tender), by=officer_of(tender), at=LATER)


def test_the_page_says_so_beforehand_and_only_where_something_is_approved(client):
    tender = let_off()
    page = reverse("tenders:edit_basics", args=[tender.pk])
    client.force_login(officer_of(tender))

    before = client.get(page).content.decode()
    OptOut.objects.update(withdrawn_by=officer_of(tender), withdrawn_at=LATER)
    after = client.get(page).content.decode()

    assert before.count("it is asked for again") == 1
    assert "it is asked for again" not in after
