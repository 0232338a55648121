"""Two tables joined by key: what stands in the second comes beside the rows of the first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from issues.domain.spelling import folded
from issues.importing.mapping.columns import MappingError
from issues.importing.mapping.join import BLANK, Join
from issues.importing.mapping.problem import Problem
from issues.importing.reading import Row, Table, distinct

Key = tuple[str, ...]
MOST_TOLD = 5
NUMBER = re.compile(r"\s*(\d{1,30})(?:\.0+)?\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a row did not get what stands in some columns."""

    problem: Problem
    columns: frozenset[str]


@dataclass
class Joined:
    """A joined table, which of its columns came from the second, and which keys have no partner.

    ``lacking`` says by row of the first why it found nothing; ``left`` and ``right`` are the keys without
    a partner with their rows, ``near`` those among them that are one but for how they are written,
    ``differing`` what is wrong with keys that stand in the second with differing values.
    """

    table: Table
    added: frozenset[str]
    lacking: dict[int, list[Lacking]] = field(default_factory=dict)
    left: dict[Key, list[int]] = field(default_factory=dict)
    right: dict[Key, list[int]] = field(default_factory=dict)
    near: dict[Key, Key] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)

    def lacks(self, row: int, columns: Iterable[str]) -> list[Problem]:
        """What keeps a row from what these columns should say."""
        named = set(columns)
        return [one.problem for one in self.lacking.get(row, ()) if one.columns & named]

    def lines(self, name: str) -> list[str]:
        """What a person has to know of the join with the file of this name: what found no partner."""
        told = []
        if self.left:
            count = sum(len(rows) for rows in self.left.values())
            of = f"of {count:,} row{'s' * (count != 1)}"
            told.append(f"{_count(self.left)} {of} not found in {name}: {_first(self.left)}")
        if self.near:
            pairs = [f"“{written(one)}” is “{written(other)}”" for one, other in self.near.items()]
            told.append(f"Keys that are nearly the same in {name}: {_some(pairs)}")
        if self.right:
            told.append(f"{_count(self.right)} of {name} used by no row: {_first(self.right)}")
        return told + self.differing[:MOST_TOLD] + _rest(self.differing)


def join(left: Table, right: Table, how: Join, listed: str = "") -> Joined:
    """The first table with the columns of the second. Raises MappingError for columns that are not there.

    The column that is ``listed`` may say several things of a key, a row each: the lines of one cell.
    """
    _check(left, right, how)
    taken = how.columns or tuple(column for column in right.columns if column not in how.on.values())
    names = distinct([*left.columns, *taken])
    own = [left.columns.index(column) for column in how.on]
    theirs = [right.columns.index(column) for column in how.on.values()]
    places = [right.columns.index(column) for column in taken]
    added = names[len(left.columns) :]
    found = Joined(left, frozenset(added))
    partners = _Partners(right, theirs, places, how, {added.index(listed)} if listed in added else set())
    rows = []
    used: set[Key] = set()
    for row in left.rows:
        key = tuple(row.cells[place] for place in own)
        partner, why = partners.find(key)
        if partner is None:
            _lacks(found, row, key, why, how, partners)
            rows.append(Row(row.number, (*row.cells, *("" for _ in places))))
            continue
        used.add(partner)
        rows.append(Row(row.number, (*row.cells, *partners.cells[partner])))
        if partner in partners.differing:
            found.lacking[row.number] = [
                Lacking(_problem(row, key, partners.told(partner, place), how), frozenset({added[place]}))
                for place in sorted(partners.differing[partner])
            ]
    found.table = Table(tuple(names), tuple(rows))
    found.right = {key: numbers for key, numbers in partners.rows.items() if key not in used}
    found.differing = [
        partners.told(key, place) for key, places in partners.differing.items() for place in sorted(places)
    ]
    return found


def written(key: Key) -> str:
    """A key as a person reads it."""
    return " / ".join(key)


def _check(left: Table, right: Table, how: Join) -> None:
    if not how.on:
        raise MappingError(
            [
                "join.on: say by which columns the second file is joined: "
                'the column of the first and that of the second, {"Country code": "Code"}.'
            ]
        )
    there = ", ".join(right.columns)
    problems = [
        f"join.on: there is no column “{column}” in the first file."
        for column in how.on
        if column not in left.columns
    ]
    problems += [
        f"join.{part}: there is no column “{column}” in the second file, which has: {there}."
        for part, columns in (("on", how.on.values()), ("columns", how.columns))
        for column in columns
        if column not in right.columns
    ]
    if problems:
        raise MappingError(problems)


class _Partners:
    """The rows of the second table by their keys."""

    def __init__(self, right: Table, keys: list[int], places: list[int], how: Join, listed: set[int]) -> None:
        self.how = how
        self.columns = [right.columns[place] for place in places]
        self.cells: dict[Key, tuple[str, ...]] = {}
        self.rows: dict[Key, list[int]] = defaultdict(list)
        said: dict[Key, list[dict[str, int]]] = {}  # by column what was said, and in which row first
        for row in right.rows:
            key = tuple(row.cells[place] for place in keys)
            self.rows[key].append(row.number)
            for of, place in zip(said.setdefault(key, [{} for _ in places]), places, strict=True):
                of.setdefault(row.cells[place], row.number)
        self.differing: dict[Key, dict[int, list[int]]] = {}  # by key and column the rows that differ
        for key, columns in said.items():
            cells = [
                "\n".join(filter(None, of)) if i in listed else next(iter(of)) for i, of in enumerate(columns)
            ]
            differing = {
                i: list(of.values())
                for i, of in enumerate(columns)
                if len(of) > 1 and i not in listed and all(key)
            }
            self.cells[key] = tuple("" if i in differing else text for i, text in enumerate(cells))
            if differing:
                self.differing[key] = differing
        self.folded: dict[Key, list[Key]] = defaultdict(list)
        for key in self.cells:
            self.folded[_folded(key)].append(key)

    def find(self, key: Key) -> tuple[Key | None, str]:
        """The key that is meant, or why there is none."""
        answer = self.how.keys.get(written(key))
        meant = key
        if answer is not None:
            meant = next((one for one in self.cells if written(one) == answer), ())
            if not meant:
                return None, f"was said to be “{answer}”, which is no key of the second file"
        if not all(meant):
            return None, "is no key: it is empty"
        if meant not in self.cells:
            near = self.near(meant)
            if not near:
                return None, "is not in the second file"
            if len(near) > 1 or not self.how.fold:
                told = " or ".join(f"“{written(one)}”" for one in near)
                return None, f"is not in the second file: did you mean {told}?"
            meant = near[0]
        return meant, ""

    def near(self, key: Key) -> list[Key]:
        """The keys that are one with this but for how they are written."""
        return [one for one in self.folded.get(_folded(key), []) if all(one)]

    def told(self, key: Key, place: int) -> str:
        """What is wrong with a key that stands in the second file with differing values of a column."""
        rows = " and ".join(map(str, self.differing[key][place]))
        column = self.columns[place]
        return f"“{written(key)}” stands in rows {rows} of the second file with differing values of {column}"


def _lacks(found: Joined, row: Row, key: Key, why: str, how: Join, partners: _Partners) -> None:
    """Note that a row found nothing, and why."""
    found.left.setdefault(key, []).append(row.number)
    near = partners.near(key) if all(key) else []
    if len(near) == 1:
        found.near[key] = near[0]
    if how.unmatched != BLANK or near:
        found.lacking[row.number] = [Lacking(_problem(row, key, why, how), found.added)]


def _problem(row: Row, key: Key, why: str, how: Join) -> Problem:
    return Problem(row.number, ", ".join(how.on), written(key), why, "join")


def _folded(key: Key) -> Key:
    """A key without what programs change on the way: case, accents, blanks, and zeros around numbers."""
    return tuple(str(int(whole[1])) if (whole := NUMBER.fullmatch(part)) else folded(part) for part in key)


def _count(keys: dict[Key, list[int]]) -> str:
    return f"{len(keys):,} key{'s' * (len(keys) != 1)}"


def _first(keys: dict[Key, list[int]]) -> str:
    return _some([f"“{written(key)}” (row {rows[0]})" for key, rows in keys.items()])


def _some(told: list[str]) -> str:
    return ", ".join(told[:MOST_TOLD]) + (
        f" and {len(told) - MOST_TOLD:,} more" if len(told) > MOST_TOLD else ""
    )


def _rest(told: list[str]) -> list[str]:
    return [f"and {len(told) - MOST_TOLD:,} more keys with differing values"] if len(told) > MOST_TOLD else []
