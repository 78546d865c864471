"""The links inside a tender, for pages of every app that works on one."""

from django import template

from records.clock import database_time
from tenders.presenters.burden import burden_of_tender
from tenders.presenters.frame import tabs
from tenders.presenters.gates import minimums_for

register = template.Library()


@register.inclusion_tag("tenders/_tabs.html", takes_context=True)
def tender_tabs(context, tender):
    """The pages of this tender that the person may open now."""
    request = context["request"]
    items = tabs(request.user, tender, database_time(), request.path)
    return {"items": items, "label": tender.title}


@register.inclusion_tag("tenders/_minimums.html")
def minimums(criterion):
    """The least that an answer must reach: of its own, and of its group."""
    return {"minimums": minimums_for(criterion)}


@register.inclusion_tag("tenders/_burden.html")
def tender_burden(tender, of_team=False):
    """How long answering may take; its team is led to what takes longest."""
    return {"tender": tender, "hours": burden_of_tender(tender).hours, "of_team": of_team}
