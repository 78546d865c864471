"""The public pages: every published tender, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from accounts.access import allows, companies_of
from records.clock import database_time
from tenders.finding import listed
from tenders.forms.conversations import AskForm
from tenders.forms.finding import FilterForm
from tenders.models import Tender
from tenders.permissions import check_can_view_internal, check_can_view_public
from tenders.presenters import asked
from tenders.presenters.conversations import told_in_public
from tenders.presenters.edition import edition_words
from tenders.presenters.finding import chosen_of, rows_of
from tenders.presenters.frame import frame
from tenders.presenters.glance import glance_of
from tenders.presenters.lots import lots_beside
from tenders.presenters.why import departures_told

PER_PAGE = 20


@login_not_required
def public_list(request):
    """Every published tender, narrowed as the visitor asks."""
    now, form = database_time(), FilterForm(request.GET)
    tenders = listed(
        Tender.objects.visible_to(request.user).published(), form.listing(), now
    ).select_related("authority", "lot_group")
    pages = Paginator(tenders.prefetch_related("lot_group__lots"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page, request.user, now),
        "chosen": chosen_of(form.said(), request.GET),
        "now": now,
    }
    return render(request, "tenders/public_list.html", context)


@login_not_required
def public(request, pk):
    """What is bought, when, what will be asked and how it earns points."""
    tenders = Tender.objects.visible_to(request.user).with_design()
    tender, now = get_object_or_404(tenders, pk=pk), database_time()
    check_can_view_public(request.user, tender)
    parts = asked.parts_shown(tender)
    context = {
        **frame(tender, now),
        **departures_told(tender, now),
        "now": now,
        "parts": parts,
        "glance": glance_of(tender, parts),
        "ranking": asked.ranking_words(tender),
        "lots": lots_beside(tender, now),
        "edition": edition_words(tender, now),
        **told_in_public(request.user, tender, now),
        "ask_form": AskForm(),
        "companies": companies_of(request.user),
        "is_inside": request.user.is_authenticated
        and allows(check_can_view_internal, request.user, tender, now),
    }
    return render(request, "tenders/public.html", context)
