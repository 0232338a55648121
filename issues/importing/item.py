"""What a plan is made of: a position with its rows, its words and what would become of it; and the whole."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from issues.importing.mapping import Problem
from issues.importing.new import New, Ref
from issues.importing.resolve import Words
from issues.importing.spellings import Spelling
from issues.importing.stored import StoredPosition, StoredWords

NEW, MOVED, CORRECTED, SAME, REFUSED = "new", "moved", "corrected", "same", "refused"
RESULTS = (NEW, MOVED, CORRECTED, SAME, REFUSED)
STORED = (NEW, MOVED, CORRECTED)
# How the message of a row begins that codes a position otherwise than others of the same file.
CONTRADICTS = "contradicts"
Key = tuple[int, Ref, Ref]  # issue, actor, summit
Changes = Map[str, tuple[Any, Any]]  # by column, before and after
# Of a hundred thousand positions most change nothing that is there; that is held once.
NO_CHANGES: Changes = MappingProxyType({})


def numbered(rows: Iterable[int]) -> str:
    """Numbers of rows in words, each once: “row 4”, “rows 2, 3”, and “rows 2–281, 300” for many in line."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"row{'s' * (sum(map(len, runs)) > 1)} {', '.join(told)}"


@dataclass(slots=True)
class Statement:
    """Words of the plan: a statement on record, with what would change of it, or one to be made.

    ``is_new_here`` says that the position does not rest on it yet, ``is_newly_signed`` that its actor is to
    stand among those who signed it.
    """

    source: Ref
    words: Words
    stored: StoredWords | None = None
    changes: Changes = field(default_factory=lambda: NO_CHANGES)
    is_new_here: bool = True
    is_newly_signed: bool = False

    def __repr__(self) -> str:
        known = self.stored.pk if self.stored else None
        return f"{self.words} {known} {dict(self.changes)} {self.is_new_here} {self.is_newly_signed}"


@dataclass(slots=True)
class Item:
    """One position of the plan: its rows, what would become of it, and why not.

    ``names`` are actor, issue and summit as the file calls them, or the name of a record of a table;
    ``fields`` all that the position would say, ``changes`` what differs from the record, before and after.
    Positions that say the same share their ``fields``: nobody writes into them.
    """

    rows: list[int]
    names: tuple[str, ...]
    result: str
    key: Key | None = None
    fields: Map[str, Any] = field(default_factory=dict)
    stored: StoredPosition | None = None
    changes: Changes = field(default_factory=lambda: NO_CHANGES)
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Plan:
    """Everything that would happen.

    ``made`` are the new records beside positions and their words, ``skipped`` how many cells the mapping
    skips, ``record`` the sign of the record as it was read, ``last_change`` the last change set by then,
    ``notes`` what a person has to know of the whole file, ``table`` what is in it, if not positions,
    ``spellings`` the names that become spellings of their records.
    """

    items: list[Item]
    made: list[New]
    skipped: int
    record: str
    last_change: int = 0
    notes: list[str] = field(default_factory=list)
    table: str = ""
    spellings: list[Spelling] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many positions of each result there are."""
        found = Counter(item.result for item in self.items)
        return {result: found[result] for result in RESULTS}

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, by row."""
        found = (problem for item in self.items for problem in item.problems)
        return sorted(found, key=lambda problem: (problem.row, problem.column))

    @property
    def changes_something(self) -> bool:
        """Whether anything would be stored."""
        return bool(self.spellings) or any(item.result in STORED for item in self.items)

    @property
    def seen(self) -> str:
        """A sign of the whole plan, for a person to confirm what was seen and nothing else."""
        sign = sha256()
        for one in self.items:
            fields, changes = sorted(one.fields.items()), dict(one.changes)
            sign.update(repr((one.rows, one.result, fields, changes, one.statements, one.problems)).encode())
        made = [(one.kind, one.key, sorted(one.fields.items())) for one in self.made]
        sign.update(repr((made, self.skipped, self.spellings)).encode())
        return sign.hexdigest()[:32]
