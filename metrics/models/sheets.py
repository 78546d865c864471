"""A spreadsheet of the catalogue, read but not yet applied."""

import uuid

from django.conf import settings
from django.db import models

from charter.models import Charter


class CatalogueUploadQuerySet(models.QuerySet):
    """Finds uploads."""

    def visible_to(self, user):
        """One's own, to drafts one may read."""
        return self.filter(charter__in=Charter.objects.visible_to(user), uploaded_by=user)


class CatalogueUpload(models.Model):
    """A sound spreadsheet waiting for somebody to say that its changes are meant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # The metrics as read from it, in the order of its rows.
    rows = models.JSONField()
    # SHA-256 over the draft's metrics when it was read: they must be the same when it is applied.
    read_against = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    objects = CatalogueUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
