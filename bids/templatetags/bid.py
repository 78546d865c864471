"""What pages of a tender offer to whoever bids for it."""

from django import template

from accounts.access import companies_of
from bids.models import Bid

register = template.Library()


@register.simple_tag(takes_context=True)
def own_bid(context, tender):
    """The bid that this person's company has begun already, if there is one."""
    user = context["request"].user
    if not user.is_authenticated:
        return None
    bids = Bid.objects.visible_to(user).filter(tender=tender, supplier__in=companies_of(user))
    return bids.first()
