"""Reads what is kept with SQL and hashes of its own: no fault of the product may hide itself."""

import hashlib
import json
import os
from collections.abc import Iterable

import psycopg2

from scripts.soaks.claims import Found, Kept
from scripts.soaks.visitor import Visitor

VERSIONS = """
    SELECT s.bid_id::text, s.version, s.idempotency_key::text, s.receipt_number, s.received_at,
           s.content_hash, s.document, s.price, s.tender_hash
    FROM bids_submission s JOIN bids_bid b ON b.id = s.bid_id WHERE b.tender_id = %s
"""
OPENING = """
    SELECT details FROM records_auditevent WHERE stream = %s AND verb = 'bids.opened'
"""
DEADLINE = "SELECT closes_at FROM tenders_tender WHERE id = %s"


def kept_of(tender: str) -> tuple[Kept, ...]:
    """Every version of every bid for this tender."""
    return tuple(_kept(*row) for row in _rows(VERSIONS, tender))


def found_of(tender: str, officer: Visitor) -> Found:
    """An opened tender: its rows, its trail, and what an officer can read on pages."""
    [(closes_at,)] = _rows(DEADLINE, tender)
    [(trail,)] = _rows(OPENING, f"tender:{tender}")
    kept = kept_of(tender)
    return Found(
        closes_at=closes_at,
        kept=kept,
        opened=frozenset(one["receipt"] for one in trail["received"]),
        on_pages=frozenset(_readable(kept, officer, tender)),
    )


def _readable(kept: Iterable[Kept], officer: Visitor, tender: str) -> Iterable[str]:
    listed = officer.get(f"/bids/of/{tender}/").page
    for one in kept:
        page = officer.get(f"/bids/{one.bid}/read/")
        if one.number in listed and page.status == 200 and one.number in page.page:
            yield one.number


def _kept(bid, version, key, number, received_at, sha256, document, price, tender_hash) -> Kept:
    opened = None
    if document is not None:
        said = {
            "bid": bid,
            "version": version,
            "document": document,
            "price": f"{price:.2f}",
            "tender": tender_hash,
        }
        opened = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = opened and hashlib.sha256(opened.encode()).hexdigest()
    return Kept(bid, version, key, number, received_at, sha256, digest)


def _rows(asked: str, about: str) -> list[tuple]:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with connection.cursor() as cursor:
            cursor.execute(asked, [about])
            return cursor.fetchall()
    finally:
        connection.close()
