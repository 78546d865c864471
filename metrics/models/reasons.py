"""Why something may be relied on although a check of it finds something doubtful."""

from django.conf import settings
from django.db import models

from charter.models import Charter


class GivenReason(models.Model):
    """One warning of a check that somebody has read, and their reason to go on nevertheless."""

    # metrics.lint.Finding.fingerprint: it lapses when the words it is about change.
    fingerprint = models.CharField(max_length=64)
    subject = models.TextField()
    words = models.TextField()
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class KnownWarning(GivenReason):
    """Why a charter may be published although a check of it finds something doubtful."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="known_warnings")

    class Meta(GivenReason.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "fingerprint"], name="one_reason_per_warning_of_a_charter"
            ),
        ]
