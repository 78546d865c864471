"""The charter as anyone may read it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from charter import presenters
from charter.forms.filters import MappingFilter
from charter.models import Charter, Framework, Principle


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
    }
    return render(request, "charter/detail.html", context)


@login_not_required
@require_safe
def mapping(request, pk):
    """What each principle serves, as a grid that can be narrowed from either side."""
    charter = get_object_or_404(
        Charter.objects.visible_to(request.user).select_related("authority"), pk=pk
    )
    visible = Principle.objects.visible_to(request.user)
    principles = list(visible.filter(quadrant__charter=charter).with_mappings())
    form = MappingFilter(request.GET or None, principles=principles)
    shown = presenters.shown(principles, form.chosen())
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "form": form,
        "grids": presenters.grids(Framework.objects.visible_to(request.user).of(charter), shown),
        "count": len(shown),
        "total": len(principles),
        "is_whole": len(shown) == len(principles),
    }
    return render(request, "charter/mapping.html", context)


@login_not_required
@require_safe
def principle(request, pk):
    """One principle: its sentence, what it serves, and where it comes from."""
    visible = Principle.objects.visible_to(request.user)
    found = get_object_or_404(visible.with_mappings(), pk=pk)
    charter = found.quadrant.charter
    frameworks = Framework.objects.visible_to(request.user).of(charter)
    context = {
        "principle": found,
        "charter": charter,
        "authority_name": charter.authority.name,
        "served": presenters.served(found, frameworks),
        "siblings": visible.filter(quadrant=found.quadrant).exclude(pk=found.pk),
        "crumbs": presenters.crumbs_to(charter),
    }
    return render(request, "charter/principle.html", context)
