"""The promise kept: the contract's promises, what suppliers return, what officers accept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from accounts.roles import Role
from delivery import progress
from evaluations.models import Award
from metrics.models import Metric
from records.models import StoredFile
from tenders.models import Criterion, Tender
from tenders.states import Stage


class ContractQuerySet(models.QuerySet):
    """Finds contracts."""

    def visible_to(self, user):
        """The supplier's own, and those of the authority's people who follow it."""
        own = Q(supplier__in=_companies(user))
        team = Q(
            tender__assignments__in=user.assignments.filter(
                conflicted_at__isnull=True,
                role__in=[Role.OFFICER, Role.APPROVER, Role.CONTRACT_MANAGER],
            ),
            tender__authority__in=user.memberships.values("organisation"),
        )
        wide = Q(
            tender__authority__in=user.memberships.filter(
                role__in=[Role.BOARD, Role.ADMINISTRATOR]
            ).values("organisation")
        )
        found = self.filter(own | team | wide).exclude(tender__stage=Stage.CANCELLED)
        return found.distinct()

    def held_by(self, user):
        """Those of this person's companies."""
        return self.filter(supplier__in=_companies(user))

    def followed_by(self, user):
        """Those this person sees from the authority's side."""
        return self.exclude(supplier__in=_companies(user))


def _companies(user):
    return user.memberships.filter(role=Role.BIDDER).values("organisation")


class Contract(models.Model):
    """What an award makes: the winner's commitments as promises, with a named manager."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One for a tender, one for each funded project of a funding round.
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="contracts")
    award = models.OneToOneField(Award, models.PROTECT, related_name="contract")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="managed_contracts"
    )
    price = models.DecimalField(max_digits=14, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_contract_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tender}: {self.supplier}"

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.tender_id}"


class Counting(models.TextChoices):
    """How the returns on a promise make a total; delivery.progress says why."""

    ADDED_UP = progress.ADDED_UP, "Added up over the contract"
    LATEST = progress.LATEST, "The latest return counts"


class Promise(models.Model):
    """One committed quantity of the winning bid; the baseline, which never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="promises")
    # The answer's own id in the bid, so that the promise can be followed back to its line; a
    # condition of the contract has none, as it was not offered but asked of everybody.
    answer_id = models.UUIDField(null=True)
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="promises")
    metric = models.ForeignKey(Metric, models.PROTECT, related_name="promises")
    quantity_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=24, decimal_places=9)
    counting = models.CharField(max_length=8, choices=Counting.choices, default=Counting.ADDED_UP)
    method_statement = models.TextField(blank=True)

    class Meta:
        ordering = ["metric__number", "quantity_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "metric", "quantity_id"],
                name="a_quantity_is_promised_once",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="a_promise_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label


class Return(models.Model):
    """What a supplier reports for one period."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="returns")
    period_from = models.DateField()
    period_to = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["period_from", "sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="a_period_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_from} to {self.period_to}"


class Decision(models.TextChoices):
    """What the contract manager says of one line of a return."""

    WAITING = progress.WAITING, "Waiting to be checked"
    ACCEPTED = progress.ACCEPTED, "Accepted"
    QUERIED = progress.QUERIED, "Queried"


class ReturnLineQuerySet(models.QuerySet):
    """Finds lines of returns."""

    def visible_to(self, user):
        """Those of the contracts this person may see."""
        return self.filter(part_of__contract__in=Contract.objects.visible_to(user))

    def standing(self):
        """Those that count or may yet count: not queried."""
        return self.exclude(decision=Decision.QUERIED)


class ReturnLine(models.Model):
    """What was delivered of one promise in the period, with its evidence and the decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part_of = models.ForeignKey(Return, models.PROTECT, related_name="lines")
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="lines")
    quantity = models.DecimalField(max_digits=24, decimal_places=9)
    narrative = models.TextField(blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    objects = ReturnLineQuerySet.as_manager()

    class Meta:
        ordering = ["promise__metric__number", "promise__quantity_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["part_of", "promise"], name="a_promise_is_returned_once_a_period"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="a_delivery_is_not_negative"),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_by__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_decision_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(decision="queried") | ~Q(decision_reason=""),
                name="a_query_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise}: {self.quantity}"
