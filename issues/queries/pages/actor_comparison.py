"""Two actors side by side: where each stands, how far apart, and who refuses where the other stands."""

from dataclasses import dataclass

from issues.models import Actor, Issue, Participation, Summit
from issues.models.issue import KindOfIssue
from issues.queries.pages.matrix import add_words, rows_of
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.process import Reading


@dataclass
class Apart:
    """Both actors on one issue. ``refusing`` are those whose known limits exclude where the other stands."""

    first: MatrixCell
    second: MatrixCell

    @property
    def issue(self) -> Issue:
        return self.first.issue

    @property
    def distance(self) -> float | None:
        """How many points lie between them on a preference issue; None where one is not placed."""
        if self.issue.kind != KindOfIssue.PREFERENCE or self.first.now is None or self.second.now is None:
            return None
        return abs(self.first.now - self.second.now)

    @property
    def refusing(self) -> list[tuple[Actor, Actor]]:
        """Who refuses what whom stands for: pairs of the one who refuses and the other."""
        pairs = ((self.first, self.second), (self.second, self.first))
        return [(one.actor, other.actor) for one, other in pairs if _refuses(one, other)]


@dataclass
class SideBySide:
    """Two actors as of a summit, issue by issue."""

    first: Participation
    second: Participation
    issues: list[Apart]

    @property
    def compared(self) -> list[Apart]:
        """The issues on which both are placed, the farthest apart first."""
        placed = [item for item in self.issues if item.distance is not None]
        return sorted(placed, key=lambda item: -(item.distance or 0))

    @property
    def apart(self) -> list[Apart]:
        """Those on which they do not stand at the same place."""
        return [item for item in self.compared if item.distance]


def side_by_side(reading: Reading, first: Participation, second: Participation, summit: Summit) -> SideBySide:
    """Two actors of a process as of a summit. Four queries beside the reading."""
    rows = rows_of(reading, summit, (first, second))
    add_words(rows, reading.known)
    pairs = zip(rows[0].cells, rows[1].cells, strict=True)
    return SideBySide(first, second, [Apart(one, other) for one, other in pairs])


def _refuses(one: MatrixCell, other: MatrixCell) -> bool:
    if one.red_line is None or one.red_line.undetermined or other.now is None:
        return False
    lowest, highest = one.red_line.range
    return not lowest <= other.now <= highest
