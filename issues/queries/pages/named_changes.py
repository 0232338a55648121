"""Changes with the names and words that tell them, for every page, feed and file that lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from issues.domain.change import Change
from issues.domain.gap import Gap
from issues.models import Actor, Issue, Position, Summit
from issues.queries.reading.process import Reading
from issues.queries.reading.words import with_words


@dataclass
class NamedChange:
    """A change, whose it is, on what and when, and the position with its words and evidence.

    ``actors`` are those of the process by key, ``gap`` that of the issue at its table, where it is told.
    """

    change: Change
    actor: Actor
    issue: Issue
    summit: Summit
    position: Position
    at_table: bool
    actors: Mapping[int, Actor] = field(default_factory=dict)
    gap: Gap | None = None

    @property
    def one(self) -> list[Position]:
        """Its position, where a list is cited from."""
        return [self.position]


def named_changes(
    reading: Reading, changes: Sequence[Change], table: Summit | None = None
) -> list[NamedChange]:
    """The same changes, in their order. Four queries, six where any was corrected.

    ``table`` is the meeting that they are read at: what was said elsewhere meanwhile was not at the table.
    """
    words = with_words((change.entry.id for change in changes), reading.known)
    named = []
    for change in changes:
        summit = reading.summits[change.entry.occasion]
        if change.entry.id in words:
            named.append(
                NamedChange(
                    change,
                    reading.actors[change.entry.actor],
                    reading.issues[change.entry.issue],
                    summit,
                    words[change.entry.id],
                    at_table=summit == table if table else summit.parallel_to_id is None,
                    actors=reading.actors,
                    gap=reading.gaps.get((summit.occasion.table, change.entry.issue)),
                )
            )
    return named
