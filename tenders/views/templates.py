"""Templates of an authority: kept from a tender, listed, changed and retired."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import allows, authority_for
from accounts.roles import Permission
from design.entered import entered
from records.clock import database_time
from tenders.actions import templates as actions
from tenders.forms.entries import EntryForm
from tenders.forms.templates import EditTemplateForm, TemplateForm
from tenders.models import DesignTemplate, Tender
from tenders.permissions import (
    check_can_change_template,
    check_can_keep_template,
    check_can_restrict,
)
from tenders.presenters.beginning import kept_rows


def template_list(request, authority):
    """The templates that stand, for whoever begins tenders."""
    authority = authority_for(Permission.TENDER_CREATE, request.user, authority)
    found = DesignTemplate.objects.visible_to(request.user).standing().filter(authority=authority)
    can_restrict = allows(check_can_restrict, request.user, authority)
    context = {
        "authority": authority,
        "authority_name": authority.name,
        "rows": kept_rows(found.select_related("kept_by"), can_restrict),
    }
    return render(request, "tenders/templates/list.html", context)


def keep(request, pk):
    """Keep the design of a tender as a template."""
    tenders = Tender.objects.visible_to(request.user).select_related("authority")
    tender = get_object_or_404(tenders, pk=pk)
    check_can_keep_template(request.user, tender)
    can_restrict = allows(check_can_restrict, request.user, tender.authority)
    form = TemplateForm(entered(request), can_restrict=can_restrict)
    if form.is_valid() and form.carries_out(
        actions.keep_template, tender=tender, by=request.user, at=database_time()
    ):
        messages.success(request, f"“{form.result}” is kept as a template.")
        return redirect("tenders:templates", tender.authority_id)
    context = {"tender": tender, "authority_name": tender.authority.name, "form": form}
    return render(request, "tenders/templates/keep.html", context)


def edit(request, pk):
    """What a template is for, and which band it is kept to."""
    template, context = _template(request, pk)
    can_restrict = allows(check_can_restrict, request.user, template.authority)
    form = EditTemplateForm(
        entered(request),
        can_restrict=can_restrict,
        initial=EditTemplateForm.of(template, template),
    )
    if form.is_valid() and form.carries_out(
        actions.edit_template, template=template, by=request.user, at=database_time()
    ):
        messages.success(request, f"“{form.result}” is saved.")
        return redirect("tenders:templates", template.authority_id)
    return render(request, "tenders/templates/edit.html", {**context, "form": form})


def retire(request, pk):
    """Ask whether a template is to be offered no longer; then retire it."""
    template, context = _template(request, pk)
    form = EntryForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.retire_template, template=template, by=request.user, at=database_time()
    ):
        messages.success(request, f"“{form.result}” is retired.")
        return redirect("tenders:templates", template.authority_id)
    return render(request, "tenders/templates/retire.html", {**context, "form": form})


def _template(request, pk):
    """The template that stands, if this person may change it, and what its pages show."""
    standing = DesignTemplate.objects.visible_to(request.user).standing()
    template = get_object_or_404(standing.select_related("authority"), pk=pk)
    check_can_change_template(request.user, template)
    return template, {"template": template, "authority_name": template.authority.name}
