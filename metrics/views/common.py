"""What the pages of a metric share."""

from accounts.access import allows, check_role
from accounts.models import User
from accounts.roles import Permission
from charter.models import Charter
from metrics.bases import known_bases
from metrics.content import digest_of_metrics
from metrics.models import Metric
from metrics.parts import Apart, take_apart


def may(user: User, permission: Permission, charter: Charter) -> bool:
    """Whether a page offers what this permission is for."""
    return allows(check_role, user, permission, within=charter.authority)


def siblings(user: User, metric: Metric) -> list[Metric]:
    """Every metric of the same charter, itself included."""
    return list(Metric.objects.visible_to(user).filter(charter=metric.charter_id))


def seen_now(user: User, metric: Metric) -> str:
    """What a metric says at this moment, in short: the form gives it back when it is saved."""
    return digest_of_metrics(Metric.objects.visible_to(user).with_content().filter(pk=metric.pk))


def saved_parts(metric: Metric) -> Apart | None:
    """The target taken apart, or None where it cannot be."""
    return take_apart(metric.measure, metric.later_measures, metric.quantities)


def known_to(metric: Metric, saved: Apart | None, metrics: list[Metric]) -> dict:
    """What the form of a target has to know besides what is asked."""
    others = [one for one in metrics if one.pk != metric.pk]
    return {
        "metric": metric,
        "saved": saved,
        "known": known_bases(others, first=metric),
        "taken": frozenset(one["id"] for other in others for one in other.quantities),
    }
