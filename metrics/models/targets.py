"""How a target that the source prints as "??" came to be set."""

import uuid

from django.conf import settings
from django.db import models

from metrics.models.catalogue import Metric


class Route(models.TextChoices):
    """The four ways a missing target may be resolved."""

    BASELINE = "baseline", "From our own baseline"
    BENCHMARK = "benchmark", "From a benchmark"
    STAKEHOLDERS = "stakeholders", "Decided with stakeholders"
    LEFT_OPEN = "left-open", "Left open: evaluators mark the answer"


class TargetResolutionQuerySet(models.QuerySet):
    """Finds resolutions."""

    def visible_to(self, user):
        """Those of the metrics this person may read."""
        return self.filter(metric__in=Metric.objects.visible_to(user))

    def as_of(self, charter):
        """Those recorded in this version of a charter or an earlier one, oldest first."""
        return self.filter(
            metric__charter__authority=charter.authority_id,
            metric__charter__code=charter.code,
            metric__charter__version__lte=charter.version,
        ).select_related("metric__charter")


class TargetResolution(models.Model):
    """The record of one missing target resolved: by which route, on what grounds, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    metric = models.ForeignKey(Metric, models.CASCADE, related_name="resolutions")
    route = models.CharField(max_length=12, choices=Route.choices)
    # What stood there before, as printed: "?? metric tonnes".
    printed = models.TextField()
    # The target now: its words, its unit and its measure; no unit where it is left open.
    target_text = models.TextField()
    unit = models.CharField(max_length=40, blank=True)
    measure = models.JSONField()
    # The baseline and its year, the benchmark and where it comes from, the groups and their day.
    grounds = models.TextField()
    reason = models.TextField()
    approved_by = models.CharField(max_length=200)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = TargetResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.metric}: {self.get_route_display()}"
