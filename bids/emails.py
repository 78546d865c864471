"""What a bidder is sent, and what all bidders and followers of a tender are told together."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection, send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from bids.models import Bid, Submission
from tenders.models import Extension, FurtherAnswer, Question, Tender


def send_receipt(submission: Submission) -> None:
    """The receipt, to the person who pressed Submit; nothing of the bid's content."""
    address = settings.SITE_URL + reverse("bids:receipt", args=[submission.bid_id])
    bid, tender = submission.bid, submission.bid.tender
    body = render_to_string(
        "bids/emails/receipt.txt",
        {
            "submission": submission,
            "bid": bid,
            "tender": tender,
            "address": address,
        },
    )
    send_mail(
        subject=f"Your {tender.words.bid} was received: receipt {submission.receipt_number}",
        message=body,
        from_email=None,
        recipient_list=[submission.submitted_by.email],
    )


def people_told(tender: Tender) -> QuerySet[User]:
    """Whoever follows a tender, and whoever bids for a company with a bid; each once.

    Read anew each time: a colleague who joined a company yesterday is told too.
    """
    companies = Bid.objects.under_way().filter(tender=tender).values("supplier")
    bidders = Membership.objects.filter(role=Role.BIDDER, organisation__in=companies)
    return User.objects.filter(
        Q(pk__in=bidders.values("user")) | Q(pk__in=tender.followers.values("person")),
        is_active=True,
    ).order_by("email")


def tell_of_answer(question: Question, further: FurtherAnswer | None = None) -> None:
    """A question was answered; whoever asked is told what everybody is."""
    again = "Answered further" if further else "A question was answered"
    _tell_all(
        question.tender,
        subject=f"{again}: {question.tender}",
        template="bids/emails/answered.txt",
        question=question,
        further=further,
    )


def tell_of_later_deadline(extension: Extension) -> None:
    """The deadline was moved: from when, to when and why."""
    _tell_all(
        extension.tender,
        subject=f"Later deadline: {extension.tender}",
        template="bids/emails/deadline_moved.txt",
        extension=extension,
    )


def tell_of_end(tender: Tender) -> None:
    """A tender that was published has been cancelled, and why."""
    _tell_all(tender, subject=f"Cancelled: {tender}", template="bids/emails/cancelled.txt")


def _tell_all(tender: Tender, *, subject: str, template: str, **context) -> None:
    """The same words to each, in a letter of their own: nobody learns who else is told."""
    address = settings.SITE_URL + reverse("tenders:public", args=[tender.pk])
    body = render_to_string(template, {"tender": tender, "address": address, **context})
    one_line = " ".join(subject.split())
    get_connection().send_messages(
        [EmailMessage(one_line, body, to=[person.email]) for person in people_told(tender)]
    )
