"""The mapping that was typed into its form; what the form did not ask stays as it was."""

from dataclasses import replace
from typing import Any

from issues.forms.import_join import join_of
from issues.forms.import_mapping import BESIDE, CELL, MappingForm
from issues.importing.mapping import Mapping, Scale, Spread
from issues.importing.mapping.columns import ALL, SIGNED
from issues.importing.mapping.values import NUMBER_IS


def mapping_of(form: MappingForm) -> Mapping:
    """The mapping of a valid form. Errors that only show together are added to the form.

    Where the file is to be read otherwise, as another sheet or with another head, its columns are found anew.
    """
    typed, said = form.cleaned_data, form.said
    layout = replace(
        said.layout,
        head=tuple(int(one) for one in typed["head"].split(",")) if typed["head"] else (),
        first_row=typed["first_row"] or 0,
        last_row=typed["last_row"] or 0,
    )
    written = {name: typed[name] for name in ("encoding", "delimiter", "sheet")}
    join = join_of(form)
    read_anew = written != {name: getattr(said, name) for name in written} or layout.head != said.layout.head
    read_anew |= bool(join and join.on and said.join and not said.join.on)  # there are more columns now
    mapping = replace(
        said,
        **written,
        layout=layout,
        inferred=typed.get("inferred", "").strip(),
        dates=_with(said.dates, ALL, typed["dates"]),
        constants={name: text for name in form.constant_names if (text := typed[f"constant_{name}"].strip())},
        values=_values(form),
        names=_names(form),
        make={
            kind: {part: typed[f"make_{kind}_{part}"] or allowed[0] for part, allowed in parts.items()}
            for kind, parts in form.made_here.items()
            if typed[f"make_{kind}"]
        },
        scales=_scales(form),
        join=join,
        keep_aliases=typed["keep_aliases"],
        signed_in_rows=typed.get("signed_in_rows", False),
        separator=typed.get("separator", ""),
        coalitions=typed.get("coalitions", ""),
    )
    if read_anew:
        return replace(mapping, across="", columns={}, cells=(), signatories="")
    return replace(mapping, **_columns(form))


def _with(known: Any, key: str, value: str) -> dict[str, str]:
    others = {one: of for one, of in known.items() if one != key}
    return others | ({key: value} if value else {})


def _columns(form: MappingForm) -> dict[str, Any]:
    """The columns of fields, and those whose heads name something, each with those that go with it."""
    columns: dict[str, str] = {}
    cells: list[Spread] = []
    names = {cell.column: cell.name for cell in form.said.cells}
    for place, column in enumerate(form.file.table.columns):
        field, use = f"column_{place}", form.cleaned_data[f"column_{place}"]
        if use in columns:
            form.add_error(field, f"“{columns[use]}” is used for this already.")
        elif use in form.own or use == SIGNED or use in dict(form.headed(column)):
            columns[use] = column
        elif use == CELL:
            cells.append(Spread(column, names.get(column, column.partition(" / ")[0]), {}))
        elif use.startswith(BESIDE) and not cells:
            form.add_error(field, "No column to its left holds positions.")
        elif use.startswith(BESIDE):
            beside = {**cells[-1].beside, use.removeprefix(BESIDE): column}
            cells[-1] = replace(cells[-1], beside=beside)
    _check_across(form, columns, cells)
    signatories = columns.pop(SIGNED, "")
    if signatories and form.cleaned_data.get("signed_in_rows"):
        form.add_error("signed_in_rows", f"“{signatories}” lists who signed: one of both.")
    across = form.cleaned_data.get("across", "")
    return {"columns": columns, "cells": tuple(cells), "across": across, "signatories": signatories}


def _check_across(form: MappingForm, columns: dict[str, str], cells: list[Spread]) -> None:
    """Add to the form what contradicts itself in a table that goes across."""
    across = form.cleaned_data.get("across", "")
    if cells and not across:
        form.add_error("across", "Columns hold positions on what their heads name: say what that is.")
    if across and not cells:
        form.add_error("across", "No column is used for positions on what its head names.")
    if across in columns:
        form.add_error("across", f"“{columns[across]}” says the {across} already.")


def _values(form: MappingForm) -> dict[str, dict[str, str]]:
    values = {column: dict(of) for column, of in form.said.values.items()}
    for one in form.asked_values:
        if f"value_{one.key}" not in form.data:
            continue
        number, chosen = form.cleaned_data.get(f"number_{one.key}"), form.cleaned_data[f"value_{one.key}"]
        values.setdefault(one.column, {})[one.value] = chosen if number is None else f"{NUMBER_IS} {number:g}"
    return {column: kept for column, of in values.items() if (kept := {one: m for one, m in of.items() if m})}


def _names(form: MappingForm) -> dict[str, dict[str, str]]:
    names = {kind: dict(of) for kind, of in form.said.names.items()}
    for one in form.asked_names:
        if f"name_{one.key}" in form.data:
            names.setdefault(one.kind, {})[one.name] = form.cleaned_data[f"name_{one.key}"].strip()
    return {kind: kept for kind, of in names.items() if (kept := {one: m for one, m in of.items() if m})}


def _scales(form: MappingForm) -> dict[str, Scale]:
    scales = dict(form.said.scales)
    for place, column in enumerate(form.file.table.columns):
        low, high = f"low_{place}", f"high_{place}"
        if low not in form.fields or low not in form.data:
            continue
        at_0, at_100 = form.cleaned_data[low], form.cleaned_data[high]
        scales.pop(column, None)
        if at_0 is not None and at_100 is not None and at_0 != at_100:
            scales[column] = Scale(at_0, at_100)
        elif at_0 is not None and at_100 is not None:
            form.add_error(high, "The two ends of a scale are two numbers.")
        elif at_0 is not None or at_100 is not None:
            form.add_error(low if at_0 is None else high, "Say both ends of the scale.")
    return scales
