"""What a company says of itself once, for all its bids."""

from datetime import datetime

from django.db import models

from accounts.models.people import Organisation, User
from design.london import LONDON


class ProfilePartQuerySet(models.QuerySet):
    """Finds what companies say of themselves."""

    def visible_to(self, user):
        """What the companies this person bids for say; others read it only in a bid."""
        return self.filter(company__in=Organisation.objects.of_bidder(user))


class ProfilePart(models.Model):
    """One part of a company's profile: its answers, and when they were last confirmed.

    `part` is one of `accounts.parts.PARTS`; `said` holds the answers as plain strings.
    """

    company = models.ForeignKey(Organisation, models.CASCADE, related_name="profile_parts")
    part = models.CharField(max_length=20)
    said = models.JSONField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ProfilePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "part"], name="each_part_of_a_profile_is_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.company}"

    def is_due(self, now: datetime) -> bool:
        """Whether it was last confirmed a year ago or more, by London's calendar."""
        then, today = (moment.astimezone(LONDON).date() for moment in (self.confirmed_at, now))
        return (today.year, today.month, today.day) >= (then.year + 1, then.month, then.day)
