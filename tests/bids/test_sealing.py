"""What is sealed opens in its place alone, and an opening that finds a fault opens nothing."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.roles import Role
from bids import actions, sealed_parts
from bids.actions import opening
from bids.documents import canonical, sha256
from bids.keyring import KeysMissing
from bids.models import Answer, Bid, Submission
from bids.refusals import CannotOpen, Tampered
from bids.sealing import About, SealBroken, new_data_key, seal, unseal
from bids.unsealing import draft_of, is_intact
from records.clock import database_time
from records.models import AuditEvent
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import attached, complete_draft, pdf, received, tender_with_questions
from tests.factories.tenders import team_member

KEY = new_data_key()
PLACES = st.builds(
    About,
    tender=st.uuids(),
    bid=st.uuids(),
    part=st.text(max_size=40),
    version=st.integers(min_value=0, max_value=10**6),
)


@given(content=st.binary(max_size=2000), about=PLACES)
def test_what_is_sealed_opens_again_and_shows_nothing(content, about):
    sealed = seal(KEY, content, about)

    assert unseal(KEY, sealed, about) == content
    assert len(content) < 4 or content not in sealed


@given(content=st.binary(max_size=200), about=PLACES, other=PLACES)
def test_it_opens_in_no_other_place(content, about, other):
    assume(about != other)

    with pytest.raises(SealBroken):
        unseal(KEY, seal(KEY, content, about), other)


@given(content=st.binary(max_size=200), about=PLACES, place=st.integers(0), bit=st.integers(0, 7))
def test_one_changed_bit_breaks_it(content, about, place, bit):
    sealed = bytearray(seal(KEY, content, about))
    sealed[place % len(sealed)] ^= 1 << bit

    with pytest.raises(SealBroken):
        unseal(KEY, bytes(sealed), about)


@given(content=st.binary(max_size=200), about=PLACES)
def test_it_opens_under_no_other_key(content, about):
    with pytest.raises(SealBroken):
        unseal(new_data_key(), seal(KEY, content, about), about)


@pytest.mark.parametrize("kept", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(60)])
def test_what_was_never_sealed_is_told_from_what_was(kept):
    with pytest.raises(SealBroken):
        unseal(KEY, kept, About(uuid.uuid4(), uuid.uuid4(), "price"))


def test_the_same_words_are_sealed_differently_each_time():
    about = About(uuid.uuid4(), uuid.uuid4(), "price")

    assert seal(KEY, b"950000.00", about) != seal(KEY, b"950000.00", about)


@pytest.fixture
def two():
    """Two received bids of one tender, closed and asked for by the officer."""
    tender = tender_with_questions()
    bids = [complete_draft(tender=tender, text=text, price="1000") for text in ("One.", "Two.")]
    for bid in bids:
        by = bidder_of(bid.supplier)
        actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)
    tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    tender.save()
    actions.open_bids(tender=tender, by=team_member(tender, Role.OFFICER))
    return bids


def versions(bids):
    return [Submission.objects.get(bid=bid) for bid in bids]


def swap_bids(bids):
    one, other = versions(bids)
    one.sealed, other.sealed = other.sealed, one.sealed
    one.save()
    other.save()


def swap_bids_and_their_keys(bids):
    swap_bids(bids)
    one, other = (Bid.objects.get(pk=bid.pk) for bid in bids)
    one.key_for_opening, other.key_for_opening = other.key_for_opening, one.key_for_opening
    one.save()
    other.save()


def change_the_receipt(bids):
    Submission.objects.filter(bid=bids[0]).update(content_hash="0" * 64)


def cut_short(bids):
    Submission.objects.filter(bid=bids[0]).update(sealed=b"\x01")


def swap_companies(bids):
    """Each bid would be read, marked and paid as the other's."""
    one, other = (Bid.objects.get(pk=bid.pk) for bid in bids)
    ours, theirs = one.supplier, other.supplier
    spare = SupplierFactory()
    Bid.objects.filter(pk=one.pk).update(supplier=spare)
    Bid.objects.filter(pk=other.pk).update(supplier=ours)
    Bid.objects.filter(pk=one.pk).update(supplier=theirs)


def seem_withdrawn(bids):
    Bid.objects.filter(pk=bids[0].pk).update(withdrawn_at=datetime.now(UTC))


def seem_never_sent(bids):
    Bid.objects.filter(pk=bids[0].pk).update(versions=0)


def open_as_chair(bids):
    tender = bids[0].tender
    return actions.open_bids(tender=tender, by=team_member(tender, Role.CHAIR))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (swap_bids, [0, 1]),
        (swap_bids_and_their_keys, [0, 1]),
        (change_the_receipt, [0]),
        (cut_short, [0]),
        (swap_companies, [0, 1]),
        (seem_withdrawn, [0]),
        (seem_never_sent, [0]),
    ],
)
def test_an_opening_that_finds_a_fault_opens_nothing_and_names_it(two, tamper, named):
    receipts = sorted(versions(two)[place].receipt_number for place in named)
    tamper(two)

    with pytest.raises(CannotOpen) as refusal:
        open_as_chair(two)

    two[0].tender.refresh_from_db()
    assert refusal.value.receipts == receipts
    assert two[0].tender.opened_at is None
    assert [one.document for one in versions(two)] == [None, None]
    assert AuditEvent.objects.get(verb="bids.opening_failed").details == {
        "because": "CannotOpen",
        "receipts": receipts,
    }


@pytest.mark.django_db
def test_untouched_they_open(two):
    open_as_chair(two)

    texts = [one.document["answers"][0]["text"] for one in versions(two)]
    assert texts == ["One.", "Two."]


def put_back_an_older_version(bid):
    """A version that was replaced, to count again."""
    Bid.objects.filter(pk=bid.pk).update(versions=1)


@pytest.fixture
def resubmitted():
    """A bid of which two versions were received, closed and asked for by the officer."""
    bid = complete_draft(text="First.")
    who = {"bid": bid, "by": bidder_of(bid.supplier)}
    actions.submit_bid(idempotency_key=uuid.uuid4(), **who)
    actions.withdraw_bid(**who)
    actions.submit_bid(idempotency_key=uuid.uuid4(), **who)
    bid.tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    bid.tender.save()
    actions.open_bids(tender=bid.tender, by=team_member(bid.tender, Role.OFFICER))
    return bid


@pytest.mark.django_db
def test_an_older_version_does_not_come_to_count_again(resubmitted):
    put_back_an_older_version(resubmitted)

    with pytest.raises(CannotOpen) as refusal:
        open_as_chair([resubmitted])

    newest = Submission.objects.get(bid=resubmitted, version=2)
    assert refusal.value.receipts == [newest.receipt_number]


@pytest.mark.django_db
def test_a_bid_taken_back_does_not_come_to_count_again():
    bid = complete_draft()
    who = {"bid": bid, "by": bidder_of(bid.supplier)}
    version = actions.submit_bid(idempotency_key=uuid.uuid4(), **who)
    actions.withdraw_bid(**who)
    bid.tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    bid.tender.save()
    Bid.objects.filter(pk=bid.pk).update(withdrawn_at=None)
    actions.open_bids(tender=bid.tender, by=team_member(bid.tender, Role.OFFICER))

    with pytest.raises(CannotOpen) as refusal:
        open_as_chair([bid])

    assert refusal.value.receipts == [version.receipt_number]


@pytest.mark.django_db
def test_twin_without_the_trail_the_older_version_would_count(resubmitted, monkeypatch):
    monkeypatch.setattr(opening, "_unlike_the_trail", lambda tender, counting: [])
    put_back_an_older_version(resubmitted)
    open_as_chair([resubmitted])

    assert Submission.objects.get(document__isnull=False).version == 1


@pytest.mark.django_db
def test_twin_without_its_company_in_it_a_bid_opens_as_another_companys(two, monkeypatch):
    monkeypatch.setattr(opening, "is_of", lambda bid, received: True)
    swap_companies(two)
    open_as_chair(two)

    assert [one.document["company"] for one in versions(two)] == [
        str(bid.supplier_id) for bid in two
    ]
    assert [one.bid.supplier_id for one in versions(two)] == [
        bid.supplier_id for bid in reversed(two)
    ]


@pytest.mark.django_db
def test_an_opening_without_keys_is_on_record_too(two, monkeypatch):
    def gone(bid):
        raise KeysMissing("There is no file of bid keys.")

    monkeypatch.setattr(opening, "opening_key", gone)
    with pytest.raises(KeysMissing):
        open_as_chair(two)

    two[0].tender.refresh_from_db()
    assert two[0].tender.opened_at is None
    assert AuditEvent.objects.get(verb="bids.opening_failed").details == {
        "because": "KeysMissing",
        "receipts": [],
    }


@pytest.mark.django_db
def test_the_hash_of_a_bid_cannot_be_found_by_trying_prices():
    """The same bid sent twice has two hashes: each version holds chance of its own."""
    bid = complete_draft()
    by = bidder_of(bid.supplier)
    first, second = (
        actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by) for _ in range(2)
    )
    known = {**received(second).document, "salt": received(first).document["salt"]}

    guessed = canonical(
        bid=bid.pk,
        version=2,
        document=known,
        price=received(second).price,
        tender_hash=second.tender_hash,
    )

    assert sha256(guessed) != second.content_hash
    assert is_intact(second, received(second))


@pytest.mark.django_db
def test_twin_without_their_place_swapped_bids_would_open_as_each_others(two, monkeypatch):
    """Bids of one key, sealed without what they belong to, are told apart by nothing."""
    here = About(uuid.UUID(int=0), uuid.UUID(int=0), "")
    monkeypatch.setattr(sealed_parts, "_about", lambda *a, **k: here)
    one, other = versions(two)
    sealed = [seal(KEY, text, here) for text in (b'{"a":1}', b'{"b":2}')]
    one.sealed, other.sealed = reversed(sealed)

    assert sealed_parts.version_in(KEY, one.bid, one) == b'{"b":2}'
    monkeypatch.undo()
    with pytest.raises(SealBroken):
        sealed_parts.version_in(KEY, one.bid, one)


@pytest.mark.django_db
def test_answers_of_one_bid_cannot_change_places():
    bid = complete_draft()
    one, other = Answer.objects.filter(bid=bid)
    one.sealed, other.sealed = other.sealed, one.sealed
    one.save()
    other.save()

    with pytest.raises(Tampered):
        draft_of(bid, by=bidder_of(bid.supplier))


@pytest.mark.django_db
def test_an_older_answer_cannot_be_put_back():
    bid = complete_draft()
    by, criterion = bidder_of(bid.supplier), bid.tender.criteria.get(code="q1")
    before = bytes(Answer.objects.get(bid=bid, criterion=criterion).sealed)
    actions.save_answer(
        bid=bid, criterion=criterion, text="Newer.", quantities={}, by=by, at=database_time()
    )
    Answer.objects.filter(bid=bid, criterion=criterion).update(sealed=before)

    with pytest.raises(Tampered):
        draft_of(bid, by=by)


@pytest.mark.django_db
def test_a_file_of_another_bid_does_not_open_in_this_one(client):
    bids = [complete_draft(), complete_draft()]
    one, other = (
        attached(bid.answers.first(), pdf(f"{place}.pdf")) for place, bid in enumerate(bids)
    )
    one.file, other.file = other.file, one.file
    one.save()
    client.force_login(bidder_of(bids[0].supplier))

    answer = client.get(reverse("bids:attachment", args=[one.pk]))

    assert answer.status_code == 409
    assert "What is kept here is not what was saved" in answer.content.decode()


def test_a_place_is_spelt_one_way():
    about = About(uuid.UUID(int=1), uuid.UUID(int=2), "price", 3)

    assert about.spelt == (
        b'{"bid":"00000000-0000-0000-0000-000000000002","part":"price",'
        b'"tender":"00000000-0000-0000-0000-000000000001","version":3}'
    )
    assert replace(about, version=4).spelt != about.spelt
