"""What a sheet shows when it is opened, and what it has put aside: its meeting is not about all issues."""

from dataclasses import dataclass, field

from issues.models import Attendance, Sheet
from issues.queries.log_sheet.grid import Grid


@dataclass
class Aside:
    """The issues and actors that are not shown at first, by their keys.

    ``held`` are the keys of issues and of actors that hold something typed or recorded: they are always
    shown. ``attending`` are the actors at the table, those for whom an organ of theirs sat there included.
    """

    issues: set[int] = field(default_factory=set)
    actors: set[int] = field(default_factory=set)
    held_issues: set[int] = field(default_factory=set)
    held_actors: set[int] = field(default_factory=set)
    attending: set[int] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not self.issues and not self.actors


def aside(grid: Grid) -> Aside:
    """What a sheet has put aside, less what holds a value. Three queries, one for a blank sheet."""
    sheet = grid.sheet
    held_issues = {square.issue.pk for line in grid.lines for square in line.squares if square.is_logged}
    held_actors = {
        line.actor.pk
        for line in grid.lines
        if (line.row and (line.row.source_id or line.row.joins_id))
        or any(square.is_logged for square in line.squares)
    }
    issues, actors = put_aside(sheet)
    issues &= {issue.pk for issue in grid.issues}
    actors &= {line.actor.pk for line in grid.lines}
    return Aside(issues - held_issues, actors - held_actors, held_issues, held_actors, attending(sheet))


def put_aside(sheet: Sheet) -> tuple[set[int], set[int]]:
    """The keys of the issues and of the actors that a sheet has put aside. Two queries, or none."""
    if sheet.is_blank:
        return set(), set()
    issues = sheet.issues_aside.order_by().values_list("pk", flat=True)
    actors = sheet.actors_aside.order_by().values_list("pk", flat=True)
    return set(issues), set(actors)


def attending(sheet: Sheet) -> set[int]:
    """The keys of the actors at the table of a summit; an organ sits there for its owner. One query."""
    seats = Attendance.objects.filter(summit=sheet.summit).order_by()
    return {pk for seat in seats.values_list("actor_id", "actor__part_of_id") for pk in seat if pk}
