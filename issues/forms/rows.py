"""Lists of rows in a form: they grow, take a block from a spreadsheet, and lose nothing that was typed.

A list is a formset of :class:`RowForm`; its template is ``components/rows.html``, its script ``rows.js``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from issues.domain.spelling import folded
from issues.forms.lines import Lines
from issues.importing.reading import ReadError
from issues.importing.reading.text import read_text

# The name of the button that asks for more rows; its value is the prefix of the list.
MORE = "more"
MORE_ROWS = 3
MOST_ROWS = 80
MOST_PASTED = 200_000
TOO_MANY = f"At most {MOST_ROWS} rows fit here; bring the others in as a file afterwards."
PASTED = "pasted"
# What a row of a block says, by field.
Texts = dict[str, str]


class RowForm(forms.Form):
    """One row. It is blank while its first field is empty and nothing else is other than it began."""

    # Fields that are folded away, because they are seldom needed.
    seldom: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The field without which a row is none."""
        return next(iter(self.fields))

    @property
    def at_once(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        return [self[name] for name in self.fields if name not in self.seldom]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.seldom]

    @property
    def is_unfolded(self) -> bool:
        """Whether anything that is folded away was said, or the row is wrong: it may be what is asked for."""
        is_said = any(field.value() not in (None, "", field.field.initial) for field in self.folded)
        return is_said or (self.is_bound and bool(self.errors))

    def has_changed(self) -> bool:
        """Whether there is anything in this row; one that is not blank has to be whole."""
        return bool(str(self[self.first].value() or "").strip()) or bool(
            set(self.changed_data) - {self.first}
        )


class RowsFormSet(forms.BaseFormSet[RowForm]):
    """A list of rows. Rows that are left blank are passed over.

    ``is_checked`` is off while more rows are asked for: nothing is wrong yet with what is half typed.
    """

    noun = "row"
    title = "Rows"
    help = ""
    # What a column of a block is called beside its field's name; the order is that of a block without heads.
    called: Mapping[str, tuple[str, ...]] = {}

    def __init__(self, data: QueryDict | None = None, *, is_checked: bool = True, **kwargs: Any) -> None:
        self.is_checked, self.refused = is_checked, ""
        if data is not None:
            data = self._grown(data.copy(), kwargs["prefix"], kwargs.get("initial") or [])
        super().__init__(data, **kwargs)
        self.pasted = PasteForm(data, prefix=self.prefix)[PASTED]
        if self.refused:
            self.pasted.form.add_error(PASTED, self.refused)
        if data is not None and not is_checked:
            self._errors: list[ErrorDict] = []
            self._non_form_errors = ErrorList()
            for form in self.forms:
                form._errors = ErrorDict()  # type: ignore[attr-defined]

    @property
    def nouns(self) -> str:
        """What several of them are called."""
        return f"{self.noun}s"

    @property
    def paste(self) -> bool:
        """Whether a block may be pasted."""
        return bool(self.called)

    @property
    def rows(self) -> list[tuple[int, RowForm]]:
        """The rows that say something, with their places."""
        return [(place, form) for place, form in enumerate(self.forms) if form.has_changed()]

    def is_valid(self) -> bool:
        """Whether the list and what was pasted into it can be read."""
        return not self.refused and super().is_valid()

    def add_error_at(self, place: int, field: str, message: str | ValidationError) -> None:
        """Say what is wrong with a row, at a field of it where it is one of its own; else of the list."""
        if place >= len(self.forms):
            self.non_form_errors().append(message)
            return
        form = self.forms[place]
        form.add_error(field if field in form.fields else form.first, message)

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong: the id of the field, and in which list, row and field what is wrong there."""
        found = [(f"{self.prefix}-title", f"{self.title}: {error}") for error in self.non_form_errors()]
        if self.refused:
            found.append((self.pasted.id_for_label, f"{self.title}, pasted: {self.refused}"))
        for number, form in enumerate(self.forms, 1):
            for field in form:
                where = f"{self.title}, {self.noun} {number}, {field.label}"
                found += [(field.id_for_label, f"{where}: {error}") for error in field.errors]
        return found

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Rows may be blank, wherever they stand."""
        return {**super().get_form_kwargs(index), "empty_permitted": True, "use_required_attribute": False}

    def _grown(self, data: QueryDict, prefix: str, initial: Sequence[Mapping[str, Any]]) -> QueryDict:
        """What was posted, with what was pasted in rows of its own, and more rows if asked for."""
        total = f"{prefix}-{TOTAL_FORM_COUNT}"
        typed = data.get(total, "")
        if not typed.isdecimal() or len(typed) > 4:
            data[total] = ""  # which the formset refuses; of a number below none it would make no rows
            return data
        before = after = min(int(typed), MOST_ROWS)
        block = str(data.get(f"{prefix}-{PASTED}", "")).strip("\r\n") if self.called else ""
        said: list[Texts] = []
        if block:
            try:
                said = self._read(block)
                after = self._room(data, prefix, before) + len(said)
                if after > MOST_ROWS:
                    raise ReadError(TOO_MANY)
                data[f"{prefix}-{PASTED}"] = ""
            except ReadError as error:
                self.refused, said, after = str(error), [], before
        elif data.get(MORE) == prefix:
            after = min(before + MORE_ROWS, MOST_ROWS)
        for place in range(before, after):
            begun = initial[place] if place < len(initial) else {}
            for name, field in self.form.base_fields.items():
                data[f"{prefix}-{place}-{name}"] = str(begun.get(name, field.initial) or "")
        for place, texts in enumerate(said, after - len(said)):
            for name, text in texts.items():
                data[f"{prefix}-{place}-{name}"] = self.choice(name, text)
        data[total] = str(max(after, int(typed)))
        return data

    def _room(self, data: QueryDict, prefix: str, count: int) -> int:
        """Behind the last row that has a name: where a block goes."""
        first = next(iter(self.form.base_fields))
        used = [place for place in range(count) if str(data.get(f"{prefix}-{place}-{first}", "")).strip()]
        return used[-1] + 1 if used else 0

    def _read(self, block: str) -> list[Texts]:
        """What the rows of a block say. Raises ReadError."""
        if len(block) > MOST_PASTED:
            raise ReadError(f"This is too long: at most {MOST_PASTED:,} letters are read here.")
        rows = [row.cells for row in read_text(block.encode(), "utf-8", "").rows]
        heads = rows.pop(0) if self._is_head(rows[0]) else None
        return [texts for texts in self.read_block(heads, rows) if texts]

    def read_block(self, heads: Sequence[str] | None, rows: Iterable[Sequence[str]]) -> list[Texts]:
        """The texts of each row of a block by field; without heads its cells are in the order of the fields.

        Raises ReadError for a column that there is not, or is there twice.
        """
        names = list(self.called) if heads is None else self.fields_of(heads)
        return [
            {name: cell.strip() for name, cell in zip(names, row, strict=False) if name and cell.strip()}
            for row in rows
        ]

    def fields_of(self, heads: Sequence[str]) -> list[str]:
        """The field of each column, empty for one without a head. Raises ReadError."""
        names: list[str] = []
        for head in heads:
            name = self.field_called(head)
            if name is None:
                told = ", ".join(one.replace("_", " ") for one in self.called)
                raise ReadError(f"There is no column “{head[:80]}” here; there are {told}.")
            if name and name in names:
                raise ReadError(f"Two columns say the {name.replace('_', ' ')}.")
            names.append(name)
        return names

    def field_called(self, head: str) -> str | None:
        """The field of a column that is called so, empty for a column without a head, None for another."""
        word = folded(head.replace("_", " "))
        for name, words in self.called.items():
            if word in (name.replace("_", " "), *words):
                return name
        return None if word else ""

    def _is_head(self, cells: Sequence[str]) -> bool:
        """Whether the first row of a block names its columns: its first cell is called as one."""
        return bool(cells[0].strip()) and self.field_called(cells[0]) is not None

    def choice(self, name: str, text: str) -> str:
        """A cell as its field takes it: of a choice the value of the one that is called so."""
        field, word = self.form.base_fields[name], folded(text)
        if not isinstance(field.widget, forms.Textarea):
            text = " ".join(text.split())  # a cell may have several lines where a field has one
        for value, label in getattr(field, "choices", ()):
            if value and word in (folded(str(value)), folded(str(label)), f"{folded(str(label))}s"):
                return str(value)
        return text


def keys_posted(data: Mapping[str, Any], before: str, after: str = "") -> set[int]:
    """The keys of the records whose fields were posted, as they stand in the names of these fields."""
    pattern = re.compile(rf"{re.escape(before)}(\d{{1,18}}){re.escape(after)}", re.ASCII)
    return {int(found[1]) for name in data if (found := pattern.fullmatch(name))}


def rows_of(row: type[RowForm], kind: type[RowsFormSet], extra: int) -> type[RowsFormSet]:
    """A list of such rows, of which some are blank at first."""
    made = forms.formset_factory(
        row, kind, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return cast(type[RowsFormSet], made)


class PasteForm(forms.Form):
    """Where a block is pasted."""

    pasted = forms.CharField(
        required=False,
        strip=False,
        widget=Lines(rows=5),
        label="Cells, with or without their head row",
        help_text="One row a line, divided by tabs, commas or semicolons.",
    )
