"""What a run measured, and where: kept as JSON, from which the table is written and runs are compared."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# By which time a line is judged: of the processors alone, or by the clock.
PROCESSOR, CLOCK = "processor", "clock"
SECOND, AGAIN = "no ETag sent", "ETag sent"

# The groups of lines, in the order of the table.
READING = "Reading a process"
FIRST = "Pages, first reader"
NEXT = "Pages, next reader, without a server"
HTTP = "Pages, next reader, over HTTP"
SEARCH = "Home and search"
FORMS = "Forms"
ADMIN = "The admin"
WRITES = "Writing"
COMPUTED = "Computed"
DEEP = "A deep process"

# Lines by which others are judged.
READ = "read a process and fold it: every change with its direction, and what stands"
REMEMBERED = "the same for the next reader, out of the memory of the server"
KNOWN = "the same, as known on a day"
STANDS = "window SQL through the driver: what stands"
CHANGED = "window SQL through the driver: every change, and what stands"
MATRIX = "matrix page"
HEALTH = "`/healthz`"


@dataclass(frozen=True)
class Figure:
    """Medians in milliseconds, of a case and of the yardstick meanwhile.

    ``clock`` is the time that passed; ``processor`` is what this process and that of the database which
    serves it took of it, None where that is not known.
    """

    clock: float
    processor: float | None
    yard_clock: float
    yard_processor: float | None
    queries: int | None

    def cost(self, by: str) -> float:
        """Milliseconds, by the processors where that is asked for and known."""
        return self.processor if by == PROCESSOR and self.processor is not None else self.clock

    def ratio(self, by: str) -> float:
        """How many times the yardstick it took."""
        if by == PROCESSOR and self.processor is not None and self.yard_processor:
            return self.processor / self.yard_processor
        return self.clock / self.yard_clock


@dataclass
class Line:
    """A thing that was timed, at each size. ``beside`` names the line to which it is an alternative."""

    group: str
    name: str
    beside: str
    note: str
    by: str
    at: dict[int, Figure] = field(default_factory=dict)

    def cost(self, size: int) -> float:
        """Milliseconds at a size."""
        return self.at[size].cost(self.by)

    def ratio(self, size: int) -> float:
        """How many times the yardstick it took at a size."""
        return self.at[size].ratio(self.by)


@dataclass
class Run:
    """One run on one database. ``made`` is how long each world took to make, in seconds."""

    database: str
    date: str
    machine: str
    versions: dict[str, str]
    sizes: list[int]
    made: dict[int, float] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    beside: dict[str, Any] = field(default_factory=dict)

    def line(self, group: str, name: str) -> Line | None:
        """The line of a name in a group, or None."""
        return next((one for one in self.lines if (one.group, one.name) == (group, name)), None)

    def group(self, name: str) -> list[Line]:
        """The lines of a group, in the order in which they were timed."""
        return [line for line in self.lines if line.group == name]

    @property
    def largest(self) -> int:
        """The largest size that was measured."""
        return max(self.sizes)


def write(run: Run, path: Path) -> None:
    """Keep a run in a file, in a folder that is made where it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(run), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(path: Path) -> Run:
    """The run of a file. Raises OSError, and ValueError, TypeError or KeyError for what is no such file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    lines = [
        Line(**{**line, "at": {int(size): Figure(**one) for size, one in line["at"].items()}})
        for line in told.pop("lines")
    ]
    made = {int(size): seconds for size, seconds in told.pop("made").items()}
    return Run(**told, made=made, lines=lines)
