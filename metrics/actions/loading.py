"""What happens to metrics: they are loaded, with the charter they belong to."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter import pack
from charter.actions import draft_charter, load_frameworks, publish_charter
from charter.models import Charter, Principle
from metrics import loading
from metrics.loading import MetricData
from metrics.models import Metric, MetricFlag
from records import audit


@transaction.atomic
def load_charter(
    *,
    code: str,
    authority: Organisation,
    by: User | None,
    at: datetime,
    data: Path = pack.DATA,
) -> tuple[Charter, bool]:
    """Put a charter and its metrics in force from data files, and say whether it is new.

    A second load of the same files changes nothing; of changed files, it is refused.
    """
    load_frameworks(by=by, at=at, folder=data / pack.FRAMEWORKS)
    words = pack.read_charter(code, data=data)
    metrics = loading.read_metrics(code, principles=words.principle_codes, data=data)
    digest = digest_of(words, metrics)
    # Lock the authority: two loads at once would both find nothing.
    authority = Organisation.objects.select_for_update().get(pk=authority.pk)
    held = Charter.objects.filter(authority=authority, code=code, version=words.version).first()
    if held:
        _refuse_changes(held, digest)
        return held, False

    charter = draft_charter(data=words, digest=digest, authority=authority, by=by, at=at)
    _write_metrics(charter, metrics)
    charter = publish_charter(charter=charter, by=by, at=at)
    audit.record(verb="metrics.loaded", by=by, target=charter, at=at, metrics=len(metrics))
    return charter, True


def digest_of(words: pack.CharterData, metrics: tuple[MetricData, ...]) -> str:
    """SHA-256 over everything that is loaded."""
    everything = {"charter": asdict(words), "metrics": [asdict(metric) for metric in metrics]}
    canonical = json.dumps(everything, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _refuse_changes(held: Charter, digest: str) -> None:
    if held.digest != digest:
        raise Conflict(
            f"{held} is {held.get_status_display().lower()} for {held.authority} and its files "
            "have changed since. A published version never changes: raise the version number "
            f"in {held.code}/charter.toml to load the change."
        )


def _write_metrics(charter: Charter, metrics: tuple[MetricData, ...]) -> None:
    principles = {one.code: one for one in Principle.objects.filter(quadrant__charter=charter)}
    written: dict[int, Metric] = {}
    for data in metrics:
        fields = asdict(data)
        flags = fields.pop("flags")
        del fields["overlaps"]
        fields["principle"] = principles[data.principle]
        metric = Metric.objects.create(charter=charter, **fields)
        MetricFlag.objects.bulk_create(
            [
                MetricFlag(metric=metric, position=position, **flag)
                for position, flag in enumerate(flags, start=1)
            ]
        )
        written[data.number] = metric
    for data in metrics:
        written[data.number].overlaps.set([written[number] for number in data.overlaps])
