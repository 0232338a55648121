"""What a summit brought, in the figures of one sentence."""

from collections import Counter
from dataclasses import dataclass

from issues.domain.change import Change, ChangeKind
from issues.domain.fold import Folded
from issues.domain.position import RedLineMention, State
from issues.domain.redline import RedLineChange
from issues.models import Actor, Issue, Summit
from issues.queries.reading.process import Reading


@dataclass(frozen=True)
class LinesDrawn:
    """The issues on which an actor drew a red line; ``outside`` if it did so only away from the table."""

    actor: Actor
    issues: list[Issue]
    derived: bool
    outside: bool


@dataclass(frozen=True)
class Headline:
    """Of ``stated`` positions at a summit and its parallels, ``moved`` changed their placement."""

    stated: int
    moved: int
    new: int
    lines: list[LinesDrawn]


def headline(reading: Reading, folded: Folded, summit: Summit) -> Headline:
    """The figures of a summit and of what runs parallel to it."""
    changes = folded.changes_at(summit.pk)
    kinds = Counter(change.kind for change in changes)
    drawn: dict[int, list[Change]] = {}
    for change in changes:
        if change.red_line == RedLineChange.DRAWN:
            drawn.setdefault(change.entry.actor, []).append(change)
    actors = {item.actor_id: item.actor for item in reading.participations}
    return Headline(
        stated=sum(change.entry.state == State.STATED for change in changes),
        moved=kinds[ChangeKind.MOVED],
        new=kinds[ChangeKind.NEW],
        lines=[
            LinesDrawn(
                actor=actors[actor],
                issues=[reading.issues[change.entry.issue] for change in of_actor],
                derived=all(change.entry.red_line == RedLineMention.DERIVED for change in of_actor),
                outside=all(change.entry.occasion != summit.pk for change in of_actor),
            )
            for actor, of_actor in drawn.items()
            if actor in actors
        ],
    )
