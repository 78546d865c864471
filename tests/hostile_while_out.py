"""The forms of a tender that is out, for the test that fills every form in."""

from datetime import timedelta

from tenders.models import Question
from tests.factories.accounts import LONG_AGO


def tender(world):
    return world.tender.pk


def asked(world):
    return world.asked.pk


def answered(world):
    """A question everybody reads."""
    return Question.objects.create(
        tender=world.tender,
        asked_for=world.own_bid.supplier,
        asked_by=world.people["bidder_own"],
        asked_at=LONG_AGO,
        text="May we visit?",
        public_text="May bidders visit?",
        answer="On Mondays.",
        answered_by=world.people["officer"],
        answered_at=LONG_AGO + timedelta(days=1),
    ).pk


def extension(world):
    return world.extension.pk


def with_no_extension(world):
    """The tender, once nothing waits to be decided about its deadline."""
    world.tender.extensions.all().delete()
    return world.tender.pk


# State, who, page, what its address is made of.
FORMS = (
    ("O", "bidder_none", "tenders:follow", tender),
    ("O", "bidder_none", "tenders:unfollow", tender),
    ("O", "bidder_none", "tenders:ask", tender),
    ("O", "officer", "bids:answer_question", tender, asked),
    ("O", "officer", "bids:add_to_answer", tender, answered),
    ("O", "approver", "bids:decide_extension", tender, extension),
    ("O", "officer", "tenders:propose_extension", with_no_extension),
    ("O", "officer", "bids:cancel", tender),
)
LOOKED_AT = {"tenders:conversation"}
