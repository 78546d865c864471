"""Faults that show in one metric by itself."""

import re
from collections.abc import Iterator, Mapping

from metrics.attainment import AllOf, AnyOf, Measure, Single, is_undetermined, leaves, read_measure
from metrics.lint.findings import ERROR, WARNING, Finding, about, printed

METRIC, TARGET, EVIDENCE = "Metric", "Target or standard", "Evidence"
COUNTS = re.compile(
    r"^(number|people|full-time|total amount|value) |\((£|fte|headcount)", re.IGNORECASE
)
LEGAL_MINIMUM = re.compile(r"national (living|minimum) wage|legal minimum", re.IGNORECASE)
CUT_OFF = re.compile(r"\b(for|of|the|a|an|and|or|to|in|with|by|from|than)\W*$", re.IGNORECASE)
PERSONAL = re.compile(
    r"\bby\b.*\b(wages?|salary|salaries|residence|age|gender|ethnicity|disability)\b"
    r"|\brecords of (trainee|apprentice|work placement)",
    re.IGNORECASE,
)
OF_GROUPS = re.compile(r"\bNEET\b|\bdisabled\b|\(\d\d-\d\d\)", re.IGNORECASE)
UNSAID_BASE = re.compile(
    r"\b(workforce|people employed|contract costs|related schemes)\b(?! on the contract)",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\band/or\b| or planned\b|\(and \d", re.IGNORECASE)
A_PERIOD = re.compile(r"\bper (annum|year|month)\b", re.IGNORECASE)
PAST_OR_PLANNED = re.compile(r"previous \d+ months or planned", re.IGNORECASE)
SOME_ONLY = re.compile(r"\bwith (\d[\d,]*) or more\b", re.IGNORECASE)
BY_A_YEAR = re.compile(r"\bby 20\d\d\b")
REDUCES = re.compile(r"^reduction|\b(saved|avoided)\b", re.IGNORECASE)
RUN_TOGETHER = re.compile(r"[a-z)] [A-Z][a-z]+ [a-z]")
STANDARD = re.compile(r"\bto meet ([A-Z][\w ]*) standard", re.IGNORECASE)
AUTHORITYS_OWN = re.compile(
    r"\binvested in\b|contracts that include|attracting new investment", re.IGNORECASE
)
LOCAL = re.compile(
    r"\blocal compan|\bresiding in\b|\bpostcodes\b|\bwithin\b.*\barea\b", re.IGNORECASE
)
# Schemes that a source takes for granted and that may be over. Not verified: ask before use.
MAY_BE_OVER = re.compile(r"traineeship", re.IGNORECASE)


def faults_of(metric: Mapping) -> Iterator[Finding]:
    """Everything doubtful about one metric, its target first."""
    measure = read_measure(metric["measure"])
    yield from _about_target(metric, measure)
    yield from _about_words(metric)
    yield from _about_evidence(metric)
    yield from _about_answers(metric)


def _about_target(metric: Mapping, measure: Measure) -> Iterator[Finding]:
    target = metric["target_text"]
    kinds = {leaf.target.kind for leaf in leaves(measure) if leaf.target}
    flags = {flag["kind"] for flag in metric["flags"]}
    if is_undetermined(measure) and "left-open" not in flags:
        yield _target(
            metric,
            "target-not-set",
            "The source prints question marks where a number should stand.",
            "Resolve the target, or leave it open with a reason.",
        )
    if COUNTS.search(metric["wording"]) and ("%" in target or "share" in kinds):
        yield _target(
            metric,
            "unit-mismatch",
            "The metric counts or adds up; the target is a share of something else.",
            "Ask for both numbers, the count and what it is a share of.",
        )
    if isinstance(measure, AnyOf | AllOf) or SEVERAL.search(target):
        yield _target(
            metric,
            "compound",
            "Several targets stand in one.",
            "Say in the tender whether one of them is enough.",
        )
    if A_PERIOD.search(target) and not A_PERIOD.search(metric["wording"]):
        yield _target(
            metric,
            "period-differs",
            "The target is for each year or month; the metric names no period.",
            "Say over what time it is counted.",
        )
    if UNSAID_BASE.search(target):
        yield _target(
            metric,
            "base-unclear",
            "The target is a share of, or so many for, something it does not pin down.",
            "Say what is included: on this contract, or in the whole firm.",
        )
    yield from _about_time(metric, target)
    yield from _about_size(metric, measure)


def _about_time(metric: Mapping, target: str) -> Iterator[Finding]:
    if PAST_OR_PLANNED.search(target):
        yield _target(
            metric,
            "past-or-future",
            "What was done before would meet the target without any promise.",
            "Keep the track record apart: only what is planned is a commitment.",
        )
    if BY_A_YEAR.search(target):
        missing = not metric["later_measures"]
        yield _target(
            metric,
            "dated-target",
            "The target changes from a year on.",
            "Add the later amount with its first day."
            if missing
            else "The target in force on the contract's first day is the one that counts.",
            ERROR if missing else WARNING,
        )


def _about_size(metric: Mapping, measure: Measure) -> Iterator[Finding]:
    target = metric["target_text"]
    singles = [leaf for leaf in leaves(measure) if leaf.target]
    if _has(singles, "ratio") and "part of" not in target:
        yield _target(
            metric,
            "rounding",
            "So many for every so many people: the source does not say what part of that counts.",
            "Publish how it is rounded. Counting in proportion is kindest to small firms.",
        )
    if _has(singles, "absolute"):
        yield _target(
            metric,
            "flat-target",
            "The same number of hours is asked of a firm of five and of five hundred.",
            "Scale it to the size of the firm or the value of the contract.",
        )
    if SOME_ONLY.search(target):
        missing = not metric["applies_to"]
        yield _target(
            metric,
            "conditional",
            "The target is meant only for some.",
            "Say whom the metric is about." if missing else "Tell the others that it is not asked.",
            ERROR if missing else WARNING,
        )


def _has(singles: list[Single], kind: str) -> bool:
    return any(leaf.target is not None and leaf.target.kind == kind for leaf in singles)


def _about_words(metric: Mapping) -> Iterator[Finding]:
    wording, target = metric["wording"], metric["target_text"]
    if CUT_OFF.search(wording):
        yield _words(
            metric,
            "text-cut-off",
            "The sentence ends in the middle.",
            "Find out how it goes on, and write it in a new version.",
            ERROR,
        )
    if LEGAL_MINIMUM.search(f"{wording} {target}"):
        yield _words(
            metric,
            "legal-minimum",
            "The law asks for this already, so keeping to it adds nothing.",
            "Ask for more than the law does, or take the metric out.",
        )
    if REDUCES.search(wording):
        yield _words(
            metric,
            "needs-baseline",
            "A reduction can be judged only against what there was before.",
            "Publish the baseline with the tender.",
        )
    if STANDARD.search(target):
        yield _target(
            metric,
            "standard-unclear",
            "A standard is named without the level that must be reached.",
            "Name the edition and the level.",
        )
    if MAY_BE_OVER.search(wording):
        yield _words(
            metric,
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
        yield _target(
            metric,
            "unit-mismatch",
            f"The metric is a share of {of[1]}; the target is a share of {all_of[1]}.",
            "Say which of the two is counted.",
        )
    mine = dict(re.findall(r"\b(\w+) (procurement|commitments?)\b", metric["wording"]))
    told = dict(re.findall(r"\b(\w+) (procurement|commitments?)\b", metric["target_text"]))
    nouns = {noun: word for word, noun in mine.items()}
    for word, noun in told.items():
        if noun in nouns and nouns[noun] != word:
            yield _target(
                metric,
                "wording-differs",
                f"The metric says “{nouns[noun]} {noun}”, the target “{word} {noun}”.",
                "Say whether the same is meant.",
            )


def _about_evidence(metric: Mapping) -> Iterator[Finding]:
    evidence = metric["evidence_text"]
    if not evidence.strip():
        yield _evidence(
            metric,
            "evidence-missing",
            "Nothing says how it would be shown.",
            "Say what evidence is asked for.",
            ERROR,
        )
    if PERSONAL.search(evidence):
        yield _evidence(
            metric,
            "personal-data",
            "A breakdown or a record like this can point to single people.",
            "Ask for counts and bands only.",
        )
    elif OF_GROUPS.search(metric["wording"]):
        yield _words(
            metric,
            "personal-data",
            "It asks about a group to which people do not always wish to be seen to belong.",
            "Ask for counts only, and publish none under five.",
        )
    if RUN_TOGETHER.search(evidence):
        yield _evidence(
            metric,
            "text-run-together",
            "Two entries seem to have run into one.",
            "Set them apart in a new version.",
        )


def _about_answers(metric: Mapping) -> Iterator[Finding]:
    if metric["answered_by"] != "policy" and AUTHORITYS_OWN.search(metric["wording"]):
        yield _words(
            metric,
            "measures-authority",
            "This measures what the authority does, and bidders are asked for it.",
            "Answer it yourselves, or say what a bidder would count.",
        )
    words = f"{metric['wording']} {metric['target_text']}"
    if metric["answered_by"] != "policy" and LOCAL.search(words):
        yield _words(
            metric,
            "local-preference",
            "It prefers people or firms of one place, which procurement law limits.",
            "Take legal advice before it is scored.",
        )


def _number(metric: Mapping) -> tuple[int]:
    return (metric["number"],)


def _target(
    metric: Mapping, code: str, words: str, remedy: str, severity: str = WARNING
) -> Finding:
    clause = printed(metric, TARGET, metric["target_text"])
    return Finding(code, severity, about(metric), words, remedy, (clause,), _number(metric))


def _words(metric: Mapping, code: str, words: str, remedy: str, severity: str = WARNING) -> Finding:
    clause = printed(metric, METRIC, metric["wording"])
    return Finding(code, severity, about(metric), words, remedy, (clause,), _number(metric))


def _evidence(
    metric: Mapping, code: str, words: str, remedy: str, severity: str = WARNING
) -> Finding:
    clause = printed(metric, EVIDENCE, metric["evidence_text"] or "(blank)")
    return Finding(code, severity, about(metric), words, remedy, (clause,), _number(metric))
