"""What a bidder is sent."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from bids.models import Submission


def send_receipt(submission: Submission) -> None:
    """The receipt, to the person who pressed Submit; nothing of the bid's content."""
    address = settings.SITE_URL + reverse("bids:receipt", args=[submission.bid_id])
    body = render_to_string(
        "bids/emails/receipt.txt",
        {
            "submission": submission,
            "bid": submission.bid,
            "tender": submission.bid.tender,
            "address": address,
        },
    )
    send_mail(
        subject=f"Your bid was received: receipt {submission.receipt_number}",
        message=body,
        from_email=None,
        recipient_list=[submission.submitted_by.email],
    )
