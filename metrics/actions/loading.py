"""What happens to metrics: they are loaded, with the charter they belong to."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter import pack
from charter.actions import draft_charter, load_frameworks, publish_charter
from charter.fingerprint import fingerprint
from charter.models import Charter, Maturity, Principle
from metrics.actions.holding import hold_back_all
from metrics.loading import MetricData, read_pack
from metrics.models import Metric, MetricFlag
from metrics.reliance import reliance_of
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
    """Put a pack in force for an authority from data files, and say whether it is new.

    A second load of the same files changes nothing; of changed files, it is refused. A pack
    that is itself a draft becomes a draft, and so does one whose place is taken by a version
    the authority has written itself, or in which a check finds errors that hang on no metric.
    Metrics with errors are held back. Nobody is there to give a reason for warnings, so none is.
    """
    load_frameworks(by=by, at=at, folder=data / pack.FRAMEWORKS)
    # Lock the authority: two loads at once would both find nothing.
    authority = Organisation.objects.select_for_update().get(pk=authority.pk)
    words, metrics = read_pack(code, data=data)
    held = _loaded(authority, words)
    if held:
        _refuse_changes(held, digest_of(words, metrics))
        return held, False

    charter = draft_pack(words=words, metrics=metrics, authority=authority, by=by, at=at)
    if words.maturity == Maturity.DRAFT or _is_own_work_in_force(charter):
        return charter, True
    hold_back_all(charter, by=by, at=at)
    if reliance_of(charter).errors:
        return charter, True
    return publish_charter(charter=charter, by=by, at=at), True


@transaction.atomic
def draft_pack(
    *,
    words: pack.CharterData,
    metrics: tuple[MetricData, ...],
    authority: Organisation,
    by: User | None,
    at: datetime,
) -> Charter:
    """Write a pack down as the authority's next draft version, with its metrics."""
    versions = Charter.objects.filter(authority=authority, code=words.code)
    draft = versions.drafts().first()
    if draft:
        raise Conflict(
            f"{draft} is still a draft of {authority}. Publish or discard it, then try again."
        )
    last = versions.aggregate(last=Max("version"))["last"] or 0
    charter = draft_charter(
        data=words,
        digest=digest_of(words, metrics),
        authority=authority,
        by=by,
        at=at,
        version=last + 1,
    )
    _write_metrics(charter, metrics)
    audit.record(verb="metrics.loaded", by=by, target=charter, at=at, metrics=len(metrics))
    return charter


def digest_of(words: pack.CharterData, metrics: tuple[MetricData, ...]) -> str:
    """SHA-256 over everything that is loaded; what is told of a framework is not the pack's."""
    charter = asdict(words) | {"frameworks": [one.code for one in words.frameworks]}
    return fingerprint({"charter": charter, "metrics": [asdict(one) for one in metrics]})


def _loaded(authority: Organisation, words: pack.CharterData) -> Charter | None:
    """The version that this pack became here; one the authority copied from it is its own."""
    loaded = Charter.objects.filter(authority=authority, pack=words.code, copied_from__isnull=True)
    later = loaded.filter(pack_version__gt=words.version).order_by("-pack_version").first()
    if later:
        raise Conflict(
            f"{later} came from version {later.pack_version} of the pack {words.code}. "
            f"Give the files a version above {later.pack_version}."
        )
    return loaded.filter(pack_version=words.version).first()


def _is_own_work_in_force(charter: Charter) -> bool:
    """Whether a version that the authority wrote itself would be superseded."""
    versions = Charter.objects.filter(authority=charter.authority, code=charter.code)
    return versions.in_force().filter(copied_from__isnull=False).exists()


def _refuse_changes(held: Charter, digest: str) -> None:
    if held.digest != digest:
        raise Conflict(
            f"{held} is {held.get_status_display().lower()} for {held.authority} and its files "
            "have changed since. What is loaded never changes: raise the version number "
            f"in {held.pack}/charter.toml to load the change."
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
