"""Before the tender: the year's plan of contracts, and the thought given to each of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from charter.models import Charter
from records.models import StoredFile
from tenders.choices import Audience, ContractKind, Suitability
from tenders.models.competitions import Tender


class OfAnAuthorityQuerySet(models.QuerySet):
    """Finds what an authority keeps for its own people."""

    def visible_to(self, user):
        """Those of one's own authorities."""
        return self.filter(authority__in=user.memberships.values("organisation"))


class PlannedContractQuerySet(OfAnAuthorityQuerySet):
    """Finds planned contracts."""

    def standing(self):
        """Those that nobody has taken out of the plan."""
        return self.filter(removed_at__isnull=True)

    def with_outcome(self):
        """Ready to print, with the policy each is held to and what has come of it."""
        return self.select_related("authority", "charter", "tender", "groundwork", "added_by")


class PlannedContract(models.Model):
    """One contract that an authority means to let, before anything is committed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="planned_contracts")
    # The policy it is held to; pinned anew whenever the line is saved.
    charter = models.ForeignKey(Charter, models.PROTECT, related_name="planned_contracts")
    # The financial year that begins in April of this year.
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ContractKind.choices)
    contract_value = models.DecimalField(max_digits=14, decimal_places=2)
    months = models.PositiveSmallIntegerField()
    # When its procurement is to begin: the day the policy is asked for.
    begins_on = models.DateField()
    responsible = models.CharField(max_length=200)
    # Whom it could serve, such as care leavers, and which of the authority's own programmes.
    target_groups = models.JSONField(default=list)
    programmes = models.JSONField(default=list)
    suitability = models.CharField(
        max_length=12, choices=Suitability.choices, default=Suitability.UNDECIDED
    )
    suitability_reason = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # The tender that came of it.
    tender = models.OneToOneField(Tender, models.PROTECT, null=True, related_name="planned")
    removed_at = models.DateTimeField(null=True)
    # Counts the changes, so that nobody saves over what they have not seen.
    edits = models.PositiveIntegerField(default=0)

    objects = PlannedContractQuerySet.as_manager()

    class Meta:
        ordering = ["year", "begins_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_value__gt=0), name="a_planned_contract_has_a_value"
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1), name="a_planned_contract_lasts_a_month"
            ),
            models.UniqueConstraint(
                fields=["authority", "year", "title"],
                condition=Q(removed_at__isnull=True),
                name="a_contract_is_planned_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanUploadQuerySet(models.QuerySet):
    """Finds uploads of a plan."""

    def visible_to(self, user):
        """One's own, to the plans of one's own authorities."""
        home = user.memberships.values("organisation")
        return self.filter(authority__in=home, uploaded_by=user)


class PlanUpload(models.Model):
    """A sound spreadsheet of a year's plan, waiting for its changes to be meant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.CASCADE, related_name="plan_uploads")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # The contracts as read from it, in the order of its rows.
    rows = models.JSONField()
    # SHA-256 over the year's plan when it was read: it must be the same when it is applied.
    read_against = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects = PlanUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name


class GroundworkQuerySet(OfAnAuthorityQuerySet):
    """Finds pre-procurement records."""

    def with_everything(self):
        """Ready to be shown, in a fixed number of queries."""
        return self.select_related(
            "authority", "planned", "tender__authority", "begun_by"
        ).prefetch_related("consultations", "files__file")

    def of_tenders(self, tenders):
        """Those used in these tenders."""
        return self.filter(tender__in=tenders)


class Groundwork(models.Model):
    """The pre-procurement record: how well-being might be improved, thought of before a tender.

    Public Services (Social Value) Act 2012; North East Lincolnshire's objectives 1 and 2.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="groundwork")
    title = models.CharField(max_length=200)
    planned = models.OneToOneField(
        PlannedContract, models.PROTECT, null=True, related_name="groundwork"
    )
    tender = models.OneToOneField(Tender, models.PROTECT, null=True, related_name="groundwork")
    economic = models.TextField(blank=True)
    social = models.TextField(blank=True)
    environmental = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    # What was agreed with the market before the procurement, and on which day.
    agreed = models.TextField(blank=True)
    agreed_on = models.DateField(null=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edits = models.PositiveIntegerField(default=0)

    objects = GroundworkQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_stream(self) -> str:
        return f"groundwork:{self.pk}"

    @property
    def is_frozen(self) -> bool:
        """Once its tender is published, the record stands in that tender's file as it is."""
        return self.tender is not None and self.tender.is_public


class Consultation(models.Model):
    """Somebody who was asked before the procurement, and what was learned of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    groundwork = models.ForeignKey(Groundwork, models.CASCADE, related_name="consultations")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    # Which residents, group or firms; never a private person's name.
    who = models.CharField(max_length=200)
    how = models.CharField(max_length=200)
    held_on = models.DateField()
    # How many took part; empty where nobody counted.
    people = models.PositiveIntegerField(null=True)
    learned = models.TextField()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.who}, {self.held_on}"


class GroundworkFile(models.Model):
    """A file kept with a pre-procurement record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    groundwork = models.ForeignKey(Groundwork, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    about = models.CharField(max_length=200)

    class Meta:
        ordering = ["file__stored_at"]

    def __str__(self) -> str:
        return str(self.file)
