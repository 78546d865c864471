"""The principles of a draft: their sentences, their order, and what each of them serves."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter import actions
from charter.drafting import principle_state
from charter.forms.drafting import EditPrincipleForm, PrincipleForm, next_code
from charter.forms.drafting_mappings import MappingForm
from charter.marks import mapping_state
from charter.models import Framework, Principle
from charter.views.drafting import back_to, draft_under, form_page, move, removal, save
from design.entered import entered


def principle_under(request, pk, principle):
    """The draft and a principle of it."""
    charter = draft_under(request, pk)
    rows = Principle.objects.visible_to(request.user).select_related("quadrant__charter__authority")
    return charter, get_object_or_404(rows, quadrant__charter=charter, pk=principle)


def place_of(principle):
    """Where the page of the draft shows a principle."""
    return f"principle-{principle.pk}"


@require_http_methods(["GET", "POST"])
def add_principle(request, pk, quadrant):
    """A principle at the end of a field of action."""
    charter = draft_under(request, pk)
    found = get_object_or_404(charter.quadrants.select_related("charter__authority"), code=quadrant)
    form = PrincipleForm(entered(request), initial={"code": next_code(found)})
    if save(request, form, actions.add_principle, "The principle is added.", quadrant=found):
        return back_to(charter, place_of(form.result))
    heading = f"Add a principle to {found.title}"
    return form_page(request, charter, form, heading=heading, button="Add the principle")


@require_http_methods(["GET", "POST"])
def edit_principle(request, pk, principle):
    """The words of a principle, and its field of action."""
    charter, found = principle_under(request, pk, principle)
    form = EditPrincipleForm(
        entered(request),
        initial=EditPrincipleForm.drawn_from(principle_state(found)),
        charter=charter,
    )
    if save(request, form, actions.edit_principle, "The principle is saved.", principle=found):
        return back_to(charter, place_of(found))
    return form_page(request, charter, form, heading=str(found), button="Save the principle")


@require_POST
def move_principle(request, pk, principle, way):
    """A principle one place further up or down."""
    charter, found = principle_under(request, pk, principle)
    action = actions.move_principle
    return move(request, charter, action, way, place_of(found), principle=found)


@require_http_methods(["GET", "POST"])
def remove_principle(request, pk, principle):
    """A principle that no metric belongs to any more."""
    charter, found = principle_under(request, pk, principle)
    return removal(
        request,
        charter,
        actions.remove_principle,
        title=str(found),
        place=f"quadrant-{found.quadrant.code}",
        text="The principle leaves the draft, with all it is said to serve. "
        "Its metrics must be moved or removed first.",
        principle=found,
    )


@require_safe
def serves(request, pk, principle):
    """What a principle serves, framework by framework, each to be changed."""
    charter, found = principle_under(request, pk, principle)
    mappings = list(found.mappings.select_related("theme__framework", "element"))
    frameworks = Framework.objects.visible_to(request.user).order_by("family", "code")
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "principle": found,
        "frameworks": [
            (one, [it for it in mappings if it.theme.framework_id == one.code])
            for one in frameworks
        ],
    }
    return render(request, "charter/drafting/serves.html", context)


@require_http_methods(["GET", "POST"])
def edit_mapping(request, pk, principle, framework):
    """A mark beside each theme and outcome of one framework."""
    charter, found = principle_under(request, pk, principle)
    editions = Framework.objects.visible_to(request.user).prefetch_related("themes__elements")
    edition = get_object_or_404(editions, code=framework)
    state = mapping_state(found, edition)
    form = MappingForm(entered(request), initial=MappingForm.drawn_from(state), framework=edition)
    context = {"principle": found, "framework": edition}
    said = f"What “{found}” serves is saved."
    if save(request, form, actions.map_principle, said, **context):
        return back_to(charter, place_of(found))
    heading, template = f"{found}: {edition}", "charter/drafting/mapping.html"
    more = {**context, "template": template}
    return form_page(request, charter, form, heading=heading, button="Save the marks", **more)
