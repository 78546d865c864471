"""How a profile that was sealed with a bid is shown."""

from datetime import date

from django import template

from design.templatetags.format import london_date

register = template.Library()


@register.filter
def day_said(written):
    """The day written 2026-03-03 as 3 March 2026."""
    return london_date(date.fromisoformat(written))
