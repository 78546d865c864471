"""Who can take part: seen by the team, and an officer's statement on it for the file."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import allows
from design.entered import entered
from evaluations.actions.consequences import set_population, write_participation
from evaluations.forms.participation import AskedForm, FirmsForm, NoteForm
from evaluations.population import population_of
from evaluations.presenters.consequences import framed
from evaluations.presenters.participation_page import found_on, participation_page
from tenders.permissions import check_can_edit, check_can_view_internal
from tenders.views.common import draft_under, tender_under


@require_http_methods(["GET", "HEAD", "POST"])
def participation(request, pk):
    """Firms of each size against what is asked; an officer writes what follows from it."""
    is_sent = request.method == "POST"
    tender, now = tender_under(check_can_edit if is_sent else check_can_view_internal, request, pk)
    asked = AskedForm(request.GET)
    page = participation_page(tender, asked.cleaned_data if asked.is_valid() else {})
    form = NoteForm(entered(request))
    who = {"by": request.user, "at": now}
    if form.is_valid() and form.carries_out(
        write_participation, tender=tender, found=found_on(page), **who
    ):
        messages.success(request, "The statement is on file.")
        return redirect("evaluations:participation", pk)
    context = {
        **framed(tender, now, "evaluations:participation"),
        **page,
        "asked": asked,
        "form": form,
        "can_edit": allows(check_can_edit, request.user, tender, now),
        "notes": tender.participation_notes.select_related("written_by").order_by("-written_at"),
    }
    return render(request, "evaluations/consequences/participation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def firms(request, pk):
    """The firms the authority asks itself about, to be put in or changed."""
    tender, now = draft_under(request, pk)
    population = population_of(tender.authority)
    form = FirmsForm(entered(request), initial=FirmsForm.of(population))
    if form.is_valid() and form.carries_out(set_population, tender=tender, by=request.user, at=now):
        messages.success(request, "The firms are saved for every tender of your authority.")
        return redirect("evaluations:participation", pk)
    context = framed(tender, now, "evaluations:participation")
    context |= {"form": form, "population": population}
    return render(request, "evaluations/consequences/firms.html", context)
