"""Where a tender leaves its policy, knowingly: each departure has its words, a person, a day."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from metrics.models import GivenReason
from records.models import StoredFile
from tenders.models.competitions import Tender
from tenders.states import Stage


class OptOutQuerySet(models.QuerySet):
    """Finds opt-outs."""

    def visible_to(self, user):
        """Those of one's own authorities' tenders; which colleague may read is a permission's."""
        return self.filter(tender__authority__in=user.memberships.values("organisation"))

    def waiting_for(self, user):
        """Those in drafts that nobody has decided yet, and that somebody else asked for."""
        undecided = self.filter(
            withdrawn_at__isnull=True, is_approved__isnull=True, tender__stage=Stage.DRAFT
        )
        return undecided.exclude(requested_by=user)


class OptOut(models.Model):
    """A request to leave social value out of one tender, or one clause that may be waived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="opt_outs")
    # The id of the clause that is waived; empty where social value is left out as a whole.
    clause = models.CharField(max_length=60, blank=True)
    # How its full potential was explored, and why it cannot be included nevertheless.
    explored = models.TextField()
    why_not = models.TextField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    # Who decides, as the policy names them for a contract of this value when it was asked.
    decides = models.CharField(max_length=2000)
    is_approved = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    # The body that decided, on which day, and where that is minuted.
    decided_by_body = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    minute_reference = models.CharField(max_length=100, blank=True)
    decision_reason = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = OptOutQuerySet.as_manager()

    class Meta:
        ordering = ["requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "clause"],
                condition=Q(withdrawn_at__isnull=True)
                & (Q(is_approved__isnull=True) | Q(is_approved=True)),
                name="one_standing_opt_out_per_clause",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="nobody_decides_their_own_opt_out",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decision_has_a_person_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Opt-out of {self.tender}"


class OptOutFile(models.Model):
    """A file that shows what an opt-out says."""

    opt_out = models.ForeignKey(OptOut, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file)


class RuleChoice(models.Model):
    """Which of two rules that contradict each other a tender follows, and why."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="rule_choices")
    # Keys of charter.proportion.Duty: the rule followed, and the one set aside.
    follows = models.CharField(max_length=80)
    sets_aside = models.CharField(max_length=80)
    reason = models.TextField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["chosen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "sets_aside"], name="a_rule_is_set_aside_once"
            ),
            models.CheckConstraint(
                condition=~Q(follows=F("sets_aside")), name="a_choice_is_between_two_rules"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender} follows {self.follows}"


class WarningReason(GivenReason):
    """Why a tender may be published although a check of it finds something doubtful."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="warning_reasons")

    class Meta(GivenReason.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "fingerprint"], name="one_reason_per_warning_of_a_tender"
            ),
        ]
