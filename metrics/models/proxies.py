"""Money values that an authority holds under a licence of its own; none ships, none scores."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation


class ProxySetQuerySet(models.QuerySet):
    """Finds sets of proxy values."""

    def visible_to(self, user):
        """Those of one's own authorities: a licence is for whoever holds it."""
        return self.filter(authority__in=user.memberships.values("organisation"))


class ProxySet(models.Model):
    """One edition of somebody's proxy values, as an authority is licensed to use them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="proxy_sets")
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=100)
    publisher = models.CharField(max_length=200)
    licence = models.TextField()
    source = models.TextField()
    geography = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ProxySetQuerySet.as_manager()

    class Meta:
        ordering = ["title", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "title", "edition"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_set_per_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"


class ProxyValue(models.Model):
    """What one unit of a measure is said to be worth, in pounds."""

    within = models.ForeignKey(ProxySet, models.CASCADE, related_name="values")
    reference = models.CharField(max_length=40)
    title = models.TextField()
    unit = models.CharField(max_length=100)
    amount = models.DecimalField(max_digits=24, decimal_places=9)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["within", "reference"], name="one_value_per_reference"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="a_proxy_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"
