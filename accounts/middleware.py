"""Every page is private unless marked public, and each refusal has one answer."""

import logging
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.access import Conflict
from records import audit
from records.clock import database_time
from records.outages import NotJustNow
from records.refusals import FileHeld

logger = logging.getLogger(__name__)


class SignedInUnlessPublic(LoginRequiredMiddleware):
    """Ask a visitor to sign in; refuse what a visitor tries to change, and hand back its words."""

    def handle_no_permission(self, request, view_func):
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return signed_out(request)
        return super().handle_no_permission(request, view_func)


def signed_out(request):
    """Nothing was saved; what took time to write is there to copy, from a form found to be ours."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    shown = {
        "written": [words for words in request.POST.values() if " " in words.strip()],
        "then": urlsplit(came_from).path if is_ours else "",
    }
    answer = render(request, "signed_out.html", shown, status=403)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


class Refusals:
    """Answer a conflict or a held file with 409, an outage with 503, and keep who was refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, PermissionDenied):
            note_denied(request, 403)
        if isinstance(exception, Conflict):
            note_denied(request, 409)
        if isinstance(exception, Conflict | FileHeld):
            if not request.accepts("text/html"):
                return JsonResponse({"reason": str(exception)}, status=409)
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        if isinstance(exception, NotJustNow):
            logger.error("%s", exception)
            return render(request, "503.html", {"reason": exception.words}, status=503)
        return None


def note_denied(request, status: int) -> None:
    """Keep that somebody signed in was refused, outside the trail that a tender's team reads."""
    if not request.user.is_authenticated:
        return
    try:
        audit.record(
            verb="access.denied",
            by=request.user,
            target=request.user,
            at=database_time(),
            stream="access",
            method=request.method,
            path=request.path[:300],
            status=status,
        )
    except DatabaseError:
        # The person is refused all the same.
        logger.exception("A refusal could not be recorded.")


class KeptFromOthers:
    """What a person saw signed in stays in no shared cache, and in no browser once signed out.

    Going back must still show what was typed into a form that could not be sent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response
