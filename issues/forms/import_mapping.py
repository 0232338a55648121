"""The mapping of a file as a form: what columns and values mean, and who is meant by a name."""

from typing import Any

from django import forms
from django.forms import BoundField

from issues.forms.import_asked import AskedName, AskedValue, asked_names, asked_of_table, asked_values
from issues.forms.import_join import join_fields, join_shown
from issues.importing.mapping import DATE_FORMS, FIELDS, Problem
from issues.importing.mapping.columns import ALL, COALITIONS, MAKES, NAMED, POSITION, SCALED, SIGNED
from issues.importing.mapping.tables import ACTORS, CHOICES_OF, FIELDS_OF, ISSUES, OPTION_AT, SUMMITS
from issues.importing.mapping.values import NUMBER_IS
from issues.importing.opened import Opened
from issues.importing.reading import DELIMITERS, ENCODINGS
from issues.importing.stored import Stored
from issues.models.source import LONGEST_ADDRESS

CELL, BESIDE = "cell", "beside:"
OF_POSITIONS = ("across", "inferred", "signed_in_rows", "separator", "coalitions")
COMPANIONS = (
    *("salience", "confidence", "source_url", "source", "quote", "summary", "note", "red_line", "said_on"),
)
CONSTANTS = (
    *("issue", "actor", "summit", "summit_date", "option", "state", "said_on"),
    *("source", "source_url", "source_title", "source_publisher"),
)
LOOKED_AT, SAMPLE = 200, 3
SHAPES = {
    "": "a row is a statement",
    "issue": "the heads of columns name issues",
    "actor": "the heads of columns name actors",
    "summit": "the heads of columns name summits",
}
NAMES = {kind: kind for kind in NAMED} | {"speaker": "person"}


class MappingForm(forms.Form):
    """Everything that a mapping says, for the columns, values and names of one file."""

    encoding = forms.ChoiceField(
        required=False, choices=[("", "as found"), *((one, one) for one in ENCODINGS)]
    )
    delimiter = forms.ChoiceField(required=False, choices=[("", "as found"), *DELIMITERS.items()])
    sheet = forms.ChoiceField(required=False)
    head = forms.RegexField(
        r"^\s*\d{1,7}(\s*,\s*\d{1,7})*\s*$",
        required=False,
        label="Head in row",
        help_text="Of several head rows all, as 2, 3.",
        error_messages={"invalid": "Write the number of a row, or several: 2, 3."},
    )
    first_row = forms.IntegerField(required=False, min_value=1, max_value=2_000_000, label="First row")
    last_row = forms.IntegerField(required=False, min_value=1, max_value=2_000_000, label="Last row")
    across = forms.ChoiceField(required=False, choices=list(SHAPES.items()), label="In this table")
    dates = forms.ChoiceField(
        required=False, choices=[("", "as each is written"), *DATE_FORMS.items()], label="Days are written"
    )
    inferred = forms.CharField(
        required=False,
        max_length=1000,
        label="Positions without a source are inferred, because",
        help_text="Left empty, a stated position without a source is refused.",
    )

    signed_in_rows = forms.BooleanField(
        required=False, label="Rows of the same words are one joint statement, signed by the actors of all"
    )
    separator = forms.CharField(
        required=False,
        max_length=5,
        strip=False,
        label="Signatories are divided by",
        help_text="A semicolon, where nothing is said. A line break divides them, too.",
    )
    keep_aliases = forms.BooleanField(
        required=False, label="Keep these names as other spellings of their records"
    )
    coalitions = forms.ChoiceField(
        required=False, choices=[("", "to be asked"), *COALITIONS.items()], label="The row of a coalition is"
    )

    def __init__(
        self, data: Any, *, file: Opened, stored: Stored, problems: list[Problem], **kwargs: Any
    ) -> None:
        self.file, self.said = file, file.mapping
        super().__init__(data, initial=self._initial(), **kwargs)
        sheets = [(one, one) for one in file.grid.sheets]
        self.fields["sheet"].choices = [("", "the first"), *sheets]  # type: ignore[attr-defined]
        self.table = self.said.table
        for name in OF_POSITIONS if self.table else ():
            del self.fields[name]
        self.own = FIELDS_OF[self.table] if self.table else FIELDS
        asked = asked_of_table(file, problems) if self.table else asked_values(file, stored, problems)
        self.asked_values = asked
        self.asked_names = asked_names(file, problems)
        self.fields.update(join_fields(file))
        self._add_columns()
        self._add_values()
        self._add_names()
        self._add_constants()

    def _initial(self) -> dict[str, Any]:
        said, layout = self.said, self.said.layout
        return {
            "encoding": said.encoding,
            "delimiter": said.delimiter,
            "sheet": said.sheet,
            "head": ", ".join(map(str, layout.head)),
            "first_row": layout.first_row or None,
            "last_row": layout.last_row or None,
            "across": said.across,
            "dates": said.dates.get(ALL, ""),
            "inferred": said.inferred,
            "keep_aliases": said.keep_aliases,
            "signed_in_rows": said.signed_in_rows,
            "separator": said.separator,
            "coalitions": said.coalitions,
        }

    def _add_columns(self) -> None:
        beside = (
            []
            if self.table
            else [(f"{BESIDE}{one}", f"of the position to its left: {FIELDS[one]}") for one in COMPANIONS]
        )
        signed = (SIGNED, "Signatories: all who signed the words")
        across = [] if self.table else [signed, (CELL, "positions on what its head names")]
        choices = [("", "not used"), *self.own.items(), *across, *beside]
        for place, column in enumerate(self.file.table.columns):
            use = self._use(column)
            own = self.headed(column)
            self.fields[f"column_{place}"] = forms.ChoiceField(
                required=False, choices=[*choices, *own], initial=use, label=column
            )
            scaled = ("value",) if self.table else (CELL, *POSITION, *SCALED)
            if use.removeprefix(BESIDE) in scaled:
                scale = self.said.scales.get(column)
                for end, number in (("low", scale and scale.at_0), ("high", scale and scale.at_100)):
                    self.fields[f"{end}_{place}"] = forms.FloatField(
                        required=False,
                        initial=number,
                        label=f"{column}: the number that stands for {0 if end == 'low' else 100}",
                    )

    def headed(self, column: str) -> list[tuple[str, str]]:
        """What a column may be by its head alone: an option of an issue, the members of a coalition."""
        if self.table == ISSUES and OPTION_AT.fullmatch(column):
            return [(column, column)]
        if self.table == ACTORS:
            return [(f"member_of {column}", f"members of “{column}”: 1, x or yes")]
        return []

    def _use(self, column: str) -> str:
        """For what a column is used."""
        for name, of in self.said.columns.items():
            if of == column:
                return name
        if column == self.said.signatories:
            return SIGNED
        for cell in self.said.cells:
            if cell.column == column:
                return CELL
            for name, of in cell.beside.items():
                if of == column:
                    return f"{BESIDE}{name}"
        return ""

    def _add_values(self) -> None:
        for one in self.asked_values:
            meaning = self.said.meaning(one.column, one.value) or ""
            is_number = meaning.startswith(NUMBER_IS)
            known = [*one.choices, (meaning, meaning)] if meaning and not is_number else one.choices
            label = f"{one.column}: {one.value or 'an empty cell'}"
            self.fields[f"value_{one.key}"] = forms.ChoiceField(
                required=False,
                choices=list(dict(known).items()),
                initial="" if is_number else meaning,
                label=label,
            )
            if one.is_position:
                self.fields[f"number_{one.key}"] = forms.FloatField(
                    required=False,
                    min_value=0,
                    max_value=100,
                    initial=float(meaning.removeprefix(NUMBER_IS)) if is_number else None,
                    label=f"{label}, as a number of 0 to 100",
                )

    def _add_names(self) -> None:
        for one in self.asked_names:
            self.fields[f"name_{one.key}"] = forms.CharField(
                required=False,
                max_length=200,
                initial=self.said.names.get(one.kind, {}).get(one.name, ""),
                label=f"{NAMES[one.kind].capitalize()} “{one.name}” is",
                widget=forms.TextInput(attrs={"list": f"known-{one.kind}"}),
            )

    def _add_constants(self) -> None:
        choices = CHOICES_OF[self.table] if self.table else {}
        for name, words in choices.items():
            self.fields[f"constant_{name}"] = forms.ChoiceField(
                required=False,
                choices=[("", "as its rows say"), *((one, one.replace("_", " ")) for one in words)],
                initial=self.said.constants.get(name, ""),
                label=self.own[name],
            )
        for name in self.constant_names:
            if name in choices:
                continue
            kind = name if name in ("issue", "actor", "summit") else ""
            self.fields[f"constant_{name}"] = forms.CharField(
                required=False,
                max_length=LONGEST_ADDRESS,
                initial=self.said.constants.get(name, ""),
                label=self.own.get(name, name),
                widget=forms.TextInput(attrs={"list": f"known-{kind}"} if kind else {}),
            )
        for kind, parts in self.made_here.items():
            made = self.said.make.get(kind)
            self.fields[f"make_{kind}"] = forms.BooleanField(
                required=False, initial=made is not None, label=f"New {NAMES[kind]}s are made"
            )
            for part, allowed in parts.items():
                self.fields[f"make_{kind}_{part}"] = forms.ChoiceField(
                    required=False,
                    choices=[(one, one.replace("_", " ")) for one in allowed],
                    initial=(made or {}).get(part, allowed[0]),
                    label=f"as {part}",
                )

    @property
    def columns(self) -> list[tuple[BoundField, list[BoundField], list[str]]]:
        """Each column with the field of its use, those of its scale, and a few of its values."""
        found = []
        for place in range(len(self.file.table.columns)):
            ends = [self[name] for name in (f"low_{place}", f"high_{place}") if name in self.fields]
            cells = (row.cells[place] for row in self.file.table.rows[:LOOKED_AT])
            sample = list(dict.fromkeys(filter(None, cells)))[:SAMPLE]
            found.append((self[f"column_{place}"], ends, sample))
        return found

    @property
    def values(self) -> list[tuple[AskedValue, BoundField, BoundField | None]]:
        """The values whose meaning is to be seen, with their fields."""
        return [
            (one, self[f"value_{one.key}"], self[f"number_{one.key}"] if one.is_position else None)
            for one in self.asked_values
        ]

    @property
    def names(self) -> list[tuple[AskedName, BoundField]]:
        """The names that lead to nothing, or were answered, with their fields."""
        return [(one, self[f"name_{one.key}"]) for one in self.asked_names]

    @property
    def constants(self) -> list[BoundField]:
        """The fields that are the same in every row."""
        return [self[f"constant_{name}"] for name in self.constant_names]

    @property
    def makes(self) -> list[tuple[BoundField, list[BoundField]]]:
        """Of which kinds new records are made, with what is said of them."""
        return [
            (self[f"make_{kind}"], [self[f"make_{kind}_{part}"] for part in parts])
            for kind, parts in self.made_here.items()
        ]

    @property
    def is_of_positions(self) -> bool:
        """Whether the file holds positions, and no table of other records."""
        return not self.table

    @property
    def constant_names(self) -> tuple[str, ...]:
        """The fields of which one thing may be said for all rows, and those of which a mapping says it."""
        asked = tuple(CHOICES_OF[self.table]) if self.table else CONSTANTS
        return tuple(dict.fromkeys((*asked, *self.said.constants)))

    @property
    def made_here(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The kinds of which new records may be made beside those of the file."""
        here = {"": set(MAKES) - {"place"}, SUMMITS: {"place"}}.get(self.table, set())
        return {kind: parts for kind, parts in MAKES.items() if kind in here}

    @property
    def join(self) -> list[BoundField]:
        """By what a second file is joined; empty without one."""
        return join_shown(self)

    @property
    def layout_fields(self) -> list[BoundField]:
        """How the file is written, and where the table is in it."""
        names = ["sheet"] if self.file.grid.sheets else ["encoding", "delimiter"]
        return [self[name] for name in (*names, "head", "first_row", "last_row")]
