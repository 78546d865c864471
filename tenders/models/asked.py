"""What a tender asks: its scale, its questions and metrics, its minimums and its conditions."""

import uuid

from django.db import models
from django.db.models import Q

from metrics.models import Metric
from tenders.choices import Case, Group, Method


class ScaleStep(models.Model):
    """What one mark on the scale means, in words that bidders and evaluators share."""

    tender = models.ForeignKey("tenders.Tender", models.CASCADE, related_name="scale")
    mark = models.DecimalField(max_digits=5, decimal_places=2)
    label = models.CharField(max_length=60)
    descriptor = models.TextField()

    class Meta:
        ordering = ["mark"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "mark"], name="one_descriptor_per_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.label}"


class Criterion(models.Model):
    """One question of a tender: a quality question, or a metric from the charter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey("tenders.Tender", models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=20)
    group = models.CharField(max_length=12, choices=Group.choices)
    metric = models.ForeignKey(Metric, models.PROTECT, null=True, related_name="criteria")
    title = models.CharField(max_length=200)
    question = models.TextField()
    # Of a business case: the case it belongs to. Metrics stand in the strategic case.
    case = models.CharField(max_length=10, choices=Case.choices, blank=True)
    # What the answer is judged by, part for part: [{"title", "asks"}]; may be empty.
    sub_criteria = models.JSONField(default=list)
    # Percent of its group; the criteria of a group total 100.
    weight = models.DecimalField(max_digits=7, decimal_places=4)
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.MARKS)
    max_words = models.PositiveSmallIntegerField(default=500)
    # A target of this contract's own in place of the metric's, and why.
    own_measure = models.JSONField(null=True)
    own_measure_reason = models.TextField(blank=True)
    # Frozen when the tender is published; empty for quality questions.
    measure = models.JSONField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["group", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "code"], name="one_criterion_per_code"),
            models.UniqueConstraint(fields=["tender", "metric"], name="a_metric_is_asked_once"),
            models.CheckConstraint(
                condition=Q(group="quality", metric__isnull=True, method="marks")
                | Q(group="social_value", metric__isnull=False),
                name="social_value_comes_from_a_metric",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="a_criterion_weighs_something",
            ),
            models.CheckConstraint(
                condition=Q(own_measure__isnull=True)
                | (Q(metric__isnull=False) & ~Q(own_measure_reason="")),
                name="a_target_of_its_own_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def measure_asked(self) -> dict | None:
        """The target that counts: as published, the contract's own, or the charter's that day."""
        if self.metric is None:
            return None
        return self.measure or self.own_measure or self.metric.measure_on(self.tender.starts_on)


class Gate(models.Model):
    """The least a bid must earn on one question, or on a whole group, to be ranked at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey("tenders.Tender", models.CASCADE, related_name="gates")
    criterion = models.OneToOneField(Criterion, models.CASCADE, null=True, related_name="gate")
    group = models.CharField(max_length=12, choices=Group.choices, blank=True)
    minimum_percent = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        ordering = ["group", "criterion__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(criterion__isnull=False, group="")
                | (Q(criterion__isnull=True) & ~Q(group="")),
                name="a_gate_is_of_a_question_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["tender", "group"], condition=~Q(group=""), name="one_gate_per_group"
            ),
            models.CheckConstraint(
                condition=Q(minimum_percent__gt=0, minimum_percent__lte=100),
                name="a_gate_asks_for_something",
            ),
        ]

    def __str__(self) -> str:
        what = self.criterion.title if self.criterion else self.get_group_display()
        return f"{what}: at least {self.minimum_percent.normalize():f}%"

    @property
    def name(self) -> str:
        """What a case and a form call it by: the code of its question, or its group."""
        return self.criterion.code if self.criterion else self.group


class Condition(models.Model):
    """A metric every bidder must deliver whole: a condition of the contract, not scored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey("tenders.Tender", models.CASCADE, related_name="conditions")
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="conditions")
    # Why it is a condition and not scored.
    reason = models.TextField()
    # Frozen when the tender is published.
    measure = models.JSONField(null=True)

    class Meta:
        ordering = ["metric__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "metric"], name="a_metric_is_one_condition_of_a_tender"
            ),
        ]

    def __str__(self) -> str:
        return self.metric.short_title

    @property
    def measure_asked(self) -> dict:
        """The target that counts: as published, or the charter's on the contract's first day."""
        return self.measure or self.metric.measure_on(self.tender.starts_on)
