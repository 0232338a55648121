"""Ways into a long list: to the first item of each actor, and of each issue. Formatting only."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import template

from issues.queries.pages.named_changes import NamedChange

register = template.Library()
LONG = 10


class Way(NamedTuple):
    """Whom or what it leads to, the key of the position that comes first, and how many there are."""

    name: str
    position: int
    many: int


@register.inclusion_tag("components/jump.html")
def jump(changes: Sequence[NamedChange]) -> dict[str, Any]:
    """The ways into these changes; none where they are seen at once, or are all of one."""
    ways = {
        "actors": _ways(changes, lambda item: item.actor),
        "issues": _ways(changes, lambda item: item.issue),
    }
    return {
        "ways": {of: found for of, found in ways.items() if len(found) > 1} if len(changes) > LONG else {}
    }


def _ways(changes: Sequence[NamedChange], of: Callable[[NamedChange], Any]) -> list[Way]:
    counts = Counter(of(item).pk for item in changes)
    first: dict[int, NamedChange] = {}
    for item in changes:
        first.setdefault(of(item).pk, item)
    return sorted(Way(str(of(one)), one.position.pk, counts[pk]) for pk, one in first.items())
