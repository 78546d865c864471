"""What a tender's approvers and officers are written to about; one link each."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tenders.models import OptOut, Tender


def ask_approvers(opt_out: OptOut) -> None:
    """A request to leave social value out, or to waive a clause, waits for a decision."""
    address = reverse("tenders:decide_opt_out", args=[opt_out.tender_id, opt_out.pk])
    for person in _holding(opt_out.tender, Role.APPROVER):
        _send(
            subject=f"Decide on {_what(opt_out)}: {opt_out.tender}",
            template="tenders/emails/opt_out_asked.txt",
            to=person.email,
            opt_out=opt_out,
            address=settings.SITE_URL + address,
        )


def tell_officers(opt_out: OptOut) -> None:
    """A request was approved or turned down, and why."""
    address = reverse("tenders:policy", args=[opt_out.tender_id])
    decided = "Approved" if opt_out.is_approved else "Turned down"
    for person in _holding(opt_out.tender, Role.OFFICER):
        _send(
            subject=f"{decided}: {_what(opt_out)}, {opt_out.tender}",
            template="tenders/emails/opt_out_decided.txt",
            to=person.email,
            opt_out=opt_out,
            address=settings.SITE_URL + address,
        )


def _what(opt_out: OptOut) -> str:
    return "a waiver" if opt_out.clause else "leaving social value out"


def _holding(tender: Tender, role: Role) -> Iterable[User]:
    """The people of the team in this role, still of the authority and without an interest."""
    return User.objects.filter(
        pk__in=tender.assignments.filter(role=role, conflicted_at__isnull=True).values("person"),
        memberships__organisation=tender.authority_id,
    ).distinct()


def _send(*, subject: str, template: str, to: str, **context) -> None:
    send_mail(
        # What a person typed must not begin a new header.
        subject=" ".join(subject.split()),
        message=render_to_string(template, context),
        from_email=None,
        recipient_list=[to],
    )
