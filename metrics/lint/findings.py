"""What a check of a policy finds: where, what is wrong in plain words, and what to do."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

ERROR, WARNING = "error", "warning"
METRIC, TARGET, EVIDENCE = "Metric", "Target or standard", "Evidence"
# The columns of a table of metrics, and where a metric keeps their words.
COLUMNS = {METRIC: "wording", TARGET: "target_text", EVIDENCE: "evidence_text"}


@dataclass(frozen=True)
class Finding:
    """One fault. An error cannot be relied on; a warning can, by whoever knows of it."""

    code: str
    severity: str
    subject: str
    words: str
    remedy: str
    # The places it is found in: {"document", "paragraph", "text"}.
    clauses: tuple[Mapping[str, str], ...] = ()
    # The metrics it is about; none where it is about the policy or the whole catalogue.
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.subject}: {self.words}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what was found and the words it was found in: other words, another one."""
        told = [self.code, self.subject, self.words, *[dict(one) for one in self.clauses]]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def about(metric: Mapping) -> str:
    """How a finding names a metric."""
    return f"Metric {metric['number']} {metric['short_title']}"


def printed(metric: Mapping, column: str, words: str) -> dict[str, str]:
    """The place in the source where a metric's words stand."""
    return {"document": metric["source"], "paragraph": column, "text": words}


def found_in(
    metric: Mapping, column: str, code: str, words: str, remedy: str, severity: str = WARNING
) -> Finding:
    """A fault in one column of one metric."""
    clause = printed(metric, column, metric[COLUMNS[column]] or "(blank)")
    return Finding(code, severity, about(metric), words, remedy, (clause,), (metric["number"],))


def place_of(clause: Mapping) -> dict[str, str]:
    """The place in the source where a clause stands."""
    return {key: clause[key] for key in ("document", "paragraph", "text")}
