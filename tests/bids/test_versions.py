"""However a bid is edited, sent and taken back: versions without gaps, the last one counts."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.access import Conflict
from bids import actions
from bids.models import Bid, Submission
from bids.unsealing import is_intact
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft
from tests.factories.bids import received as content_of

STEPS = st.lists(st.sampled_from(["edit", "submit", "press again", "withdraw"]), max_size=9)


class Model:
    """What a person would expect to find, kept in plain numbers."""

    def __init__(self):
        self.price, self.received, self.key, self.is_withdrawn = 100, [], None, False

    @property
    def counts(self):
        return bool(self.received) and not self.is_withdrawn


def take(step, bid, by, model):
    """One step of a bidder, in the application and in the model."""
    if step == "edit":
        model.price += 1
        actions.set_price(bid=bid, amount=Decimal(model.price), by=by, at=datetime.now(UTC))
    elif step == "withdraw":
        if not model.counts:
            with pytest.raises(Conflict):
                actions.withdraw_bid(bid=bid, by=by)
            return
        actions.withdraw_bid(bid=bid, by=by)
        model.is_withdrawn = True
    else:
        is_new = step == "submit" or model.key is None
        model.key = uuid.uuid4() if is_new else model.key
        actions.submit_bid(bid=bid, idempotency_key=model.key, by=by)
        if is_new:
            model.received.append(Decimal(model.price))
            model.is_withdrawn = False


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_versions_have_no_gaps_and_the_last_one_counts(steps):
    with transaction.atomic():
        bid, model = complete_draft(price="100"), Model()
        by = bidder_of(bid.supplier)

        for step in steps:
            take(step, bid, by, model)

        received = Submission.objects.filter(bid=bid).order_by("version")
        assert [one.version for one in received] == list(range(1, len(model.received) + 1))
        contents = [content_of(one) for one in received]
        assert [one.price for one in contents] == model.received
        assert all(is_intact(*both) for both in zip(received, contents, strict=True))
        assert Bid.objects.received().filter(pk=bid.pk).exists() is model.counts
        transaction.set_rollback(True)
