"""A chart, and the table that says the same: {% load charts %}."""

from django import template

from design.drawing import Chart

register = template.Library()


@register.inclusion_tag("design/charts/figure.html")
def chart(chart: Chart, heading=True):
    """The picture with its title, what it shows, and its legend."""
    return {"chart": chart, "heading": heading}


@register.inclusion_tag("design/charts/table.html")
def chart_table(chart: Chart):
    """The same values as a table."""
    return {"chart": chart}
