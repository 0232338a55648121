"""Short ids of statements that are taken in the source into which theirs is merged."""

from collections.abc import Sequence
from typing import Any

from issues.domain.short_id import next_like
from issues.models import Statement


def renumbered(keeper: int, losers: Sequence[int], moved: Sequence[Any]) -> dict[int, str]:
    """By the key of a statement its new short id, where its own is another's in the keeper. One query.

    Those of the keeper stay, and so do those that nobody else has; the others are numbered on, in the order
    of their sources and of their short ids there.
    """
    taken = set(Statement.objects.filter(source=keeper).order_by().values_list("ref", flat=True))
    place = {pk: number for number, pk in enumerate(losers)}
    waiting = []
    for statement in sorted(moved, key=lambda one: (place[one.source_id], len(one.ref), one.ref, one.pk)):
        if statement.ref in taken:
            waiting.append(statement)
        taken.add(statement.ref)
    found: dict[int, str] = {}
    for statement in waiting:
        found[statement.pk] = next_like(statement.ref, taken)
        taken.add(found[statement.pk])
    return found
