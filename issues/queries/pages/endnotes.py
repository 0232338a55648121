"""Numbered sources, for paper: what is one click away on the screen is a note below the table."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from issues.models import Position, Source
from issues.queries.reading.words import evidence_of


@dataclass
class Note:
    """A source, and the archived copies of it in which what is cited is found."""

    source: Source
    copies: list[str] = field(default_factory=list)


class Endnotes:
    """The sources behind what is shown, numbered in the order of their first mention from 1."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.notes: list[Note] = []

    def cite(self, positions: Iterable[Position]) -> list[int]:
        """The numbers of the sources behind these positions, in order; new ones are added."""
        numbers = set()
        for position in positions:
            for evidence in evidence_of(position):
                source = evidence.statement.source
                if source.pk not in self._numbers:
                    self.notes.append(Note(source))
                    self._numbers[source.pk] = len(self.notes)
                number = self._numbers[source.pk]
                copies, copy = self.notes[number - 1].copies, evidence.statement.archive_url
                if copy and copy not in copies:
                    copies.append(copy)
                numbers.add(number)
        return sorted(numbers)
