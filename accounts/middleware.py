"""Every page is private unless marked public, and each refusal has one answer."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from accounts.access import Conflict


class SignedInUnlessPublic(LoginRequiredMiddleware):
    """Ask a visitor to sign in; refuse outright what a visitor tries to change."""

    def handle_no_permission(self, request, view_func):
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            raise PermissionDenied("Sign in first, then try again.")
        return super().handle_no_permission(request, view_func)


class Refusals:
    """Answer a Conflict with 409; Django itself answers the other two."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
