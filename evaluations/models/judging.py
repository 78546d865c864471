"""The judgement: interests declared, marks given alone, marks agreed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from bids.models import Bid
from evaluations.scales import plain
from tenders.models import Assignment, Criterion, Tender


class DeclarationQuerySet(models.QuerySet):
    """Finds what was declared."""

    def latest_of_each_person(self):
        """What counts of a person's declarations in one tender: the last."""
        later = self.model.objects.filter(
            tender=models.OuterRef("tender"),
            person=models.OuterRef("person"),
            declared_at__gt=models.OuterRef("declared_at"),
        )
        return self.filter(~models.Exists(later))


class Declaration(models.Model):
    """What a person declared about interests in one tender; the latest one counts."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations"
    )
    has_interest = models.BooleanField()
    statement = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at"]

    def __str__(self) -> str:
        return f"{self.person}: {'an interest' if self.has_interest else 'none'}"


class MarkQuerySet(models.QuerySet):
    """Finds marks; independence lives here."""

    def visible_to(self, user):
        """One's own marks; the others' once moderation has begun, to the tender's team."""
        moderating = Q(
            bid__tender__moderation_opened_at__isnull=False,
            bid__tender__in=user.assignments.filter(conflicted_at__isnull=True).values("tender"),
            bid__tender__authority__in=user.memberships.values("organisation"),
        )
        conflicted = user.assignments.filter(conflicted_at__isnull=False)
        return self.filter(Q(evaluator=user) | moderating).exclude(
            bid__tender__in=conflicted.values("tender")
        )

    def counted(self):
        """Those that count: not of an evaluator with a declared interest, who keeps them."""
        conflicted = Assignment.objects.filter(
            tender=models.OuterRef("bid__tender"),
            person=models.OuterRef("evaluator"),
            conflicted_at__isnull=False,
        )
        return self.filter(~models.Exists(conflicted))

    def latest(self):
        """The last version of each mark."""
        later = self.model.objects.filter(
            bid=models.OuterRef("bid"),
            criterion=models.OuterRef("criterion"),
            evaluator=models.OuterRef("evaluator"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(later))


class Mark(models.Model):
    """One evaluator's mark for one answer, with the reason; a change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    version = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=5, decimal_places=2)
    reason = models.TextField()
    given_at = models.DateTimeField()

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["bid", "criterion", "evaluator", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "criterion", "evaluator", "version"],
                name="versions_of_a_mark_are_numbered",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_mark_is_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_mark_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.value} by {self.evaluator}"


class Marking(models.Model):
    """An evaluator has handed in all marks for one tender; they are frozen from then on."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="markings")
    evaluator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="markings")
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "evaluator"], name="marks_are_handed_in_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator} on {self.tender}"


class AgreedMarkQuerySet(models.QuerySet):
    """Finds agreed marks."""

    def visible_to(self, user):
        """To the tender's team, once moderation has begun; a conflict of interest closes it."""
        conflicted = user.assignments.filter(conflicted_at__isnull=False)
        teams = user.assignments.filter(conflicted_at__isnull=True)
        return self.filter(
            bid__tender__moderation_opened_at__isnull=False,
            bid__tender__in=teams.values("tender"),
            bid__tender__authority__in=user.memberships.values("organisation"),
        ).exclude(bid__tender__in=conflicted.values("tender"))


class AgreedMark(models.Model):
    """The panel's mark for one answer, with its reason; never an average."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="agreed_marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="agreed_marks")
    value = models.DecimalField(max_digits=5, decimal_places=2)
    reason = models.TextField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    # Counts changes of mind, so that two windows cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    # What each change replaced, oldest first, in the form of `as_record`.
    earlier = models.JSONField(default=list)
    # The individual marks as they stood:
    # [{"evaluator_id", "evaluator": "name", "version": 1, "value": "4", "reason": ""}].
    individual_marks = models.JSONField()

    objects = AgreedMarkQuerySet.as_manager()

    class Meta:
        ordering = ["bid", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion"], name="one_agreed_mark_per_answer"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_agreed_mark_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.value} agreed for {self.bid_id}"

    def as_record(self) -> dict:
        """This version as it is kept once another takes its place."""
        return {
            "version": self.version,
            "value": plain(self.value),
            "reason": self.reason,
            "agreed_by": str(self.agreed_by),
            "agreed_at": self.agreed_at.isoformat(),
            "individual_marks": self.individual_marks,
        }
