"""What was received: each version of a bid, fixed at one moment."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bids.models.drafts import Bid, companies


class SubmissionQuerySet(models.QuerySet):
    """Finds received versions."""

    def visible_to(self, user):
        """A company's own; what the authority may read it finds by the bid."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(bid__supplier__in=companies(user))

    def latest_of_each_bid(self):
        """The version that is evaluated: the last one received."""
        return self.filter(version=F("bid__versions"))


class Submission(models.Model):
    """One version of a bid as it was received: what the receipt promises, and what is marked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="submissions")
    version = models.PositiveIntegerField()
    edits = models.PositiveIntegerField(default=0)
    receipt_number = models.CharField(max_length=16, unique=True)
    idempotency_key = models.UUIDField()
    # The database's clock, read once under the tender's lock.
    received_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The canonical bid (bids.documents), as the firm alone can read it before the opening.
    sealed = models.BinaryField()
    sealed_hash = models.CharField(max_length=64)
    # What the opening found in it (bids.contents.Received); null before, and of no version
    # but the one that counts.
    document = models.JSONField(null=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    content_hash = models.CharField(max_length=64)
    # SHA-256 of each file as it was sent, sorted.
    file_hashes = models.JSONField(default=list)
    tender_hash = models.CharField(max_length=64)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["bid", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "version"], name="versions_of_a_bid_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["bid", "idempotency_key"], name="pressing_twice_submits_once"
            ),
            models.CheckConstraint(condition=Q(price__gt=0), name="a_received_price_is_above_zero"),
            models.CheckConstraint(
                condition=Q(document__isnull=True, price__isnull=True)
                | Q(document__isnull=False, price__isnull=False),
                name="a_bid_is_opened_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number
