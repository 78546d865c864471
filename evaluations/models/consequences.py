"""What was thought of before publishing: whom a tender lets take part."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from tenders.models import Tender


class ReferencePopulation(models.Model):
    """The firms an authority asks itself about before it publishes: examples, not data.

    `firms` is a list of {"name", "size", "headcount", "contract_people", "turnover", "quality"},
    numbers as text, as evaluations.participation reads them.
    """

    authority = models.OneToOneField(Organisation, models.CASCADE, related_name="population")
    firms = models.JSONField()
    # Hours one person works in a year, as text.
    hours_a_year = models.CharField(max_length=20)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    edits = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Firms {self.authority} asks itself about"


class ParticipationNote(models.Model):
    """The answer to "Is this supporting SME participation?" (SSLEP paper, paragraph 22), on file.

    Each is a new one; the last counts. `found` is what the page showed when it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.CASCADE, related_name="participation_notes")
    text = models.TextField()
    found = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_participation_note_has_words"),
        ]

    def __str__(self) -> str:
        return f"On participation in {self.tender}"
