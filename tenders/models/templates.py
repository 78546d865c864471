"""A design kept for the next time: what an authority begins its tenders from."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from tenders.choices import Opportunity


class DesignTemplateQuerySet(models.QuerySet):
    """Finds templates."""

    def visible_to(self, user):
        """Those of one's own authorities."""
        return self.filter(authority__in=user.memberships.values("organisation"))

    def standing(self):
        """Those that nobody has retired."""
        return self.filter(retired_at__isnull=True)


class DesignTemplate(models.Model):
    """Questions, metrics, scale, weights and gates of a tender, without its contract or its bids.

    It may be kept to contracts of a band: over one sum, up to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="design_templates")
    opportunity = models.CharField(max_length=13, choices=Opportunity.choices)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    # In the form that tenders.designs writes and reads.
    design = models.JSONField()
    over = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    up_to = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    # Contracts of its band must begin from this template, or from another that says so too.
    is_compulsory = models.BooleanField(default=False)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    edits = models.PositiveIntegerField(default=0)

    objects = DesignTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "title"],
                condition=Q(retired_at__isnull=True),
                name="a_template_is_titled_once",
            ),
            models.CheckConstraint(
                condition=Q(over__isnull=True) | Q(up_to__isnull=True) | Q(up_to__gt=F("over")),
                name="a_band_of_a_template_ends_above_its_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.title
