"""Who may ask for, read and approve an annual report."""

from uuid import UUID

from django.http import Http404

from accounts.access import check_role
from accounts.models import User
from accounts.roles import Permission
from reporting.models import Report


def report_for(permission: Permission, user: User, pk: UUID) -> Report:
    """The report this person asks for, once a role in its authority allows it."""
    reports = Report.objects.select_related("authority", "job", "pdf", "approved_by")
    report = reports.filter(pk=pk).first()
    if report is None:
        raise Http404
    check_role(user, permission, within=report.authority)
    return report
