"""Faults that show in one metric by itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from metrics.lint.findings import ERROR, EVIDENCE, METRIC, TARGET, WARNING, Finding, found_in
from metrics.lint.targets import faults_of_target, flags_of

# The mark of a metric that no tender is offered until somebody has mended it.
HELD_BACK = "held-back"
LEGAL_MINIMUM = re.compile(
    r"\b(national living|minimum) wage|\b(legal|statutory) minimum\b|\brequired by law\b"
    r"|\bcompl(y|ying|iance|ies) with (the )?(law|legislation)\b",
    re.IGNORECASE,
)
CUT_OFF = re.compile(r"\b(for|of|the|a|an|and|or|to|in|with|by|from|than)\W*$", re.IGNORECASE)
PERSONAL = re.compile(
    r"\bby\b.{0,300}\b(wages?|salary|salaries|residence|age|gender|ethnicity|disability)\b"
    r"|\brecords of (trainee|apprentice|work placement)",
    re.IGNORECASE,
)
OF_GROUPS = re.compile(r"\bNEET\b|\bdisabled\b|\(\d\d-\d\d\)", re.IGNORECASE)
REDUCES = re.compile(r"^reduction|\b(saved|avoided)\b", re.IGNORECASE)
RUN_TOGETHER = re.compile(r"[a-z)] [A-Z][a-z]+ [a-z]")
STANDARD = re.compile(r"\bto meet ([A-Z][\w ]{0,60}) standard", re.IGNORECASE)
AUTHORITYS_OWN = re.compile(
    r"\binvested in\b|contracts that include|attracting new investment", re.IGNORECASE
)
LOCAL = re.compile(
    r"\blocal (compan|business|firm|supplier|trader|people|person|resident|staff|worker|labour)"
    r"|\b(residing|living|live|lives|based|located|born) in\b|\bpostcodes\b"
    r"|\bwithin\b.{0,300}\barea\b",
    re.IGNORECASE,
)
# Schemes that a source takes for granted and that may be over. Not verified: ask before use.
MAY_BE_OVER = re.compile(r"traineeship", re.IGNORECASE)


def faults_of(metric: Mapping) -> Iterator[Finding]:
    """Everything doubtful about one metric, its target first."""
    found = _all_of(metric)
    yield from map(_without_error, found) if HELD_BACK in flags_of(metric) else found


def _without_error(finding: Finding) -> Finding:
    """What is wrong with a metric held back harms no tender."""
    if finding.severity != ERROR:
        return finding
    words = f"{finding.words} It is held back, and not offered to tenders until that is mended."
    return replace(finding, severity=WARNING, words=words)


def _all_of(metric: Mapping) -> Iterator[Finding]:
    yield from faults_of_target(metric)
    yield from _about_words(metric)
    yield from _about_evidence(metric)
    yield from _about_answers(metric)


def _about_words(metric: Mapping) -> Iterator[Finding]:
    wording, target = metric["wording"], metric["target_text"]
    if CUT_OFF.search(wording):
        yield found_in(
            metric,
            METRIC,
            "text-cut-off",
            "The sentence ends in the middle.",
            "Find out how it goes on, and write it in a new version.",
            ERROR,
        )
    if LEGAL_MINIMUM.search(f"{wording} {target}"):
        yield found_in(
            metric,
            METRIC,
            "legal-minimum",
            "The law asks for this already, so keeping to it adds nothing.",
            "Ask for more than the law does, or take the metric out.",
        )
    if REDUCES.search(wording):
        yield found_in(
            metric,
            METRIC,
            "needs-baseline",
            "A reduction can be judged only against what there was before.",
            "Publish the baseline with the tender.",
        )
    if STANDARD.search(target):
        yield found_in(
            metric,
            TARGET,
            "standard-unclear",
            "A standard is named without the level that must be reached.",
            "Name the edition and the level.",
        )
    if MAY_BE_OVER.search(wording):
        yield found_in(
            metric,
            METRIC,
            "check-still-offered",
            "The scheme may have ended since. This has not been verified.",
            "Check that it is still offered before asking for it.",
        )
    yield from _about_wording_of_both(metric)


def _about_wording_of_both(metric: Mapping) -> Iterator[Finding]:
    """The same noun with another adjective, or another noun counted, in metric and target."""
    of = re.search(r"^percentage of (.+?)(?: that| with| conform|$)", metric["wording"], re.I)
    all_of = re.search(r"% of all (?:new )?(\w+)", metric["target_text"])
    if of and all_of and all_of[1].lower() not in of[1].lower():
        yield found_in(
            metric,
            TARGET,
            "unit-mismatch",
            f"The metric is a share of {of[1]}; the target is a share of {all_of[1]}.",
            "Say which of the two is counted.",
        )
    mine = dict(re.findall(r"\b(\w+) (procurement|commitments?)\b", metric["wording"]))
    told = dict(re.findall(r"\b(\w+) (procurement|commitments?)\b", metric["target_text"]))
    nouns = {noun: word for word, noun in mine.items()}
    for word, noun in told.items():
        if noun in nouns and nouns[noun] != word:
            yield found_in(
                metric,
                TARGET,
                "wording-differs",
                f"The metric says “{nouns[noun]} {noun}”, the target “{word} {noun}”.",
                "Say whether the same is meant.",
            )


def _about_evidence(metric: Mapping) -> Iterator[Finding]:
    evidence = metric["evidence_text"]
    if not evidence.strip():
        yield found_in(
            metric,
            EVIDENCE,
            "evidence-missing",
            "Nothing says how it would be shown.",
            "Say what evidence is asked for.",
            ERROR,
        )
    if PERSONAL.search(evidence):
        yield found_in(
            metric,
            EVIDENCE,
            "personal-data",
            "A breakdown or a record like this can point to single people.",
            "Ask for counts and bands only.",
        )
    elif OF_GROUPS.search(metric["wording"]):
        yield found_in(
            metric,
            METRIC,
            "personal-data",
            "It asks about a group to which people do not always wish to be seen to belong.",
            "Ask for counts only, and publish none so small that it points to somebody.",
        )
    if RUN_TOGETHER.search(evidence):
        yield found_in(
            metric,
            EVIDENCE,
            "text-run-together",
            "Two entries seem to have run into one.",
            "Set them apart in a new version.",
        )


def _about_answers(metric: Mapping) -> Iterator[Finding]:
    if metric["answered_by"] != "policy" and AUTHORITYS_OWN.search(metric["wording"]):
        yield found_in(
            metric,
            METRIC,
            "measures-authority",
            "This measures what the authority does, and bidders are asked for it.",
            "Answer it yourselves, or say what a bidder would count.",
        )
    words = f"{metric['wording']} {metric['target_text']}"
    if metric["answered_by"] != "policy" and LOCAL.search(words):
        yield found_in(
            metric,
            METRIC,
            "local-preference",
            "It prefers people or firms of one place, which procurement law may limit.",
            "Take legal advice before it is scored.",
        )
