"""The published documents as the bytes that were hashed, so that anybody can check them."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tenders.models import Tender
from tenders.notices import frozen_case, frozen_notice
from tenders.permissions import check_can_view_public


@login_not_required
@require_safe
def case(request, pk):
    """What points are worked out from."""
    return _document(request, pk, frozen_case, "case")


@login_not_required
@require_safe
def notice(request, pk):
    """The words and days around it."""
    return _document(request, pk, frozen_notice, "tender")


def _document(request, pk, bytes_of, name):
    tenders = Tender.objects.visible_to(request.user)
    tender = get_object_or_404(tenders.select_related("authority"), pk=pk)
    check_can_view_public(request.user, tender)
    content = bytes_of(tender) if tender.is_public else None
    if content is None:
        raise Http404
    named = {"Content-Disposition": f'inline; filename="{tender.reference}-{name}.json"'}
    return HttpResponse(content, content_type="application/json", headers=named)
