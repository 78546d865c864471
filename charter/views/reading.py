"""The charter as anyone may read it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from charter.forms.filters import MappingFilter
from charter.models import Charter, Framework, Mapping, Principle
from charter.presenters import passages
from charter.presenters.mapping import grids, shown
from charter.views.common import partners_of
from design.london import LONDON
from records.clock import database_time


@login_not_required
@require_safe
def charter_list(request):
    """Every charter in force, and one's own authority's drafts."""
    charters = Charter.objects.visible_to(request.user).current().select_related("authority")
    return render(request, "charter/list.html", {"charters": charters})


@login_not_required
@require_safe
def detail(request, pk):
    """The four quadrants and their principles, and what the charter's papers ask."""
    visible = Charter.objects.visible_to(request.user)
    charter = get_object_or_404(visible.with_principles(), pk=pk)
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "other_versions": visible.other_versions_of(charter),
        "glance": passages.at_a_glance(charter),
        "weightings": passages.weightings(charter),
        "sections": passages.sections(charter),
        **partners_of(charter, request.user),
    }
    return render(request, "charter/detail.html", context)


@login_not_required
@require_safe
def mapping(request, pk):
    """What each principle serves, as a grid that can be narrowed from either side."""
    charter = get_object_or_404(
        Charter.objects.visible_to(request.user).select_related("authority"), pk=pk
    )
    today = database_time().astimezone(LONDON).date()
    visible = Principle.objects.visible_to(request.user).filter(quadrant__charter=charter)
    principles = list(visible.with_mappings(on=today))
    form = MappingFilter(request.GET or None, principles=principles)
    chosen = shown(principles, form.chosen())
    frameworks = list(Framework.objects.visible_to(request.user).of(charter))
    mappings = Mapping.objects.visible_to(request.user).filter(principle__in=principles)
    found = grids(
        frameworks,
        chosen,
        editions=Framework.objects.visible_to(request.user).alike(frameworks),
        dated=mappings.dated(),
        today=today,
    )
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "form": form,
        "grids": found,
        "count": len(chosen),
        "total": len(principles),
        "is_whole": len(chosen) == len(principles),
    }
    return render(request, "charter/mapping.html", context)
