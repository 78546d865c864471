"""Being told of what is published: an alert is kept, and alerts are stopped."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from charter.refusals import Unfit
from records import audit
from tenders.finding import Search
from tenders.models import Alert

MOST = 10
TOO_MANY = f"You have {MOST} alerts, which is the most. Stop one of them, then keep this one."


@transaction.atomic
def save_alert(*, search: Search, name: str, by: User, at: datetime) -> Alert:
    """Be e-mailed when something that this search is about is published."""
    # Two browsers of one person wait for each other, so that neither passes the limit.
    User.objects.select_for_update().get(pk=by.pk)
    if Alert.objects.filter(person=by).count() >= MOST:
        raise Unfit(None, TOO_MANY)
    alert = Alert.objects.create(
        person=by,
        name=name,
        words=search.words,
        opportunity=search.opportunity,
        authority_id=search.authority,
        band=search.band,
        since=at,
    )
    audit.record(verb="alert.saved", by=by, target=alert, at=at)
    return alert


@transaction.atomic
def stop_alerts(*, alerts: Collection[Alert], by: User, at: datetime) -> None:
    """Be e-mailed of these no longer; those of nobody else are touched."""
    found = Alert.objects.filter(pk__in=[alert.pk for alert in alerts], person=by)
    stopped = sorted(str(pk) for pk in found.values_list("pk", flat=True))
    found.delete()
    if stopped:
        audit.record(verb="alert.stopped", by=by, target=by, at=at, alerts=stopped)
