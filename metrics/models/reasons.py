"""Why a charter may be relied on although a check of it finds something doubtful."""

from django.conf import settings
from django.db import models

from charter.models import Charter


class KnownWarning(models.Model):
    """One warning of a check that somebody has read, and their reason to go on nevertheless."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="known_warnings")
    # metrics.lint.Finding.fingerprint: it lapses when the words it is about change.
    fingerprint = models.CharField(max_length=64)
    subject = models.TextField()
    words = models.TextField()
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "fingerprint"], name="one_reason_per_warning_of_a_charter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"
