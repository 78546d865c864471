"""Who may ask for, read and approve an annual report; who an approval paper."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from accounts.access import check_role
from accounts.models import User
from accounts.roles import Permission, Role
from reporting.models import Report
from tenders.models import Tender
from tenders.permissions import ALWAYS, Rule, check

READ_PAPER = Rule(
    "paper.read",
    dict.fromkeys((Role.OFFICER, Role.CHAIR, Role.APPROVER, Role.ADMINISTRATOR), ALWAYS),
    is_change=False,
)
ASK_FOR_PAPER = Rule(
    "paper.ask",
    dict.fromkeys((Role.OFFICER, Role.APPROVER), "D"),
    is_change=True,
    too_early_or_late="A paper is drawn of a draft, and this is no draft any more. Read those that "
    "were drawn before.",
)


def check_can_read_paper(user: User, tender: Tender, now: datetime) -> None:
    """Those who design, chair, approve or administer; it says what nobody has decided yet."""
    check(READ_PAPER, user, tender, now)


def check_can_ask_for_paper(user: User, tender: Tender, now: datetime) -> None:
    check(ASK_FOR_PAPER, user, tender, now)


def report_for(permission: Permission, user: User, pk: UUID) -> Report:
    """The report this person asks for, once a role in its authority allows it."""
    reports = Report.objects.select_related("authority", "job", "pdf", "approved_by")
    report = reports.filter(pk=pk).first()
    if report is None:
        raise Http404
    check_role(user, permission, within=report.authority)
    return report
