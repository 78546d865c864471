"""Design system components, form fields and messages for templates."""

from collections.abc import Mapping

from django import template

from design import rendering
from design.components import draw

register = template.Library()


@register.simple_tag
def govuk(component, **params):
    """One component: {% govuk "tag" text="Late" classes="govuk-tag--red" %}."""
    return draw(component, **nested(params))


@register.simple_block_tag(takes_context=False)
def govuk_block(content, component, **params):
    """A component with its body as HTML: {% govuk_block "inset-text" %}…{% endgovuk_block %}."""
    return draw(component, html=content, **nested(params))


@register.simple_tag
def govuk_field(field, size="s", heading=False, show_label=True):
    """One form field with its label, hint and errors."""
    return rendering.draw_field(field, size=size, heading=heading, show_label=show_label)


@register.simple_tag
def govuk_fields(form):
    """Every visible field of a form, in order, and its hidden ones."""
    return rendering.draw_fields(form)


@register.simple_tag
def error_summary(*forms):
    """What is wrong in these forms and formsets, each line leading to its field."""
    return rendering.draw_error_summary(forms)


@register.simple_tag(takes_context=True)
def pagination(context, page):
    """Links to the pages around this one; the rest of the query string stays."""
    query = context["request"].GET.copy()

    def href(number):
        query["page"] = number
        return f"?{query.urlencode()}"

    paginator = page.paginator
    items = [
        {"ellipsis": True}
        if number == paginator.ELLIPSIS
        else {"number": number, "href": href(number), "current": number == page.number}
        for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    ends = {}
    if page.has_previous():
        ends["previous"] = {"href": href(page.previous_page_number())}
    if page.has_next():
        ends["next"] = {"href": href(page.next_page_number())}
    return draw("pagination", items=items, **ends)


@register.filter
def has_errors(form):
    """Whether this is a form or formset that was sent and refused."""
    return rendering.is_refused(form)


@register.filter
def without_bootstrap(classes):
    """The classes of a crispy button without the ones crispy adds for another design."""
    return " ".join(name for name in classes.split() if not name.startswith("btn"))


def nested(params: Mapping) -> dict:
    """`label__text="Name"` as {"label": {"text": "Name"}}."""
    result: dict = {}
    for name, value in params.items():
        *parents, last = name.split("__")
        here = result
        for parent in parents:
            here = here.setdefault(parent, {})
        here[last] = value
    return result
