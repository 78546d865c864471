"""What counts: the metrics of a charter, word for word, and what their targets mean."""

import uuid
from datetime import date

from django.db import models

from charter.models import Charter, Principle


class AnsweredBy(models.TextChoices):
    """Which lever answers a metric: the paper's column "Business Response"."""

    POLICY = "policy", "The authority's own policy"
    PROCUREMENT = "procurement", "Bidders, through procurement"
    BOTH = "both", "The authority's policy and bidders"


class MetricQuerySet(models.QuerySet):
    """Finds metrics."""

    def visible_to(self, user):
        return self.filter(charter__in=Charter.objects.visible_to(user))

    def for_bidders(self):
        """Those that bidders may be asked; never the authority's own."""
        return self.exclude(answered_by=AnsweredBy.POLICY)


class Metric(models.Model):
    """One metric as the source prints it, beside what Tenth reads out of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="metrics")
    principle = models.ForeignKey(Principle, models.PROTECT, related_name="metrics")
    number = models.PositiveSmallIntegerField()
    short_title = models.CharField(max_length=100)
    wording = models.TextField()
    answered_by = models.CharField(max_length=12, choices=AnsweredBy.choices)
    target_text = models.TextField()
    evidence_text = models.TextField(blank=True)
    unit = models.CharField(max_length=40)
    # The target in the grammar of docs/scoring.md, and those that follow from a date:
    # [{"from": "2030-01-01", "measure": {...}}].
    measure = models.JSONField()
    later_measures = models.JSONField(default=list)
    # What a bidder fills in: [{"id": "env_hours", "label": "...", "unit": "hours"}] and
    # the bases: [{"id": "headcount", "label": "...", "unit": "people", "stated_by": "bidder"}].
    quantities = models.JSONField(default=list)
    bases = models.JSONField(default=list)

    objects = MetricQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="one_metric_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.short_title}"

    @property
    def code(self) -> str:
        """How criteria and quantities name this metric: m1 to m25."""
        return f"m{self.number}"

    def measure_on(self, day: date) -> dict:
        """The measure in force on a day: the last dated step that has begun."""
        in_force = self.measure
        for step in sorted(self.later_measures, key=lambda step: step["from"]):
            if date.fromisoformat(step["from"]) <= day:
                in_force = step["measure"]
        return in_force


class MetricFlag(models.Model):
    """A fault or doubt in the source, shown beside the verbatim text and never mended silently."""

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="flags")
    kind = models.SlugField(max_length=40)
    words = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.metric}: {self.kind}"
