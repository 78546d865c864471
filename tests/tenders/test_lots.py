"""A procurement in lots: as large as all of them, published in one act, won as was said before."""

from decimal import Decimal

import pytest

from tenders.lots import limit_words, name_of, needs_of_lots
from tenders.models import LotGroup, Tender
from tenders.opt_outs import Size
from tenders.policy import policy_of
from tenders.states import Stage
from tests.factories.tenders import TenderFactory
from tests.tenders.departures import nelc_draft
from tests.tenders.drafts import CLOSES, NOW, OPENS

pytestmark = pytest.mark.django_db


def beside(tender, *values, **fields):
    """This tender as lot 1, with one more lot for each value."""
    group = LotGroup.objects.create(authority=tender.authority)
    lots = [tender]
    for value in values:
        kept = {"authority": tender.authority, "charter": tender.charter, "kind": tender.kind}
        kept |= {"months": tender.months, "starts_on": tender.starts_on, **fields}
        lots.append(TenderFactory(contract_value=Decimal(value), **kept))
    for number, lot in enumerate(lots, start=1):
        lot.lot_group, lot.lot_number = group, number
        lot.save()
    return fresh(tender)


def fresh(tender):
    return Tender.objects.with_design().get(pk=tender.pk)


def test_policy_goes_by_all_lots_together():
    small = nelc_draft(value="60000.00")
    assert not policy_of(small, NOW.date()).is_required

    lot = beside(small, "40000.01")

    assert lot.value_with_lots == Decimal("100000.01")
    assert policy_of(lot, NOW.date()).accountable.facts["who"] == "Leadership Team"


def test_at_the_limit_exactly_nothing_is_required_of_two_lots():
    lot = beside(nelc_draft(value="60000.00"), "40000.00")

    assert not policy_of(lot, NOW.date()).is_required


def test_a_lot_given_up_as_a_draft_counts_no_more():
    lot = beside(nelc_draft(value="60000.00"), "400000.00", stage=Stage.CANCELLED)

    assert lot.value_with_lots == Decimal("60000.00")


def test_a_lot_cancelled_after_all_had_seen_it_still_counts():
    lot = beside(TenderFactory(), "400000.00", cancelled=True)

    assert lot.value_with_lots == Decimal("1400000.00")


def test_a_value_being_changed_counts_before_it_is_saved():
    lot = beside(TenderFactory(), "400000.00")
    lot.contract_value = Decimal("1.00")

    assert Size.of(lot).value == Decimal("400001.00")


def test_lots_need_one_timetable():
    lot = beside(
        TenderFactory(opens_at=OPENS, closes_at=CLOSES), "1.00", opens_at=OPENS, closes_at=CLOSES
    )
    assert list(needs_of_lots(lot)) == []

    other = lot.lot_group.lots.get(lot_number=2)
    other.closes_at = None
    other.save()

    (need,) = needs_of_lots(fresh(lot))
    assert need.startswith(f"“{name_of(other)}” has another timetable.")


def test_a_single_lot_is_none():
    (need,) = needs_of_lots(beside(TenderFactory()))

    assert need == "A procurement in lots has two at least. Add a lot, or begin without lots."


@pytest.mark.parametrize(
    ("most", "said"),
    [
        (None, "One supplier may win every lot."),
        (
            1,
            "One supplier may win 1 lot at most. Lots are awarded in the order of their numbers; "
            "a supplier that has won 1 lot is passed over in those that follow.",
        ),
    ],
)
def test_the_limit_is_said_in_words(most, said):
    assert limit_words(most) == said
