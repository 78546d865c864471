"""The first page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from accounts.navigation import first_page


@login_not_required
def home(request):
    """What Tenth is, for a visitor; one's own first page for a person signed in."""
    page = first_page(request.user)
    if page:
        return redirect(page)
    return render(request, "accounts/home.html")
