"""The links inside a tender, for pages of every app that works on one."""

from django import template

from records.clock import database_time
from tenders.presenters.frame import tabs

register = template.Library()


@register.inclusion_tag("tenders/_tabs.html", takes_context=True)
def tender_tabs(context, tender):
    """The pages of this tender that the person may open now."""
    request = context["request"]
    items = tabs(request.user, tender, database_time(), request.path)
    return {"items": items, "label": tender.title}
