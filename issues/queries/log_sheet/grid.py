"""The log sheet: what each cell is read against, and what it would change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from issues.domain.change import Change, ChangeKind, Standing
from issues.domain.codes import Ground
from issues.domain.fold import Folded
from issues.domain.scale import letters
from issues.history import among
from issues.models import (
    Actor,
    Cell,
    Issue,
    Membership,
    Option,
    Participation,
    Position,
    Sheet,
    SheetRow,
    Source,
    Statement,
    Summit,
)
from issues.models.fields import holds_on
from issues.queries.reading.process import Reading
from issues.user import User

SHELF = 99

CELL_RELATIONS = ("option", "source", "speaker")


@dataclass
class Square:
    """One actor on one issue of a sheet: what stood before, what is typed, what is recorded already.

    ``sentence`` is what stood in words, and ``said_at`` where they were said; empty and None where none were.
    """

    actor: Actor
    issue: Issue
    before: Standing
    since: Summit | None
    cell: Cell | None
    position: Position | None
    sentence: str = ""
    said_at: Summit | None = None

    @property
    def is_logged(self) -> bool:
        return self.cell is not None or self.position is not None

    @property
    def version(self) -> int:
        """The version of the cell as it is shown; 0 where nothing is typed."""
        return self.cell.version if self.cell else 0

    @property
    def placement(self) -> float | None:
        """The placement that stood before."""
        return self.before.value


@dataclass
class GridLine:
    """An actor's row: its source and its squares, one an issue."""

    participation: Participation
    row: SheetRow | None
    squares: list[Square]

    @property
    def actor(self) -> Actor:
        return self.participation.actor


@dataclass
class Grid:
    """A sheet as it is shown. ``strays`` are cells whose actor or issue has left the sheet since."""

    sheet: Sheet
    issues: list[Issue]
    lines: list[GridLine]
    shelf: list[tuple[int, Source]] = field(default_factory=list)
    strays: list[Cell] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(len(line.squares) for line in self.lines)

    @property
    def logged(self) -> int:
        return sum(square.is_logged for line in self.lines for square in line.squares)


def squares(reading: Reading, sheet: Sheet) -> Grid:
    """A sheet with what stood before each cell. Four queries beside the reading."""
    stood = reading.before(sheet.summit)
    cells = {
        (cell.actor_id, cell.issue_id): cell
        for cell in Cell.objects.filter(sheet=sheet.pk).select_related(*CELL_RELATIONS)
    }
    words = _words_that_stand(stood)
    found = Position.objects.filter(Q(summit=sheet.summit) | Q(pk__in=words)).select_related("option")
    by_key = {position.pk: position for position in found}
    positions = {
        (position.actor_id, position.issue_id): position
        for position in by_key.values()
        if position.summit_id == sheet.summit.pk
    }
    sentences = {
        (position.actor_id, position.issue_id): position
        for position in (by_key[pk] for pk in words if pk in by_key)
        if position.summary
    }
    rows = {
        row.actor_id: row for row in SheetRow.objects.filter(sheet=sheet.pk).select_related("source", "joins")
    }
    issues = [
        issue for issue in reading.issues.values() if reading.terms[issue.pk].is_open(sheet.summit.starts_on)
    ]
    lines = []
    for participation in reading.participations:
        actor = participation.actor
        in_row = []
        for issue in issues:
            key = (actor.pk, issue.pk)
            standing = stood.of(*key)
            stands = standing.placement or standing.text
            since = reading.summits[stands.occasion] if stands else None
            cell = cells.pop(key, None)
            if cell is not None:
                cell.actor, cell.issue = actor, issue
            square = Square(actor, issue, standing, since, cell, positions.get(key))
            if key in sentences:
                square.sentence = sentences[key].summary
                square.said_at = reading.summits[sentences[key].summit_id]
            in_row.append(square)
        if participation.watched or actor.pk in rows or any(square.is_logged for square in in_row):
            lines.append(GridLine(participation, rows.get(actor.pk), in_row))
    return Grid(sheet, issues, lines, shelf(sheet), strays=list(cells.values()))


def _words_that_stand(stood: Folded) -> list[int]:
    """The positions in whose words each cell stands, the last said last: back to where it was placed."""
    found: list[int] = []
    for (actor, issue), standing in stood.standing.items():
        said = [] if standing.is_empty else _since_it_was_placed(stood.history(actor, issue))
        found += [change.entry.id for change in reversed(said)]
    return found


def _since_it_was_placed(changes: list[Change]) -> list[Change]:
    """The last changes that leave a cell where it stands, the newest first."""
    said = []
    for change in reversed(changes):
        if change.kind != ChangeKind.SILENT:
            said.append(change)
        if change.kind not in (ChangeKind.SILENT, ChangeKind.REAFFIRMED, ChangeKind.RESTATED):
            break
    return said


def ground(issue: Issue, standing: Standing, options: Iterable[Option]) -> Ground:
    """What a code typed into a cell is read against."""
    values = {letter: value for value, letter in letters(option.value for option in options).items()}
    return Ground(
        options=values if issue.has_scale else {},
        has_standing=not standing.is_empty,
        placement=standing.value,
        has_red_line=standing.red_line is not None,
    )


def shelf(sheet: Sheet) -> list[tuple[int, Source]]:
    """The sources within reach of a sheet by number: the last recorded first. Two queries.

    A number is the place of a source among those of the process, oldest first, so that using one renumbers
    none: two people type numbers from pages of different age. Past 99 the newest take the oldest's numbers.
    """
    process = sheet.summit.process_id
    # Four lists of keys, each by its index: to ask it of every source costs as many as there are anywhere.
    within = (
        SheetRow.objects.filter(sheet=sheet.pk, source__isnull=False),
        Cell.objects.filter(sheet=sheet.pk, source__isnull=False),
        Statement.objects.filter(occasion__process=process),
        Statement.objects.filter(evidence__position__summit__process=process),
    )
    keys: list[Any] = [rows.order_by().values_list("source") for rows in within]
    found = {pk for (pk,) in keys[0].union(*keys[1:])}
    sources = Source.objects.filter(pk__in=among(found)).order_by("-pk")
    place = {pk: n for n, pk in enumerate(sorted(source.pk for source in sources))}
    newest = len(place) - SHELF
    return [(place[source.pk] % SHELF + 1, source) for source in sources if place[source.pk] >= newest]


def find_sheet(summit: Summit, coder: User | None) -> Sheet:
    """The shared sheet of a summit, or a coder's own; a blank one, not stored, where nobody has typed yet."""
    stored = Sheet.objects.filter(summit=summit, coder=coder).select_related("published__user").order_by()
    sheet: Sheet = next(iter(stored), None) or Sheet(summit=summit, coder=coder)
    sheet.summit = summit
    return sheet


def in_force(coalition: Actor, summit: Summit) -> QuerySet[Membership]:
    """The memberships of a coalition on the day of a summit; none for what is no coalition."""
    return Membership.objects.filter(holds_on(summit.starts_on), coalition=coalition)


def coalitions(grid: Grid) -> list[tuple[str, str]]:
    """The coalitions among the rows of a sheet, each with its members on that day. One query."""
    members_of: dict[str, list[str]] = {}
    on_that_day = Membership.objects.filter(holds_on(grid.sheet.summit.starts_on))
    memberships = on_that_day.filter(coalition__in=[line.actor for line in grid.lines])
    for item in memberships.select_related("coalition", "member").order_by("coalition__name", "member__name"):
        members_of.setdefault(str(item.coalition), []).append(str(item.member))
    return [(name, ", ".join(members)) for name, members in members_of.items()]
