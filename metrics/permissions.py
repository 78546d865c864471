"""Who may change a metric, and who may read which targets are missing."""

from uuid import UUID

from django.http import Http404

from accounts.access import Conflict, check_role, refuse_outsider, roles_in
from accounts.models import User
from accounts.roles import Permission
from charter.models import Charter
from charter.permissions import refuse_unless_draft
from charter.states import CharterStatus
from metrics.models import Metric


def metric_for(permission: Permission, user: User, pk: UUID) -> Metric:
    """The metric this person asks for, once a role in its authority allows it; else a refusal."""
    metric = Metric.objects.with_context().filter(pk=pk).first()
    if metric is None:
        raise Http404
    check_role(user, permission, within=metric.charter.authority)
    return metric


def draft_metric_for(permission: Permission, user: User, pk: UUID) -> Metric:
    """The same, and its charter must still be a draft."""
    metric = metric_for(permission, user, pk)
    refuse_unless_draft(metric.charter)
    return metric


def charter_of_colleagues(user: User, pk: UUID) -> Charter:
    """The charter, for anybody with a role in its authority."""
    charter = Charter.objects.select_related("authority").filter(pk=pk).first()
    if charter is None:
        raise Http404
    if not roles_in(user, charter.authority):
        is_public = charter.status != CharterStatus.DRAFT
        refuse_outsider(user, charter.authority, is_public=is_public)
    return charter


def refuse_to_name_owner(metric: Metric) -> None:
    """Only a target still missing in a current version needs somebody to see to it."""
    if metric.charter.status == CharterStatus.SUPERSEDED:
        raise Conflict("A later version has taken the place of this one. Open that one.")
    if metric.is_target_set:
        raise Conflict("This target is set, so nobody needs to see to it.")


def refuse_to_resolve(metric: Metric) -> None:
    """Only a target that is missing or left open can be resolved."""
    if metric.is_target_set:
        raise Conflict("This target is set already. Change the target of the metric instead.")
