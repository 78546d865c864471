"""The catalogue of metrics as anyone may read it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import roles_in
from accounts.roles import Permission
from charter.invitations import address_of
from charter.models import Charter
from charter.states import CharterStatus
from charter.views.links import by_invitation
from metrics.forms.filters import CatalogueFilter
from metrics.missing import needs_resolution
from metrics.models import Metric, TargetResolution
from metrics.presenters.desk import desk_of
from metrics.presenters.targets import crumbs_to, facts_of, later_targets, target_in_words
from metrics.views.common import may


@login_not_required
@require_safe
def metric_list(request):
    """Every metric of one charter, by principle, with a filter."""
    charters = Charter.objects.visible_to(request.user).with_principles()
    charter = chosen_charter(charters, request.GET.get("charter", ""))
    if charter is None:
        return render(request, "metrics/none.html")
    form = CatalogueFilter(request.GET or {"charter": charter.pk}, charter=charter)
    catalogue = Metric.objects.visible_to(request.user).filter(charter=charter)
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "others": charters.in_force().exclude(pk=charter.pk),
        "form": form,
        "metrics": form.narrow(catalogue).with_context(),
        "total": catalogue.count(),
        **_for_colleagues(request.user, charter),
    }
    return render(request, "metrics/list.html", context)


def _for_colleagues(user, charter) -> dict:
    """What a page of metrics offers to people of the authority."""
    is_draft = charter.status == CharterStatus.DRAFT
    return {
        "is_colleague": is_draft or bool(roles_in(user, charter.authority)),
        "desk_url": desk_of(charter.authority),
        "may_edit": is_draft and may(user, Permission.CATALOGUE_EDIT, charter),
        "may_import": is_draft and may(user, Permission.CATALOGUE_IMPORT, charter),
    }


def chosen_charter(charters, asked: str) -> Charter | None:
    """The charter asked for by id, else the first in force."""
    if not asked:
        return charters.in_force().first()
    try:
        return get_object_or_404(charters, pk=asked)
    except ValidationError:
        raise Http404 from None


@login_not_required
@require_safe
def detail(request, pk):
    """One metric as printed, in plain words, and with what to know before using it."""
    visible = Metric.objects.visible_to(request.user)
    metric = get_object_or_404(visible.with_context().prefetch_related("overlaps"), pk=pk)
    kept = TargetResolution.objects.visible_to(request.user).as_of(metric.charter)
    context = {
        "metric": metric,
        "charter": metric.charter,
        "authority_name": metric.charter.authority.name,
        "asks": target_in_words(metric.measure, metric),
        "later": later_targets(metric),
        "facts": facts_of(metric),
        "resolutions": kept.filter(metric__lineage=metric.lineage),
        "crumbs": crumbs_to(metric),
        **_for_editors(request.user, metric),
    }
    return render(request, "metrics/detail.html", context)


def _for_editors(user, metric) -> dict:
    """The ways to change a metric, for those who may while its charter is a draft."""
    if metric.charter.status != CharterStatus.DRAFT:
        return {"may_edit": False}
    return {
        "may_edit": may(user, Permission.CATALOGUE_EDIT, metric.charter),
        "may_resolve": may(user, Permission.TARGET_RESOLVE, metric.charter),
        "must_resolve": needs_resolution(metric),
    }


@require_safe
@by_invitation
def invited(request, invitation, now):
    """The metrics of a draft, for a group that was asked what it thinks of it."""
    charter = invitation.charter
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "back": address_of(invitation),
        "metrics": [
            (one, target_in_words(one.measure, one)) for one in charter.metrics.with_context()
        ],
    }
    return render(request, "metrics/invited.html", context)
