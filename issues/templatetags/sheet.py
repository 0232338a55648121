"""How the fields of the log sheet are named."""

from django import template

from issues.domain.scale import letters
from issues.forms.sheet import cell_name
from issues.models import Issue
from issues.queries.log_sheet.grid import Square

register = template.Library()


@register.filter(name="cell_name")
def name_of(square: Square) -> str:
    """The name of a cell's field."""
    return cell_name(square.actor.pk, square.issue.pk)


@register.filter
def lettered(issue: Issue) -> list[tuple[str, float, str]]:
    """The options of an issue with their letters: letter, value, label."""
    options = list(issue.options.all())
    by_value = letters(option.value for option in options)
    return [(by_value[option.value], option.value, option.label) for option in options]


@register.filter
def source_typed(posted: dict[str, str], actor: int) -> str:
    """What was posted, or was wrong, in the source field of an actor's row."""
    return posted.get(f"source-{actor}", "")
