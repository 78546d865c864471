"""What a person wants to be told of when it is published."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from tenders.choices import Opportunity, ValueBand


class AlertQuerySet(models.QuerySet):
    """Finds alerts."""

    def visible_to(self, user):
        """One's own; what somebody looks for is nobody else's affair."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user)


class Alert(models.Model):
    """A search that a person keeps: who is e-mailed when something like it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts")
    name = models.CharField(max_length=100)
    # Each of these narrows what it is about; what is empty narrows nothing.
    words = models.CharField(max_length=100, blank=True)
    opportunity = models.CharField(max_length=13, choices=Opportunity.choices, blank=True)
    authority = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    band = models.CharField(max_length=10, choices=ValueBand.choices, blank=True)
    since = models.DateTimeField()

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_alert_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
