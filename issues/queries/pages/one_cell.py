"""One actor on one issue as of a summit: what stands, in words that are honest, and all that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.domain.change import Change, ChangeKind
from issues.models import Issue, Participation, Summit
from issues.queries.pages.matrix import MatrixRow, add_words, rows_of
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.pages.named_changes import NamedChange, named_changes
from issues.queries.reading.process import Reading


@dataclass
class OneCell:
    """A cell of the matrix with its history, the newest first."""

    cell: MatrixCell
    summit: Summit
    said: list[NamedChange]
    here: Sequence[Change]

    @property
    def stands(self) -> str:
        """What stands, in a word that says why where nothing does."""
        if not self.cell.standing.is_empty:
            return "stated"
        if self.cell.standing.withdrawn:
            return "withdrawn"
        kinds = {item.change.kind for item in self.said}
        if kinds - {ChangeKind.SILENT}:
            return "ended"  # the issue has closed
        return "silent" if kinds else "never"

    @property
    def is_silent_here(self) -> bool:
        """Whether the actor was watched at this very summit and said nothing on the issue."""
        return any(change.kind == ChangeKind.SILENT for change in self.here)

    @property
    def is_said_here(self) -> bool:
        """Whether anything is recorded of the actor on the issue at this summit, a silence too."""
        return bool(self.here)


def one_cell(reading: Reading, summit: Summit, participation: Participation, issue: Issue) -> OneCell:
    """The cell, with the words of all that was stated up to the summit. A constant number of queries."""
    (row,) = rows_of(reading, summit, [participation])
    cell = next(one for one in row.cells if one.issue.pk == issue.pk)
    add_words([MatrixRow(participation, [cell])], reading.known)
    history = reading.as_of(summit).history(participation.actor_id, issue.pk)
    return OneCell(cell, summit, named_changes(reading, list(reversed(history))), cell.changes)


def one_change(reading: Reading, position: int) -> tuple[NamedChange, Change | None] | None:
    """What a position was, with its words, and what its actor stated next on the issue; None for none."""
    changes = reading.whole.changes
    found = next((change for change in changes if change.entry.id == position), None)
    if found is None or found.entry.actor not in reading.actors:
        return None
    (named,) = named_changes(reading, [found]) or (None,)
    history = reading.whole.history(found.entry.actor, found.entry.issue)
    later = history[history.index(found) + 1 :]
    return (named, later[0] if later else None) if named else None
