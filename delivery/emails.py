"""What supplier and contract manager write to each other about; one link each."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from delivery.models import Return, ReturnLine


def tell_manager_of_return(sent: Return) -> None:
    """A return waits to be checked."""
    contract = sent.contract
    _send(
        subject=f"Check a return: {contract.tender.title}",
        template="delivery/emails/return_sent.txt",
        to=contract.manager.email,
        sent=sent,
        contract=contract,
        address=settings.SITE_URL + reverse("delivery:contract", args=[contract.pk]),
    )


def tell_supplier_of_query(line: ReturnLine) -> None:
    """A line was queried, and why."""
    _send(
        subject=f"Answer a query: {line.part_of.contract.tender.title}",
        template="delivery/emails/line_queried.txt",
        to=line.part_of.sent_by.email,
        line=line,
        contract=line.part_of.contract,
        address=settings.SITE_URL + reverse("delivery:return_line", args=[line.pk]),
    )


def _send(*, subject: str, template: str, to: str, **context) -> None:
    send_mail(
        subject=subject,
        message=render_to_string(template, context),
        from_email=None,
        recipient_list=[to],
    )
