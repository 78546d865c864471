"""Nobody at the authority reads anything of a bid before both people have opened them."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from bids import actions
from bids.actions import open_bids
from bids.models import Attachment
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.bids import complete_draft, pdf, received_bid, tender_with_questions
from tests.factories.tenders import TRAITS, team_member, tender_in

pytestmark = pytest.mark.django_db

WORDS = "canaryanswer"
PRICE = "987654.32"
COMPANY = "Canarycompany Ltd"
FILE = "canaryfile.pdf"
# A point keeps a number from being part of somebody's random name.
NUMBER, PRINTED = "4747.25", "4,747.25"
CANARIES = (WORDS, PRICE, "987,654.32", COMPANY, FILE, NUMBER, PRINTED)
TEAM = (Role.OFFICER, Role.EVALUATOR, Role.CHAIR, Role.APPROVER, Role.CONTRACT_MANAGER)


@pytest.fixture
def bid():
    """A submitted bid with a word to look for in everything it holds."""
    bid = complete_draft(text=WORDS, price=PRICE, supplier=SupplierFactory(name=COMPANY))
    by, at = bidder_of(bid.supplier), datetime.now(UTC)
    question = bid.tender.criteria.get(code="m2")
    actions.save_answer(
        bid=bid, criterion=question, text=None, quantities={"m2": NUMBER}, by=by, at=at
    )
    actions.attach(bid=bid, criterion=question, upload=pdf(FILE), by=by, at=at)
    actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)
    return bid


def close(tender):
    tender.closes_at = datetime.now(UTC)
    tender.save()


def authority_pages(bid):
    """Every address under bids/ that somebody at the authority could try."""
    question = bid.tender.criteria.get(code="m2")
    attachment = Attachment.objects.get()
    own = ["bid", "bases", "price", "submit", "withdraw", "receipt", "view"]
    return [
        *(reverse(f"bids:{name}", args=[bid.pk]) for name in own),
        *(
            reverse(f"bids:{name}", args=[bid.pk, question.pk])
            for name in ("answer", "attach", "reach")
        ),
        reverse("bids:attachment", args=[attachment.pk]),
        reverse("bids:remove_attachment", args=[attachment.pk]),
        reverse("bids:of_tender", args=[bid.tender_id]),
        reverse("bids:open", args=[bid.tender_id]),
        reverse("bids:start", args=[bid.tender_id]),
        reverse("bids:desk"),
    ]


def body(response):
    return b"".join(response) if response.streaming else response.content


def found_by(client, bid):
    """The words of the bid that its pages give away, read and written to."""
    opening = reverse("bids:open", args=[bid.tender_id])
    return {
        canary
        for url in authority_pages(bid)
        for response in (
            [client.get(url)] if url == opening else [client.get(url), client.post(url)]
        )
        for canary in CANARIES
        if canary.encode() in body(response)
    }


@pytest.mark.parametrize("role", TEAM)
@pytest.mark.parametrize("opened_by", [(), (Role.OFFICER,), (Role.CHAIR,)])
def test_nothing_of_a_bid_is_read_before_both_have_opened(bid, signed_in, role, opened_by):
    close(bid.tender)
    for opener in opened_by:
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    person = bid.tender.assignments.filter(role=role).first()
    client = signed_in(person.person if person else team_member(bid.tender, role))

    assert found_by(client, bid) == set()


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR, Role.OFFICER])
def test_nothing_of_a_bid_is_read_by_the_rest_of_the_authority(bid, signed_in, role):
    close(bid.tender)
    for opener in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    client = signed_in(person_in(bid.tender.authority, role))

    assert found_by(client, bid) == set()


def test_nothing_of_a_bid_is_read_while_bids_are_open(bid, signed_in):
    client = signed_in(team_member(bid.tender, Role.OFFICER))

    assert found_by(client, bid) == set()


def test_before_opening_the_list_is_a_number_alone(bid, signed_in):
    close(bid.tender)
    client = signed_in(team_member(bid.tender, Role.OFFICER))

    page = client.get(reverse("bids:of_tender", args=[bid.tender_id])).content.decode()

    assert "Bids received: 1" in page
    assert COMPANY not in page
    assert bid.submissions.get().receipt_number not in page


def test_a_conflict_closes_a_bid_that_was_readable(bid, signed_in):
    close(bid.tender)
    for opener in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    client = signed_in(team_member(bid.tender, Role.EVALUATOR, conflicted=True))

    assert found_by(client, bid) == set()


def test_an_evaluator_declares_before_reading(bid, signed_in):
    close(bid.tender)
    for opener in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    client = signed_in(team_member(bid.tender, Role.EVALUATOR, declared=False))

    response = client.get(reverse("bids:view", args=[bid.pk]))

    assert response.status_code == 403
    assert found_by(client, bid) == set()


def test_once_both_have_opened_the_team_reads_answers_and_files_and_no_price(bid, signed_in):
    close(bid.tender)
    for opener in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    attachment = Attachment.objects.get()
    client = signed_in(team_member(bid.tender, Role.EVALUATOR))

    page = client.get(reverse("bids:view", args=[bid.pk])).content.decode()
    download = client.get(reverse("bids:attachment", args=[attachment.pk]))

    assert {canary for canary in CANARIES if canary in page} == {WORDS, COMPANY, FILE, PRINTED}
    assert f"{PRINTED} people" in page
    assert body(download).startswith(b"%PDF")
    assert download["Content-Disposition"] == f'attachment; filename="{FILE}"'


def reading(bid, role, signed_in):
    client = signed_in(team_member(bid.tender, role))
    pages = [
        client.get(reverse("bids:view", args=[bid.pk])),
        client.get(reverse("bids:of_tender", args=[bid.tender_id])),
    ]
    return any(b"950,000" in page.content for page in pages)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR, Role.APPROVER])
@pytest.mark.parametrize(
    ("state", "is_shown"), [("C", False), ("E", False), ("R", False), ("M", True), ("A", True)]
)
def test_prices_are_shown_only_once_marks_are_locked(signed_in, role, state, is_shown):
    bid = received_bid(tender=tender_in(state))

    assert reading(bid, role, signed_in) is is_shown


@pytest.mark.parametrize("state", "ERMA")
def test_evaluators_never_see_a_price(signed_in, state):
    bid = received_bid(tender=tender_in(state))

    assert reading(bid, Role.EVALUATOR, signed_in) is False


def test_a_target_that_rests_on_the_price_gives_nothing_away(signed_in):
    tender = tender_with_questions(opened=True)
    question = tender.criteria.get(code="m2")
    question.measure = {"id": "m2", "target": {"kind": "share", "percent": "1", "base": "price"}}
    question.save()
    answer = {
        "id": str(uuid.uuid4()),
        "criterion": "m2",
        "text": "",
        "quantities": {"m2": "4750"},
        "files": [],
    }
    bid = received_bid(tender=tender, answers=[answer])

    assert reading(bid, Role.OFFICER, signed_in) is False


def test_a_file_changed_after_submission_is_not_read_by_the_authority(bid, signed_in):
    question, by = bid.tender.criteria.get(code="q1"), bidder_of(bid.supplier)
    late = actions.attach(
        bid=bid, criterion=question, upload=pdf("late.pdf"), by=by, at=datetime.now(UTC)
    )
    close(bid.tender)
    for opener in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, opener))
    client = signed_in(team_member(bid.tender, Role.EVALUATOR))

    response = client.get(reverse("bids:attachment", args=[late.pk]))

    assert response.status_code == 404


def unmarked(response):
    """A page without what is drawn anew each time for the browser's safety."""
    nonces = re.sub(r'nonce="[^"]+"', "", response.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", nonces)


@pytest.mark.parametrize("name", ["bid", "view", "receipt", "price", "submit", "withdraw"])
def test_a_rivals_page_of_a_bid_is_that_of_one_that_never_was(bid, signed_in, name):
    rival = received_bid(tender=bid.tender)
    client = signed_in(bidder_of(rival.supplier))

    theirs = client.get(reverse(f"bids:{name}", args=[bid.pk]))
    nobodys = client.get(reverse(f"bids:{name}", args=[uuid.uuid4()]))

    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert unmarked(theirs) == unmarked(nobodys)
    assert theirs.headers.keys() == nobodys.headers.keys()


@pytest.mark.parametrize("state", list(TRAITS))
def test_a_stranger_learns_nothing_in_any_state(signed_in, state):
    bid = received_bid(tender=tender_in(state))
    strangers = [
        bidder_of(SupplierFactory()),
        person_in(AuthorityFactory(), Role.OFFICER, Role.ADMINISTRATOR),
    ]

    answers = {
        signed_in(stranger).get(reverse(f"bids:{name}", args=[bid.pk])).status_code
        for stranger in strangers
        for name in ("bid", "view", "receipt")
    }

    assert answers == {404}


def test_a_visitor_is_asked_to_sign_in(client, bid):
    answers = {client.get(url).status_code for url in authority_pages(bid)}

    assert answers == {302}


def test_a_sealed_bid_that_was_changed_is_refused_to_its_own_firm(bid, signed_in):
    received = bid.submissions.get()
    kept = bytearray(received.sealed)
    kept[-1] ^= 1
    received.sealed = bytes(kept)
    received.save()
    client = signed_in(bidder_of(bid.supplier))

    answer = client.get(reverse("bids:receipt", args=[bid.pk]))

    assert answer.status_code == 409
    assert "What is kept here is not what was saved" in answer.content.decode()


def test_a_document_changed_after_the_opening_is_said_to_be_broken(signed_in):
    bid = received_bid(tender=tender_in("M"))
    officer = team_member(bid.tender, Role.OFFICER)
    page = reverse("bids:view", args=[bid.pk])
    before = signed_in(officer).get(page).content.decode()

    received = bid.submissions.get()
    received.document["bases"] = {"headcount": "1"}
    received.save()
    after = signed_in(officer).get(page).content.decode()

    assert "Checked just now: this is what was received." in before
    assert "This no longer matches the receipt." in after


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_bids_as_for_one(
    signed_in, django_assert_num_queries, count
):
    tender = tender_in("M")
    for _ in range(count):
        received_bid(tender=tender)
    client = signed_in(team_member(tender, Role.OFFICER))

    with django_assert_num_queries(22):
        client.get(reverse("bids:of_tender", args=[tender.pk]))


@pytest.mark.parametrize("order", [(Role.OFFICER, Role.CHAIR), (Role.CHAIR, Role.OFFICER)])
def test_two_people_open_on_the_page(bid, signed_in, order):
    close(bid.tender)
    page = reverse("bids:open", args=[bid.tender_id])
    people = [team_member(bid.tender, role) for role in order]
    names = {Role.OFFICER: "bids:open", Role.CHAIR: "bids:open_as_chair"}
    urls = [reverse(names[role], args=[bid.tender_id]) for role in order]

    asked = signed_in(people[0]).get(page)
    halfway = signed_in(people[0]).post(urls[0], follow=True)
    done = signed_in(people[1]).post(urls[1], follow=True)

    assert "1 bid was received." in asked.content.decode()
    assert f'action="{urls[0]}"' in asked.content.decode()
    assert "They stay sealed until both of you have." in halfway.content.decode()
    assert COMPANY in done.content.decode()
