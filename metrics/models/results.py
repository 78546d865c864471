"""What the authority itself did, where a metric asks the authority."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from metrics.models.catalogue import Metric
from records.models import StoredFile


class Lever(models.TextChoices):
    """In what role an authority brings social value about (West of England paper, paragraph 6)."""

    COMMISSIONER = "commissioner", "Commissioner, procurer and investor"
    ANCHOR = "anchor", "Regional anchor institution"
    EMPLOYER = "employer", "Employer"


class OwnResultQuerySet(models.QuerySet):
    """Finds results."""

    def visible_to(self, user):
        """Those of one's own authorities."""
        return self.filter(authority__in=user.memberships.values("organisation"))

    def standing(self):
        """Those that no correction has replaced."""
        return self.filter(correction__isnull=True)


class OwnResult(models.Model):
    """One year of one metric as the authority answers it; corrected by another, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="own_results")
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="own_results")
    # The financial year that begins in April of this year.
    year = models.PositiveSmallIntegerField()
    lever = models.CharField(max_length=12, choices=Lever.choices)
    # Numbers as plain text, by the ids of the metric's quantities and bases.
    quantities = models.JSONField()
    bases = models.JSONField(default=dict)
    account = models.TextField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OwnResultQuerySet.as_manager()

    class Meta:
        ordering = ["year", "metric__number", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "year", "lever"],
                condition=models.Q(corrects__isnull=True),
                name="one_first_result_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}, {self.year}"


class ResultEvidence(models.Model):
    """A file that shows what a result says."""

    result = models.ForeignKey(OwnResult, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)
