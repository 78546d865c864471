"""What the views share: the tender asked for, and pages that may come too late."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404

from accounts.access import Conflict
from accounts.models import User
from records.clock import database_time
from tenders.models import Tender
from tenders.permissions import check_can_edit

Check = Callable[[User, Tender, datetime], None]


def tender_under(check: Check, request, pk) -> tuple[Tender, datetime]:
    """The tender, if this person may do this on it now, and the database's clock.

    A page that is only looked at is refused at the wrong time, not in conflict. The rest of the
    tender is read only for whoever may see it.
    """
    tenders = Tender.objects.visible_to(request.user).with_one_each()
    tender, now = get_object_or_404(tenders, pk=pk), database_time()
    try:
        check(request.user, tender, now)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None
    prefetch_related_objects([tender], *tenders.parts_of_a_design())
    return tender, now


def draft_under(request, pk) -> tuple[Tender, datetime]:
    """The draft, if this person may change it now."""
    return tender_under(check_can_edit, request, pk)
