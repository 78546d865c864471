"""Lots are awarded in turn; a supplier that has won its most is passed over after that."""

import pytest
from django.urls import reverse

from accounts.access import Conflict
from evaluations import actions
from evaluations.lots import passed_over
from tenders.models import LotGroup, Tender
from tenders.states import Stage
from tests.factories.accounts import SupplierFactory
from tests.factories.evaluations import NOON, ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def lots():
    """Two lots with one firm ranked first in both, of which one supplier may win one."""
    first, second = ranked(), ranked()
    group = LotGroup.objects.create(authority=first.tender.authority, most_lots=1)
    for number, made in enumerate((first, second), start=1):
        made.tender.lot_group, made.tender.lot_number = group, number
        made.tender.save()
    second.bids[0].supplier = first.bids[0].supplier
    second.bids[0].save()
    return first, second


def recommend(made, place=0, **more):
    entered = {
        "bid": made.bids[place].__class__.objects.get(pk=made.bids[place].pk),
        "reason": "It is the best of those that may win.",
        "contract_manager": made.manager,
        "by": made.officer,
    }
    return actions.recommend_award(tender=made.refresh(), at=NOON, **(entered | more))


def award(made, place=0):
    return actions.approve_award(award=recommend(made, place), by=made.approver, at=NOON)


def test_the_second_lot_waits_for_the_first(lots):
    first, second = lots

    with pytest.raises(Conflict, match="is neither awarded nor cancelled yet: decide on it first"):
        recommend(second)


def test_a_cancelled_lot_holds_up_nobody(lots):
    first, second = lots
    first.tender.stage = Stage.CANCELLED
    first.tender.save()

    assert recommend(second).departure == ""


def test_a_supplier_that_has_won_its_most_is_passed_over(lots):
    first, second = lots
    award(first)

    with pytest.raises(actions.NotReady, match="has won lot 1. One supplier may win 1 lot at most"):
        recommend(second)


def test_a_lot_cancelled_after_its_award_counts_as_won_by_nobody(lots):
    first, second = lots
    award(first)
    Tender.objects.filter(pk=first.tender.pk).update(stage=Stage.CANCELLED)

    assert passed_over(second.refresh()) == {}
    assert recommend(second).departure == ""


def test_the_next_bid_needs_no_reason_of_its_own_and_the_record_says_why_it_comes_next(lots):
    first, second = lots
    award(first)

    assert recommend(second, place=1).departure == (
        "Bidder A has won lot 1. One supplier may win 1 lot at most. Lots are awarded in the order "
        "of their numbers; a supplier that has won 1 lot is passed over in those that follow."
    )


def test_the_page_offers_the_next_bid_and_says_who_is_passed_over(client, lots):
    first, second = lots
    award(first)
    client.force_login(second.officer)

    form = client.get(reverse("evaluations:recommend", args=[second.tender.pk])).context["form"]

    labels = [label for value, label in form.fields["bid"].choices if value]
    assert "points, passed over because it has won lot 1: Bidder A" in labels[0]
    assert "passed over" not in labels[1]
    assert form.initial["bid"] == second.bids[1].pk


def test_below_the_limit_nobody_is_passed_over(lots):
    first, second = lots
    LotGroup.objects.update(most_lots=2)
    award(first)

    assert passed_over(second.refresh()) == {}
    assert recommend(second).departure == ""


def test_without_a_limit_lots_are_awarded_in_any_order(lots):
    first, second = lots
    LotGroup.objects.update(most_lots=None)

    assert recommend(second).departure == ""


def test_the_limit_holds_again_when_the_award_is_approved(lots):
    """A recommendation may be older than the award of another lot."""
    first, second = lots
    LotGroup.objects.update(most_lots=None)
    waiting = recommend(second)
    award(first)
    LotGroup.objects.update(most_lots=1)
    second.refresh()

    with pytest.raises(actions.NotReady, match="has won lot 1"):
        actions.approve_award(award=waiting, by=second.approver, at=NOON)


def test_another_supplier_s_win_counts_against_nobody_else(lots):
    first, second = lots
    second.bids[0].supplier = SupplierFactory()
    second.bids[0].save()
    award(first)

    assert recommend(second).departure == ""
