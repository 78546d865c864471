"""What is typed is kept while it is typed: never over a colleague, never after the deadline."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bids.models import Attachment, Bid
from bids.unsealing import draft_of
from records.models import AuditEvent
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, pdf, tender_with_questions
from tests.factories.tenders import TenderFactory

pytestmark = pytest.mark.django_db


def url(bid, code="m2", name="autosave"):
    return reverse(f"bids:{name}", args=[bid.pk, bid.tender.criteria.get(code=code).pk])


def answer(bid, code="m2"):
    draft = draft_of(Bid.objects.get(pk=bid.pk), by=bidder_of(bid.supplier))
    return draft.answer_to(bid.tender.criteria.get(code=code))


def save(client, bid, code="m2", **typed):
    return client.post(url(bid, code), typed, headers={"accept": "application/json"})


def test_what_is_typed_is_kept_and_the_time_is_the_servers(bid, bidder):
    before = datetime.now(UTC)

    said = save(bidder, bid, number_m2="45", text="Ward by", seen="0").json()

    kept = answer(bid)
    assert (kept.text, kept.quantities, kept.edits) == ("Ward by", {"m2": "45"}, 1)
    assert (said["seen"], said["not_saved"]) == (1, [])
    assert said["saved_at"] in {f"{before + timedelta(minutes=m):%H:%M}" for m in (0, 1)}


def test_saving_on_goes_on_from_the_last_change(bid, bidder):
    seen = 0
    for text in ("W", "Wa", "Ward"):
        seen = save(bidder, bid, text=text, seen=str(seen)).json()["seen"]

    assert (answer(bid).text, seen) == ("Ward", 3)


def test_a_copy_sent_again_changes_nothing(bid, bidder):
    """Nothing was heard of the first: its answer was lost on the way."""
    typed = {"number_m2": "45.0", "text": "Ward by ward.", "seen": "0"}
    save(bidder, bid, **typed)
    events = AuditEvent.objects.count()

    again = save(bidder, bid, **typed)

    assert (again.status_code, again.json()["seen"]) == (200, 1)
    assert Bid.objects.get().edits == 1
    assert AuditEvent.objects.count() == events


def test_an_untouched_answer_saved_again_is_no_later_change(bid, bidder):
    save(bidder, bid, number_m2="", text="")

    assert Bid.objects.get().edits == 0


def check_a_colleague_is_not_saved_over(bid, **mine):
    """Two colleagues open the answer at once; both type."""
    ada, ben = (Client(), Client())
    for client in (ada, ben):
        client.force_login(bidder_of(bid.supplier))
    save(ada, bid, number_m2="40", text="Theirs", seen="0")

    refused = save(ben, bid, number_m2="1", text="Mine", **mine)

    assert answer(bid).text == "Theirs"
    assert refused.status_code == 409
    told = refused.json()
    assert told["theirs"] == ["Hours planned: 40 people", "Theirs"]
    assert (told["seen"], told["reason"].startswith("Not saved: a colleague")) == (1, True)


def test_a_colleagues_answer_is_shown_and_not_saved_over(bid):
    check_a_colleague_is_not_saved_over(bid, seen="0")


def test_saving_without_saying_what_was_seen_would_be_noticed(bid):
    """The planted fault: a page that does not say which change it was made from."""
    with pytest.raises(AssertionError):
        check_a_colleague_is_not_saved_over(bid)


def test_after_a_conflict_save_replaces_theirs_knowingly(bid, bidder):
    save(bidder, bid, text="Theirs", seen="0")
    seen = save(bidder, bid, text="Mine", seen="0").json()["seen"]

    bidder.post(url(bid, name="answer"), {"text": "Mine", "seen": seen})

    assert answer(bid).text == "Mine"


def test_colleagues_on_different_questions_do_not_meet(bid, bidder):
    first = save(bidder, bid, "q1", text="One", seen="0")
    second = save(bidder, bid, "m2", text="Two", seen="0")

    assert (first.status_code, second.status_code) == (200, 200)
    assert (answer(bid, "q1").text, answer(bid).text) == ("One", "Two")


@pytest.mark.parametrize("typed", ["1e400", "NaN", "-3", "1" + "0" * 308, "９"])
def test_what_is_no_number_is_said_and_the_text_is_kept(bid, bidder, typed):
    said = save(bidder, bid, number_m2=typed, text="Ward by ward.", seen="0").json()

    (words,) = said["not_saved"]
    assert words.startswith("Hours planned must ")
    assert (answer(bid).text, answer(bid).quantities) == ("Ward by ward.", {})


def test_text_that_cannot_be_stored_is_said_and_the_number_is_kept(bid, bidder):
    said = save(bidder, bid, number_m2="45", text="Nul\x00 here", seen="0").json()

    assert len(said["not_saved"]) == 1
    assert (answer(bid).text, answer(bid).quantities) == ("", {"m2": "45"})


def test_smiles_and_right_to_left_marks_are_kept_as_they_are(bid, bidder):
    text = "שלום \u202e😀\u200f ﷽"

    save(bidder, bid, text=text, seen="0")

    assert answer(bid).text == text


def test_a_text_that_is_too_long_is_kept_and_said(bid, bidder):
    long = " ".join(["word"] * 21)

    said = save(bidder, bid, "q1", text=long, seen="0").json()

    assert said["not_saved"] == ["Your answer must be 20 words or fewer. You have used 21"]
    assert answer(bid, "q1").text == long


def test_files_wait_for_their_button(bid, bidder):
    bidder.post(url(bid), {"text": "Ward", "seen": "0", "evidence": [pdf()]})

    assert Attachment.objects.count() == 0


def test_after_the_deadline_the_reason_is_told_and_nothing_is_kept(signed_in):
    bid = BidFactory(tender=tender_with_questions(closed=True))
    client = signed_in(bidder_of(bid.supplier))

    refused = save(client, bid, text="Late", seen="0")

    assert refused.status_code == 409
    assert "so it was not taken" in refused.json()["reason"]
    assert answer(bid).text == ""


def test_a_page_that_is_not_a_script_is_told_so_in_a_page(signed_in):
    bid = BidFactory(tender=tender_with_questions(closed=True))

    refused = signed_in(bidder_of(bid.supplier)).post(url(bid), {"text": "Late"})

    assert refused.headers["content-type"].startswith("text/html")


def test_whoever_is_signed_out_is_refused_and_nothing_is_kept(client, bid):
    refused = save(client, bid, text="Whose?", seen="0")

    assert refused.status_code == 403
    assert answer(bid).text == ""


def test_to_another_company_the_answer_does_not_exist(bid, signed_in):
    other = BidFactory(tender=TenderFactory(open=True))

    refused = save(signed_in(bidder_of(other.supplier)), bid, text="Mine", seen="0")

    assert refused.status_code == 404


def test_only_a_post_saves(bid, bidder):
    assert bidder.get(url(bid)).status_code == 405
