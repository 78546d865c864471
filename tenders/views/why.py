"""Why a tender asks what it asks, for everyone who may read the tender."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from records.clock import database_time
from tenders.models import Tender
from tenders.permissions import check_can_view_public
from tenders.presenters.frame import frame
from tenders.presenters.why import why_page


@login_not_required
@require_safe
def why(request, pk):
    """The clauses behind the tender, then the source of each question."""
    tenders = Tender.objects.visible_to(request.user).with_design()
    tender, now = get_object_or_404(tenders, pk=pk), database_time()
    check_can_view_public(request.user, tender)
    return render(request, "tenders/why/why.html", {**frame(tender, now), **why_page(tender, now)})
