"""The forms beside an answer, for the test that fills every form in."""

from tenders.models import Group
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory


def own_bid(world):
    return world.own_bid.pk


def commitment(world):
    return world.commitment.pk


def bid_with_hours(world):
    """The bid, once a second question of its tender is answered in hours."""
    metric = MetricFactory(charter=world.tender.charter)
    CriterionFactory(
        tender=world.tender,
        code="hours",
        group=Group.SOCIAL_VALUE,
        metric=metric,
        measure=metric.measure,
    )
    return world.own_bid.pk


# State, who, page, what its address is made of.
FORMS = (
    ("O", "bidder_own", "bids:autosave", own_bid, commitment),
    ("O", "bidder_own", "bids:alternative", own_bid, commitment),
    ("O", "bidder_own", "bids:take_out_alternative", own_bid, commitment),
    ("O", "bidder_own", "bids:hours", bid_with_hours),
)
