"""The public pages: every published tender, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from accounts.access import allows
from records.clock import database_time
from tenders.forms.conversations import AskForm
from tenders.forms.life import FilterForm
from tenders.models import Tender
from tenders.permissions import check_can_view_internal, check_can_view_public
from tenders.presenters import asked
from tenders.presenters.conversations import told_in_public
from tenders.presenters.edition import edition_words
from tenders.presenters.frame import COLOURS, frame
from tenders.presenters.lots import lots_beside
from tenders.presenters.why import departures_told

PER_PAGE = 20
SHOWN = {"open": 0, "coming": 1}


@login_not_required
def public_list(request):
    """Every published tender, those open for bids first."""
    now = database_time()
    form = FilterForm(request.GET)
    tenders = Tender.objects.visible_to(request.user).published().open_first(now)
    if form.is_valid():
        words, show = form.cleaned_data["words"], form.cleaned_data["show"]
        if words:
            tenders = tenders.filter(
                Q(title__icontains=words) | Q(authority__name__icontains=words)
            )
        if show:
            tenders = tenders.filter(order=SHOWN[show])
        if kind := form.cleaned_data["kind"]:
            tenders = tenders.filter(opportunity=kind)
    page = Paginator(tenders.select_related("authority"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(tender, tender.state(now), COLOURS[tender.state(now)]) for tender in page]
    context = {"filters": form, "page": page, "rows": rows, "now": now}
    return render(request, "tenders/public_list.html", context)


@login_not_required
def public(request, pk):
    """What is bought, when, what will be asked and how it earns points."""
    tenders = Tender.objects.visible_to(request.user).with_design()
    tender, now = get_object_or_404(tenders, pk=pk), database_time()
    check_can_view_public(request.user, tender)
    context = {
        **frame(tender, now),
        **departures_told(tender, now),
        "parts": asked.parts_shown(tender),
        "ranking": asked.ranking_words(tender),
        "lots": lots_beside(tender, now),
        "edition": edition_words(tender, now),
        **told_in_public(request.user, tender, now),
        "ask_form": AskForm(),
        "is_inside": request.user.is_authenticated
        and allows(check_can_view_internal, request.user, tender, now),
    }
    return render(request, "tenders/public.html", context)
