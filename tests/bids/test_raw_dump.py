"""Until both have opened, no dump of database, files or broker holds a word of a bid."""

import base64
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.roles import Role
from bids import actions, sealed_parts
from records.clock import database_time
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import BidFactory, tender_with_questions
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
TEXT, PROMISE, PRICE = "canaryanswer", "4747.25", "987654.32"
FILE, INSIDE, INSTEAD = "canaryfile.csv", "canaryinside", "canaryinstead"
CANARIES = {TEXT, PROMISE, PRICE, FILE, INSIDE, INSTEAD}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def submit(media):
    """Writes a bid with a word to look for in each of its parts, and submits it."""

    def written():
        bid = BidFactory(tender=tender_with_questions(), supplier=SupplierFactory())
        who = {"bid": bid, "by": bidder_of(bid.supplier), "at": database_time()}
        metric = bid.tender.criteria.get(code="m2")
        actions.set_bases(bases={"headcount": "50"}, **who)
        actions.set_price(amount=Decimal(PRICE), **who)
        for criterion in bid.tender.criteria.all():
            promised = {"m2": PROMISE} if criterion == metric else {}
            actions.save_answer(criterion=criterion, text=TEXT, quantities=promised, **who)
        instead = {"outcome": INSTEAD}
        actions.save_answer(criterion=metric, text=None, quantities={}, alternative=instead, **who)
        inside = SimpleUploadedFile(FILE, f"year,{INSIDE}\n2026,1\n".encode())
        actions.attach(criterion=metric, upload=inside, **who)
        actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=who["by"])
        return bid

    return written


def dump_of(media: Path) -> bytes:
    """Everything that is kept anywhere: every row of every table, every file, every message."""
    return b"\n".join([*_tables(), *_files(media), *_messages()])


def _tables():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (row[0].encode() for row in cursor.fetchall())


def _files(media):
    return [path.read_bytes() for path in media.rglob("*") if path.is_file()]


def _messages():
    broker = redis.Redis.from_url(settings.REDIS_URL)
    return [broker.dump(key) or b"" for key in broker.scan_iter()]


def forms_of(word: str) -> list[bytes]:
    """A word as a dump may hold it: plain, in hexadecimal, in two bytes, in base 64."""
    plain = word.encode()
    shifted = [base64.b64encode(bytes(by) + plain)[(4 if by else 0) : -4] for by in range(3)]
    return [plain, plain.hex().encode(), word.encode("utf-16-le"), *shifted]


def found_in(dump: bytes) -> set[str]:
    return {word for word in CANARIES if any(form in dump for form in forms_of(word))}


def test_no_dump_holds_a_word_of_a_sealed_bid(submit, media, caplog, mailoutbox):
    submit()

    said = caplog.text + "".join(f"{one.subject}{one.body}" for one in mailoutbox)
    assert found_in(dump_of(media) + said.encode()) == set()


def test_twin_a_bid_that_is_not_encrypted_is_found_whole(submit, media, monkeypatch):
    monkeypatch.setattr(sealed_parts, "seal", lambda key, content, about: content)
    monkeypatch.setattr(sealed_parts, "unseal", lambda key, sealed, about: sealed)
    submit()

    assert found_in(dump_of(media)) == CANARIES


def test_once_opened_what_evaluators_read_is_there_and_files_stay_sealed(submit, media):
    bid = submit()
    tender = bid.tender
    tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    tender.save()
    for role in (Role.OFFICER, Role.CHAIR):
        actions.open_bids(tender=tender, by=team_member(tender, role))

    assert found_in(dump_of(media)) == CANARIES - {INSIDE}


def test_a_bid_of_a_cancelled_tender_stays_sealed(submit, media):
    bid = submit()
    officer = team_member(bid.tender, Role.OFFICER)
    actions.cancel_tender(tender=bid.tender, reason="No money.", by=officer, at=database_time())

    assert found_in(dump_of(media)) == set()
