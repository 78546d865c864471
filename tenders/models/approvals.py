"""What another person must agree to: the publication of a tender, a later deadline."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tenders.models.competitions import Tender


class OfATenderQuerySet(models.QuerySet):
    """Finds what belongs to tenders of one's own authorities."""

    def visible_to(self, user):
        """Which colleague may read is a permission's."""
        return self.filter(tender__authority__in=user.memberships.values("organisation"))

    def undecided(self):
        """Those that wait for a decision."""
        return self.filter(is_approved__isnull=True)


class PublicationApprovalQuerySet(OfATenderQuerySet):
    """Finds requests to publish."""

    def waiting_for(self, user):
        """Those that still fit their draft, and that somebody other than this person asked."""
        standing = self.undecided().filter(replaced_at__isnull=True, edits=F("tender__edits"))
        return standing.exclude(asked_by=user)


class PublicationApproval(models.Model):
    """An officer asks, another person approves: this draft, as it stands, may be published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.CASCADE, related_name="approvals")
    # The draft's count of changes when it was asked: a later change is another draft.
    edits = models.PositiveIntegerField()
    # Who answers for a contract of this size, as the policy names them; empty for nobody.
    decides = models.CharField(max_length=2000, blank=True)
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # When an officer asked anew before anybody had decided; nobody decides on it any more.
    replaced_at = models.DateTimeField(null=True)
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

    objects = PublicationApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(is_approved__isnull=True, replaced_at__isnull=True),
                name="one_publication_waits_for_approval",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(is_approved__isnull=True),
                name="a_replaced_publication_is_decided_by_nobody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_approves_their_own_publication",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_publication_has_a_person_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Approval of {self.tender}"


class Extension(models.Model):
    """A later deadline: proposed with a reason, decided by another person, told to all bidders."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.CASCADE, related_name="extensions")
    former_closes_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # The later last moment for questions; empty where that stays as it is.
    questions_until = models.DateTimeField(null=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    is_approved = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    objects = OfATenderQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("former_closes_at")), name="a_deadline_only_moves_later"
            ),
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(is_approved__isnull=True),
                name="one_extension_waits_for_approval",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="nobody_approves_their_own_extension",
            ),
            models.CheckConstraint(
                condition=Q(is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_extension_has_a_person_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Extension of {self.tender}"
