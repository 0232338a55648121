"""Places and sizes within a picture. Formatting only."""

from django import template

register = template.Library()


@register.filter
def add_float(value: float, other: float) -> float:
    """The sum of two lengths; Django's own ``add`` cuts fractions."""
    return round(value + other, 2)


@register.filter
def chart_top(counter: int, height: int) -> int:
    """The y of a chart in a picture of two charts a row, counted from 1."""
    return (counter - 1) // 2 * height


@register.filter
def less(value: float, other: float) -> float:
    """The difference of two figures."""
    return value - other


@register.filter
def size(value: float) -> float:
    """A figure without its sign."""
    return abs(value)
