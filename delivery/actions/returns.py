"""Returns: what the supplier says it delivered, and what the contract manager says of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from delivery import emails
from delivery.actions.refusals import LineRefused, PeriodRefused, ReasonMissing, Refusal
from delivery.models import Contract, Decision, Promise, Return, ReturnLine
from delivery.permissions import SEND_RETURN, check_can_check, check_contract
from design.london import LONDON
from records import audit, files


@transaction.atomic
def send_return(
    *,
    contract: Contract,
    period_from: date,
    period_to: date,
    lines: Sequence[dict[str, Any]],
    by: User,
    at: datetime,
) -> Return:
    """Report what was delivered in a period.

    A line is {"promise", "quantity", "narrative", "upload"}. A quantity above zero needs a
    file of evidence. What was already reported for a day cannot be reported again, unless
    the contract manager queried it: then the later return answers the query.
    """
    # Two returns sent at once must not both count the same days.
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    check_contract(SEND_RETURN, by, contract, at)
    _check_period(contract, period_from, period_to, at)
    if not lines:
        raise Refusal("Enter a number for at least one promise. 0 is an answer.")
    sent = Return.objects.create(
        contract=contract, period_from=period_from, period_to=period_to, sent_by=by, sent_at=at
    )
    for line in lines:
        _check_line(sent, line)
    kept = [_keep_line(sent, line, by, at) for line in lines]
    emails.tell_manager_of_return(sent)
    audit.record(
        verb="return.sent",
        by=by,
        target=sent,
        at=at,
        stream=contract.audit_stream,
        period=[period_from, period_to],
        lines=[
            {
                "promise": line.promise_id,
                "quantity": line.quantity,
                "evidence": line.evidence.sha256 if line.evidence else None,
            }
            for line in kept
        ],
    )
    return sent


def _check_period(contract: Contract, period_from: date, period_to: date, at: datetime) -> None:
    if period_to < period_from:
        raise PeriodRefused("The period must end on or after the day it began.")
    if period_from < contract.starts_on:
        raise PeriodRefused(
            f"The contract began on {_day(contract.starts_on)}. Enter that day or a later one.",
            "period_from",
        )
    if period_to > at.astimezone(LONDON).date():
        raise PeriodRefused("A return is about what has happened. Enter today or an earlier day.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _check_line(sent: Return, line: dict) -> None:
    """Refuse before anything is stored, so that no file is left behind."""
    promise, upload = line["promise"], line.get("upload")
    if promise.contract_id != sent.contract_id:
        raise Conflict("This promise belongs to another contract.")
    _check_not_reported_yet(sent, promise)
    if upload is None:
        if line["quantity"] > 0:
            raise LineRefused(
                promise, "evidence", f"Choose a file of evidence for “{promise.label}”."
            )
        return
    try:
        files.check(upload)
    except files.FileRefused as refusal:
        raise LineRefused(promise, "evidence", str(refusal)) from refusal


def _keep_line(sent: Return, line: dict, by: User, at: datetime) -> ReturnLine:
    upload = line.get("upload")
    return ReturnLine.objects.create(
        part_of=sent,
        promise=line["promise"],
        quantity=line["quantity"],
        narrative=line.get("narrative", "").strip(),
        evidence=files.keep(upload=upload, by=by, at=at) if upload else None,
    )


def _check_not_reported_yet(sent: Return, promise: Promise) -> None:
    overlapping = promise.lines.standing().filter(
        part_of__period_from__lte=sent.period_to, part_of__period_to__gte=sent.period_from
    )
    earlier = overlapping.select_related("part_of").first()
    if earlier:
        period = earlier.part_of
        raise LineRefused(
            promise,
            "quantity",
            f"“{promise.label}” was already reported for {_day(period.period_from)} to "
            f"{_day(period.period_to)}. Leave it empty, or enter another period.",
        )


@transaction.atomic
def accept_line(*, line: ReturnLine, by: User, at: datetime) -> ReturnLine:
    """Accept that this much was delivered; only accepted quantities count as delivered."""
    return _decide(line, Decision.ACCEPTED, "", by, at)


@transaction.atomic
def query_line(*, line: ReturnLine, reason: str, by: User, at: datetime) -> ReturnLine:
    """Ask the supplier to explain or send again; the line counts for nothing until then."""
    if not reason.strip():
        raise ReasonMissing("Enter what is wrong and what the supplier should send.")
    line = _decide(line, Decision.QUERIED, reason.strip(), by, at)
    emails.tell_supplier_of_query(line)
    return line


def _decide(
    line: ReturnLine, decision: Decision, reason: str, by: User, at: datetime
) -> ReturnLine:
    # Two managers may press at once; the second is told.
    line = ReturnLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    check_can_check(by, line, at)
    if line.decision != Decision.WAITING:
        raise Conflict(f"This line has already been {line.get_decision_display().lower()}.")
    line.decision, line.decision_reason = decision, reason
    line.decided_by, line.decided_at = by, at
    line.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    audit.record(
        verb=f"return_line.{decision}",
        by=by,
        target=line,
        at=at,
        stream=line.part_of.contract.audit_stream,
        quantity=line.quantity,
        reason=reason,
    )
    return line
