"""A cell of the matrix: one actor on one issue as of a summit, and what happened to it there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from issues.domain.change import Change, ChangeKind, Standing, weightiest
from issues.domain.difference import Difference
from issues.domain.position import State
from issues.domain.redline import RedLine, RedLineChange
from issues.models import Actor, Issue, Position, Summit

# Red-line changes that a reader must see; the rest leave the line as it was.
LINE_CHANGES = (
    RedLineChange.DRAWN,
    RedLineChange.TIGHTENED,
    RedLineChange.LOOSENED,
    RedLineChange.REDRAWN,
    RedLineChange.DROPPED,
)
MOVES = (ChangeKind.NEW, ChangeKind.MOVED, ChangeKind.PLACED, ChangeKind.WITHDRAWN)


@dataclass
class MatrixCell:
    """One actor on one issue as of the summit.

    ``changes`` are those at the summit and its parallels; ``change`` is the one that names them. ``was``
    is the placement before them (or, in a comparison, as of the other summit). ``positions`` are the
    records behind what stands, with their words, newest first. What a comparison changes is set before any of
    it is asked.
    """

    actor: Actor
    issue: Issue
    standing: Standing
    changes: Sequence[Change]
    summits: Mapping[int, Summit]
    actors: Mapping[int, Actor]
    compared: Difference | None = None
    is_compared: bool = False
    is_dimmed: bool = False
    positions: list[Position] = field(default_factory=list)
    history: Sequence[Change] = ()

    @cached_property
    def change(self) -> Change | None:
        """The change that names what happened here, or None."""
        return weightiest(self.changes) if self.changes else None

    @cached_property
    def told(self) -> list[Change]:
        """The changes to be told: each that moved, came or went; else the one that names them.

        A step and a step back at one table are two: their sum would tell of none.
        """
        return [change for change in self.changes if change.kind in MOVES] or (
            [weightiest(self.changes)] if self.changes else []
        )

    @cached_property
    def red_line_change(self) -> Change | None:
        """The last change here that touched the red line, or None."""
        touching = [change for change in self.changes if change.red_line in LINE_CHANGES]
        return touching[-1] if touching else None

    @property
    def has_changed(self) -> bool:
        """Whether something other than the words changed."""
        if self.is_compared:
            return self.compared is not None and not self.compared.restated_only
        return bool(self.red_line_change) or any(change.kind in MOVES for change in self.changes)

    @cached_property
    def is_uncertain(self) -> bool:
        """Whether it is not known which of the things told here came first."""
        if self.is_compared:
            return self.compared is not None and not self.compared.order_known
        return not all(change.order_known for change in self.changes)

    @property
    def now(self) -> float | None:
        return self.standing.value

    @cached_property
    def was(self) -> float | None:
        """The placement before, where it differs from the standing one, and is known to have come before."""
        if self.is_uncertain:
            return None
        before = self._before.placement if self._before else None
        return before.value if before and before.value != self.now else None

    @property
    def delta(self) -> float | None:
        """The standing placement − the one before, over all the changes here."""
        return self.now - self.was if self.now is not None and self.was is not None else None

    @property
    def is_corrected(self) -> bool:
        """Whether the record of the standing placement was edited after it was made."""
        part = self.standing.placement
        record = self._record(part.position) if part else None
        return record is not None and bool(record.corrections)

    @property
    def red_line(self) -> RedLine | None:
        return self.standing.line

    @property
    def text(self) -> Position | None:
        """The last stated position, with its words."""
        part = self.standing.text
        return self._record(part.value) if part else None

    @cached_property
    def since(self) -> Summit | None:
        """The summit from which the words are carried, or None if they were said at this one."""
        part = self.standing.text
        said_here = any(change.entry.state == State.STATED for change in self.changes)
        return self.summits[part.occasion] if part and not said_here else None

    @cached_property
    def placed_since(self) -> Summit | None:
        """The summit that the placement comes from, where the words are newer."""
        placement, text = self.standing.placement, self.standing.text
        if placement is None or text is None or placement.occasion == text.occasion:
            return None
        return self.summits[placement.occasion]

    @property
    def red_line_since(self) -> Summit | None:
        """The summit at which the standing red line was last addressed."""
        return self.summits[self.standing.red_line.occasion] if self.standing.red_line else None

    @property
    def _before(self) -> Standing | None:
        if self.is_compared:
            return self.compared.before if self.compared else None
        return self.changes[0].before if self.changes else None

    @property
    def state(self) -> str:
        """What stands, in a word: absence is none of the others, and silence at this occasion is none."""
        if self.standing.withdrawn:
            return "withdrawn"
        if self.standing.is_empty:
            return "silent" if self.changes else "nothing on record"
        return "in words" if self.now is None else "placed"

    def ids(self) -> Iterator[int]:
        """The positions behind what is shown, the newest words first, each once."""
        here = reversed([change.entry.id for change in self.changes])
        parts = (self.standing.text, self.standing.placement, self.standing.red_line)
        kept = [self._kept] if self._kept is not None else []
        seen = dict.fromkeys([*here, *(part.position for part in parts if part), *kept])
        yield from seen

    @property
    def kept(self) -> Position | None:
        """The last position that says something in a sentence, where the newest only repeats its place."""
        pk = self._kept
        return self._record(pk) if pk is not None else None

    @cached_property
    def _kept(self) -> int | None:
        standing = takewhile(lambda change: change.kind != ChangeKind.WITHDRAWN, reversed(self.history))
        said = (change.entry for change in standing if change.entry.state == State.STATED)
        newest = next(said, None)
        if newest is None or newest.has_sentence:
            return None
        return next((entry.id for entry in said if entry.has_sentence), None)

    def _record(self, pk: int) -> Position | None:
        return next((position for position in self.positions if position.pk == pk), None)
