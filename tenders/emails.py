"""What a tender's approvers and officers, and whoever has an alert, are written to about."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection, send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from design.templatetags.format import london_date
from tenders.finding import News, news_of
from tenders.models import Extension, OptOut, PublicationApproval, Tender
from tenders.stopping import token_of


def ask_approvers(opt_out: OptOut) -> None:
    """A request to leave social value out, or to waive a clause, waits for a decision."""
    _write(
        opt_out.tender,
        Role.APPROVER,
        subject=f"Decide on {_what(opt_out)}: {opt_out.tender}",
        template="opt_out_asked",
        page=reverse("tenders:decide_opt_out", args=[opt_out.tender_id, opt_out.pk]),
        opt_out=opt_out,
    )


def tell_officers(opt_out: OptOut) -> None:
    """A request was approved or turned down, and why."""
    decided = "Approved" if opt_out.is_approved else "Turned down"
    _write(
        opt_out.tender,
        Role.OFFICER,
        subject=f"{decided}: {_what(opt_out)}, {opt_out.tender}",
        template="opt_out_decided",
        page=reverse("tenders:policy", args=[opt_out.tender_id]),
        opt_out=opt_out,
    )


def ask_to_approve(approval: PublicationApproval) -> None:
    """A request to publish a tender waits for somebody else's decision."""
    _write(
        approval.tender,
        Role.APPROVER,
        besides=approval.asked_by_id,
        subject=f"Decide on publishing: {approval.tender}",
        template="approval_asked",
        page=reverse("tenders:decide_publication", args=[approval.tender_id, approval.pk]),
        approval=approval,
    )


def tell_of_approval(approval: PublicationApproval) -> None:
    """A draft was approved for publication, or returned, and why."""
    decided = "Approved" if approval.is_approved else "Returned"
    _write(
        approval.tender,
        Role.OFFICER,
        subject=f"{decided}: publishing {approval.tender}",
        template="approval_decided",
        page=reverse("tenders:check", args=[approval.tender_id]),
        approval=approval,
    )


def tell_of_first_question(tender: Tender) -> None:
    """A question waits, and none did before; the desk counts those that follow."""
    _write(
        tender,
        Role.OFFICER,
        subject=f"A question to answer: {tender}",
        template="question_asked",
        page=reverse("tenders:conversation", args=[tender.pk]),
        tender=tender,
    )


def ask_for_later_deadline(extension: Extension) -> None:
    """A later deadline waits for somebody else's decision, before the present one passes."""
    _write(
        extension.tender,
        Role.APPROVER,
        besides=extension.proposed_by_id,
        subject=f"Decide on a later deadline: {extension.tender}",
        template="extension_proposed",
        page=reverse("bids:decide_extension", args=[extension.tender_id, extension.pk]),
        extension=extension,
    )


def tell_of_decided_deadline(extension: Extension) -> None:
    """A later deadline was approved, or returned, and why."""
    decided = "Approved" if extension.is_approved else "Returned"
    _write(
        extension.tender,
        Role.OFFICER,
        subject=f"{decided}: a later deadline, {extension.tender}",
        template="extension_decided",
        page=reverse("tenders:internal", args=[extension.tender_id]),
        extension=extension,
    )


def tell_of_published(published: Sequence[Tender]) -> None:
    """Whoever has an alert that what was just published answers: one letter to each, of all of it.

    Nothing of what a person typed is in the subject. All letters are kept in one query.
    """
    get_connection().send_messages([_of_news(news) for news in news_of(published)])


def _of_news(news: News) -> EmailMessage:
    first, several = news.tenders[0], len(news.tenders) > 1
    what = f"{first.words.noun} in {len(news.tenders)} lots" if several else first.words.noun
    stop = settings.SITE_URL + reverse("tenders:stop_alerts", args=[token_of(news.alerts)])
    context = {
        "news": news,
        "first": first,
        "pages": [
            (tender, settings.SITE_URL + reverse("tenders:public", args=[tender.pk]))
            for tender in news.tenders
        ],
        "stop": stop,
    }
    return EmailMessage(
        subject=f"New {what}: {first.words.bids} close on {london_date(first.closes_at)}",
        body=render_to_string("tenders/emails/published.txt", context),
        to=[news.person.email],
        # RFC 8058: a mail program may offer to stop these with one press.
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _what(opt_out: OptOut) -> str:
    return "a waiver" if opt_out.clause else "leaving social value out"


def _holding(tender: Tender, role: Role) -> Iterable[User]:
    """The people of the team in this role, still of the authority and without an interest."""
    return User.objects.filter(
        pk__in=tender.assignments.filter(role=role, conflicted_at__isnull=True).values("person"),
        memberships__organisation=tender.authority_id,
    ).distinct()


def _write(
    of_tender: Tender,
    role: Role,
    *,
    subject: str,
    template: str,
    page: str,
    besides: UUID | None = None,
    **context,
) -> None:
    """One letter to each of the team in this role, besides whoever it is about."""
    for person in _holding(of_tender, role):
        if person.pk == besides:
            continue
        context["address"] = settings.SITE_URL + page
        send_mail(
            # What a person typed must not begin a new header.
            subject=" ".join(subject.split()),
            message=render_to_string(f"tenders/emails/{template}.txt", context),
            from_email=None,
            recipient_list=[person.email],
        )
