"""What a mapping's form asks about: values whose meaning is to be seen, and names that lead to nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from issues.importing.mapping import CHOICES, Problem
from issues.importing.mapping.columns import POSITION
from issues.importing.mapping.tables import CHOICES_OF
from issues.importing.mapping.values import MEANINGS, OPTION_IS, ValueProblem, is_blank, number_in
from issues.importing.matching import Unmatched
from issues.importing.opened import Opened
from issues.importing.stored import Stored

MOST_VALUES, MOST_OF_A_COLUMN, MOST_LABELS = 150, 40, 100
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class AskedValue:
    """A value of a column, how often it is there, and what it may mean."""

    column: str
    value: str
    count: int
    choices: Choices
    is_position: bool

    @property
    def key(self) -> str:
        """What its fields are called."""
        return _key(self.column, self.value)


@dataclass(frozen=True)
class AskedName:
    """A name of a kind of record that leads to none, and why; or one that was answered."""

    kind: str
    name: str
    message: str

    @property
    def key(self) -> str:
        """What its field is called."""
        return _key(self.kind, self.name)


def asked_values(file: Opened, stored: Stored, problems: list[Problem]) -> list[AskedValue]:
    """Of columns with positions every value but plain numbers, of choices those that are not known."""
    found = [*_of_positions(file, stored), *_of_choices(file, problems)]
    return list({one.key: one for one in found}.values())[:MOST_VALUES]


def asked_of_table(file: Opened, problems: list[Problem]) -> list[AskedValue]:
    """Of a table of records the values that were not understood, or were given a meaning."""
    found: list[AskedValue] = []
    choices = CHOICES_OF[file.mapping.table]
    for name, column in file.mapping.columns.items():
        if column not in file.table.columns:
            continue
        words = [(one, one.replace("_", " ")) for one in choices.get(name, ())]
        meanings = [*words, ("skip", "nothing"), *([] if words else [("text", "what is written")])]
        wrong = {one.value for one in problems if one.column == column and one.ask == "values"}
        for value, count in file.table.values(column).items():
            if value in wrong or value in file.mapping.values.get(column, {}):
                found.append(AskedValue(column, value, count, [("", "say what it means"), *meanings], False))
    return found[:MOST_VALUES]


def asked_names(file: Opened, problems: list[Problem]) -> list[AskedName]:
    """The names that were answered, and those that lead to nothing, or to several records."""
    said = file.mapping
    asked = {(kind, name): "" for kind, answers in said.names.items() for name in answers}
    for problem in problems:
        kind = problem.ask.removeprefix("names.")
        if kind != problem.ask and problem.value:
            asked[kind, problem.value] = problem.message
    return [AskedName(kind, name, message) for (kind, name), message in asked.items()][:MOST_VALUES]


def _of_positions(file: Opened, stored: Stored) -> Iterator[AskedValue]:
    for column, issue in _position_columns(file, stored):
        counts = file.table.values(column)
        shown = [one for one in counts if _is_word(file, column, one)]
        of = [stored.issues[issue]] if issue is not None else list(stored.issues.values())
        labels = list(dict.fromkeys(option.label for one in of for option in one.options))[:MOST_LABELS]
        for value in sorted(shown, key=lambda one: -counts[one])[:MOST_OF_A_COLUMN]:
            unsaid = "say what it means" if is_blank(value) else "as it is written"
            words = [(one, one) for one in MEANINGS if one != "number" or is_blank(value)]
            options = [(f"{OPTION_IS}{one}", f"option: {one}") for one in labels]
            yield AskedValue(column, value, counts[value], [("", unsaid), *words, *options], True)


def _of_choices(file: Opened, problems: list[Problem]) -> Iterator[AskedValue]:
    for name, words in CHOICES.items():
        column = file.mapping.columns.get(name, "")
        if column not in file.table.columns:
            continue
        wrong = {one.value for one in problems if one.column == column and one.ask == "values"}
        plain = [(one, one.replace("_", " ")) for one in (*words, "skip")]
        for value, count in file.table.values(column).items():
            if value in wrong or value in file.mapping.values.get(column, {}):
                yield AskedValue(column, value, count, [("", "say what it means"), *plain], False)


def _position_columns(file: Opened, stored: Stored) -> Iterator[tuple[str, int | None]]:
    """The columns that hold positions, each with its issue where its head names one."""
    said = file.mapping
    for name in POSITION:
        if said.columns.get(name) in file.table.columns:
            yield said.columns[name], None
    for cell in said.cells:
        if cell.column in file.table.columns:
            yield cell.column, _issue(cell.name, file, stored) if said.across == "issue" else None


def _issue(name: str, file: Opened, stored: Stored) -> int | None:
    answer = file.mapping.names.get("issue", {}).get(name, "")
    try:
        return stored.directories["issue"].find(name, answer).pk
    except Unmatched:
        return None


def _is_word(file: Opened, column: str, value: str) -> bool:
    """Whether a value is anything but a plain number, or was given a meaning."""
    if is_blank(value) or file.mapping.meaning(column, value) is not None:
        return True
    try:
        return number_in(value) is None
    except ValueProblem:
        return True


def _key(column: str, value: str) -> str:
    """Short, whatever stands in it."""
    return sha256(f"{column}\n{value}".encode()).hexdigest()[:12]
