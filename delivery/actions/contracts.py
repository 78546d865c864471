"""A contract is made by the approval of an award, and started by its manager."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from bids.drafts import quantities_asked
from bids.models import Submission
from delivery.models import Contract, Promise
from delivery.permissions import START, check_contract
from delivery.progress import counting_of, months_after
from evaluations import actions as evaluations
from evaluations.models import Award, Programme
from records import audit
from tenders.actions import note_live
from tenders.actions.drafts import hold_tender
from tenders.conditions import demands_of
from tenders.models import Assignment, Tender
from tenders.states import Stage


@transaction.atomic
def approve_award(*, award: Award, by: User, at: datetime) -> Contract:
    """Approve a recommendation and, in the same moment, make the winner's offer a contract."""
    return _make_contract(evaluations.approve_award(award=award, by=by, at=at), by=by, at=at)


@transaction.atomic
def approve_programme(*, programme: Programme, by: User, at: datetime) -> list[Contract]:
    """Approve which projects are funded and, in the same moment, make each offer a contract."""
    awards = evaluations.approve_programme(programme=programme, by=by, at=at)
    return [_make_contract(award, by=by, at=at) for award in awards]


def _make_contract(award: Award, *, by: User, at: datetime) -> Contract:
    tender = Tender.objects.select_related("authority").get(pk=award.tender_id)
    received = Submission.objects.latest_of_each_bid().get(bid=award.bid_id)
    contract = Contract.objects.create(
        tender=tender,
        award=award,
        supplier=award.bid.supplier,
        manager=award.contract_manager,
        price=received.price,
        starts_on=tender.starts_on,
        ends_on=months_after(tender.starts_on, tender.months) - timedelta(days=1),
        made_at=at,
    )
    promises = [*_promises(contract, received), *_conditions(contract)]
    Promise.objects.bulk_create(promises)
    Assignment.objects.get_or_create(
        tender=tender,
        person=award.contract_manager,
        role=Role.CONTRACT_MANAGER,
        defaults={"assigned_at": at},
    )
    audit.record(
        verb="contract.made",
        by=by,
        target=contract,
        at=at,
        receipt=received.receipt_number,
        content_hash=received.content_hash,
        manager=contract.manager.email,
        promises={promise.quantity_id: promise.quantity for promise in promises},
    )
    return contract


def _promises(contract: Contract, received: Submission) -> Iterator[Promise]:
    """Each quantity committed in the bid as it was received, with the words beside it."""
    lines = {line["criterion"]: line for line in received.document["answers"]}
    criteria = contract.tender.criteria.filter(metric__isnull=False)
    for criterion in criteria.select_related("metric", "tender"):
        line = lines.get(criterion.code)
        if line is None:
            continue
        for asked in quantities_asked(criterion):
            if asked.id in line["quantities"]:
                yield Promise(
                    contract=contract,
                    answer_id=line["id"],
                    criterion=criterion,
                    metric=criterion.metric,
                    quantity_id=asked.id,
                    label=asked.label,
                    unit=asked.unit,
                    quantity=Decimal(line["quantities"][asked.id]),
                    counting=counting_of(asked.unit),
                    method_statement=line["text"],
                )


def _conditions(contract: Contract) -> Iterator[Promise]:
    """What every supplier must deliver: no answer offered it, and no criterion scored it."""
    for demand in demands_of(contract.tender):
        yield Promise(
            contract=contract,
            metric=demand.metric,
            quantity_id=demand.quantity_id,
            label=demand.label,
            unit=demand.unit,
            quantity=demand.quantity,
            counting=counting_of(demand.unit),
        )


@transaction.atomic
def start_contract(*, contract: Contract, by: User, at: datetime) -> Contract:
    """The contract begins: from now on the supplier reports what it delivers.

    Of the projects of a funding round each starts on its own; the first takes the tender along.
    """
    # Two projects of one round may start at the same moment: the second waits for the first.
    tender = hold_tender(contract.tender)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    check_contract(START, by, contract, at)
    if tender.stage == Stage.AWARDED:
        note_live(tender=tender, by=by, at=at)
    contract.started_at = at
    contract.save(update_fields=["started_at"])
    audit.record(verb="contract.started", by=by, target=contract, at=at)
    return contract
