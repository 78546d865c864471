"""What follows from the marks: the result, the programme of a funding round, the award."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bids.models import Bid
from tenders.models import Tender


class ResultQuerySet(models.QuerySet):
    """Finds results."""

    def live(self):
        """Those that no reopening has voided."""
        return self.filter(voided_at__isnull=True)


class Result(models.Model):
    """What the engine answered when moderation was locked, with the whole case it was asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="results")
    case = models.JSONField()
    result = models.JSONField()
    computed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    voided_because = models.TextField(blank=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(voided_at__isnull=True),
                name="one_live_result_per_tender",
            ),
        ]

    def __str__(self) -> str:
        return f"Result of {self.tender}"


class RecommendationQuerySet(models.QuerySet):
    """Finds programmes and awards: each is recommended by one person and approved by another."""

    def live(self):
        """Those that were neither returned nor voided."""
        return self.filter(withdrawn_at__isnull=True)


class Programme(models.Model):
    """Which applications of a funding round, or which business cases, are to be funded; and why.

    An officer recommends the set, another person approves it; an empty set funds nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="programmes")
    result = models.ForeignKey(Result, models.PROTECT, related_name="programmes")
    # Ids of the bids to be funded, as text, in the order of their rank.
    funded = models.JSONField(default=list)
    # What the solver was asked and answered when the set was recommended; null for business cases.
    solution = models.JSONField(null=True)
    # Of business cases empty: each has its reason below, whether it is funded or not.
    reason = models.TextField(blank=True)
    # {"<id of a bid>": why it is to be funded, or not}; empty of a funding round.
    reasons = models.JSONField(default=dict)
    # Why the set is not the best one; empty when it is.
    departure = models.TextField(blank=True)
    contract_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-recommended_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_programme_per_tender",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("recommended_by")),
                name="another_person_approves_a_programme",
            ),
        ]

    def __str__(self) -> str:
        return f"Programme of {self.tender}"

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.tender_id}"


class Award(models.Model):
    """An officer's recommendation and another person's approval; one live award per tender.

    Of a funding round there is one for each funded bid, all of one approved programme.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="awards")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="awards")
    result = models.ForeignKey(Result, models.PROTECT, related_name="awards")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="awards")
    reason = models.TextField()
    # Why the recommended bid is not one ranked first; empty when it is.
    departure = models.TextField(blank=True)
    contract_manager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recommended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recommended_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-recommended_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(withdrawn_at__isnull=True, programme__isnull=True),
                name="one_live_award_per_tender",
            ),
            models.UniqueConstraint(
                fields=["bid"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_award_per_bid",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("recommended_by")),
                name="another_person_approves_an_award",
            ),
        ]

    def __str__(self) -> str:
        return f"Award of {self.tender}"

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.tender_id}"
