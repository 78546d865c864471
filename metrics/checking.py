"""What a check is told of a charter: gathered once, for pages and for whoever publishes."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from charter.models import Charter
from charter.models import Mapping as Serves
from charter.pack import CharterData
from metrics.content import content_of
from metrics.lint import Finding, Mapped, Papers, check
from metrics.loading import MetricData
from metrics.models import Metric


def findings_in_charter(charter: Charter, metrics: Iterable[Metric]) -> list[Finding]:
    """What is found in one version of an authority's charter with these of its metrics."""
    return check(
        metrics=[content_of(one) for one in metrics],
        rules=charter.rules,
        clauses=charter.clauses,
        papers=papers_of(charter),
    )


def findings_in_pack(words: CharterData, metrics: Iterable[MetricData]) -> list[Finding]:
    """What is found in a policy that ships, before anyone adopts it."""
    return check(
        metrics=[asdict(one) for one in metrics],
        rules=words.rules,
        clauses=words.clauses,
        papers=papers_of_pack(words),
    )


def papers_of(charter: Charter) -> Papers:
    """What an authority's charter says beside its metrics, rules and clauses.

    Whoever publishes it gives the decision, so none is missed here.
    """
    quadrants = list(charter.quadrants.prefetch_related("principles"))
    principles = [one for quadrant in quadrants for one in quadrant.principles.all()]
    # In the order of the principles, as a pack has them: the order is part of what is found.
    serves = (
        Serves.objects.filter(principle__in=principles)
        .select_related("principle", "theme__framework")
        .order_by(
            "principle__quadrant__position",
            "principle__position",
            "-is_primary",
            "theme__framework__code",
            "theme__number",
        )
    )
    return Papers(
        source=charter.source,
        dates=charter.adoption,
        codes=frozenset([*[one.code for one in quadrants], *[one.code for one in principles]]),
        sentences=_sentences(charter.source, charter, principles),
        mapped=tuple([_mapped(one) for one in serves]),
        mapped_in=charter.mappings_source,
    )


def _mapped(one: Serves) -> Mapped:
    edition = one.theme.framework
    return Mapped(
        one.principle.code,
        str(edition),
        edition.family,
        edition.applies_from,
        edition.applies_to,
        one.effective_to,
    )


def papers_of_pack(words: CharterData) -> Papers:
    """What a shipped policy says beside its metrics, rules and clauses."""
    editions = {one.code: one for one in words.frameworks}
    principles = [one for quadrant in words.quadrants for one in quadrant.principles]
    return Papers(
        source=words.source,
        dates=words.published,
        decision=words.adoption,
        codes=frozenset([*[one.code for one in words.quadrants], *words.principle_codes]),
        sentences=_sentences(words.source, words, principles),
        mapped=tuple(
            [
                Mapped(
                    one.code,
                    ", ".join(filter(None, (edition.title, edition.edition))),
                    edition.family,
                    edition.applies_from,
                    edition.applies_to,
                    mapping.effective_to,
                )
                for one in principles
                for mapping in one.mappings
                for edition in [editions[mapping.framework]]
            ]
        ),
        mapped_in=words.mappings_source,
    )


def _sentences(
    source: str, words: Charter | CharterData, principles: Iterable
) -> tuple[Mapping[str, str], ...]:
    """Its title, its purpose and its principles, each as a place."""
    told = [
        ("Title", words.title),
        ("Ambition", words.ambition),
        ("Purpose", words.purpose),
        *[(f"Principle {one.code}", one.text) for one in principles],
    ]
    return tuple(
        [{"document": source, "paragraph": title, "text": text} for title, text in told if text]
    )
