"""One page that shows every component in every state, for people and for the checks."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from design import samples


@login_not_required
def components(request):
    """Every component, its forms empty, filled and refused."""
    return render(request, "design/components.html", samples.everything())
