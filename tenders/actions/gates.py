"""The least a bid must reach on a question or a group, below which it is disqualified."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from tenders.actions.drafts import hold_draft, keep_draft
from tenders.cases import number
from tenders.models import Gate, Group, Tender
from tenders.refusals import Unfit


@transaction.atomic
def set_gates(
    *,
    tender: Tender,
    minimums: Mapping[str, Decimal],
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Fix every minimum of the draft anew, in percent, by the code of a question or a group."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    gates = [_gate(draft, name, percent) for name, percent in minimums.items()]
    draft.gates.all().delete()
    Gate.objects.bulk_create(gates)
    return keep_draft(
        draft,
        verb="tender.gates_set",
        by=by,
        at=at,
        minimums={name: number(percent) for name, percent in minimums.items()},
    )


def _gate(draft: Tender, name: str, percent: Decimal) -> Gate:
    if not 0 < percent <= 100:
        raise Unfit(name, "Enter a minimum above 0 and no higher than 100%.")
    if name in Group.values:
        if not draft.criteria.filter(group=name).exists():
            raise Unfit(
                name, f"Ask something for {Group(name).label.lower()} first: nothing is asked yet."
            )
        return Gate(tender=draft, group=name, minimum_percent=percent)
    criterion = draft.criteria.filter(code=name).first()
    if criterion is None:
        raise Unfit(
            None, "A colleague has removed a question with a minimum. Look at the page again."
        )
    return Gate(tender=draft, criterion=criterion, minimum_percent=percent)
