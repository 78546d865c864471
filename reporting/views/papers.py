"""Approval papers: asked for, read as a page while the file is drawn, and downloaded."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allows
from records.clock import database_time
from records.files import as_download
from reporting import actions
from reporting.models import ApprovalPaper
from reporting.paper_blocks import shown
from reporting.permissions import check_can_ask_for_paper, check_can_read_paper
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


@require_http_methods(["GET", "HEAD", "POST"])
def of_tender(request, pk):
    """Every paper of a tender; asking for one of the draft as it stands."""
    check = check_can_ask_for_paper if request.method == "POST" else check_can_read_paper
    tender, now = tender_under(check, request, pk)
    if request.method == "POST":
        paper = actions.request_paper(tender=tender, by=request.user, at=now)
        return redirect("reporting:paper", paper.pk)
    papers = ApprovalPaper.objects.visible_to(request.user).filter(tender=tender)
    context = {
        **frame(tender, now),
        "papers": papers.select_related("tender", "asked_by", "job"),
        "can_ask": allows(check_can_ask_for_paper, request.user, tender, now),
    }
    return render(request, "reporting/papers/list.html", context)


@never_cache
@require_safe
def paper(request, pk):
    """The paper as a page, drawn from what was frozen; how far its file is."""
    found = _found(request, pk)
    context = {
        **frame(found.tender, database_time()),
        "paper": found,
        "content": shown(found.snapshot),
    }
    return render(request, "reporting/papers/paper.html", context)


@never_cache
@require_safe
def paper_state(request, pk):
    """How far the file is, as data, for the script of the page."""
    found = _found(request, pk)
    return JsonResponse(
        {
            "percent": found.percent,
            "words": found.progress_words,
            "next": reverse("reporting:paper", args=[pk]) if found.is_ready else None,
            "failed": found.has_failed,
        }
    )


@require_safe
def paper_pdf(request, pk):
    """The paper as a file."""
    found = _found(request, pk)
    if not found.is_ready:
        raise Http404
    return as_download(found.pdf)


def _found(request, pk):
    papers = ApprovalPaper.objects.visible_to(request.user)
    found = get_object_or_404(papers.select_related("tender__authority", "job", "pdf"), pk=pk)
    check_can_read_paper(request.user, found.tender, database_time())
    return found
