"""A mapping from JSON, with everything that is wrong with it told at once."""

import json
import math
from typing import Any

from issues.importing.mapping.columns import (
    ACROSS,
    COALITIONS,
    FIELDS,
    MAKES,
    NAMED,
    Mapping,
    MappingError,
    Spread,
)
from issues.importing.mapping.dates import DATE_FORMS
from issues.importing.mapping.join import SECOND, UNMATCHED, Join
from issues.importing.mapping.meanings import is_meaning
from issues.importing.mapping.tables import FIELDS_OF, TABLES, is_field
from issues.importing.mapping.values import MEANINGS, Scale
from issues.importing.reading import Layout

ROWS = ("first_row", "last_row", "first_column", "last_column")
TEXTS = ("encoding", "delimiter", "sheet", "inferred", "separator")
OF_JOIN = (
    *("file", "on", "columns", "keys", "fold", "unmatched", "sheet", "encoding", "delimiter"),
    *("head", "ignored", *ROWS),
)
KEYS = (
    *TEXTS,
    *ROWS,
    "head",
    "ignored",
    "across",
    "columns",
    "cells",
    "constants",
    "values",
    "scales",
    "dates",
    "names",
    "make",
    "table",
    "join",
    "coalitions",
    "signatories",
    "keep_aliases",
)


def from_json(text: str, table: str = "") -> Mapping:
    """The mapping that a JSON text writes, of a ``table`` where that is known beforehand.

    Raises MappingError with everything that is wrong.
    """
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MappingError([f"This is no JSON: {error}"]) from error
    if not isinstance(given, dict):
        raise MappingError(["A mapping is an object: { … }."])
    said = given.setdefault("table", table)
    reader = _Reader(given)
    mapping = reader.mapping()
    if table and said != table:
        reader.problems.append(f"table: this is a mapping of {said or 'positions'}, not of {table}.")
    if reader.problems:
        raise MappingError(reader.problems)
    return mapping


class _Reader:
    """One reading of a mapping; what is wrong gathers in ``problems``."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.problems = [f"{key}: there is no such part of a mapping." for key in given if key not in KEYS]

    def mapping(self) -> Mapping:
        """The mapping, as far as it can be read."""
        of = self._one_of("table", ("", "positions", *TABLES)).replace("positions", "")
        columns, constants = self._fields("columns", of), self._fields("constants", of)
        across = self._one_of("across", ("", *ACROSS))
        cells = tuple(self._cells())
        if bool(across) != bool(cells):
            self.problems.append("across, cells: a table that goes across needs both, any other neither.")
        texts: dict[str, Any] = {name: self._text(name) for name in TEXTS}
        return Mapping(
            **texts,
            layout=self._layout(),
            across=across,
            columns=columns,
            cells=cells,
            constants=constants,
            values=self._values(),
            scales=self._scales(),
            dates=self._dates(),
            names=self._nested("names", NAMED),
            make=self._make(),
            table=of,
            keep_aliases=self._flag("keep_aliases"),
            join=self._join(),
            coalitions=self._one_of("coalitions", ("", *COALITIONS)),
            **self._signatories(),
        )

    def _join(self) -> Join | None:
        """How a second file is joined, read as a mapping of its own."""
        if "join" not in self.given:
            return None
        part = _Reader({})
        part.given = self._object("join")
        part.problems = [f"{key}: there is no such part of it." for key in part.given if key not in OF_JOIN]
        file = part.given.get("file", SECOND)
        if not isinstance(file, int | str) or isinstance(file, bool) or not file:
            part._wrong("file", "this is the number or the name of a file.")
        columns = part.given.get("columns", [])
        if not isinstance(columns, list) or not all(isinstance(one, str) for one in columns):
            part._wrong("columns", "this is a list of names of columns.")
            columns = []
        join = Join(
            on=part._checked("on", part._object("on")),
            file=file,
            columns=tuple(columns),
            keys=part._checked("keys", part._object("keys")),
            fold=part._flag("fold"),
            unmatched=part._one_of("unmatched", ("", *UNMATCHED)) or next(iter(UNMATCHED)),
            **{name: part._text(name) for name in ("sheet", "encoding", "delimiter")},
            layout=part._layout(),
        )
        self.problems += [f"join.{problem}" for problem in part.problems]
        return join

    def _signatories(self) -> dict[str, Any]:
        """The column that lists who signed, or that rows do."""
        given = self.given.get("signatories", "")
        if isinstance(given, dict) and given.keys() == {"column"}:
            given = given["column"]
        if isinstance(given, str):
            return {"signatories": given}
        if given != {"rows": True}:
            self._wrong("signatories", 'this is the name of a column, or {"rows": true}.')
        return {"signed_in_rows": True}

    def _wrong(self, key: str, message: str) -> None:
        self.problems.append(f"{key}: {message}")

    def _text(self, name: str) -> str:
        value = self.given.get(name, "")
        if not isinstance(value, str):
            self._wrong(name, "this is a text.")
            return ""
        return value

    def _flag(self, name: str) -> bool:
        value = self.given.get(name, False)
        if not isinstance(value, bool):
            self._wrong(name, "this is true or false.")
        return value is True

    def _one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self._text(name)
        if value not in allowed:
            self._wrong(name, f"“{value}” is none of {', '.join(filter(None, allowed))}.")
            return ""
        return value

    def _object(self, name: str) -> dict[str, Any]:
        value = self.given.get(name, {})
        if not isinstance(value, dict):
            self._wrong(name, "this is an object: { … }.")
            return {}
        return value

    def _fields(self, name: str, of: str) -> dict[str, str]:
        """Texts by the fields of what is in the file."""
        given = self._object(name)
        own = [field for field in given if is_field(of, field)] if of else []
        return self._checked(name, given, [*(FIELDS_OF[of] if of else FIELDS), *own])

    def _checked(self, name: str, given: dict[str, Any], allowed: Any = None) -> dict[str, str]:
        found = {}
        for key, value in given.items():
            if allowed is not None and key not in allowed:
                self._wrong(f"{name}.{key}", f"there is no such field; there are {', '.join(allowed)}.")
            elif not isinstance(value, str):
                self._wrong(f"{name}.{key}", "this is a text.")
            else:
                found[key] = value
        return found

    def _nested(self, name: str, allowed: Any = None) -> dict[str, dict[str, str]]:
        found = {}
        for key, of in self._object(name).items():
            if allowed is not None and key not in allowed:
                self._wrong(f"{name}.{key}", f"there is no such kind; there are {', '.join(allowed)}.")
            elif not isinstance(of, dict):
                self._wrong(f"{name}.{key}", "this is an object: { … }.")
            else:
                found[key] = self._checked(f"{name}.{key}", of)
        return found

    def _values(self) -> dict[str, dict[str, str]]:
        found = self._nested("values")
        for column, of in found.items():
            for value, meaning in of.items():
                if not is_meaning(meaning):
                    at = f"values.{column}.{value}"
                    self._wrong(at, f"“{meaning}” is none of {', '.join(MEANINGS)}, option: …, number: ….")
        return found

    def _make(self) -> dict[str, dict[str, str]]:
        found = self._nested("make", tuple(MAKES))
        for kind, of in found.items():
            for key, value in of.items():
                allowed = MAKES[kind].get(key)
                if allowed is None:
                    self._wrong(f"make.{kind}.{key}", "this cannot be said of new ones.")
                elif value not in allowed:
                    self._wrong(f"make.{kind}.{key}", f"“{value}” is none of {', '.join(allowed)}.")
            for key in MAKES[kind].keys() - of.keys():
                self._wrong(f"make.{kind}", f"say the {key} of new ones: {', '.join(MAKES[kind][key])}.")
        return found

    def _dates(self) -> dict[str, str]:
        found = self._checked("dates", self._object("dates"))
        for column, form in found.items():
            if form not in DATE_FORMS:
                self._wrong(f"dates.{column}", f"“{form}” is none of {', '.join(DATE_FORMS)}.")
        return {column: form for column, form in found.items() if form in DATE_FORMS}

    def _scales(self) -> dict[str, Scale]:
        found = {}
        for column, ends in self._object("scales").items():
            numbers = ends if isinstance(ends, list) else []
            if (
                len(numbers) != 2
                or not all(isinstance(end, int | float) and not isinstance(end, bool) for end in numbers)
                or not all(_is_finite(end) for end in numbers)
                or numbers[0] == numbers[1]
            ):
                self._wrong(f"scales.{column}", "give the numbers that stand for 0 and for 100: [1, 7].")
            else:
                found[column] = Scale(float(numbers[0]), float(numbers[1]))
        return found

    def _cells(self) -> list[Spread]:
        given = self.given.get("cells", [])
        if not isinstance(given, list):
            self._wrong("cells", "this is a list: [ … ].")
            return []
        found = []
        for number, cell in enumerate(given):
            at = f"cells[{number}]"
            if not isinstance(cell, dict) or not isinstance(cell.get("column"), str):
                self._wrong(at, 'say the column: {"column": "…"}.')
                continue
            for key in cell.keys() - {"column", "name", "with"}:
                self._wrong(f"{at}.{key}", "there is no such part.")
            name, beside = cell.get("name", cell["column"]), cell.get("with", {})
            if not isinstance(name, str) or not isinstance(beside, dict):
                self._wrong(at, "the name is a text, “with” an object.")
                continue
            found.append(Spread(cell["column"], name, self._checked(f"{at}.with", beside, FIELDS)))
        return found

    def _layout(self) -> Layout:
        numbers = {name: self._number(name, self.given[name]) for name in ROWS if name in self.given}
        return Layout(head=self._numbers("head", ()), ignored=self._numbers("ignored", ()), **numbers)

    def _numbers(self, name: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
        given = self.given.get(name, list(otherwise))
        if not isinstance(given, list):
            self._wrong(name, "this is a list of numbers: [1].")
            return otherwise
        return tuple(self._number(name, one) for one in given)

    def _number(self, name: str, value: object) -> int:
        is_place = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
        if not is_place:
            self._wrong(name, "this is a number of a row or column.")
        return value if is_place and isinstance(value, int) else 0


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False
