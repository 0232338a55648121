"""Two runs held against each other by ratio, so that they need not be of one machine. No Django."""

from dataclasses import dataclass

from issues.management.bench.results import CLOCK, Line, Run

# From how many times as many yardsticks on a line has become slower, and by how many milliseconds at least:
# what is less comes and goes on a machine that does other things as well.
SLOWER = 1.5
FLOOR = 2.0


class NotAlike(ValueError):
    """Two runs have nothing that can be compared."""


@dataclass(frozen=True)
class Slower:
    """A line that takes more of its yardstick than it did; both in yardsticks."""

    line: Line
    size: int
    before: float
    after: float

    @property
    def times(self) -> float:
        """How many times as slow it is."""
        return self.after / self.before


@dataclass(frozen=True)
class Compared:
    """What came of it: how many figures were held against each other, which got slower, which are no more."""

    figures: int
    slower: list[Slower]
    gone: list[str]


def compare(before: Run, after: Run) -> Compared:
    """The lines of a run that got slower than they were in another.

    Alternatives are not judged, nor what is measured in one of the two alone. Raises NotAlike for runs on
    different databases, and where they share no line.
    """
    if before.database != after.database:
        raise NotAlike(f"One run is on {before.database}, the other on {after.database}.")
    figures, slower, gone = 0, list[Slower](), list[str]()
    for was in before.lines:
        now = after.line(was.group, was.name)
        sizes = sorted(was.at.keys() & now.at.keys()) if now else []
        if now is None or not sizes:
            gone.append(f"{was.group}: {was.name}")
            continue
        if was.beside:
            continue
        figures += len(sizes)
        slower += [one for size in sizes if (one := _slower(was, now, size))]
    if not figures:
        raise NotAlike("The two runs have no figure in common.")
    return Compared(figures, sorted(slower, key=lambda one: -one.times), gone)


def _slower(was: Line, now: Line, size: int) -> Slower | None:
    """The line where it takes clearly more of its yardstick; both are judged by what is known of both."""
    by = now.by if now.by == was.by else CLOCK
    if was.at[size].processor is None or now.at[size].processor is None:
        by = CLOCK
    before, after = was.at[size].ratio(by), now.at[size].ratio(by)
    more = (after / before - 1) * was.at[size].cost(by)  # at the speed of the run before
    return Slower(now, size, before, after) if after >= SLOWER * before and more > FLOOR else None
