"""The national and world frameworks, and what the charters serve in them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from charter.models import Framework, Mapping
from charter.presenters.frameworks import crumbs, families, tree
from design.london import LONDON
from records.clock import database_time


@login_not_required
@require_safe
def frameworks(request):
    """Every framework by family, its editions against the years, and who is mapped to them."""
    today = database_time().astimezone(LONDON).date()
    visible = Framework.objects.visible_to(request.user).order_by("family", "code")
    mapped = Mapping.objects.visible_to(request.user).of_charters_in_force(today)
    context = {"families": families(visible, mapped, today)}
    return render(request, "charter/frameworks/list.html", context)


@login_not_required
@require_safe
def framework(request, code):
    """One edition as a tree, and which principles of charters in force serve each theme."""
    today = database_time().astimezone(LONDON).date()
    visible = Framework.objects.visible_to(request.user).prefetch_related("themes__elements")
    found = get_object_or_404(visible, pk=code)
    mapped = Mapping.objects.visible_to(request.user).of_charters_in_force(today)
    context = {
        "framework": found,
        "tree": tree(found, mapped.filter(theme__framework=found)),
        "editions": Framework.objects.visible_to(request.user).editions_of(found.family),
        "crumbs": crumbs(),
    }
    return render(request, "charter/frameworks/detail.html", context)
