"""The links inside a tender, for pages of every app that works on one."""

from django import template
from django.db.models import prefetch_related_objects

from accounts.access import allows
from design.templatetags.format import percent
from metrics.presenters.targets import target_in_words
from records.clock import database_time
from tenders.coverage import HOW_IT_IS_USED, coverage_lines
from tenders.five_cases import case_of, has_cases
from tenders.models import Case
from tenders.permissions import check_can_view_public
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
def tender_burden(tender):
    """How long answering may take, for its team, which is led to what takes longest."""
    return {"tender": tender, "hours": burden_of_tender(tender).hours}


@register.inclusion_tag("tenders/_conditions.html")
def tender_conditions(tender, heading=CONDITIONS):
    """What every supplier must deliver under the contract, beside what is scored."""
    prefetch_related_objects([tender], "conditions__metric")
    return {"heading": heading, "conditions": conditions_of(tender), "tender": tender}


@register.inclusion_tag("tenders/_coverage.html")
def tender_coverage(tender):
    """How many projects of a funding round must serve each field of action."""
    return {"lines": coverage_lines(tender), "how": HOW_IT_IS_USED}


@register.simple_tag(takes_context=True)
def may_preview(context, tender):
    """Whether the reader may open the public page: of a draft, not everybody on its team may."""
    return allows(check_can_view_public, context["request"].user, tender)


@register.filter
def price_note(tender):
    """Who will see a price, and when."""
    return tender.words.price_note.format(tender.authority.name)


@register.filter
def state_said(tender, state):
    """Where it stands, in the words of its kind of opportunity."""
    return tender.words.state(state.label)


@register.filter
def part_said(criterion):
    """Where a question stands: in one of the five cases, or in a part of the score."""
    if has_cases(criterion.tender):
        return Case(case_of(criterion)).label
    return f"{criterion.get_group_display()}: {percent(criterion.weight)} of this part of the score"


@register.filter
def own_target(criterion):
    """The target that this contract asks for in place of the charter's, in words."""
    return target_in_words(criterion.own_measure, criterion.metric).whole
