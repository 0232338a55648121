"""What a summit brought, in the figures of one sentence."""

from dataclasses import dataclass

from issues.domain.change import Change, ChangeKind
from issues.domain.fold import Folded
from issues.domain.gap import Gap
from issues.domain.position import RedLineMention, State
from issues.domain.redline import RedLineChange
from issues.models import Actor, Issue, Summit
from issues.queries.reading.process import Reading


@dataclass(frozen=True)
class GapTold:
    """An issue on which two parties or more moved at the table, and their gap before and after it."""

    issue: Issue
    actors: list[Actor]
    gap: Gap


@dataclass(frozen=True)
class LinesDrawn:
    """The issues on which an actor drew a red line, or on which the coder derived one from its words.

    ``outside`` if it did so only away from the table.
    """

    actor: Actor
    issues: list[Issue]
    derived: bool
    outside: bool


@dataclass(frozen=True)
class Headline:
    """Of ``stated`` positions at a summit and beside it, ``moved`` changed their placement, by ``movers``.

    Of ``uncertain`` ones it is not known what they came after: they count in nothing else. ``in_parallel`` is
    whether some of them were stated elsewhere at the time.
    """

    stated: int
    moved: int
    movers: list[Actor]
    uncertain: int
    gaps: list[GapTold]
    lines: list[LinesDrawn]
    in_parallel: bool = False


def headline(reading: Reading, folded: Folded, summit: Summit) -> Headline:
    """The figures of a summit and of what runs parallel to it."""
    changes = [change for change in folded.changes_at(summit.pk) if change.entry.state != State.SILENT]
    known = [change for change in changes if change.order_known]
    drawn: dict[tuple[int, bool], list[Change]] = {}
    for change in known:
        if change.red_line == RedLineChange.DRAWN:
            derived = change.entry.red_line == RedLineMention.DERIVED
            drawn.setdefault((change.entry.actor, derived), []).append(change)
    moved = {change.entry.actor for change in known if change.kind == ChangeKind.MOVED}
    return Headline(
        stated=sum(change.entry.state == State.STATED for change in changes),
        moved=sum(change.kind == ChangeKind.MOVED for change in known),
        movers=[item.actor for item in reading.participations if item.actor_id in moved],
        uncertain=len(changes) - len(known),
        gaps=gaps_told(reading, summit),
        in_parallel=any(change.entry.occasion != summit.pk for change in changes),
        lines=[
            LinesDrawn(
                actor=reading.actors[actor],
                issues=[reading.issues[change.entry.issue] for change in of_actor],
                derived=derived,
                outside=all(change.entry.occasion != summit.pk for change in of_actor),
            )
            for (actor, derived), of_actor in drawn.items()
            if actor in reading.actors
        ],
    )


def gaps_told(reading: Reading, summit: Summit) -> list[GapTold]:
    """The gaps before and after the meeting of a summit, in the order of the issues."""
    table = summit.occasion.table
    return [
        GapTold(
            issue,
            [item.actor for item in reading.participations if item.actor_id in gap.parties],
            gap,
        )
        for pk, issue in reading.issues.items()
        if (gap := reading.gaps.get((table, pk))) is not None
    ]
