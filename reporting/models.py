"""The account: one annual report of one authority, with its figures frozen."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import GRANTED, Permission
from design.year import FinancialYear
from records.models import Job, JobState, StoredFile
from tenders.models import Tender


class Drawn:
    """How far a worker is with a PDF: for what has a `job` and, in the end, a `pdf`."""

    # What is said once every attempt was used up.
    failed = ""

    @property
    def is_ready(self) -> bool:
        return self.pdf_id is not None

    @property
    def has_failed(self) -> bool:
        """Every attempt was used up; a person must ask again."""
        return not self.is_ready and self.job is not None and self.job.state == JobState.FAILED

    @property
    def percent(self) -> int:
        if self.is_ready:
            return 100
        return self.job.progress_percent if self.job else 0

    @property
    def progress_words(self) -> str:
        if self.has_failed:
            return self.failed
        if self.is_ready:
            return "Done"
        return self.job.progress_words if self.job else "Waiting to start"


class ReportQuerySet(models.QuerySet):
    """Finds reports."""

    def visible_to(self, user):
        """Those of the authorities in which this person may read reports."""
        home = user.memberships.filter(role__in=GRANTED[Permission.REPORT_READ])
        return self.filter(authority__in=home.values("organisation"))

    def with_states(self):
        """Ready to list: with authority, file and job, newest year first."""
        return self.select_related("authority", "job", "pdf", "approved_by")


class Report(Drawn, models.Model):
    """An annual social value report: asked for, drawn by a worker, then approved.

    `figures` is the frozen snapshot from which page and PDF are both drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    # The financial year that begins on 1 April of this year.
    year = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(null=True)
    figures_as_at = models.DateTimeField(null=True)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    failed = "The report could not be made"

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(pdf__isnull=False),
                name="only_a_finished_report_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True) | Q(figures__isnull=False),
                name="a_report_is_drawn_from_frozen_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: social value {self.period}"

    @property
    def period(self) -> str:
        return FinancialYear(self.year).words


class ApprovalPaperQuerySet(models.QuerySet):
    """Finds approval papers."""

    def visible_to(self, user):
        """Those of one's own authorities' tenders; which colleague may read is a permission's."""
        return self.filter(tender__authority__in=user.memberships.values("organisation"))


class ApprovalPaper(Drawn, models.Model):
    """What an approver reads before a tender is published: policy, consequences, reasons.

    `snapshot` is the frozen content from which the PDF is drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.CASCADE, related_name="papers")
    # The draft's count of changes when it was asked for.
    edits = models.PositiveIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    snapshot = models.JSONField(null=True)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    failed = "The file could not be made"

    objects = ApprovalPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"Approval paper for {self.tender}"

    @property
    def has_changed(self) -> bool:
        """Whether the draft has been changed since it was drawn from."""
        return self.edits != self.tender.edits
