"""What a metric says, as plain data: for comparing versions, for digests, for spreadsheets."""

from collections.abc import Iterable

from charter.fingerprint import fingerprint
from metrics.models import Metric

WORDS = (
    "number",
    "short_title",
    "wording",
    "answered_by",
    "target_text",
    "evidence_text",
    "unit",
    "source",
    "measure",
    "later_measures",
    "quantities",
    "bases",
    "geography",
    "geography_definition",
    "applies_to",
    "track_record",
)


def content_of(metric: Metric) -> dict:
    """Everything published of one metric; who owns a missing target is no part of it."""
    return {
        **{word: getattr(metric, word) for word in WORDS},
        "principle": metric.principle.code,
        "overlaps": sorted(other.number for other in metric.overlaps.all()),
        "flags": [
            {"kind": flag.kind, "words": flag.words, "source": flag.source}
            for flag in metric.flags.all()
        ],
    }


def digest_of_metrics(metrics: Iterable[Metric]) -> str:
    """SHA-256 over the content of metrics, in the order given."""
    return fingerprint([content_of(one) for one in metrics])
