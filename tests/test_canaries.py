"""Words planted in a sealed bid are found on no page of the site, by nobody but its own firm.

Every named address is asked for with the id of what it is about. That the firm finds every word
shows that the walk comes by all of them; the twin opens one door.
"""

import io
import uuid
import zipfile
from decimal import Decimal
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.actions import say_part
from accounts.roles import Role
from bids import actions, permissions, unsealing
from bids.drafts import bases_asked, criteria_of, quantities_asked
from bids.models import Attachment, Bid
from bids.views import pages
from config import urls
from records.clock import database_time
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import BidFactory
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

COMPANY, TEXT, INSTEAD, PROFILE = "Canaryfirm", "canarytext", "canaryinstead", "canaryprofile"
FILE, INSIDE = "canaryfile.csv", "canaryinside"
# Numbers as they are typed, and as they are printed.
NUMBERS = {"4747.25": "4,747.25", "8383.5": "8,383.5", "987654.32": "987,654.32"}
PROMISE, BASE, PRICE = NUMBERS
# What an address under bids/ names, where it is no bid.
OF_OTHER_THINGS = {
    **dict.fromkeys(("attachment", "remove_attachment"), "file"),
    **dict.fromkeys(("start", "of_tender", "open", "open_as_chair", "export", "cancel"), "tender"),
    **dict.fromkeys(("answer_question", "add_to_answer", "decide_extension"), "tender"),
    "canonical": "version",
}
WORDS = {COMPANY, TEXT, INSTEAD, PROFILE, FILE, INSIDE}
# What may tell of bids and firms is asked for by everybody; elsewhere two of them stand for all.
OF_BIDS = {"bids", "evaluations", "accounts"}
TWO = ("officer", "superuser")


@pytest.fixture
def planted(settings, tmp_path) -> tuple[World, Bid]:
    """A procurement with everybody in it, and a bid with a word to look for in every part."""
    settings.MEDIA_ROOT = tmp_path
    world = build_world("O")
    tender, firm = world.tender, SupplierFactory(name=COMPANY)
    person, at = bidder_of(firm), database_time()
    asks_for_a_base(world)
    say_part(company=firm, part="vcse", said={"vcse": "yes", "kind": PROFILE}, by=person, at=at)
    who = {"bid": BidFactory(tender=tender, supplier=firm), "by": person, "at": at}
    actions.set_price(amount=Decimal(PRICE), **who)
    bases = {base.id: BASE for base in bases_asked(criteria_of(tender))}
    actions.set_bases(bases=bases, **who)
    for criterion in criteria_of(tender):
        promised = {one.id: PROMISE for one in quantities_asked(criterion)}
        instead = {"outcome": INSTEAD} if promised else None
        actions.save_answer(
            criterion=criterion, text=TEXT, quantities=promised, alternative=instead, **who
        )
    evidence = SimpleUploadedFile(FILE, f"year,{INSIDE}\n2026,1\n".encode())
    actions.attach(criterion=world.commitment, upload=evidence, **who)
    actions.submit_bid(bid=who["bid"], idempotency_key=uuid.uuid4(), by=person)
    return world, Bid.objects.get(pk=who["bid"].pk)


def asks_for_a_base(world: World) -> None:
    """The firm states a number of its own too."""
    asked, metric = world.commitment, world.commitment.metric
    headcount = {"id": "headcount", "label": "People", "unit": "people", "stated_by": "bidder"}
    share = {"kind": "share", "percent": "90", "base": "headcount"}
    type(metric).objects.filter(pk=metric.pk).update(bases=[headcount])
    type(asked).objects.filter(pk=asked.pk).update(measure={"id": asked.code, "target": share})


def named(resolver=None, app=""):
    """Every named address: its app, its name, and what it asks for."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern, pattern.namespace or app)
        elif pattern.name:
            yield app, pattern.name, list(pattern.pattern.converters)


def parts_of(world: World, bid: Bid, app: str, name: str) -> dict[str, list]:
    """What each part of an address may be."""
    tender, charter = world.tender, world.tender.charter_id
    files = list(Attachment.objects.filter(answer__bid=bid))
    received = bid.submissions.get()
    about = {
        "bids": [OF_OTHER_THINGS.get(name, "bid")],
        "delivery": [world.contract.pk, world.line.pk],
        "evaluations": ["tender"],
        "tenders": ["tender"],
        "charter": [charter],
        "metrics": [charter, world.commitment.metric_id],
        "reporting": [world.report.pk, tender.pk, world.commitment.metric.principle_id],
        "accounts": [tender.authority_id, bid.supplier_id],
    }
    known = {"tender": tender, "bid": bid, "version": received, "file": files[0]}
    return {
        "pk": [known[one].pk if one in known else one for one in about.get(app, [])],
        "tender": [tender.pk],
        "bid": [bid.pk],
        "criterion": [world.commitment.pk],
        "question": [world.asked.pk],
        "extension": [world.extension.pk],
        "approval": [world.approval.pk],
        "opt_out": [world.opt_out.pk],
        "authority": [tender.authority_id],
        "person": [received.submitted_by_id],
        "file": [one.file_id for one in files],
        "metric": [world.commitment.metric_id],
        "kind": ["csv", "json", "xlsx"],
        "role": [Role.OFFICER],
        "code": [world.commitment.code, "price"],
        "part": ["vcse"],
        "year": [2026],
        "token": ["x:y"],
    }


def addresses(world: World, bid: Bid) -> dict[str, str]:
    """Every address there is, and its app."""
    made = {}
    for app, name, asked in named():
        parts = parts_of(world, bid, app, name)
        for values in product(*(parts.get(one, ["x"]) for one in asked)):
            given = dict(zip(asked, values, strict=True))
            try:
                made[reverse(f"{app}:{name}" if app else name, kwargs=given)] = app
            except NoReverseMatch:
                continue
    return made


def of_the_firm(asked: dict[str, str]) -> list[str]:
    return [one for one, app in asked.items() if app == "bids"]


@pytest.fixture(autouse=True)
def refusals(monkeypatch):
    """A refusal says what it says on a page of its own, which takes long to make."""

    def brief(request, exception=None):
        return HttpResponse(str(exception), status=403)

    for name in ("handler403", "handler404"):
        monkeypatch.setattr(urls, name, brief, raising=False)


def said_in(response) -> bytes:
    """What an answer says, with what is packed in it and where it leads."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content + repr(sorted(response.headers.items())).encode()


def found_by(person, asked) -> set[tuple[str, str]]:
    """The words that this person finds, and where."""
    browser = Client()
    if person.is_authenticated:
        browser.force_login(person)
    found = set()
    for address in asked:
        said = said_in(browser.get(address))
        looked_for = {word: {word} for word in WORDS} | {
            typed: {typed, printed} for typed, printed in NUMBERS.items()
        }
        found |= {
            (word, address)
            for word, forms in looked_for.items()
            if any(form.encode() in said for form in forms)
        }
    return found


def test_nobody_but_its_firm_finds_a_word_of_a_sealed_bid_anywhere(planted):
    world, bid = planted
    receipt = bid.submissions.get()
    everywhere = addresses(world, bid)
    near = [one for one, app in everywhere.items() if app in OF_BIDS]
    found = {
        (role, *what)
        for role, person in world.people.items()
        for what in found_by(person, everywhere if role in TWO else near)
    }
    own = {word for word, _ in found_by(receipt.submitted_by, of_the_firm(everywhere))}

    assert len(everywhere) > 250
    assert found == set()
    assert own == WORDS | set(NUMBERS)


def test_nor_once_bids_have_closed_and_one_of_two_has_opened(planted):
    world, bid = planted
    world.tender.closes_at = database_time()
    world.tender.save()
    actions.open_bids(tender=world.tender, by=world.people["officer"])
    near = [one for one, app in addresses(world, bid).items() if app in OF_BIDS]

    team = ("officer", "evaluator", "chair", "superuser")
    assert {role: found_by(world.people[role], near) for role in team} == dict.fromkeys(team, set())


def test_twin_where_every_bid_is_ones_own_a_rival_finds_all_of_it(planted, monkeypatch):
    world, bid = planted
    for module in (permissions, unsealing, pages):
        monkeypatch.setattr(module, "is_own", lambda *asked: True)
    asked = of_the_firm(addresses(world, bid))
    found = {word for word, _ in found_by(world.people["bidder_other"], asked)}

    assert found == (WORDS | set(NUMBERS))
