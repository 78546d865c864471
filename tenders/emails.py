"""What a tender's approvers and officers are written to about; one link each."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tenders.models import Extension, OptOut, PublicationApproval, Tender


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


def ask_to_approve(approval: PublicationApproval) -> None:
    """A request to publish a tender waits for somebody else's decision."""
    address = reverse("tenders:decide_publication", args=[approval.tender_id, approval.pk])
    for person in _holding(approval.tender, Role.APPROVER):
        if person.pk != approval.asked_by_id:
            _send(
                subject=f"Decide on publishing: {approval.tender}",
                template="tenders/emails/approval_asked.txt",
                to=person.email,
                approval=approval,
                address=settings.SITE_URL + address,
            )


def tell_of_approval(approval: PublicationApproval) -> None:
    """A draft was approved for publication, or returned, and why."""
    address = reverse("tenders:check", args=[approval.tender_id])
    decided = "Approved" if approval.is_approved else "Returned"
    for person in _holding(approval.tender, Role.OFFICER):
        _send(
            subject=f"{decided}: publishing {approval.tender}",
            template="tenders/emails/approval_decided.txt",
            to=person.email,
            approval=approval,
            address=settings.SITE_URL + address,
        )


def tell_of_first_question(tender: Tender) -> None:
    """A question waits, and none did before; the desk counts those that follow."""
    address = reverse("tenders:conversation", args=[tender.pk])
    for person in _holding(tender, Role.OFFICER):
        _send(
            subject=f"A question to answer: {tender}",
            template="tenders/emails/question_asked.txt",
            to=person.email,
            tender=tender,
            address=settings.SITE_URL + address,
        )


def ask_for_later_deadline(extension: Extension) -> None:
    """A later deadline waits for somebody else's decision, before the present one passes."""
    address = reverse("bids:decide_extension", args=[extension.tender_id, extension.pk])
    for person in _holding(extension.tender, Role.APPROVER):
        if person.pk != extension.proposed_by_id:
            _send(
                subject=f"Decide on a later deadline: {extension.tender}",
                template="tenders/emails/extension_proposed.txt",
                to=person.email,
                extension=extension,
                address=settings.SITE_URL + address,
            )


def tell_of_decided_deadline(extension: Extension) -> None:
    """A later deadline was approved, or returned, and why."""
    address = reverse("tenders:internal", args=[extension.tender_id])
    decided = "Approved" if extension.is_approved else "Returned"
    for person in _holding(extension.tender, Role.OFFICER):
        _send(
            subject=f"{decided}: a later deadline, {extension.tender}",
            template="tenders/emails/extension_decided.txt",
            to=person.email,
            extension=extension,
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
