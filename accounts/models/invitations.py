"""Who was asked to join a company, and has not yet."""

import uuid

from django.db import models
from django.db.models.functions import Lower

from accounts.models.people import Organisation, User


class ColleagueInvitationQuerySet(models.QuerySet):
    """Finds invitations."""

    def visible_to(self, user):
        """Those of the companies this person bids for."""
        return self.filter(company__in=Organisation.objects.of_bidder(user))


class ColleagueInvitation(models.Model):
    """A link sent to one address, by which its owner may join a company; gone once used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    full_name = models.CharField(max_length=150)
    email = models.EmailField()
    sent_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    answer_until = models.DateTimeField()

    objects = ColleagueInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "company", Lower("email"), name="one_invitation_per_address_and_company"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, asked to join {self.company}"
