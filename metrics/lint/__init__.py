"""Check a policy before anyone relies on it: what is missing, doubtful or contradictory.

Pure: metrics come as `metrics.content.content_of` gives them, rules and clauses as a charter
keeps them. Nothing is mended here; every finding quotes the place it is found in.
"""

from collections.abc import Mapping, Sequence

from metrics.lint.findings import ERROR, WARNING, Finding
from metrics.lint.pairs import faults_between
from metrics.lint.papers import Mapped, Papers, faults_in_papers, faults_of_contacts
from metrics.lint.passages import faults_in_passages
from metrics.lint.policy import faults_in_policy
from metrics.lint.single import faults_of

__all__ = ["ERROR", "WARNING", "Finding", "Mapped", "Papers", "check"]


def check(
    *,
    metrics: Sequence[Mapping],
    rules: Sequence[Mapping],
    clauses: Sequence[Mapping],
    papers: Papers | None = None,
) -> list[Finding]:
    """Everything found, errors first, then in the order of the catalogue.

    Metrics may be a few of a catalogue, such as those a tender asks for: they are compared with
    each other only. Without its papers a policy is not asked for dates, mappings or codes.
    """
    found = [
        *faults_in_policy(rules, clauses, papers.codes if papers else None),
        *faults_in_passages(clauses),
        *(faults_in_papers(papers) if papers else ()),
        *faults_of_contacts(metrics, rules, clauses, papers),
        *(fault for metric in metrics for fault in faults_of(metric)),
        *faults_between(metrics),
    ]
    return sorted(found, key=_errors_first)


def _errors_first(finding: Finding) -> bool:
    return finding.severity != ERROR
