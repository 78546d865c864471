"""What is said while a tender is out: questions, their public answers, and who is told."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import Role
from tenders.models.competitions import Tender


class QuestionQuerySet(models.QuerySet):
    """Finds questions."""

    def visible_to(self, user):
        """One's own company's, and those to one's own authorities."""
        if not user.is_authenticated:
            return self.none()
        own = user.memberships.filter(role=Role.BIDDER).values("organisation")
        home = user.memberships.values("organisation")
        return self.filter(Q(asked_for__in=own) | Q(tender__authority__in=home))

    def answered(self):
        """Those whose answer everybody may read, oldest first."""
        return self.filter(answered_at__isnull=False).order_by("answered_at")

    def waiting(self):
        """Those nobody has answered yet, oldest first."""
        return self.filter(answered_at__isnull=True).order_by("asked_at")

    def of_companies_of(self, user):
        """Those a company asked for which this person bids."""
        own = user.memberships.filter(role=Role.BIDDER).values("organisation")
        return self.filter(asked_for__in=own)


class Question(models.Model):
    """A company's question, asked in private; its answer is public and names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tender = models.ForeignKey(Tender, models.CASCADE, related_name="asked")
    asked_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    text = models.TextField()
    # As the public reads it: without what would tell who asked.
    public_text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answer="") & ~Q(public_text="")),
                name="an_answer_has_words_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Question on {self.tender}"

    @property
    def audit_stream(self) -> str:
        return f"tender:{self.tender_id}"


class FurtherAnswer(models.Model):
    """What was said later to a question already answered; what was said first stays."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="further")
    text = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_further_answer_has_words"),
        ]

    def __str__(self) -> str:
        return f"Further answer on {self.question.tender}"


class Follower(models.Model):
    """A person who is told whatever happens to a tender."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed")
    since = models.DateTimeField()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "person"], name="a_tender_is_followed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.tender}"
