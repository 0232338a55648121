"""The part of a mapping's form that joins a second file: by which columns, and what becomes of the rest."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django import forms
from django.forms import BoundField

from issues.importing.mapping import UNMATCHED, Join
from issues.importing.opened import Opened

if TYPE_CHECKING:
    from issues.forms.import_mapping import MappingForm

# Of each key its columns in both files; what goes on beyond is numbered.
LABELS = (
    ("The rows fit where this column", "is this one of"),
    ("and this column", "is this other one of"),
    ("and this further column", "is this further one of"),
)
AT_LEAST = 2


def join_fields(file: Opened) -> dict[str, forms.Field]:
    """The fields of the join, where a second file is there; else none. There is room for one more key.

    The keys stand as their columns do in the first file: a database need not keep the order of a mapping.
    """
    if file.second is None:
        return {}
    how = file.mapping.join or Join()
    places = {column: place for place, column in enumerate(file.first.columns)}
    pairs = [*sorted(how.on.items(), key=lambda pair: places.get(pair[0], len(places))), ("", "")]
    pairs += [("", "")] * (AT_LEAST - len(pairs))
    found: dict[str, forms.Field] = {}
    for number, (one, other) in enumerate(pairs):
        left, right = _labels(number)
        for side, table, initial, label in (
            ("left", file.first, one, left),
            ("right", file.second, other, f"{right} {file.second_name}"),
        ):
            found[f"join_{side}_{number}"] = forms.ChoiceField(
                required=False,
                choices=[("", "none"), *((column, column) for column in table.columns)],
                initial=initial,
                label=label,
            )
    found["join_fold"] = forms.BooleanField(
        required=False,
        initial=how.fold,
        label="Keys are the same whatever their case, accents, blanks and leading zeros",
    )
    found["join_unmatched"] = forms.ChoiceField(
        required=False, choices=list(UNMATCHED.items()), initial=how.unmatched, label="Without a partner"
    )
    return found


def _labels(number: int) -> tuple[str, str]:
    left, right = LABELS[min(number, len(LABELS) - 1)]
    return (left, right) if number < len(LABELS) else (f"{left} ({number + 1})", f"({number + 1}) {right}")


def join_shown(form: "MappingForm") -> list[BoundField]:
    """The fields of the join, in order, but for the one to be ticked."""
    return [form[name] for name in form.fields if name.startswith("join_") and name != "join_fold"]


def join_of(form: "MappingForm") -> Join | None:
    """The join that was typed; errors are added to the form."""
    said = form.said.join
    if form.file.second is None:
        return said
    on: dict[str, str] = {}
    for number in range(sum(name.startswith("join_left_") for name in form.fields)):
        left, right = (form.cleaned_data[f"join_{side}_{number}"] for side in ("left", "right"))
        if bool(left) != bool(right):
            empty = "left" if right else "right"
            form.add_error(f"join_{empty}_{number}", "Say the column of each file.")
        elif left in on:
            form.add_error(f"join_left_{number}", f"“{left}” is used for this already.")
        elif left:
            on[left] = right
    return replace(
        said or Join(),
        on=on,
        fold=form.cleaned_data["join_fold"],
        unmatched=form.cleaned_data["join_unmatched"] or next(iter(UNMATCHED)),
    )
