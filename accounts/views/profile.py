"""A company's profile: what it says once for all its bids, page by page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.access import company_of
from accounts.forms import PART_FORMS, FiguresForm
from accounts.forms.profile import WORK_IT_OUT
from accounts.models import ProfilePart
from accounts.parts import PARTS, SIZE
from accounts.profiles import next_part, rows
from design.entered import entered
from records.clock import database_time


@require_safe
def profile(request):
    """All that the company says of itself, each part with its day and a way to change it."""
    company, now = company_of(request.user), database_time()
    parts = rows(company, now)
    context = {
        "company": company,
        "rows": parts,
        "due": [row for row in parts if row["is_due"]],
        "unsaid": [row for row in parts if not row["held"]],
        "begun": any(row["held"] for row in parts),
    }
    return render(request, "accounts/profile/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request, part):
    """Say one part of the profile."""
    company = company_of(request.user)
    if part not in PARTS:
        raise Http404
    form = PART_FORMS[part](entered(request), said=_said(request, company, part))
    if form.is_valid():
        if form.cleaned_data.get("sme") == WORK_IT_OUT:
            return redirect("accounts:company_figures")
        return _save(request, company, part, form)
    return _page(request, company, PARTS[part], form)


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request):
    """Work out whether the company is small or medium-sized."""
    company = company_of(request.user)
    said = _said(request, company, SIZE.code)
    form = FiguresForm(entered(request), said=said)
    if form.is_valid():
        return _save(request, company, SIZE.code, form)
    return _page(request, company, SIZE, form, works_it_out=True)


@require_POST
def confirm(request):
    """Say that what was shown as old is still right."""
    confirmed = actions.confirm_parts(
        company=company_of(request.user),
        parts=[part for part in request.POST.getlist("part") if part in PARTS],
        by=request.user,
        at=database_time(),
    )
    if confirmed:
        messages.success(request, "Confirmed: this is still right.")
    return redirect("accounts:company")


def _said(request, company, part) -> dict | None:
    held = ProfilePart.objects.visible_to(request.user).filter(company=company, part=part).first()
    return held.said if held else None


def _save(request, company, part, form):
    """Keep it, and go on with the next part unless the person wants to stop here."""
    actions.say_part(
        company=company, part=part, said=form.said(), by=request.user, at=database_time()
    )
    following = next_part(company, part)
    if following and "stop" not in request.POST:
        return redirect("accounts:company_part", following)
    messages.success(request, f"Saved: {PARTS[part].title}.")
    return redirect("accounts:company")


def _page(request, company, part, form, *, works_it_out=False):
    following = next_part(company, part.code)
    context = {
        "company": company,
        "part": part,
        "form": form,
        "works_it_out": works_it_out,
        "goes_on": following not in (None, part.code),
        "place": list(PARTS).index(part.code) + 1,
        "parts": len(PARTS),
    }
    return render(request, "accounts/profile/part.html", context)
