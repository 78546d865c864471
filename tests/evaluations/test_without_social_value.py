"""A tender that leaves social value out, as was approved, from the request to the contract."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

import bids.actions as bidding
from accounts.roles import Role
from delivery import actions as delivery
from evaluations import actions as evaluation
from evaluations.models import Result
from records.clock import database_time
from tenders import actions
from tenders.models import Tender
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.tenders import approved_to_publish, team_member
from tests.tenders.departures import ask, decide, nelc_draft
from tests.tenders.drafts import officer_of
from tests.tenders.test_opt_outs import without_social_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    """Published a moment ago, social value left out, open for bids."""
    now = database_time()
    draft = nelc_draft(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=30))
    officer = officer_of(draft)
    decide(ask(draft, by=officer, at=now), at=now, decided_on=now.date())
    without_social_value(draft)
    draft.price_method, draft.price_full_at, draft.price_zero_at = "lowest_over_bid", None, None
    draft.is_relative_accepted = True
    draft.save()
    return actions.publish_tender(tender=approved_to_publish(draft), by=officer, at=now)


def send_bid(tender, name, price):
    company = SupplierFactory(name=name)
    person, now = bidder_of(company), database_time()
    bid = bidding.start_bid(tender=tender, company=company, by=person, at=now)
    (question,) = tender.criteria.all()
    bidding.save_answer(
        bid=bid, criterion=question, text="We will.", quantities={}, by=person, at=now
    )
    bidding.set_price(bid=bid, amount=Decimal(price), by=person, at=now)
    bidding.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=person)
    bid.refresh_from_db()
    return bid, person


def close(tender):
    now = database_time()
    Tender.objects.filter(pk=tender.pk).update(closes_at=now)
    return Tender.objects.select_related("authority").get(pk=tender.pk)


def on_team(tender, role):
    return tender.assignments.filter(role=role).first().person


def judge(tender, bids, marks):
    """Open, mark, moderate and lock."""
    officer, chair = on_team(tender, Role.OFFICER), on_team(tender, Role.CHAIR)
    evaluator, now = on_team(tender, Role.EVALUATOR), database_time()
    for person in (officer, chair, evaluator):
        evaluation.declare(tender=tender, has_interest=False, statement="", by=person, at=now)
    bidding.open_bids(tender=tender, by=officer)
    bidding.open_bids(tender=tender, by=chair)
    (question,) = tender.criteria.all()
    given = {"criterion": question, "reason": "Because of the plan.", "at": now}
    for bid, mark in zip(bids, marks, strict=True):
        evaluation.give_mark(bid=bid, value=Decimal(mark), by=evaluator, **given)
    evaluation.submit_marks(tender=tender, by=evaluator, at=now)
    evaluation.open_moderation(tender=tender, by=chair, at=now)
    for bid, mark in zip(bids, marks, strict=True):
        evaluation.agree_mark(bid=bid, value=Decimal(mark), by=chair, **given)
    evaluation.lock(tender=tender, by=chair, at=now)


def test_the_public_page_says_that_it_is_left_out_why_and_who_decided(client, tender):
    text = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "Leaving social value out" in text
    assert "The framework fixes its own award criteria." in text
    assert "Leadership Team" in text


def test_bids_are_scored_on_price_and_quality_alone_to_the_last_digit(tender):
    (cheap, _), (good, _) = send_bid(tender, "Cheap", 200000), send_bid(tender, "Good", 250000)

    judge(close(tender), [cheap, good], ["2", "5"])

    found = Result.objects.get().result["bids"]
    points = {pk: exactly(one["groups"]) for pk, one in found.items()}
    assert points == {
        str(cheap.pk): {"price": 40, "quality": 24, "social_value": 0},
        str(good.pk): {"price": 32, "quality": 60, "social_value": 0},
    }
    assert [found[str(bid.pk)]["rank"] for bid in (good, cheap)] == [1, 2]


def exactly(groups):
    return {name: Decimal(points) for name, points in groups.items()}


def test_every_page_of_the_way_is_shown(client, tender):
    (cheap, bidder), (good, _) = send_bid(tender, "Cheap", 200000), send_bid(tender, "Good", 250000)
    pages = [
        (bidder, reverse("bids:bid", args=[cheap.pk])),
        (bidder, reverse("bids:receipt", args=[cheap.pk])),
        (None, reverse("tenders:public", args=[tender.pk])),
        (None, reverse("tenders:why", args=[tender.pk])),
    ]
    broken = not_shown(client, pages)
    judge(close(tender), [cheap, good], ["2", "5"])
    officer, approver = on_team(tender, Role.OFFICER), on_team(tender, Role.APPROVER)
    manager, now = team_member(tender, Role.CONTRACT_MANAGER), database_time()
    award = evaluation.recommend_award(
        tender=tender,
        bid=good,
        reason="It came first.",
        contract_manager=manager,
        by=officer,
        at=now,
    )
    pages = [
        (officer, reverse("evaluations:ranking", args=[tender.pk])),
        (approver, reverse("evaluations:award", args=[tender.pk])),
    ]
    broken += not_shown(client, pages)
    contract = delivery.approve_award(award=award, by=approver, at=now)
    pages = [
        (None, reverse("delivery:notice", args=[tender.pk])),
        (manager, reverse("delivery:contract", args=[contract.pk])),
        (officer, reverse("tenders:policy", args=[tender.pk])),
        (officer, reverse("tenders:internal", args=[tender.pk])),
    ]
    broken += not_shown(client, pages)

    assert broken == []
    assert contract.promises.count() == 0


def not_shown(client, pages):
    """Those that answer with anything but the page."""
    found = []
    for person, address in pages:
        if person:
            client.force_login(person)
        else:
            client.logout()
        status = client.get(address).status_code
        if status != 200:
            found.append((status, address))
    return found
