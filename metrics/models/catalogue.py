"""The metrics of a charter, word for word, and what their targets mean."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from charter.models import Charter, Principle
from metrics.attainment import is_undetermined, read_measure


class AnsweredBy(models.TextChoices):
    """Which lever answers a metric: the paper's column "Business Response"."""

    POLICY = "policy", "The authority's own policy"
    PROCUREMENT = "procurement", "Bidders, through procurement"
    BOTH = "both", "The authority's policy and bidders"


class FlagKind(models.TextChoices):
    """What is wrong or doubtful in the source."""

    TARGET_NOT_SET = "target-not-set", "Target not set"
    LEFT_OPEN = "left-open", "Target left open"
    HELD_BACK = "held-back", "Held back until mended"
    EVIDENCE_MISSING = "evidence-missing", "Evidence missing"
    EVIDENCE_SWAPPED = "evidence-swapped", "Evidence probably exchanged"
    EVIDENCE_COPIED = "evidence-copied", "Evidence probably copied"
    TEXT_CUT_OFF = "text-cut-off", "Text cut off"
    TEXT_RUN_TOGETHER = "text-run-together", "Text run together"
    UNIT_MISMATCH = "unit-mismatch", "Metric and target differ in unit"
    WORDING_DIFFERS = "wording-differs", "Metric and target differ in wording"
    STANDARD_UNCLEAR = "standard-unclear", "Standard not named"
    COMPOUND = "compound", "Several targets in one"
    CONDITIONAL = "conditional", "Applies only to some"
    DATED_TARGET = "dated-target", "Target rises on a date"
    PAST_OR_FUTURE = "past-or-future", "Past and future hours mixed"
    FLAT_TARGET = "flat-target", "Same target for every size"
    ROUNDING = "rounding", "Rounding not stated"
    BASE_UNCLEAR = "base-unclear", "Share of what is unclear"
    BOUNDARY = "boundary", "Two meanings of local"
    NEEDS_BASELINE = "needs-baseline", "Needs a baseline"
    LEGAL_MINIMUM = "legal-minimum", "Already a legal minimum"
    MEASURES_AUTHORITY = "measures-authority", "Measures the authority"
    OVERLAP = "overlap", "May be counted twice"
    PERSONAL_DATA = "personal-data", "Personal data"
    CHECK_STILL_OFFERED = "check-still-offered", "Check that it still exists"


class MetricQuerySet(models.QuerySet):
    """Finds metrics."""

    def visible_to(self, user):
        return self.filter(charter__in=Charter.objects.visible_to(user))

    def with_context(self):
        """Ready to print: charter, quadrant, principle and flags."""
        return self.select_related("charter__authority", "principle__quadrant").prefetch_related(
            "flags"
        )

    def with_content(self):
        """Ready for metrics.content: principle, flags and overlaps."""
        return self.select_related("principle").prefetch_related("flags", "overlaps")

    def for_bidders(self):
        """Those that bidders may be asked: never the authority's own, nor one held back."""
        return self.answered_by_bidders().exclude(flags__kind=FlagKind.HELD_BACK)

    def held_back(self):
        """Those that no tender is offered until they are mended."""
        return self.filter(flags__kind=FlagKind.HELD_BACK)

    def answered_by_bidders(self):
        """Those that bidders answer, alone or beside the authority."""
        return self.exclude(answered_by=AnsweredBy.POLICY)

    def with_target_not_set(self):
        """Those whose target the authority still has to set; loading sees to the flag."""
        return self.filter(flags__kind=FlagKind.TARGET_NOT_SET)

    def with_target_left_open(self):
        """Those whose target the authority has decided to leave to the evaluators."""
        return self.filter(flags__kind=FlagKind.LEFT_OPEN)

    def with_target_set(self):
        return self.exclude(flags__kind__in=[FlagKind.TARGET_NOT_SET, FlagKind.LEFT_OPEN])

    def for_authority(self):
        """Those that the authority itself answers, alone or beside bidders."""
        return self.exclude(answered_by=AnsweredBy.PROCUREMENT)

    def saying(self, words: str):
        """Those that hold these words in any text as printed."""
        return self.filter(
            Q(short_title__icontains=words)
            | Q(wording__icontains=words)
            | Q(target_text__icontains=words)
            | Q(evidence_text__icontains=words)
        )


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
    source = models.TextField(blank=True)
    # The target in the grammar of docs/scoring.md, and those that follow from a date:
    # [{"from": "2030-01-01", "measure": {...}}].
    measure = models.JSONField()
    later_measures = models.JSONField(default=list)
    # What a bidder fills in: [{"id": "env_hours", "label": "...", "unit": "hours"}] and
    # the bases: [{"id": "headcount", "label": "...", "unit": "people", "stated_by": "bidder"}].
    quantities = models.JSONField(default=list)
    bases = models.JSONField(default=list)
    # Where it counts, and what that place is.
    geography = models.CharField(max_length=200, blank=True)
    geography_definition = models.TextField(blank=True)
    # Whom it is about, where not everyone: {"words": "companies with 50 or more employees",
    # "who": "bidder" or "counted", "at_least": "50", "unit": "employees"}.
    applies_to = models.JSONField(default=dict)
    # What was done before, which the source lets stand beside a promise and which is never
    # added to one: {"label": "Hours in the previous 12 months", "unit": "hours", "months": 12}.
    track_record = models.JSONField(default=dict)
    # Metrics under which the same activity could be counted a second time.
    overlaps = models.ManyToManyField("self")
    # Who sees to it that a missing target is set; no part of what is published.
    target_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # The same metric in every version of its charter, and how often it has changed.
    lineage = models.UUIDField(default=uuid.uuid4, db_index=True)
    revision = models.PositiveSmallIntegerField(default=1)

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

    @property
    def is_target_set(self) -> bool:
        """Whether the authority has set the target; "??" has not been."""
        return not is_undetermined(read_measure(self.measure))

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
    kind = models.CharField(max_length=40, choices=FlagKind.choices)
    words = models.TextField()
    source = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.metric}: {self.kind}"
