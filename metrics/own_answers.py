"""What the authority itself answers in a year: which metrics, and what stands recorded."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch

from accounts.models import Organisation
from charter.models import Charter
from charter.states import CharterStatus
from design.numbers import said
from design.year import FinancialYear
from metrics.attainment import Refused, attainment, is_undetermined, read_measure, read_number
from metrics.missing import is_left_open
from metrics.models import Lever, Metric, OwnResult, ResultEvidence

MEASURED, NOT_SET, LEFT_OPEN, NOT_POSSIBLE = "measured", "not_set", "left_open", "not_possible"
# How the reasons that a result gives stand below its account.
NO_FILE, CORRECTED = "No file of evidence: ", "Corrected because: "
BREAK = "\n\n"


@dataclass(frozen=True)
class Answer:
    """One metric, the results that stand and, before each, those it corrects."""

    metric: Metric
    results: tuple[OwnResult, ...]
    earlier: Mapping[OwnResult, tuple[OwnResult, ...]]


@dataclass(frozen=True)
class Reached:
    """How far a target was reached: in words always, as an exact share where there is one."""

    state: str
    words: str
    share: Fraction | None = None

    @property
    def percent(self) -> Decimal | None:
        """The share as a percentage, rounded down, so that 100 means reached in full."""
        return None if self.share is None else _rounded_down(self.share)


@dataclass(frozen=True)
class Account:
    """What was done in words, and the reasons that stand below."""

    text: str
    no_file: str = ""
    corrected: str = ""

    def joined(self) -> str:
        """As it is kept: one text."""
        parts = [_told(self.text)]
        if self.no_file:
            parts.append(NO_FILE + _told(self.no_file))
        if self.corrected:
            parts.append(CORRECTED + self.corrected)
        return BREAK.join(parts)


def _told(words: str) -> str:
    """Words that cannot be taken for a reason that stands below them."""
    return re.sub(f"\n{{2,}}(?={NO_FILE}|{CORRECTED})", "\n", words)


@dataclass(frozen=True)
class Done:
    """What a person enters: numbers by id, the lever, an account and files that show it."""

    lever: str
    quantities: Mapping[str, Decimal]
    bases: Mapping[str, Decimal]
    account: str
    no_file: str = ""
    uploads: Sequence[UploadedFile] = ()
    # Files of an earlier result that still show what was done.
    kept_files: Sequence[UUID] = ()


def taken_apart(kept: str) -> Account:
    """The account of a result, and the reasons given with it."""
    text, _, corrected = kept.partition(BREAK + CORRECTED)
    text, _, no_file = text.partition(BREAK + NO_FILE)
    return Account(text, no_file, corrected)


def answers_of(authority: Organisation, period: FinancialYear) -> list[Answer]:
    """Every metric the authority answers now, and those of earlier versions it has answered."""
    in_force = Charter.objects.in_force().filter(authority=authority)
    metrics = list(Metric.objects.filter(charter__in=in_force).for_authority().with_context())
    return answers_among(metrics, results_of(authority, period))


def results_of(authority: Organisation, period: FinancialYear) -> list[OwnResult]:
    """Everything recorded for a year, with what was corrected since, oldest first."""
    files = Prefetch("evidence", ResultEvidence.objects.select_related("file").order_by("pk"))
    found = OwnResult.objects.filter(authority=authority, year=period.begins)
    return list(
        found.select_related("metric__principle__quadrant", "recorded_by")
        .prefetch_related(files, "metric__flags")
        .order_by("recorded_at")
    )


def answers_among(metrics: Iterable[Metric], results: Iterable[OwnResult]) -> list[Answer]:
    """The metrics with their results; a result stays with its metric through every version."""
    recorded = defaultdict(list)
    for one in results:
        recorded[one.metric.lineage].append(one)
    named = {metric.lineage: metric for metric in metrics}
    for lineage, found in recorded.items():
        named.setdefault(lineage, found[-1].metric)
    in_order = sorted(named.values(), key=lambda one: (one.number, str(one.pk)))
    return [_answer(metric, recorded[metric.lineage]) for metric in in_order]


def _answer(metric: Metric, found: list[OwnResult]) -> Answer:
    by_id = {one.pk: one for one in found}
    corrected = {one.corrects_id for one in found}
    standing = [one for one in found if one.pk not in corrected]
    standing.sort(key=lambda one: Lever.values.index(one.lever))
    return Answer(metric, tuple(standing), {one: _before(one, by_id) for one in standing})


def _before(result: OwnResult, by_id: Mapping) -> tuple[OwnResult, ...]:
    """What it corrects, newest first."""
    chain = []
    while result.corrects_id in by_id:
        result = by_id[result.corrects_id]
        chain.append(result)
    return tuple(chain)


def counted_as(metric: Metric) -> list[dict]:
    """The quantities in the words for what has been done, where the metric has such words."""
    if not metric.track_record or len(metric.quantities) > 1:
        return metric.quantities
    return [{**one, "label": metric.track_record["label"]} for one in metric.quantities]


def may_be_recorded(metric: Metric) -> bool:
    """Whether a first result can be entered: the version of its charter is in force."""
    return metric.charter.status == CharterStatus.PUBLISHED


def reached(result: OwnResult) -> Reached:
    """What a result comes to against the target in force when its year began."""
    metric = result.metric
    measure = read_measure(metric.measure_on(FinancialYear(result.year).first_day))
    if is_undetermined(measure):
        if is_left_open(metric):
            return Reached(LEFT_OPEN, "Target left open: the account is what counts")
        return Reached(NOT_SET, f"Target not set: the source prints “{metric.target_text}”")
    bases = {name: read_number(number) for name, number in result.bases.items()}
    quantities = {name: read_number(number) for name, number in result.quantities.items()}
    try:
        share = attainment(measure, quantities, bases)
    except Refused:
        return Reached(NOT_POSSIBLE, _cannot_be_worked_out(metric, bases))
    return Reached(MEASURED, _share_in_words(share), share)


def _cannot_be_worked_out(metric: Metric, bases: Mapping[str, Fraction]) -> str:
    empty = [one["label"] for one in metric.bases if not bases.get(one["id"])]
    return f"Cannot be worked out: nothing is recorded for “{'” and “'.join(empty)}”"


def _share_in_words(share: Fraction) -> str:
    percent = _rounded_down(share)
    if share == 1:
        return "Target reached"
    if share and not percent:
        return "Less than 0.1% of the target"
    return f"{said(percent)}% of the target"


def _rounded_down(share: Fraction) -> Decimal:
    """A share in percent with one place, never more than it is."""
    return Decimal(share * 1000 // 1) / 10
