"""Words on a colour that comes from data: {% load colours %}."""

from django import template

from design.contrast import WHITE, readable_on

register = template.Library()


@register.filter
def words_on(fill: str) -> str:
    """Whether light or dark words can be read on this colour."""
    return "light" if readable_on(fill) == WHITE else "dark"
