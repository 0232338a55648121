"""An issue over time: who stood where, who moved when, and how far apart the parties are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from issues.domain.change import Change, Standing
from issues.domain.fold import Folded
from issues.domain.measures import Measure, distance, issue_figures
from issues.domain.redline import RedLine, Zone
from issues.models import Actor, Issue, Summit
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.queries.reading.process import Reading


@dataclass
class ActorLine:
    """One actor on the issue: its changes in order, and where it stands as of the summit."""

    actor: Actor
    is_party: bool
    changes: list[Change]
    standing: Standing

    @property
    def now(self) -> float | None:
        return self.standing.value

    @property
    def red_line(self) -> RedLine | None:
        return self.standing.line

    def at(self, summit: Summit) -> list[Change]:
        """The changes at one occasion."""
        return [change for change in self.changes if change.entry.occasion == summit.pk]


@dataclass
class TableRow:
    """One occasion at which something was said: the changes of each line, in the order of the lines."""

    summit: Summit
    cells: list[list[Change]]


@dataclass
class Timeline:
    """An issue as of a summit.

    ``placed`` of the parties are; ``earlier`` is the last occasion at which their distance was another.
    """

    issue: Issue
    summit: Summit
    summits: list[Summit]
    lines: list[ActorLine]
    zone: Zone
    distance: Measure | None
    placed: int
    earlier: tuple[Summit, Measure] | None
    reading: Reading

    @property
    def who_stands(self) -> str:
        """Of whom the distance is: of the parties, or of as many of them as are placed."""
        parties = len(self.reading.parties)
        return "The parties" if self.placed == parties else f"{self.placed} of {parties} parties"

    def table(self) -> list[TableRow]:
        """The occasions at which something was said on the issue, newest first."""
        rows = [
            TableRow(summit, [line.at(summit) for line in self.lines]) for summit in reversed(self.summits)
        ]
        return [row for row in rows if any(row.cells)]

    def said(self) -> list[NamedChange]:
        """Every position on the issue with its words, newest first. Four queries."""
        changes = [change for line in self.lines for change in line.changes]
        order = {summit.pk: place for place, summit in enumerate(self.summits)}
        named = named_changes(self.reading, changes)
        return sorted(named, key=lambda item: (-order[item.summit.pk], item.actor.name))


def timeline(reading: Reading, issue: Issue, summit: Summit) -> Timeline:
    """The issue as of a summit, from the reading of its process. No query."""
    folded = reading.as_of(summit)
    lines = [
        ActorLine(
            item.actor,
            item.actor_id in reading.parties,
            folded.history(item.actor_id, issue.pk),
            folded.of(item.actor_id, issue.pk),
        )
        for item in reading.participations
        if folded.history(item.actor_id, issue.pk)
    ]
    figures = issue_figures(folded.standing, issue.pk, reading.parties)
    placed = {party for party in reading.parties if folded.of(party, issue.pk).placement is not None}
    series = [(at, measured) for at, who, measured in _distances(reading, folded, issue) if who == placed]
    return Timeline(
        issue=issue,
        summit=summit,
        summits=[reading.summits[occasion.id] for occasion in folded.occasions],
        lines=lines,
        zone=figures.zone,
        distance=figures.distance,
        placed=len(placed),
        earlier=_last_other(series, figures.distance),
        reading=reading,
    )


def _distances(reading: Reading, folded: Folded, issue: Issue) -> Iterator[tuple[Summit, set[int], Measure]]:
    """After each meeting that changed a party, in order: the parties that are placed, and their distance."""
    tables = {occasion.id: occasion.table for occasion in folded.occasions}
    ours = [
        change
        for change in folded.changes
        if change.entry.issue == issue.pk and change.entry.actor in reading.parties
    ]
    placed: dict[int, float] = {}
    for table, changes in groupby(ours, key=lambda change: tables[change.entry.occasion]):
        for change in changes:
            placed.pop(change.entry.actor, None)
            if change.after.placement is not None:
                placed[change.entry.actor] = change.after.placement.value
        measured = distance(list(placed.values()))
        if measured is not None:
            yield reading.summits[table], set(placed), measured


def _last_other(
    series: Iterable[tuple[Summit, Measure]], now: Measure | None
) -> tuple[Summit, Measure] | None:
    """The last point of a series whose value is not the present one."""
    others = [point for point in series if now is not None and point[1].value != now.value]
    return others[-1] if others else None
