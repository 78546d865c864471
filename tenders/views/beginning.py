"""The pages on which a tender begins, one question at a time, and what it is for."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import authorities_where
from accounts.roles import GRANTED, Permission, Role
from charter.models import Charter
from design.entered import entered
from records.clock import database_time
from tenders import actions
from tenders.actions.plan import begin_planned
from tenders.designs import kept_design, left_out
from tenders.forms.basics import BasicsForm, EarlierForm, EditBasicsForm, OpportunityForm
from tenders.models import DesignTemplate, Opportunity, Tender
from tenders.permissions import check_can_create
from tenders.presenters.beginning import create_address, earlier, offers
from tenders.presenters.frame import frame
from tenders.presenters.plan import basics_of
from tenders.views.common import draft_under
from tenders.views.plan import planned_to_begin
from tenders.words import WORDS

# How many earlier tenders stand on the page; the others are found by their words.
MOST_EARLIER = 10


def authorities_to_begin_in(user):
    """The authorities in which this person may begin a procurement."""
    return authorities_where(user, *GRANTED[Permission.TENDER_CREATE])


def charters_to_begin_from(user, authorities):
    """The charters in force from which this person may begin a tender."""
    charters = Charter.objects.visible_to(user).in_force()
    return list(charters.filter(authority__in=authorities).select_related("authority"))


def choose_charter(request):
    """Which charter to begin from; straight on where there is only one."""
    charters = charters_to_begin_from(request.user, authorities_to_begin_in(request.user))
    if len(charters) == 1:
        return redirect("tenders:choose_opportunity", charters[0].pk)
    return render(request, "tenders/choose_charter.html", {"charters": charters})


def _charter(request, pk):
    """The charter from which this person begins a tender."""
    charters = Charter.objects.visible_to(request.user).select_related("authority")
    charter = get_object_or_404(charters, pk=pk)
    check_can_create(request.user, charter.authority)
    return charter


def choose_opportunity(request, pk):
    """Whether something is bought, a business case judged, or a round of funding shared out."""
    charter, form = _charter(request, pk), OpportunityForm(entered(request))
    if form.is_valid():
        return redirect("tenders:choose_beginning", pk, form.cleaned_data["opportunity"])
    context = {"charter": charter, "authority": charter.authority, "form": form}
    return render(request, "tenders/choose_opportunity.html", context)


def choose_beginning(request, pk, opportunity):
    """From blank, from a template of the authority, or from one of its earlier tenders."""
    charter = _charter(request, pk)
    words = _words_of(opportunity)
    planned = planned_to_begin(request, charter.authority)
    chosen = {"opportunity": opportunity, "planned": planned.pk if planned else None}
    same = {"authority": charter.authority, "opportunity": opportunity}
    form = EarlierForm(request.GET)
    found = _earlier(request).filter(**same)
    if form.is_valid() and (typed := form.cleaned_data["words"]):
        found = found.filter(Q(title__icontains=typed) | Q(reference__icontains=typed))
    templates = DesignTemplate.objects.visible_to(request.user).standing().filter(**same)
    context = {
        "charter": charter,
        "authority": charter.authority,
        "words": words,
        "planned": planned,
        "blank_url": create_address(charter, **chosen),
        "offers": offers(templates, charter, **chosen),
        "earlier": earlier(found[:MOST_EARLIER], charter, database_time(), **chosen),
        "most": MOST_EARLIER,
        "filters": form,
    }
    return render(request, "tenders/choose_beginning.html", context)


def _words_of(opportunity):
    if opportunity not in WORDS:
        raise Http404
    return WORDS[opportunity]


def _earlier(request):
    """The authority's tenders of which this person may know what they ask."""
    tenders = Tender.objects.visible_to(request.user)
    mine = tenders.of_team_member(request.user, Role.OFFICER, Role.APPROVER)
    return tenders.filter(Q(published_at__isnull=False) | Q(pk__in=mine.values("pk")))


def _begun_from(request, charter):
    """The template or earlier tender that the address names, if it is there for this person."""
    named = [(name, request.GET[name]) for name in ("template", "tender") if request.GET.get(name)]
    if not named:
        return None
    (name, asked), *_ = named
    try:
        pk = UUID(asked)
    except ValueError:
        raise Http404 from None
    templates = DesignTemplate.objects.visible_to(request.user).standing()
    among = templates if name == "template" else _earlier(request)
    return get_object_or_404(among, pk=pk, authority=charter.authority)


def create(request, pk):
    """Begin a draft from a charter."""
    charter = _charter(request, pk)
    opportunity = request.GET.get("opportunity") or Opportunity.PROCUREMENT
    words, begun_from = _words_of(opportunity), _begun_from(request, charter)
    planned = planned_to_begin(request, charter.authority)
    action = partial(begin_planned, planned=planned) if planned else actions.create_tender
    form = BasicsForm(
        entered(request),
        opportunity=opportunity,
        initial=basics_of(planned) if planned else None,
    )
    chosen = {
        "charter": charter,
        "authority": charter.authority,
        "opportunity": opportunity,
        "begun_from": begun_from,
    }
    if form.is_valid() and form.carries_out(action, by=request.user, at=database_time(), **chosen):
        messages.success(request, "Draft saved. Complete each part, then publish.")
        return redirect("tenders:internal", form.result.pk)
    gone = left_out(kept_design(begun_from), charter) if begun_from else []
    context = {**chosen, "form": form, "planned": planned, "words": words, "left_out": gone}
    return render(request, "tenders/create.html", context)


def edit_basics(request, pk):
    """What is bought, for how much and from when."""
    tender, now = draft_under(request, pk)
    form = EditBasicsForm(
        entered(request),
        opportunity=tender.opportunity,
        initial=EditBasicsForm.of(tender, tender),
    )
    if form.is_valid() and form.carries_out(
        actions.edit_basics, tender=tender, by=request.user, at=now
    ):
        messages.success(request, f"{tender.words.about} is saved.")
        return redirect("tenders:internal", pk)
    return render(request, "tenders/edit_basics.html", {**frame(tender, now), "form": form})
