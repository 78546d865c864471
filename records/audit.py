"""The audit trail: written by hand in each action, chained, append-only.

Each stream (one per tender, one for the rest of the site) is a chain: an event's hash
covers its own words and the hash before it. The chain lock is taken last and held only
to the end of the action's transaction.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from records.models import AuditEvent

SITE = "site"
START = "0" * 64


@transaction.atomic
def record(
    *,
    verb: str,
    by: Any,
    target: models.Model,
    at: datetime,
    stream: str | None = None,
    **details: Any,
) -> AuditEvent:
    """Add one event to the trail, in the caller's transaction.

    `by` is a person (anything with `pk` and `email`) or None for the system. `stream`
    is the chain it belongs to; a target that has an `audit_stream` names its own.
    """
    stream = stream or getattr(target, "audit_stream", SITE)
    _lock(stream)
    last = AuditEvent.objects.filter(stream=stream).order_by("-position").first()
    event = AuditEvent(
        stream=stream,
        position=last.position + 1 if last else 1,
        verb=verb,
        actor_id=by.pk if by else None,
        actor_label=by.email if by else "",
        target_label=target._meta.label,
        target_id=str(target.pk),
        details=json.loads(json.dumps(details, cls=DjangoJSONEncoder)),
        at=at,
        previous_hash=last.hash if last else START,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    return event


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over the event's words and the hash of the event before it."""
    words = {
        "stream": event.stream,
        "position": event.position,
        "verb": event.verb,
        "actor": str(event.actor_id or ""),
        "actor_label": event.actor_label,
        "target": f"{event.target_label}:{event.target_id}",
        "details": event.details,
        "at": event.at.astimezone(UTC).isoformat(),
        "previous": event.previous_hash,
    }
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def broken_links(stream: str) -> Iterator[AuditEvent]:
    """The events of a stream whose place, link or words do not match; none when sound."""
    previous, position = START, 0
    for event in AuditEvent.objects.filter(stream=stream).order_by("position").iterator():
        position += 1
        sound = (
            event.position == position
            and event.previous_hash == previous
            and event.hash == hash_of(event)
        )
        if not sound:
            yield event
        previous, position = event.hash, event.position


def _lock(stream: str) -> None:
    """Hold the stream to the end of the transaction, or two writers would fork it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stream])
