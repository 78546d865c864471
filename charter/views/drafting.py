"""A draft charter on one page, and the pages that change its words and fields of action."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from charter import actions
from charter.drafting import quadrant_state, words_of
from charter.forms.drafting import EditQuadrantForm, QuadrantForm, RemoveForm, WordsForm
from charter.models import Framework, Mapping
from charter.permissions import draft_for
from charter.presenters.drafting import contradictions, shown_clauses, shown_rules
from charter.refusals import Unfit
from design.entered import entered
from records.clock import database_time

WAYS = ("up", "down")


def draft_under(request, pk):
    """The draft, if this person may change it."""
    return draft_for(Permission.CHARTER_EDIT, request.user, pk)


def back_to(charter, place=""):
    """Back to the draft, at the part that was changed."""
    anchor = f"#{place}" if place else ""
    return redirect(f"{reverse('charter:edit', args=[charter.pk])}{anchor}")


def form_page(request, charter, form, *, heading, button, **more):
    """A page of the draft with one form."""
    template = more.pop("template", "charter/drafting/form.html")
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "form": form,
        "heading": heading,
        "button": button,
        **more,
    }
    return render(request, template, context)


def save(request, form, action, said, **context):
    """Whether the form was sent, fits and is saved; says so when it is."""
    if not form.is_valid():
        return False
    if not form.carries_out(action, by=request.user, at=database_time(), **context):
        return False
    messages.success(request, said)
    return True


def removal(request, draft, action, *, title, place, text, **context):
    """Ask whether a part of the draft is to go; then remove it."""
    form = RemoveForm(entered(request))
    if save(request, form, action, f"“{title}” is removed.", **context):
        return back_to(draft, place)
    template = "charter/drafting/remove.html"
    heading = f"Remove “{title}”?"
    more = {"template": template, "text": text, "place": place}
    return form_page(request, draft, form, heading=heading, button="Remove it", **more)


def move(request, charter, action, way, place, **context):
    """Put a part of the draft one place further up or down.

    Nothing is said of it: a message would take the reader away from what has moved.
    """
    if way not in WAYS:
        raise Http404
    try:
        action(way=way, by=request.user, at=database_time(), **context)
    except Unfit as refusal:
        messages.error(request, str(refusal))
    return back_to(charter, place)


@require_safe
def edit(request, pk):
    """Everything of the draft, each part with its way to change it."""
    charter = draft_under(request, pk)
    mappings = Mapping.objects.visible_to(request.user).select_related(
        "theme__framework", "element"
    )
    mappings = mappings.order_by("theme__framework_id", "-is_primary", "theme__number")
    quadrants = charter.quadrants.prefetch_related(Prefetch("principles__mappings", mappings))
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "quadrants": quadrants,
        "frameworks": Framework.objects.visible_to(request.user).exists(),
        "rules": shown_rules(charter.rules),
        "contradictions": contradictions(charter.rules, charter.clauses),
        "clauses": shown_clauses(charter.clauses),
    }
    return render(request, "charter/drafting/edit.html", context)


@require_http_methods(["GET", "POST"])
def edit_words(request, pk):
    """What the charter is called, where it holds, what it is for, where it comes from."""
    charter = draft_under(request, pk)
    form = WordsForm(entered(request), initial=WordsForm.drawn_from(words_of(charter)))
    if save(request, form, actions.edit_words, "The words are saved.", charter=charter):
        return back_to(charter, "words")
    heading = "Words of the charter"
    return form_page(request, charter, form, heading=heading, button="Save the words")


@require_http_methods(["GET", "POST"])
def add_quadrant(request, pk):
    """A field of action after the others."""
    charter = draft_under(request, pk)
    form = QuadrantForm(entered(request))
    if save(request, form, actions.add_quadrant, "The field of action is added.", charter=charter):
        return back_to(charter, f"quadrant-{form.result.code}")
    heading = "Add a field of action"
    return form_page(request, charter, form, heading=heading, button="Add the field of action")


@require_http_methods(["GET", "POST"])
def edit_quadrant(request, pk, quadrant):
    """What a field of action is called."""
    charter = draft_under(request, pk)
    found = get_object_or_404(charter.quadrants, code=quadrant)
    form = EditQuadrantForm(
        entered(request), initial=EditQuadrantForm.drawn_from(quadrant_state(found))
    )
    if save(request, form, actions.edit_quadrant, "The field of action is saved.", quadrant=found):
        return back_to(charter, f"quadrant-{found.code}")
    return form_page(request, charter, form, heading=found.title, button="Save the field of action")


@require_POST
def move_quadrant(request, pk, quadrant, way):
    """A field of action one place further up or down."""
    charter = draft_under(request, pk)
    found = get_object_or_404(charter.quadrants, code=quadrant)
    place = f"quadrant-{found.code}"
    return move(request, charter, actions.move_quadrant, way, place, quadrant=found)


@require_http_methods(["GET", "POST"])
def remove_quadrant(request, pk, quadrant):
    """A field of action that holds nothing any more."""
    charter = draft_under(request, pk)
    found = get_object_or_404(charter.quadrants, code=quadrant)
    return removal(
        request,
        charter,
        actions.remove_quadrant,
        title=found.title,
        place="quadrants",
        text="The field of action leaves the draft. It must hold no principles.",
        quadrant=found,
    )
