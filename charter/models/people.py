"""Who stands with a charter, and who was asked about a draft of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from charter.models.charters import Charter, Principle
from charter.states import PartnerState


class PartnerQuerySet(models.QuerySet):
    """Finds partners."""

    def visible_to(self, user):
        """Those whose charter this person may read."""
        return self.filter(charter__in=Charter.objects.visible_to(user))

    def confirmed(self):
        return self.filter(state=PartnerState.CONFIRMED)

    def waiting(self):
        return self.filter(state=PartnerState.WAITING)

    def of_any_version(self, charter):
        """Whoever signed any version of this charter."""
        return self.filter(charter__authority=charter.authority_id, charter__code=charter.code)


class Partner(models.Model):
    """An organisation that signs up to a charter: what it says, and what it aligns with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(Charter, models.PROTECT, related_name="partners")
    name = models.CharField(max_length=200)
    statement = models.TextField()
    principles = models.ManyToManyField(Principle, related_name="partners")
    # Its own social value statement, in words or as an address.
    own_statement = models.TextField(blank=True)
    # Never shown to the public.
    contact_name = models.CharField(max_length=150, blank=True)
    contact_email = models.EmailField(blank=True)
    state = models.CharField(
        max_length=10, choices=PartnerState.choices, default=PartnerState.WAITING
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_partner_was_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InvitationQuerySet(models.QuerySet):
    """Finds invitations."""

    def visible_to(self, user):
        """Those of drafts this person may read."""
        return self.filter(charter__in=Charter.objects.visible_to(user))


class Invitation(models.Model):
    """A stakeholder group asked by e-mail to comment on a draft, through a link of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="invitations")
    group = models.CharField(max_length=200)
    email = models.EmailField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answer_until = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["group"]

    def __str__(self) -> str:
        return self.group


class CommentQuerySet(models.QuerySet):
    """Finds comments."""

    def visible_to(self, user):
        """Those on charters this person may read."""
        return self.filter(charter__in=Charter.objects.visible_to(user))

    def unanswered(self):
        return self.filter(answered_at__isnull=True)


class Comment(models.Model):
    """What a stakeholder group said of a draft version, and what it was answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charter = models.ForeignKey(Charter, models.CASCADE, related_name="comments")
    # What it is about, as the page names it: "Metric 7 Waste to landfill", "The whole charter".
    about = models.CharField(max_length=200)
    group = models.CharField(max_length=200)
    words = models.TextField()
    # A colleague wrote it down, or the group itself through its link.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="comments")
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    # Whether the draft was changed because of it.
    led_to_change = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="an_answer_has_words_and_an_author",
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=False, invitation__isnull=True)
                | Q(made_by__isnull=True, invitation__isnull=False),
                name="a_comment_comes_from_one_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} on {self.about}"
