"""Statements of a table: what each row says, field by field, with everything that is wrong told at once."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from issues.domain.scale import HIGHEST, LOWEST
from issues.importing.mapping.columns import (
    CHOICES,
    DATES,
    NEEDED,
    POSITION,
    SCALED,
    SIGNED,
    Mapping,
    MappingError,
    Spread,
)
from issues.importing.mapping.dates import Dated, read_date
from issues.importing.mapping.joining import Joined
from issues.importing.mapping.problem import Problem
from issues.importing.mapping.values import (
    PLAIN,
    SKIP,
    Coding,
    Scale,
    ValueProblem,
    explained,
    is_blank,
    known_scale,
    number_in,
    read_as_is,
)
from issues.importing.reading import Row, Table

NO_POSITION = (
    "Nothing says the position: choose its column, or one option for all rows, or the state “stated”, "
    "where all of it is text."
)
# What is empty in most of a hundred thousand statements is held once, where nobody writes into it.
NOTHING = cast(dict[str, Any], MappingProxyType({}))


@dataclass(slots=True)
class Said:
    """A statement of a row: its texts by field, and its coding, numbers and dates read.

    ``columns`` says from which column each field came, for messages; a field that is not here, or blank,
    was not said. ``coding`` is None only where a problem keeps it from being read.
    """

    row: int
    texts: dict[str, str]
    columns: Map[str, str]
    coding: Coding | None = None
    numbers: dict[str, float] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    dates: dict[str, Dated] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, name: str, message: str, ask: str = "") -> None:
        """Note what is wrong with a field."""
        column = self.columns.get(name, name.replace("_", " "))
        self.problems.append(Problem(self.row, column, self.texts.get(name, ""), message, ask))

    def settled(self) -> "Said":
        """What is still asked of it when it is known what it means: its texts and choices, for messages."""
        return Said(self.row, self.texts, self.columns, None, NOTHING, self.choices or NOTHING, NOTHING)


@dataclass
class Statements:
    """What a table says, read once, while it goes by; ``skipped`` are the cells that the mapping skipped."""

    said: Iterator[Said] = field(default_factory=lambda: iter(()))
    skipped: int = 0


def statements(table: Table, mapping: Mapping, joined: Joined | None = None) -> Statements:
    """Everything that the rows of a table say. Raises MappingError where columns do not fit the table.

    ``joined`` tells which rows found nothing in a second file: what would rest on it is not taken.
    """
    _check(table, mapping)
    places = {column: place for place, column in enumerate(table.columns)}
    scales = _Scales(table, mapping)
    cells = [(own, _columns(mapping, own)) for own in mapping.cells or (None,)]
    found = Statements()

    def read() -> Iterator[Said]:
        for row in table.rows:
            for own, columns in cells:
                said = Said(row.number, _texts(row, places, mapping, own, columns), columns)
                lacking = joined.lacks(row.number, columns.values()) if joined else []
                if lacking:
                    said.problems += lacking
                elif not _read(said, mapping, scales):
                    found.skipped += 1
                    continue
                yield said

    found.said = read()
    return found


def _check(table: Table, mapping: Mapping) -> None:
    """Raise MappingError for columns that the table does not have, and for fields that nothing gives."""
    named = [
        *mapping.columns.values(),
        *filter(None, (mapping.signatories,)),
        *(column for cell in mapping.cells for column in (cell.column, *cell.beside.values())),
    ]
    missing = list(dict.fromkeys(column for column in named if column not in table.columns))
    problems = [f"There is no column “{column}” in this table." for column in missing]
    given = {*mapping.columns, *mapping.constants, mapping.across}
    if mapping.signatories and "actor" in given:
        problems.append("signatories: the column lists the actors, so nothing else says the actor.")
    given |= {"actor"} if mapping.signatories else set()
    problems += [
        f"Nothing says the {name}: choose its column, or one {name} for all rows."
        for name in NEEDED
        if name not in given
    ]
    if not mapping.across and not given & {*POSITION, "state"}:
        problems.append(NO_POSITION)
    if problems:
        raise MappingError(problems)


def _columns(mapping: Mapping, own: Spread | None) -> dict[str, str]:
    """From which column each field of a row comes, or of one cell of it with what stands beside."""
    columns = dict(mapping.columns) | (dict(own.beside) if own else {})
    if mapping.signatories:
        columns[SIGNED] = mapping.signatories
    if own is not None:
        columns[mapping.across] = columns["option"] = own.column
    return columns


def _texts(
    row: Row, places: Map[str, int], mapping: Mapping, own: Spread | None, columns: Map[str, str]
) -> dict[str, str]:
    """A row, or one cell of it, as texts by field."""
    texts = {name: text for name, text in mapping.constants.items() if name not in columns}
    texts |= {name: row.cells[places[column]] for name, column in columns.items()}
    if own is not None:
        texts[mapping.across] = own.name or own.column
    return texts


class _Scales:
    """The scale of each column: as said, or known by its name or its numbers, or to be asked."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        self.known: dict[str, Scale | None] = {}

    def of(self, name: str, column: str) -> Scale | None:
        """The scale of a column that holds a field; None where nothing tells it."""
        said = self.mapping.scale(column)
        if said is not None:
            return said
        if column.strip().lower() == name or column not in self.table.columns:
            return PLAIN  # the columns of our own files are on the scale
        if column not in self.known:
            numbers = [number for text in self.table.values(column) if (number := _quietly(text)) is not None]
            self.known[column] = known_scale(numbers)
        return self.known[column]


def _quietly(text: str) -> float | None:
    try:
        return number_in(text)
    except ValueProblem:
        return None


def _read(said: Said, mapping: Mapping, scales: _Scales) -> bool:
    """Read what a statement says; False where the mapping skips it."""
    for name, text in said.texts.items():
        if text and name in CHOICES:
            _read_choice(said, mapping, name, text)
        elif text and name in SCALED:
            _read_number(said, mapping, scales, name, text)
        elif text and name in DATES:
            _read_date(said, mapping, name, text)
    return _read_coding(said, mapping, scales)


def _read_choice(said: Said, mapping: Mapping, name: str, text: str) -> None:
    meaning = mapping.meaning(said.columns.get(name, ""), text) or text
    word = "_".join(meaning.casefold().replace("_", " ").split())
    if meaning == SKIP or (is_blank(text) and meaning == text):
        return
    if word in CHOICES[name]:
        said.choices[name] = word
    else:
        said.problem(name, f"is none of {', '.join(CHOICES[name]).replace('_', ' ')}", "values")


def _read_number(said: Said, mapping: Mapping, scales: _Scales, name: str, text: str) -> None:
    column = said.columns.get(name, "")
    meaning = mapping.meaning(column, text)
    if meaning == SKIP:
        return
    try:
        coding = explained(meaning or "number", text, scale := scales.of(name, column))
        if scale is None or coding is None or coding.number is None:
            raise ValueProblem("is no number")
        said.numbers[name] = coding.number
    except ValueProblem as problem:
        said.problem(name, str(problem), problem.ask)


def _read_date(said: Said, mapping: Mapping, name: str, text: str) -> None:
    column = said.columns.get(name, "")
    if mapping.meaning(column, text) == SKIP:
        return
    try:
        said.dates[name] = read_date(text, mapping.date_form(column))
    except ValueProblem as problem:
        said.problem(name, str(problem), problem.ask)


def _read_coding(said: Said, mapping: Mapping, scales: _Scales) -> bool:
    """Read the coding of state, option and value together; False where the mapping skips the statement."""
    state = said.choices.get("state", "")
    given = [name for name in POSITION if name in said.texts]
    filled = [name for name in given if said.texts[name]]
    codings: list[Coding | None] = []
    for name in filled or ([] if state else given[:1]):
        column = said.columns.get(name, "")
        text = said.texts[name]
        meaning = mapping.meaning(column, text)
        try:
            if state and meaning is None and is_blank(text) and name == "option":
                continue  # its own column says what the blank one means
            scale = scales.of(name, column)
            codings.append(read_as_is(text, scale) if meaning is None else explained(meaning, text, scale))
        except ValueProblem as problem:
            said.problem(name, str(problem), problem.ask)
            return True
    if None in codings:
        return False
    said.coding = _together(said, state, [coding for coding in codings if coding is not None])
    return True


def _together(said: Said, state: str, codings: list[Coding]) -> Coding | None:
    """One coding of what option and value say, each of which may give an option or a number."""
    states = {coding.state for coding in codings if coding.state != "stated"} | ({state} if state else set())
    options = [coding.option for coding in codings if coding.option is not None]
    numbers = [coding.number for coding in codings if coding.number is not None]
    if len(states) > 1 or len(options) > 1 or len(numbers) > 1:
        said.problem("value", "contradicts what the row says beside it")
        return None
    whole = Coding(
        next(iter(states), "stated"), options[0] if options else None, numbers[0] if numbers else None
    )
    if whole.state != "stated" and (options or numbers):
        said.problem("state", f"is {whole.state}, but the row has a position")
        return None
    if whole.number is not None and not LOWEST <= whole.number <= HIGHEST:
        said.problem("value", "is outside of the scale of 0 to 100")
        return None
    return whole
