"""The links inside a tender, for pages of every app that works on one."""

from django import template
from django.db.models import prefetch_related_objects

from metrics.presenters.targets import target_in_words
from records.clock import database_time
from tenders.coverage import IN_PUBLIC, coverage_lines
from tenders.presenters.burden import burden_of_tender
from tenders.presenters.conditions import conditions_of
from tenders.presenters.frame import tabs
from tenders.presenters.gates import minimums_for

register = template.Library()
CONDITIONS = "What every supplier must deliver; it earns no points"


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


@register.inclusion_tag("tenders/_conditions.html")
def tender_conditions(tender, heading=CONDITIONS):
    """What every supplier must deliver under the contract, beside what is scored."""
    prefetch_related_objects([tender], "conditions__metric")
    return {"heading": heading, "conditions": conditions_of(tender)}


@register.inclusion_tag("tenders/_coverage.html")
def tender_coverage(tender):
    """How many projects of a funding round must serve each field of action."""
    return {"lines": coverage_lines(tender), "how": IN_PUBLIC}


@register.filter
def price_note(tender):
    """Who will see a price, and when."""
    return tender.words.price_note.format(tender.authority.name)


@register.filter
def own_target(criterion):
    """The target that this contract asks for in place of the charter's, in words."""
    return target_in_words(criterion.own_measure, criterion.metric).whole
