"""Keeping a search as an alert, and stopping alerts: on one's own page, or from a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from design.entered import entered
from records.clock import database_time
from tenders import actions
from tenders.forms.finding import AlertForm, SearchForm
from tenders.models import Alert
from tenders.presenters.finding import suggested_name
from tenders.stopping import LinkUnknown, alerts_behind


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request):
    """Be told when something like what the list shows now is published."""
    search = SearchForm(request.GET)
    said = search.said()
    form = AlertForm(entered(request), initial={"name": suggested_name(said)})
    if form.is_valid() and form.carries_out(
        actions.save_alert, search=search.search(), by=request.user, at=database_time()
    ):
        messages.success(
            request, f"You will be e-mailed when something like “{form.result}” is published."
        )
        return redirect("tenders:following")
    return render(request, "tenders/following/keep.html", {"form": form, "said": said})


@require_POST
def stop(request, pk):
    """Stop one of one's own alerts."""
    alert = get_object_or_404(Alert.objects.visible_to(request.user), pk=pk)
    actions.stop_alerts(alerts=[alert], by=request.user, at=database_time())
    messages.success(request, f"The alert “{alert}” is stopped.")
    return redirect("tenders:following")


# A mail program presses the button for its person with no cookie and no page of ours; the signed
# link itself is what allows this, and all that it allows.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_from_letter(request, token):
    """Stop the alerts that a letter answered, once the button is pressed."""
    try:
        alerts = list(alerts_behind(token))
    except LinkUnknown:
        return render(request, "tenders/following/no_link.html", status=404)
    is_done = request.method == "POST"
    if is_done and alerts:
        actions.stop_alerts(alerts=alerts, by=alerts[0].person, at=database_time())
    context = {"alerts": alerts, "is_done": is_done}
    return render(request, "tenders/following/stop.html", context)
