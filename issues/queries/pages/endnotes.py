"""Numbered sources, for paper: what is one click away on the screen is a note below the table."""

from collections.abc import Iterable

from issues.models import Position, Source


class Endnotes:
    """The sources behind what is shown, numbered in the order of their first mention from 1."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.sources: list[Source] = []

    def cite(self, positions: Iterable[Position]) -> list[int]:
        """The numbers of the sources behind these positions, in order; new ones are added."""
        numbers = set()
        for position in positions:
            for evidence in position.evidence.all():
                source = evidence.statement.source
                if source.pk not in self._numbers:
                    self.sources.append(source)
                    self._numbers[source.pk] = len(self.sources)
                numbers.add(self._numbers[source.pk])
        return sorted(numbers)
