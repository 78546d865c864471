"""The figures of an annual report, gathered once: the one place that joins the stages.

What comes out is plain JSON with numbers as text. It is frozen in `Report.figures`, and
page and PDF are both drawn from it alone. Stages never mix (committed, claimed, accepted)
and quantities are added only for one metric, one quantity and one unit.
"""

from datetime import date, datetime
from uuid import UUID

from accounts.models import Organisation
from charter.models import Charter
from delivery.models import Contract
from design.london import LONDON
from design.year import FinancialYear
from metrics.missing import is_left_open
from metrics.models import Metric
from reporting import doubts, own_results, promises
from reporting.beforehand import beforehand
from reporting.promises import Kept, text
from tenders.models import Condition, Criterion, Group, Tender
from tenders.policy import asked_words, effective_words, policy_answer
from tenders.states import Stage
from tenders.weights import resolve


def gather(*, authority: Organisation, year: int, now: datetime) -> dict:
    """Everything the report of an authority and a year says, as it stands at this moment."""
    period = FinancialYear(year)
    measured_to = min(period.last_day, now.astimezone(LONDON).date())
    contracts = contracts_in(authority, period)
    kept = promises.kept(contracts, measured_to, period)
    tenders = tenders_in(authority, period, contracts)
    procurements = [procurement(tender, period, now) for tender in tenders]
    asked = metrics_asked(tenders) | {one.metric for one in kept}
    in_force = charters_of(authority)
    catalogue = catalogue_of(in_force)
    charters = [charter_progress(charter, catalogue[charter.pk], asked) for charter in in_force]
    metrics = [metric for charter in in_force for metric in catalogue[charter.pk]]
    own = own_results.own_results(authority, metrics, period)
    return {
        "authority": authority.name,
        "year": year,
        "period": period.words,
        "from": period.first_day.isoformat(),
        "to": period.last_day.isoformat(),
        "as_at": now.isoformat(),
        "measured_to": measured_to.isoformat(),
        "headline": headline(kept, procurements, measured_to),
        "five": five_figures(procurements, kept, charters),
        "beforehand": beforehand(authority, period),
        "procurements": procurements,
        "contracts": [contract_line(contract, kept) for contract in contracts],
        "quadrants": promises.by_quadrant(kept),
        "delivery": promises.by_metric(kept),
        "behind": promises.behind(kept),
        "behind_in_all": sum(one.is_behind for one in kept),
        "own": own,
        "levers": own_results.by_lever(own, kept),
        "charters": charters,
        "doubts": doubts.listed(kept, contracts, charters, tenders, own),
    }


def contracts_in(authority: Organisation, period: FinancialYear) -> list[Contract]:
    """The contracts made by the end of the year that run into it or begin after it."""
    found = Contract.objects.filter(
        tender__authority=authority,
        made_at__lt=period.ends_at,
        ends_on__gte=period.first_day,
    )
    return list(
        found.exclude(tender__stage=Stage.CANCELLED)
        .select_related("tender", "supplier")
        .order_by("made_at")
    )


def tenders_in(
    authority: Organisation, period: FinancialYear, contracts: list[Contract]
) -> list[Tender]:
    """The procurements asking for social value that were under way in the year."""
    with_social_value = Criterion.objects.filter(group=Group.SOCIAL_VALUE).values("tender")
    published = Tender.objects.filter(
        authority=authority, published_at__lt=period.ends_at, pk__in=with_social_value
    ).exclude(stage=Stage.DRAFT)
    in_contract = {contract.tender_id for contract in contracts}
    found = published.select_related("charter", "lot_group").prefetch_related(
        "criteria__metric", "conditions__metric", "rule_choices", "opt_outs", "lot_group__lots"
    )
    return [
        tender
        for tender in found.order_by("published_at")
        if tender.pk in in_contract or _is_under_way(tender, period)
    ]


def _is_under_way(tender: Tender, period: FinancialYear) -> bool:
    """Whether it was published and had neither been awarded nor cancelled before the year."""
    ended = tender.awarded_at or tender.cancelled_at
    return ended is None or ended >= period.starts_at


def procurement(tender: Tender, period: FinancialYear, now: datetime) -> dict:
    """One procurement: what it is worth, how it weighs social value, and where it stands."""
    resolved = resolve(tender.weights)
    answer = policy_answer(tender, tender.published_at.astimezone(LONDON).date())
    return {
        "id": str(tender.pk),
        "reference": tender.reference,
        "title": tender.title,
        "value": text(tender.contract_value),
        "published_on": tender.published_at.astimezone(LONDON).date().isoformat(),
        "is_published_in_year": period.holds(tender.published_at),
        "is_awarded_in_year": period.holds(tender.awarded_at),
        "state": tender.state(now).label,
        "basis": tender.get_basis_display(),
        "weights": {group: text(weight) for group, weight in resolved.items()},
        "chosen_percent": text(answer.chosen_percent),
        "effective_percent": text(answer.effective_overall_percent),
        "effective_words": effective_words(answer),
        "floors": [asked_words(requirement) for requirement in answer.required],
        "meets_policy": not answer.broken,
        "metrics": sorted({one.metric.number for one in _asking_metrics(tender)}),
    }


def metrics_asked(tenders: list[Tender]) -> set:
    """The metrics that bidders were asked."""
    return {one.metric_id for tender in tenders for one in _asking_metrics(tender)}


def _asking_metrics(tender: Tender) -> list[Criterion | Condition]:
    """Whatever asks for a metric, scored or as a condition of the contract."""
    return [*[one for one in tender.criteria.all() if one.metric_id], *tender.conditions.all()]


def contract_line(contract: Contract, kept: list[Kept]) -> dict:
    """One contract in force, with how many of its promises are kept so far."""
    own = [one for one in kept if one.contract == contract.pk]
    return {
        "id": str(contract.pk),
        "title": contract.tender.title,
        "supplier": contract.supplier.name,
        "price": text(contract.price),
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat(),
        "is_started": contract.started_at is not None,
        "promises": len(own),
        "on_track": sum(one.is_on_track for one in own),
        "behind": sum(one.is_behind for one in own),
    }


def charters_of(authority: Organisation) -> list[Charter]:
    """The authority's charters in force, with all they hold."""
    in_force = Charter.objects.in_force().filter(authority=authority)
    return list(in_force.prefetch_related("quadrants__principles"))


def catalogue_of(charters: list[Charter]) -> dict[UUID, list[Metric]]:
    """The metrics of each charter, for any number of charters at once."""
    found: dict[UUID, list[Metric]] = {charter.pk: [] for charter in charters}
    for metric in Metric.objects.filter(charter__in=found).with_context():
        found[metric.charter_id].append(metric)
    return found


def charter_progress(charter: Charter, metrics: list[Metric], asked: set) -> dict:
    """How far a charter is in use: principles and metrics asked for, targets still not set."""
    in_use = {metric.principle_id for metric in metrics if metric.pk in asked}
    missing = [metric for metric in metrics if not metric.is_target_set]
    left_open = [metric for metric in missing if is_left_open(metric)]
    not_set = [metric for metric in missing if metric not in left_open]
    return {
        "id": str(charter.pk),
        "title": charter.title,
        "version": charter.version,
        "quadrants": [
            {
                "title": quadrant.title,
                "principles": [
                    {
                        "id": str(principle.pk),
                        "code": principle.code,
                        "title": principle.short_title,
                        "is_in_use": principle.pk in in_use,
                    }
                    for principle in quadrant.principles.all()
                ],
            }
            for quadrant in charter.quadrants.all()
        ],
        "metrics": len(metrics),
        "metrics_in_use": sum(metric.pk in asked for metric in metrics),
        "targets_not_set": [target_line(metric) for metric in not_set],
        "targets_left_open": [target_line(metric) for metric in left_open],
    }


def target_line(metric: Metric) -> dict:
    """A metric, and what is printed where its target should stand."""
    return {
        "id": str(metric.pk),
        "number": metric.number,
        "title": metric.short_title,
        "target": metric.target_text,
    }


def headline(kept: list[Kept], procurements: list[dict], measured_to: date) -> str:
    """The year in one sentence."""
    by = f"By {measured_to.day} {measured_to:%B %Y}"
    due = [one for one in kept if one.is_due]
    if due:
        late = sum(one.is_behind for one in due)
        done = sum(one.is_on_track for one in due)
        return (
            f"{by}, suppliers had delivered all that was due, accepted on evidence, on {done} "
            f"of {counted(len(due), 'promise')}; {late or 'none'} "
            f"{'is' if late == 1 else 'are'} behind."
        )
    if kept:
        return f"{by}, {counted(len(kept), 'promise')} had been made and nothing was due yet."
    if procurements:
        asked = counted(len(procurements), "procurement")
        return f"{by}, {asked} had asked for social value; no contract had been made yet."
    return f"{by}, no procurement had asked for social value and no contract was in force."


def five_figures(procurements: list[dict], kept: list[Kept], charters: list[dict]) -> list[dict]:
    """The five numbers of the summary; `counts` names the part of the report they count."""
    published = sum(one["is_published_in_year"] for one in procurements)
    allowed = sum(one["meets_policy"] for one in procurements)
    due = [one for one in kept if one.is_due]
    on_track = sum(one.is_on_track for one in due)
    new = sum(one.is_new for one in kept)
    total = sum(charter["metrics"] for charter in charters)
    not_set = sum(len(charter["targets_not_set"]) for charter in charters)
    left_open = sum(len(charter["targets_left_open"]) for charter in charters)
    besides = f"; {left_open} more left open for evaluators to judge" if left_open else ""
    return [
        _figure(len(procurements), None, "procurements with social value under way",
                f"{published} published in the year", "procurements"),
        _figure(allowed, len(procurements), "of them give social value the weight policy asks",
                "weight of the whole score, not of a part", "weights"),
        _figure(len(kept), None, "promises in contracts made so far",
                f"{new} secured in the year", "commitments"),
        _figure(on_track, len(due), "promises on which all that was due is accepted",
                "claims not yet accepted do not count", "delivery"),
        _figure(not_set, total, "metrics of the charter whose target is not set",
                f"nothing can be scored against these{besides}", "charter"),
    ]  # fmt: skip


def _figure(value: int, of: int | None, label: str, note: str, counts: str) -> dict:
    return {"value": value, "of": of, "label": label, "note": note, "counts": counts}


def counted(count: int, thing: str) -> str:
    """1 promise, 2 promises."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
