"""Two windows at the same moment, on real connections: one wins, the other is told."""

from decimal import Decimal

import pytest

from accounts.access import Conflict
from evaluations import actions
from evaluations.models import AgreedMark, Award, Mark
from tests.factories.evaluations import NOON, in_moderation, panel, recommended
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_marks_saved_at_once_one_is_kept_and_the_other_told():
    made = panel()

    def save(value):
        return lambda: actions.give_mark(
            bid=made.bids[0],
            criterion=made.quality,
            value=Decimal(value),
            reason=f"I give {value}.",
            by=made.evaluators[0],
            at=NOON,
            expected_version=0,
        )

    came = at_once(save(2), save(4))

    assert came.count(actions.Stale) == 1
    assert Mark.objects.count() == 1


def test_of_two_agreed_marks_saved_at_once_one_is_kept_and_the_other_told():
    made = in_moderation()

    def save(value):
        return lambda: actions.agree_mark(
            bid=made.bids[0],
            criterion=made.quality,
            value=Decimal(value),
            reason=f"The panel says {value}.",
            by=made.chair,
            at=NOON,
            expected_version=0,
        )

    came = at_once(save(2), save(4))

    assert came.count(actions.Stale) == 1
    assert AgreedMark.objects.get().earlier == []


def test_an_award_approved_twice_at_once_is_approved_once():
    made, award = recommended()

    def approve():
        return actions.approve_award(award=award, by=made.approver, at=NOON)

    came = at_once(approve, approve)

    assert came.count(Conflict) == 1
    assert Award.objects.get().approved_by == made.approver
