"""One principle followed through: its metrics, who asked for them, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from charter.models import Principle
from delivery.models import Contract
from design.drawing import Chart
from design.london import LONDON
from design.templatetags.format import london_date
from design.year import year_of
from metrics.models import Metric
from metrics.presenters.targets import InWords, target_in_words
from reporting import document, promises
from reporting.document import Listing
from tenders.models import Criterion, Tender
from tenders.states import Stage


@dataclass(frozen=True)
class Measured:
    """A metric of the principle, and its target in words."""

    metric: Metric
    target: InWords


@dataclass(frozen=True)
class Asked:
    """A published tender, and the questions by which it asked for metrics of the principle."""

    tender: Tender
    criteria: list[Criterion]
    version: int

    @property
    def numbers(self) -> list[int]:
        """The numbers of those metrics."""
        return [one.metric.number for one in self.criteria]


@dataclass(frozen=True)
class Results:
    """What was committed, due, claimed and accepted, as pictures and as a table."""

    charts: list[Chart]
    delivery: Listing


def measured_by(principle: Principle, user: User) -> list[Measured]:
    """The metrics of this version of the principle."""
    metrics = Metric.objects.visible_to(user).filter(principle=principle)
    return [Measured(one, target_in_words(one.measure, one)) for one in metrics]


def asked_in(principle: Principle, user: User) -> Listing:
    """The published tenders that asked for metrics of the principle, newest first."""
    tenders = Tender.objects.visible_to(user).published()
    criteria = (
        Criterion.objects.filter(tender__in=tenders, metric__in=_metrics_of_all_versions(principle))
        .select_related("tender", "metric__charter")
        .order_by("-tender__published_at", "tender", "metric__number")
    )
    found: dict[Tender, list[Criterion]] = defaultdict(list)
    for criterion in criteria:
        found[criterion.tender].append(criterion)
    return document.listing(
        [Asked(tender, asked, asked[0].metric.charter.version) for tender, asked in found.items()]
    )


def results_of(principle: Principle, now: datetime) -> Results:
    """What suppliers of the authority have promised and delivered under the principle."""
    today = now.astimezone(LONDON).date()
    metrics = set(_metrics_of_all_versions(principle).values_list("pk", flat=True))
    contracts = (
        Contract.objects.filter(pk__in=Contract.objects.filter(promises__metric__in=metrics))
        .exclude(tender__stage=Stage.CANCELLED)
        .select_related("tender", "supplier")
        .order_by("made_at")
    )
    kept = promises.kept(list(contracts), today, year_of(today))
    figures = promises.by_metric([one for one in kept if one.metric in metrics])
    return Results(
        charts=document.delivered_charts(figures, london_date(today)),
        delivery=document.listing([document.delivery_row(one) for one in figures]),
    )


def _metrics_of_all_versions(principle: Principle):
    """The metrics of the principle of this code, in whichever version of the charter."""
    charter = principle.quadrant.charter
    return Metric.objects.filter(
        principle__code=principle.code,
        charter__code=charter.code,
        charter__authority=charter.authority_id,
    )
