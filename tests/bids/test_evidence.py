"""Where a policy asks small bidders for their word alone, no answer takes a file."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.access import Conflict
from bids import actions
from bids.models import Attachment
from records.models import StoredFile
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, said
from tests.factories.metrics import MetricFactory
from tests.factories.sheets import as_upload
from tests.factories.tenders import CriterionFactory, TenderFactory

pytestmark = pytest.mark.django_db


def depth(depth, over=None, up_to=None):
    when = {"over": over, "up_to": up_to}
    return {
        "id": depth,
        "kind": "evidence",
        "heading": "How deep",
        "document": "Policy",
        "paragraph": "6",
        "text": "As deep as fits.",
        "facts": {"depth": depth},
        "when": {key: value for key, value in when.items() if value},
    }


SMALL = depth("statement", up_to="75000")
LARGE = depth("records", over="75000")


@pytest.fixture
def ask():
    """A bid for a tender of some value, and what is asked: a metric and a question."""

    def asked(value, *clauses):
        tender = TenderFactory(open=True, contract_value=Decimal(value))
        tender.charter.clauses = list(clauses)
        tender.charter.save()
        metric = MetricFactory(charter=tender.charter)
        commitment = CriterionFactory(
            tender=tender,
            code=metric.code,
            group="social_value",
            metric=metric,
            measure=metric.measure,
        )
        return BidFactory(tender=tender), commitment, CriterionFactory(tender=tender, code="q1")

    return asked


def attach(bid, criterion):
    upload = as_upload("plan.csv", b"a,b\n1,2\n")
    actions.attach(
        bid=bid,
        criterion=criterion,
        upload=upload,
        by=bidder_of(bid.supplier),
        at=datetime.now(UTC),
    )


@pytest.mark.parametrize(
    ("value", "clauses", "kept"),
    [
        ("75000.00", (SMALL, LARGE), 0),
        ("75000.01", (SMALL, LARGE), 1),
        ("75000.00", (LARGE,), 1),
        ("75000.00", (), 1),
    ],
)
def test_a_file_is_taken_where_the_policy_asks_for_more_than_a_statement(ask, value, clauses, kept):
    bid, commitment, _ = ask(value, *clauses)

    if not kept:
        with pytest.raises(Conflict, match="your own statement here and for no files"):
            attach(bid, commitment)
    else:
        attach(bid, commitment)

    assert (Attachment.objects.count(), StoredFile.objects.count()) == (kept, kept)


def test_the_buyer_s_own_questions_still_take_files(ask):
    bid, _, question = ask("75000.00", SMALL)

    attach(bid, question)

    assert Attachment.objects.count() == 1


def test_the_page_offers_no_upload_and_says_whose_word_is_enough(ask, signed_in):
    bid, commitment, _ = ask("75000.00", SMALL)
    client = signed_in(bidder_of(bid.supplier))

    page = client.get(reverse("bids:answer", args=[bid.pk, commitment.pk])).content.decode()

    assert 'type="file"' not in page
    assert "own statement, without files" in page


def test_a_file_sent_all_the_same_is_not_kept_and_the_words_are(ask, signed_in):
    bid, commitment, _ = ask("75000.00", SMALL)
    client = signed_in(bidder_of(bid.supplier))
    sent = {"text": "We plant oaks.", "seen": 0, "evidence": as_upload("plan.csv", b"a,b\n1,2\n")}

    answer = client.post(reverse("bids:attach", args=[bid.pk, commitment.pk]), sent)

    assert "Your own statement is asked for here, and no files." in answer.content.decode()
    assert said(bid.answers.get()).text == "We plant oaks."
    assert StoredFile.objects.count() == 0
