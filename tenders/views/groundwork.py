"""Before a tender: the records of an authority, one of them, and the pages that fill it in."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Conflict, allows, authorities_where
from accounts.roles import IN_AN_AUTHORITY, Role
from charter.models import Charter
from design.entered import entered
from records.clock import database_time
from records.files import as_download
from tenders.actions import groundwork as actions
from tenders.forms.entries import EntryForm
from tenders.forms.groundwork import (
    PART_FORMS,
    AttachForm,
    ConsultationForm,
    EditConsultationForm,
    NameForm,
    UseForm,
)
from tenders.groundwork import PARTS, WELL_BEING, told_in
from tenders.models import Groundwork, PlannedContract, Tender
from tenders.permissions import check_can_begin_record, check_can_prepare, check_can_take_out
from tenders.presenters import groundwork as presenter
from tenders.states import Stage

PER_PAGE = 20


@require_safe
def record_list(request):
    """Every record of one's own authorities, the newest first."""
    authorities = authorities_where(request.user, *IN_AN_AUTHORITY)
    if not authorities:
        raise Http404
    records = Groundwork.objects.visible_to(request.user).with_everything()
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": presenter.rows(page),
        "many": len(authorities) > 1,
        "begins": [one for one in authorities if allows(check_can_begin_record, request.user, one)],
    }
    return render(request, "tenders/groundwork/list.html", context)


@require_safe
def record(request, pk):
    """What was thought of, asked, learned and agreed before one procurement."""
    found, now = _seen_by(request, pk), database_time()
    charters = Charter.objects.visible_to(request.user).in_force()
    context = {
        **_framed(found),
        "can_change": allows(check_can_prepare, request.user, found),
        "can_take_out": allows(check_can_take_out, request.user, found, now),
        "tasks": presenter.task_list(found),
        "done": presenter.parts_done(found),
        "well_being": presenter.answers(found, WELL_BEING),
        "chart": presenter.consulted_chart(found),
        "entries": presenter.timeline(found),
        "tender_url": presenter.tender_shown(request.user, found, now),
        "aims": presenter.aims_of(charters.filter(authority=found.authority)),
    }
    return render(request, "tenders/groundwork/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, authority):
    """Begin a record, perhaps from a planned contract or for a draft tender."""
    authorities = authorities_where(request.user, *IN_AN_AUTHORITY)
    found = next((one for one in authorities if one.pk == authority), None)
    if found is None:
        raise Http404
    check_can_begin_record(request.user, found)
    planned, tender = _planned(request, found), _tender(request, found)
    if planned is not None and hasattr(planned, "groundwork"):
        return redirect("tenders:groundwork", planned.groundwork.pk)
    title = planned.title if planned else tender.title if tender else ""
    form = NameForm(entered(request), initial={"title": title})
    about = {"authority": found, "planned": planned, "tender": tender}
    if _saves(request, form, actions.begin_groundwork, "The record is begun.", **about):
        return redirect("tenders:groundwork", form.result.pk)
    context = {**about, "authority_name": found.name, "form": form}
    return render(request, "tenders/groundwork/begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk, part):
    """Answer one part of the record."""
    if part not in PARTS:
        raise Http404
    found, kind = _changed_by(request, pk), PART_FORMS[part]
    form = kind(entered(request), initial=kind.drawn_from(PARTS[part].state_of(found)))
    said = f"Saved: {PARTS[part].title.lower()}."
    about = {"groundwork": found, "part": part}
    if _saves(request, form, actions.edit_groundwork, said, **about):
        return redirect("tenders:groundwork", pk)
    return _form_page(request, found, form, heading=PARTS[part].title)


@require_http_methods(["GET", "HEAD", "POST"])
def add_consultation(request, pk):
    """Say who was asked, and what was learned of them."""
    found = _changed_by(request, pk)
    form = ConsultationForm(entered(request))
    said = "The consultation is added."
    if _saves(request, form, actions.add_consultation, said, groundwork=found):
        return _back_to(found, "consulted")
    return _form_page(request, found, form, heading="Add a consultation", place="consulted")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_consultation(request, pk, consultation):
    """Change what was said of one consultation."""
    found, held = _consultation(request, pk, consultation)
    kind = EditConsultationForm
    form = kind(entered(request), initial=kind.drawn_from(told_in(held)))
    said = "The consultation is saved."
    if _saves(request, form, actions.edit_consultation, said, consultation=held):
        return _back_to(found, "consulted")
    return _form_page(request, found, form, heading="Change a consultation", place="consulted")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_consultation(request, pk, consultation):
    """Ask once more, then take a consultation out."""
    found, held = _consultation(request, pk, consultation)
    form, action = EntryForm(entered(request)), actions.remove_consultation
    if _saves(request, form, action, "The consultation is removed.", consultation=held):
        return _back_to(found, "consulted")
    asked = {
        "heading": f"Remove the consultation of “{held.who}”?",
        "place": "consulted",
        "button": "Remove it",
    }
    text = "What was learned from them is removed with it."
    return _asks(request, found, form, text=text, **asked)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request, pk):
    """Keep a file with the record."""
    found = _changed_by(request, pk)
    form = AttachForm(entered(request), request.FILES or None)
    if _saves(request, form, actions.attach_file, "The file is added.", groundwork=found):
        return _back_to(found, "files")
    return _form_page(request, found, form, heading="Add a file", place="files", has_file=True)


@require_safe
def download(request, pk, file):
    """One of the record's files, for the people of its authority."""
    found = _seen_by(request, pk)
    kept = get_object_or_404(found.files.select_related("file"), pk=file)
    return as_download(kept.file)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_file(request, pk, file):
    """Ask once more, then take a file out."""
    found = _changed_by(request, pk)
    kept = get_object_or_404(found.files.select_related("file", "groundwork"), pk=file)
    form = EntryForm(entered(request))
    if _saves(request, form, actions.remove_file, "The file is removed.", kept=kept):
        return _back_to(found, "files")
    asked = {"heading": f"Remove “{kept.about}”?", "place": "files", "button": "Remove it"}
    return _asks(request, found, form, text=f"The file {kept} leaves the record.", **asked)


@require_http_methods(["GET", "HEAD", "POST"])
def use(request, pk):
    """Put the record into the file of a draft tender."""
    found = _changed_by(request, pk)
    drafts = Tender.objects.visible_to(request.user).of_team_member(request.user, Role.OFFICER)
    free = drafts.filter(stage=Stage.DRAFT, authority=found.authority, groundwork=None)
    form = UseForm(entered(request), tenders=list(free))
    said = "The record is in the tender’s file."
    if _saves(request, form, actions.use_in_tender, said, groundwork=found):
        return _back_to(found, "tender")
    context = {**_framed(found), "form": form, "heading": "Use in a tender", "place": "tender"}
    return render(request, "tenders/groundwork/use.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request, pk):
    """Ask once more, then free the record for another tender."""
    found, form = _changed_by(request, pk), EntryForm(entered(request))
    check_can_take_out(request.user, found, database_time())
    said = "The record is in no tender’s file now."
    if _saves(request, form, actions.take_out_of_tender, said, groundwork=found):
        return _back_to(found, "tender")
    heading = "Take the record out of the tender’s file?"
    text = "The record stays. It can be used in another tender, or in this one again."
    asked = {"heading": heading, "place": "tender", "button": "Take it out"}
    return _asks(request, found, form, text=text, **asked)


def _seen_by(request, pk):
    """A record of one's own authority; to anyone else there is none."""
    return get_object_or_404(Groundwork.objects.visible_to(request.user).with_everything(), pk=pk)


def _changed_by(request, pk):
    """The record, if this person may change it; refused at the wrong time when it is saved."""
    found = _seen_by(request, pk)
    try:
        check_can_prepare(request.user, found)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None
    return found


def _consultation(request, pk, consultation):
    found = _changed_by(request, pk)
    return found, get_object_or_404(
        found.consultations.select_related("groundwork"), pk=consultation
    )


def _planned(request, authority):
    """The planned contract that the address names, if it is one of the authority's."""
    asked = _asked(request, "planned")
    plan = PlannedContract.objects.visible_to(request.user).filter(removed_at__isnull=True)
    return get_object_or_404(plan, pk=asked, authority=authority) if asked else None


def _tender(request, authority):
    """The draft tender that the address names, if this person is an officer of it."""
    asked = _asked(request, "tender")
    drafts = Tender.objects.visible_to(request.user).of_team_member(request.user, Role.OFFICER)
    return get_object_or_404(drafts, pk=asked, authority=authority) if asked else None


def _asked(request, name):
    try:
        return UUID(request.GET[name]) if request.GET.get(name) else None
    except ValueError:
        raise Http404 from None


def _saves(request, form, action, said, **context):
    """Whether the form was sent, fits and is saved; says so when it is."""
    if not form.is_valid():
        return False
    if not form.carries_out(action, by=request.user, at=database_time(), **context):
        return False
    messages.success(request, said)
    return True


def _back_to(found, place):
    return redirect(f"{reverse('tenders:groundwork', args=[found.pk])}#{place}")


def _framed(found):
    state, colour = presenter.state_of(found)
    return {
        "record": found,
        "authority_name": found.authority.name,
        "state": state,
        "colour": colour,
    }


def _form_page(request, found, form, **more):
    return render(request, "tenders/groundwork/form.html", {**_framed(found), "form": form, **more})


def _asks(request, found, form, **more):
    return render(request, "tenders/groundwork/ask.html", {**_framed(found), "form": form, **more})
