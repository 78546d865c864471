"""Who works on a tender."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import ON_A_TENDER, Role


class Assignment(models.Model):
    """A role one person holds on one tender; a declared conflict takes it from them at once."""

    tender = models.ForeignKey("tenders.Tender", models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in ON_A_TENDER])
    assigned_at = models.DateTimeField()
    # When the person last declared interests while holding this role; marking needs it.
    declared_at = models.DateTimeField(null=True)
    conflicted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["role", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "person", "role"], name="a_role_is_assigned_once"
            ),
            models.UniqueConstraint(
                fields=["tender"],
                condition=Q(role=Role.CHAIR, conflicted_at__isnull=True),
                name="a_tender_has_one_chair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"
