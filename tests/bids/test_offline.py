"""A bid filled in away from the site: shown first, then taken whole or not at all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.access import Conflict
from accounts.roles import Role
from bids import actions
from bids.actions import offline
from bids.models import Bid
from bids.refusals import TooLate
from bids.sheets.slots import Sheet, blank_of
from bids.sheets.writing import as_workbook
from bids.unsealing import draft_of
from design.london import LONDON
from metrics.sheets.problems import Unreadable, Unsound
from records.models import AuditEvent, StoredFile
from tests.bids.offline import filled_in, raw, upload_of
from tests.factories.accounts import SupplierFactory, bidder_of, person_in
from tests.factories.bids import BidFactory, complete_draft, draft, tender_with_questions
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PLANTED = "Marmalade dispensers in every school"


@pytest.fixture
def bid():
    return complete_draft()


@pytest.fixture
def person(bid):
    return bidder_of(bid.supplier)


@pytest.fixture
def bidder(person, signed_in):
    return signed_in(person)


def form_of(bid):
    return blank_of(bid, draft(bid))


def typed(bid, **cells):
    """The workbook of a bid with these cells filled in; m2.m2 as m2__m2."""
    return filled_in(form_of(bid), {key.replace("__", "."): v for key, v in cells.items()})


def read(bid, upload, by):
    return actions.read_sheet(bid=bid, upload=upload, by=by, at=NOW)


def apply(bid, sent, by):
    return actions.apply_sheet(bid=bid, parcel=sent.parcel, by=by, at=NOW)


def answer(bid, code):
    return draft(bid).answer_to(bid.tender.criteria.get(code=code))


def trail(bid):
    return AuditEvent.objects.filter(target_id=str(bid.pk))


def address(name, bid):
    return reverse(f"bids:{name}", args=[bid.pk])


def text_of(response):
    return response.content.decode()


# The rows are those of the bid


def test_the_workbook_asks_for_what_the_bid_lacks_and_nothing_else(bid):
    slots = form_of(bid).slots

    assert [(one.sheet, one.id, dict(one.held)) for one in slots] == [
        (Sheet.NUMBERS, "base.headcount", {"number": "50"}),
        (Sheet.COMMITMENTS, "m2.m2", {"number": "45"}),
        (Sheet.ANSWERS, "q1", {"text": "We will."}),
        (Sheet.ANSWERS, "m2", {"text": "We will."}),
        (Sheet.PRICE, "price", {"number": "950000"}),
    ]


def test_a_commitment_has_its_target_unit_and_evidence(bid):
    metric = bid.tender.criteria.get(code="m2").metric
    (slot,) = form_of(bid).of(Sheet.COMMITMENTS)

    assert slot.asked == {
        "question": "Local people",
        "target": metric.target_text,
        "evidence": metric.evidence_text,
        "what": metric.quantities[0]["label"],
        "unit": metric.quantities[0]["unit"],
    }


def test_nothing_of_another_company_is_in_it(bid):
    other = complete_draft(tender=bid.tender, text=PLANTED, price="123456.78")
    content = as_workbook(form_of(bid))

    told = upload_of(form_of(bid))
    assert str(other.pk).encode() not in content
    assert read(bid, told, bidder_of(bid.supplier)).changes.changed == ()
    assert PLANTED not in str(form_of(bid)) and other.supplier.name not in str(form_of(bid))


# Applied


def test_what_was_typed_is_what_the_draft_says(bid, person):
    sent = read(
        bid, typed(bid, q1="New words.", m2__m2=12.5, base__headcount=60, price=0.1), person
    )
    apply(bid, sent, person)

    said = draft(bid)
    assert sent.changes.in_words == (
        "1 number that targets depend on, 1 commitment, 1 answer, your price"
    )
    assert (dict(said.bases), said.price) == ({"headcount": "60"}, Decimal("0.1"))
    assert (answer(bid, "q1").text, answer(bid, "m2").text) == ("New words.", "We will.")
    assert dict(answer(bid, "m2").quantities) == {"m2": "12.5"}


def test_all_of_it_is_one_change_and_one_line_of_the_trail(bid, person):
    edits = Bid.objects.get(pk=bid.pk).edits
    sent = read(bid, typed(bid, q1="New words.", m2__m2=12, price=5), person)
    apply(bid, sent, person)

    line = trail(bid).get(verb="bid.sheet_applied")
    assert Bid.objects.get(pk=bid.pk).edits == edits + 1
    assert trail(bid).filter(at=NOW).count() == 1
    assert line.details == {"rows": ["m2.m2", "q1", "price"]}


def test_a_cell_that_is_emptied_takes_out_what_it_held(bid, person):
    apply(bid, read(bid, typed(bid, m2__m2=None, q1=None, base__headcount=None), person), person)

    said = draft(bid)
    assert dict(said.bases) == {}
    assert (dict(answer(bid, "m2").quantities), answer(bid, "q1").text) == ({}, "")


def test_a_bid_that_is_not_begun_can_be_filled_in_whole(person, bid):
    empty = BidFactory(tender=bid.tender, supplier=SupplierFactory())
    writer = bidder_of(empty.supplier)
    cells = {"q1": "Words.", "m2": "More.", "m2__m2": 9, "base__headcount": 10, "price": 9}
    apply(empty, read(empty, typed(empty, **cells), writer), writer)

    said = draft(empty)
    assert (dict(said.bases), said.price) == ({"headcount": "10"}, Decimal(9))
    assert [answer(empty, code).text for code in ("q1", "m2")] == ["Words.", "More."]


def test_emoji_and_text_from_right_to_left_are_kept_as_they_are(bid, person):
    words = "Üben 😀 \u202eעברית\u202c\nالعربية ‎ end"
    apply(bid, read(bid, typed(bid, q1=words), person), person)

    assert answer(bid, "q1").text == words


def test_what_is_read_and_not_applied_is_kept_nowhere(bid, person):
    before = draft(bid)
    files = StoredFile.objects.count()

    sent = read(bid, typed(bid, q1=PLANTED), person)

    assert draft(bid) == before
    assert StoredFile.objects.count() == files
    assert not trail(bid).filter(at=NOW).exists()
    assert len(sent.changes.changed) == 1


def test_applying_twice_changes_nothing_more(bid, person):
    sent = read(bid, typed(bid, q1="New words."), person)
    apply(bid, sent, person)
    changes = apply(bid, sent, person)

    assert changes.changed == ()
    assert trail(bid).filter(verb="bid.sheet_applied").count() == 1


def test_a_failure_half_way_keeps_nothing(bid, person, monkeypatch):
    sent = read(bid, typed(bid, q1="New words.", m2__m2=1, price=5), person)
    before = draft(bid)

    def fail(*args):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(offline, "sealed_price", fail)
    with pytest.raises(RuntimeError):
        apply(bid, sent, person)

    assert draft(bid) == before
    assert not trail(bid).filter(at=NOW).exists()


# Colleagues


def save_on_the_site(bid, by, text="A colleague's words.", code="q1"):
    question = bid.tender.criteria.get(code=code)
    actions.save_answer(bid=bid, criterion=question, text=text, quantities={}, by=by, at=NOW)


def test_a_row_that_a_colleague_changed_is_refused_with_who_and_when(bid, person):
    colleague = bidder_of(bid.supplier)
    upload = typed(bid, q1="My words.", m2__m2=1)
    save_on_the_site(bid, colleague)

    with pytest.raises(Unsound) as refusal:
        read(bid, upload, person)

    (problem,) = refusal.value.problems.in_order
    assert (problem.sheet, problem.row, problem.column) == ("Answers", 2, "Your answer")
    there = NOW.astimezone(LONDON)
    when = f"At {there:%H:%M} on {there.day} {there:%B %Y}"
    assert problem.words.startswith(f"{when} {colleague} changed this")
    assert dict(answer(bid, "m2").quantities) == {"m2": "45"}


@pytest.mark.parametrize("slot", ["base.headcount", "price", "m2.m2"])
def test_whoever_was_quicker_is_named_for_every_kind_of_row(bid, person, slot):
    colleague = bidder_of(bid.supplier)
    upload = filled_in(form_of(bid), {slot: 7})
    theirs = actions.read_sheet(
        bid=bid, upload=filled_in(form_of(bid), {slot: 8}), by=colleague, at=NOW
    )
    apply(bid, theirs, colleague)

    with pytest.raises(Unsound, match=f"{colleague} changed this"):
        read(bid, upload, person)


@pytest.mark.parametrize("what", ["bases", "price"])
def test_whoever_typed_it_on_the_site_is_named(bid, person, what):
    colleague, upload = bidder_of(bid.supplier), typed(bid, base__headcount=7, price=7)
    if what == "price":
        actions.set_price(bid=bid, amount=Decimal(8), by=colleague, at=NOW)
    else:
        actions.set_bases(bid=bid, bases={"headcount": 8}, by=colleague, at=NOW)

    with pytest.raises(Unsound, match=f"{colleague} changed this") as refusal:
        read(bid, upload, person)

    assert refusal.value.problems.count == 1


def test_a_change_between_looking_and_applying_stops_all_of_it(bid, person):
    sent = read(bid, typed(bid, q1="My words.", m2__m2=1), person)
    save_on_the_site(bid, bidder_of(bid.supplier))

    with pytest.raises(Unsound, match="changed this on the site"):
        apply(bid, sent, person)

    assert answer(bid, "q1").text == "A colleague's words."
    assert dict(answer(bid, "m2").quantities) == {"m2": "45"}


def test_twin_without_that_look_the_colleague_is_overwritten(bid, person, monkeypatch):
    monkeypatch.setattr(offline, "_refuse_crossed", lambda *args: None)
    monkeypatch.setattr(offline, "changes_of", lambda blank, entries: _all_changed(blank, entries))
    sent = read(bid, typed(bid, q1="My words."), person)
    save_on_the_site(bid, bidder_of(bid.supplier))
    apply(bid, sent, person)

    assert answer(bid, "q1").text == "My words."


def _all_changed(blank, entries):
    slots = {(slot.sheet, slot.id): slot for slot in blank.slots}
    changed = [offline.Change(slots[one.sheet, one.slot], one) for one in entries]
    return offline.Changes(tuple(changed), ())


def test_a_row_left_alone_leaves_what_a_colleague_wrote(bid, person):
    upload = typed(bid, m2__m2=1)
    save_on_the_site(bid, bidder_of(bid.supplier))
    apply(bid, read(bid, upload, person), person)

    assert answer(bid, "q1").text == "A colleague's words."
    assert dict(answer(bid, "m2").quantities) == {"m2": "1"}


# The parcel


@pytest.mark.parametrize("parcel", ["", "x", "a:b:c", "½:\udcff:x"])
def test_a_parcel_that_is_none_of_ours_is_refused(bid, person, parcel):
    with pytest.raises(Conflict, match="did not arrive whole"):
        actions.apply_sheet(bid=bid, parcel=parcel, by=person, at=NOW)


def test_the_parcel_of_another_bid_is_refused(bid, person):
    other = complete_draft(tender=bid.tender, supplier=SupplierFactory())
    writer = bidder_of(other.supplier)
    sent = read(other, typed(other, q1="Words."), writer)

    with pytest.raises(Conflict, match="did not arrive whole"):
        apply(bid, sent, person)


def test_a_parcel_that_was_tampered_with_is_refused(bid, person):
    sent = read(bid, typed(bid, price=5), person)
    rows = [["Price", 2, "price", "0" * 12, {"number": "-5"}]]
    forged = signing.dumps(rows, salt=f"bids.offline:{bid.pk}", key="another", compress=True)

    with pytest.raises(Conflict):
        actions.apply_sheet(bid=bid, parcel=forged, by=person, at=NOW)
    assert sent.parcel != forged


def test_more_text_than_one_form_carries_is_refused(bid, person, monkeypatch):
    monkeypatch.setattr(offline, "LARGEST_PARCEL", 10)

    with pytest.raises(Unreadable, match="more text than is taken at once"):
        read(bid, typed(bid, q1="Words."), person)


def test_the_workbook_of_another_bid_of_the_firm_is_refused(bid, person):
    other = BidFactory(tender=tender_with_questions(), supplier=bid.supplier)

    with pytest.raises(Unreadable, match="belongs to something else"):
        read(bid, typed(other, q1="Words."), person)


def test_nothing_is_read_or_applied_after_the_deadline(bid, person):
    sent, late = read(bid, typed(bid, q1="Words."), person), bid.tender.closes_at
    with pytest.raises(TooLate):
        actions.apply_sheet(bid=bid, parcel=sent.parcel, by=person, at=late)
    with pytest.raises(TooLate):
        actions.read_sheet(bid=bid, upload=typed(bid, q1="Words."), by=person, at=late)

    assert answer(bid, "q1").text == "We will."


# The pages


def test_the_workbook_is_taken_away_as_a_download(bid, bidder):
    response = bidder.get(address("offline_file", bid))

    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response)[:2] == b"PK"


def test_a_file_is_shown_then_saved(bid, bidder):
    shown = bidder.post(address("offline", bid), {"upload": typed(bid, q1="New words.")})
    assert "Saving changes: <strong>1 answer</strong>" in text_of(shown)
    assert "New words." in text_of(shown)
    assert answer(bid, "q1").text == "We will."

    parcel = shown.context["sent"].parcel
    saved = bidder.post(address("apply_offline", bid), {"parcel": parcel}, follow=True)

    assert "Saved from your file: 1 answer. Nothing is submitted by that." in text_of(saved)
    assert answer(bid, "q1").text == "New words."


def test_a_file_that_changes_nothing_says_so(bid, bidder):
    shown = bidder.post(address("offline", bid), {"upload": upload_of(form_of(bid))})

    assert "Nothing changes" in text_of(shown)
    assert "parcel" not in text_of(shown)


def test_everything_wrong_is_listed_by_sheet_row_and_column(bid, bidder):
    page = text_of(
        bidder.post(address("offline", bid), {"upload": typed(bid, q1="=A1", m2__m2=-1)})
    )

    assert "2 things in the file must be put right. Nothing was stored." in page
    for words in ("Answers", "Commitments", "Your answer", "It holds a formula", "-1 is below 0"):
        assert words in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [({}, "Choose the spreadsheet"), ({"upload": raw(b"%PDF-1.4")}, "does not hold what")],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(bid, bidder, sent, words):
    assert words in text_of(bidder.post(address("offline", bid), sent))


def test_a_row_that_was_crossed_while_looking_is_told(bid, bidder):
    shown = bidder.post(address("offline", bid), {"upload": typed(bid, q1="Mine.")})
    save_on_the_site(bid, bidder_of(bid.supplier))

    page = bidder.post(address("apply_offline", bid), {"parcel": shown.context["sent"].parcel})

    assert "Nothing of your file was saved." in text_of(page)
    assert "changed this on the site" in text_of(page)


def test_a_parcel_that_does_not_arrive_is_a_conflict(bid, bidder):
    assert bidder.post(address("apply_offline", bid), {}).status_code == 409


PAGES = ["offline", "offline_file", "apply_offline"]


@pytest.mark.parametrize("name", PAGES)
def test_to_every_other_company_there_is_no_such_bid(bid, signed_in, name):
    rival = signed_in(bidder_of(SupplierFactory()))

    assert rival.get(address(name, bid)).status_code in {404, 405}
    assert rival.post(address(name, bid)).status_code in {404, 405}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_of_the_authority_reaches_them(bid, signed_in, name):
    for person in (
        team_member(bid.tender, Role.OFFICER),
        person_in(bid.tender.authority, Role.BOARD),
    ):
        browser = signed_in(person)
        assert browser.get(address(name, bid)).status_code in {403, 404, 405}
        assert browser.post(address(name, bid)).status_code in {403, 404, 405}


def test_after_the_deadline_the_pages_lead_to_what_was_received(bid, bidder):
    bid.tender.closes_at = timezone.now() - timedelta(seconds=1)
    bid.tender.save()

    assert bidder.get(address("offline", bid)).url == reverse("bids:view", args=[bid.pk])
    assert bidder.get(address("offline_file", bid)).url == reverse("bids:view", args=[bid.pk])
    assert bidder.post(address("apply_offline", bid), {"parcel": "x"}).status_code == 409


def test_the_draft_of_unsealing_is_the_one_compared(bid, person):
    """The file is held against what is kept, not against what was downloaded."""
    assert blank_of(bid, draft_of(bid, by=person)) == form_of(bid)
