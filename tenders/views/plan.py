"""The plan of a year: read by all of the authority, changed by those who begin tenders."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Conflict, allows, authorities_where
from accounts.roles import IN_AN_AUTHORITY
from charter.models import Charter
from charter.presenters import duties
from design.entered import entered
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear, year_of
from records.clock import database_time
from tenders.actions import plan as actions
from tenders.forms.entries import EntryForm
from tenders.forms.plan import PlanFilterForm, PlannedForm
from tenders.models import PlannedContract
from tenders.permissions import check_can_plan, planning_authority
from tenders.plan_rows import narrowed
from tenders.presenters import plan as presenter
from tenders.presenters.plan_coverage import coverage_of

CHANGES = ("GET", "HEAD", "POST")


@require_safe
def plan_desk(request):
    """To the plan of this person's authority."""
    found = authorities_where(request.user, *IN_AN_AUTHORITY)
    if not found:
        raise Http404
    return redirect("tenders:plan", found[0].pk)


@require_safe
def plan(request, authority):
    """A year's plan: what it covers, and a row for each contract."""
    authority, now = planning_authority(request.user, authority), database_time()
    period = year_asked(request.GET.get("year", ""), now)
    standing = PlannedContract.objects.visible_to(request.user).standing()
    planned = standing.filter(authority=authority)
    lines = presenter.lines_in(planned.filter(year=period.begins).with_outcome(), authority)
    form = PlanFilterForm(request.GET, lines=lines)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = narrowed(lines, asked)
    used = planned.order_by().values_list("year", flat=True).distinct()
    context = {
        **around(authority, period),
        "years": presenter.years_offered(used, _this_year(now), period),
        "coverage": coverage_of(lines, authority, period.begins),
        "filters": form,
        "rows": presenter.rows_of(shown, request.user, now),
        "total": len(lines),
        "can_plan": allows(check_can_plan, request.user, authority),
        "others": [
            one for one in authorities_where(request.user, *IN_AN_AUTHORITY) if one != authority
        ],
    }
    return render(request, "tenders/plan/plan.html", context)


def around(authority, period) -> dict:
    """What every page of a year's plan shows."""
    return {"authority": authority, "authority_name": authority.name, "period": period}


def _this_year(now) -> FinancialYear:
    return year_of(now.astimezone(LONDON).date())


def year_asked(asked: str, now) -> FinancialYear:
    """The year in the address, or the present one; nothing is found for any other."""
    if not asked:
        return _this_year(now)
    is_number = asked.isascii() and asked.isdigit()
    if not (is_number and FIRST_YEAR <= int(asked[:5]) <= actions.last_year(now)):
        raise Http404
    return FinancialYear(int(asked[:5]))


def planned_for(request, pk) -> PlannedContract:
    """The planned contract, if it stands in the plan of this person's own authority."""
    standing = PlannedContract.objects.visible_to(request.user).standing()
    return get_object_or_404(standing.with_outcome(), pk=pk)


@require_safe
def contract(request, pk):
    """One planned contract: everything the policy says of it, with the clause and why."""
    planned, now = planned_for(request, pk), database_time()
    line = presenter.lines_in([planned], planned.authority)[0]
    context = {
        **around(planned.authority, FinancialYear(planned.year)),
        "row": presenter.rows_of([line], request.user, now)[0],
        "told": duties.told(line.asked),
        "untold": duties.untold(line.asked),
        "can_plan": allows(check_can_plan, request.user, planned.authority),
        "can_begin": allows(actions.refuse_begun, planned),
    }
    return render(request, "tenders/plan/contract.html", context)


def _charters(request, authority) -> dict[str, Charter]:
    found = Charter.objects.visible_to(request.user).in_force().filter(authority=authority)
    return {one.code: one for one in found}


@require_http_methods(CHANGES)
def add(request, authority):
    """Put a contract into the plan."""
    authority, now = planning_authority(request.user, authority), database_time()
    check_can_plan(request.user, authority)
    charters = _charters(request, authority)
    form = PlannedForm(entered(request), charters=charters) if charters else None
    if (
        form
        and form.is_valid()
        and form.carries_out(actions.add_planned, authority=authority, by=request.user, at=now)
    ):
        messages.success(request, f"“{form.result}” is in the plan.")
        return redirect("tenders:plan_contract", form.result.pk)
    context = {**around(authority, year_asked(request.GET.get("year", ""), now)), "form": form}
    return render(request, "tenders/plan/add.html", context)


@require_http_methods(CHANGES)
def edit(request, pk):
    """Say anew what is planned."""
    planned, now = planned_for(request, pk), database_time()
    check_can_plan(request.user, planned.authority)
    form = PlannedForm(
        entered(request),
        charters=_charters(request, planned.authority),
        initial={**actions.shown_of(planned), "seen": str(planned.edits)},
    )
    if form.is_valid() and form.carries_out(
        actions.edit_planned, planned=planned, by=request.user, at=now
    ):
        messages.success(request, f"“{form.result}” is saved.")
        return redirect("tenders:plan_contract", pk)
    context = {
        **around(planned.authority, FinancialYear(planned.year)),
        "planned": planned,
        "form": form,
    }
    return render(request, "tenders/plan/edit.html", context)


@require_http_methods(CHANGES)
def remove(request, pk):
    """Ask whether a contract is to leave the plan; then take it out."""
    planned = planned_for(request, pk)
    check_can_plan(request.user, planned.authority)
    form = EntryForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.remove_planned, planned=planned, by=request.user, at=database_time()
    ):
        messages.success(request, f"“{planned}” is taken out of the plan.")
        return redirect(presenter.plan_address(planned.authority, planned.year))
    context = {**around(planned.authority, FinancialYear(planned.year)), "planned": planned}
    return render(request, "tenders/plan/remove.html", {**context, "form": form})


def planned_to_begin(request, authority) -> PlannedContract | None:
    """The planned contract from which a tender is begun, where the address names one."""
    asked = request.GET.get("planned")
    if not asked:
        return None
    planned = planned_for(request, _uuid(asked))
    if planned.authority_id != authority.pk:
        raise Http404
    try:
        actions.refuse_begun(planned)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None
    return planned


def _uuid(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError:
        raise Http404 from None
