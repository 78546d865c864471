"""What a tender asks of a bidder's time, gathered for the estimate and put into words."""

from fractions import Fraction

from metrics.attainment import bases_used, measure_ids, read_measure
from metrics.bases import FIXED_IDS, PRICE
from tenders.burden import Asked, Burden, burden_of
from tenders.models import Condition, Criterion, Tender


def burden_of_tender(tender: Tender) -> Burden:
    """How long a small bidder may take to answer this tender as it stands."""
    asked = [_of_criterion(one) for one in tender.criteria.all()]
    asked += [_of_condition(one) for one in tender.conditions.all()]
    if tender.price_weight:
        asked.append(Asked("price", "Price", 0, is_price=True))
    scale = " ".join(f"{step.label} {step.descriptor}" for step in tender.scale.all())
    before = f"{tender.title} {tender.summary} {scale}"
    return burden_of(asked, words_before=_words(before))


def _of_criterion(criterion: Criterion) -> Asked:
    words = f"{criterion.title} {criterion.question} "
    words += " ".join(f"{part['title']} {part['asks']}" for part in criterion.sub_criteria)
    metric = criterion.metric
    if metric is None:
        return Asked(criterion.code, criterion.title, _words(words), criterion.max_words)
    measure = read_measure(criterion.measure_asked)
    return Asked(
        code=criterion.code,
        title=criterion.title,
        words_to_read=_words(f"{words} {metric.target_text} {metric.evidence_text}"),
        words_to_write=criterion.max_words,
        quantities=len(measure_ids(measure)),
        bases=frozenset(bases_used(measure) - FIXED_IDS - {PRICE}),
        has_evidence=bool(metric.evidence_text),
    )


def _of_condition(condition: Condition) -> Asked:
    metric = condition.metric
    words = f"{metric.wording} {metric.target_text} {condition.reason}"
    return Asked(metric.code, f"{metric.short_title} (a condition)", _words(words))


def _words(text: str) -> int:
    return len(text.split())


def duration_words(minutes: Fraction | int) -> str:
    """45 minutes; 3 hours 20 minutes: to the nearest minute."""
    whole = int(minutes + Fraction(1, 2))
    hours, rest = divmod(whole, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts if count]
    return " ".join(said) or "less than a minute"
