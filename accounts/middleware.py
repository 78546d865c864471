"""Every page is private unless marked public, and each refusal has one answer."""

import logging

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render

from accounts.access import Conflict
from records import audit
from records.clock import database_time
from records.outages import NotJustNow
from records.refusals import FileHeld

logger = logging.getLogger(__name__)


class SignedInUnlessPublic(LoginRequiredMiddleware):
    """Ask a visitor to sign in; refuse outright what a visitor tries to change."""

    def handle_no_permission(self, request, view_func):
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            raise PermissionDenied("Sign in first, then try again.")
        return super().handle_no_permission(request, view_func)


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
