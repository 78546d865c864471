"""Returns: sent with evidence, counted once, accepted or queried by somebody else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from delivery import actions
from delivery.models import Decision, Return
from records.models import AuditEvent, Letter, StoredFile
from tests.factories.accounts import SupplierFactory, UserFactory, bidder_of
from tests.factories.bids import pdf
from tests.factories.delivery import (
    LATER,
    ContractFactory,
    live_contract,
    promise_of,
    returned,
)
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
SPRING = {"period_from": date(2026, 4, 1), "period_to": date(2026, 6, 30)}


@pytest.fixture
def promise():
    return promise_of(live_contract())


def line(promise, quantity="12", **fields):
    return {
        "promise": promise,
        "quantity": Decimal(quantity),
        "narrative": "Three visits.",
        "upload": pdf(),
        **fields,
    }


def send(promise, lines=None, by=None, at=LATER, **period):
    contract = promise.contract
    return actions.send_return(
        contract=contract,
        lines=[line(promise)] if lines is None else lines,
        by=by or bidder_of(contract.supplier),
        at=at,
        **(period or SPRING),
    )


def test_a_return_keeps_what_was_delivered_and_its_evidence(promise):
    sent = send(promise)

    kept = sent.lines.get()
    assert (kept.quantity, kept.decision) == (Decimal(12), Decision.WAITING)
    assert kept.evidence.name == "method.pdf"


def test_a_return_leaves_an_audit_event_in_the_tenders_chain(promise):
    sent = send(promise)

    event = AuditEvent.objects.get(verb="return.sent")
    assert event.stream == promise.contract.audit_stream
    assert event.details["lines"] == [
        {
            "promise": str(promise.pk),
            "quantity": "12",
            "evidence": sent.lines.get().evidence.sha256,
        }
    ]


def test_the_manager_is_told_of_a_return(promise):
    send(promise)

    assert len(mail.outbox) + Letter.objects.count() == 1


def test_a_return_of_nothing_needs_no_evidence(promise):
    assert send(promise, [line(promise, "0", upload=None)]).lines.get().evidence is None


def test_a_quantity_needs_evidence(promise):
    with pytest.raises(actions.LineRefused, match="Choose a file of evidence") as refused:
        send(promise, [line(promise, upload=None)])

    assert refused.value.field == "evidence"
    assert Return.objects.count() == 0


def test_a_program_named_pdf_is_refused_and_nothing_is_kept(promise, settings):
    other = promise_of(promise.contract)

    with pytest.raises(actions.LineRefused, match="does not hold what its name says"):
        send(promise, [line(other), line(promise, upload=pdf(content=b"MZ\x90\x00"))])

    assert StoredFile.objects.count() == 0
    assert not settings.MEDIA_ROOT.exists() or list(settings.MEDIA_ROOT.iterdir()) == []


def test_a_return_needs_a_line(promise):
    with pytest.raises(actions.Refusal, match="at least one promise"):
        send(promise, [])


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"period_from": date(2026, 7, 1), "period_to": date(2026, 6, 30)}, "period_to"),
        ({"period_from": date(2026, 3, 31), "period_to": date(2026, 6, 30)}, "period_from"),
        ({"period_from": date(2026, 4, 1), "period_to": date(2026, 10, 21)}, "period_to"),
    ],
    ids=["ends before it began", "before the contract", "in the future"],
)
def test_an_impossible_period_is_refused_beside_its_field(promise, period, field):
    with pytest.raises(actions.PeriodRefused) as refused:
        send(promise, **period)

    assert refused.value.field == field


def test_today_in_london_is_not_the_future(promise):
    just_past_midnight = datetime(2026, 6, 29, 23, 30, tzinfo=UTC)

    assert send(promise, at=just_past_midnight).lines.count() == 1


@pytest.mark.parametrize("decision", [Decision.WAITING, Decision.ACCEPTED])
def test_the_same_days_cannot_be_reported_twice(promise, decision):
    returned(promise, "5", decision=decision)

    with pytest.raises(actions.LineRefused, match="already reported for 1 April 2026"):
        send(promise, period_from=date(2026, 6, 30), period_to=date(2026, 7, 31))


def test_a_later_return_answers_a_query(promise):
    returned(promise, "5", decision=Decision.QUERIED)

    assert send(promise).lines.get().quantity == 12


def test_a_promise_of_another_contract_is_refused(promise):
    with pytest.raises(Conflict):
        send(promise, [line(promise_of(live_contract()))])


def test_no_return_before_the_contract_has_started():
    promise = promise_of(ContractFactory())

    with pytest.raises(Conflict, match="once the contract has started"):
        send(promise)


def test_another_company_finds_no_contract(promise):
    with pytest.raises(Http404):
        send(promise, by=bidder_of(SupplierFactory()))


def test_accepting_is_decided_once_and_recorded(promise):
    waiting = returned(promise, "5")
    manager = promise.contract.manager

    actions.accept_line(line=waiting, by=manager, at=LATER)

    waiting.refresh_from_db()
    assert (waiting.decision, waiting.decided_by) == (Decision.ACCEPTED, manager)
    assert AuditEvent.objects.get(verb="return_line.accepted").details["quantity"] == "5.000000000"
    with pytest.raises(Conflict, match="already been accepted"):
        actions.query_line(line=waiting, reason="No.", by=manager, at=LATER)


def test_a_query_keeps_its_reason_and_tells_the_supplier(promise):
    waiting = returned(promise, "5")

    actions.query_line(
        line=waiting, reason=" Which school? ", by=promise.contract.manager, at=LATER
    )

    waiting.refresh_from_db()
    assert (waiting.decision, waiting.decision_reason) == (Decision.QUERIED, "Which school?")
    assert len(mail.outbox) + Letter.objects.count() == 1


def test_a_query_needs_a_reason(promise):
    with pytest.raises(actions.ReasonMissing):
        actions.query_line(
            line=returned(promise, "5"), reason=" ", by=promise.contract.manager, at=LATER
        )


def test_an_officer_does_not_check_returns(promise):
    officer = team_member(promise.contract.tender, Role.OFFICER)

    with pytest.raises(PermissionDenied):
        actions.accept_line(line=returned(promise, "5"), by=officer, at=LATER)


def test_nobody_checks_what_they_sent(promise):
    manager = promise.contract.manager

    with pytest.raises(PermissionDenied, match="Another person"):
        actions.accept_line(line=returned(promise, "5", by=manager), by=manager, at=LATER)


def test_a_stranger_finds_no_return(promise):
    with pytest.raises(Http404):
        actions.accept_line(line=returned(promise, "5"), by=UserFactory(), at=LATER)
