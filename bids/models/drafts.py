"""A bid while it is written: the draft, its answers and the files beside them."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import Role
from bids.states import BidState, state_of
from records.models import StoredFile
from tenders.models import Criterion, Tender
from tenders.states import Stage

if TYPE_CHECKING:
    from bids.models.received import Submission


class BidQuerySet(models.QuerySet):
    """Finds bids; the seal lives here, so that no page can forget it."""

    def visible_to(self, user):
        """A company's own bids, and received bids of opened tenders to their teams.

        Which role may read in which phase is for `bids.permissions` to say; this is the
        widest circle. A conflict of interest closes it.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(supplier__in=companies(user))
        conflicted = user.assignments.filter(conflicted_at__isnull=False)
        teams = user.assignments.filter(conflicted_at__isnull=True)
        opened = (
            Q(
                tender__opened_at__isnull=False,
                tender__in=teams.values("tender"),
                tender__authority__in=user.memberships.values("organisation"),
                versions__gt=0,
                withdrawn_at__isnull=True,
            )
            & ~Q(tender__stage=Stage.CANCELLED)
            & ~Q(tender__in=conflicted.values("tender"))
        )
        return self.filter(own | opened)

    def received(self):
        """Bids that count: a version was received and not withdrawn."""
        return self.filter(versions__gt=0, withdrawn_at__isnull=True)

    def under_way(self):
        """Bids begun or received that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)


def companies(user):
    """The companies this person bids for, as a subquery."""
    return user.memberships.filter(role=Role.BIDDER).values("organisation")


class Bid(models.Model):
    """One company's bid for one tender: the draft, and the versions received of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="bids")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="bids")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The key of everything this bid says, wrapped once for the firm and once for the opening.
    key_for_firm = models.BinaryField()
    key_for_opening = models.BinaryField()
    # The bidder's own bases, asked once: {"headcount": "14"}.
    sealed_bases = models.BinaryField(null=True)
    # The price is kept apart from the answers.
    sealed_price = models.BinaryField(null=True)
    # Counts the changes to the draft; a received version says how many it covers.
    edits = models.PositiveIntegerField(default=0)
    # Whether the draft lacks nothing: a complete one that was not submitted is said to be one.
    is_complete = models.BooleanField(default=False)
    versions = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    won_at = models.DateTimeField(null=True)
    # One of the projects a funding round pays for; a contract has one winner.
    shares_the_award = models.BooleanField(default=False)

    objects = BidQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "supplier"], name="one_bid_per_company_and_tender"
            ),
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(won_at__isnull=False, shares_the_award=False),
                name="one_bid_wins_a_tender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} for {self.tender}"

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.tender_id}"

    @property
    def state(self) -> BidState:
        return state_of(self.versions, self.withdrawn_at)

    @property
    def last_received(self) -> "Submission | None":
        """The version that would be evaluated, unless withdrawn; None before the first."""
        return next((one for one in self.submissions.all() if one.version == self.versions), None)


class Answer(models.Model):
    """The draft answer to one criterion; its id stays with the commitment for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    # Its text and numbers (bids.contents.AnswerContent); null until something is said.
    sealed = models.BinaryField(null=True)
    # Counts the changes, so that nobody saves over what they have not seen.
    edits = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["criterion__group", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["bid", "criterion"], name="one_answer_per_criterion"),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.criterion}"


class Attachment(models.Model):
    """A file of evidence beside an answer; the file and its name are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # Its name, kind, size and SHA-256 as the firm sent it (bids.contents.AttachedFile).
    sealed_facts = models.BinaryField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["file__stored_at"]

    def __str__(self) -> str:
        return "A file of evidence"
