"""The account: one annual report of one authority, with its figures frozen."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from accounts.roles import GRANTED, Permission
from records.models import Job, StoredFile


class ReportQuerySet(models.QuerySet):
    """Finds reports."""

    def visible_to(self, user):
        """Those of the authorities in which this person may read reports."""
        home = user.memberships.filter(role__in=GRANTED[Permission.REPORT_READ])
        return self.filter(authority__in=home.values("organisation"))


class Report(models.Model):
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

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-asked_at"]

    def __str__(self) -> str:
        return f"{self.authority}: social value {self.period}"

    @property
    def period(self) -> str:
        return f"April {self.year} to March {self.year + 1}"

    @property
    def is_ready(self) -> bool:
        return self.pdf_id is not None
