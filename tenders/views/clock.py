"""What time it is, for the clock on pages that count down to a deadline."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from records.clock import database_time


@login_not_required
@never_cache
@require_safe
def clock(request):
    """The time by the one clock that decides."""
    return JsonResponse({"now": database_time().isoformat()})
