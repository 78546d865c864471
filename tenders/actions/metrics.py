"""Which metrics of the charter a tender may ask, scored or as a condition, and how many."""

from datetime import datetime

from metrics.models import AnsweredBy, FlagKind, Metric
from tenders.models import Group, Tender
from tenders.policy import policy_day, policy_of
from tenders.refusals import Unfit


def check_can_be_asked(draft: Tender, metric: Metric) -> None:
    """Refuse what bidders cannot be asked, and what the tender asks already."""
    if metric.charter_id != draft.charter_id:
        raise Unfit("metric", "Choose a metric of the charter this tender was made from.")
    if metric.answered_by == AnsweredBy.POLICY:
        raise Unfit(
            "metric",
            f"“{metric.short_title}” is answered by the authority's own policy, so bidders "
            "cannot be asked for it. Choose another metric.",
        )
    if metric.flags.filter(kind=FlagKind.HELD_BACK).exists():
        raise Unfit(
            "metric",
            f"“{metric.short_title}” is held back until an administrator has mended it in a new "
            "version of the charter. Choose another metric.",
        )
    if draft.criteria.filter(metric=metric).exists():
        raise Unfit("metric", f"“{metric.short_title}” is already asked in this tender.")
    if draft.conditions.filter(metric=metric).exists():
        raise Unfit(
            "metric",
            f"“{metric.short_title}” is a condition of this contract. Remove the condition first "
            "if you would rather score it.",
        )


def refuse_beyond_cap(draft: Tender, at: datetime) -> None:
    """Refuse one metric more than the policy lets a contract like this ask for."""
    cap = policy_of(draft, policy_day(draft, at)).most_metrics
    scored = draft.criteria.filter(group=Group.SOCIAL_VALUE).count()
    asked = scored + draft.conditions.count()
    if cap and asked >= int(cap.facts["most"]):
        raise Unfit(
            "metric",
            f"Your policy allows at most {cap.facts['most']} metrics in this tender "
            f"({cap.clause['document']}, {cap.clause['paragraph']}), and {asked} are asked. "
            "Remove one first.",
        )
