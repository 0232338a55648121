"""What happened to a record while a form of it was open: who changed what, and what is typed here."""

from copy import copy
from itertools import pairwise
from typing import Any

from django import forms

from issues.clock import when_in_words
from issues.history import Record
from issues.queries.history.names import RecordNames, recorded_fields

HEAD = (
    "Nothing was saved, because this was changed while you had it open. Read, then save again to overwrite."
)


def describe(form: Any) -> list[str]:
    """Say what differs, field by field, and take over what the person left as it was.

    The form is bound and its ``instance`` is the record as it is stored now. Afterwards the form's data
    holds what was typed, the others' values where nothing was typed, and the new version.
    """
    record: Record = form.instance
    rows = _rows_since(record, form.opened)
    then = rows[0] if rows and rows[0].version == form.opened else None
    typed = _typed_record(form)
    names = RecordNames(None, [record, typed, *([then] if then else [])])
    name, differing = names.of(type(record), record.pk), []
    form.data = form.data.copy()
    form.data[form.add_prefix("opened_version")] = record.version
    for field in recorded_fields(type(record)):
        if field.name not in form.fields:
            continue
        bound, now = form[field.name], getattr(record, field.attname)
        was = getattr(then, field.attname) if then else now
        is_typed = bound.field.has_changed(was, bound.data)
        if then and was != now:
            said = f"was {_said(names, field, was)}, is now {_said(names, field, now)}"
            if not is_typed:
                _take_over(form, bound, now)
                differing.append(f"{name} {_who(rows, field)}: {said}; you left it, so it is shown now.")
            else:
                differing.append(
                    f"{name} {_who(rows, field)}: {said}; you typed {_typed(names, form, field, typed)}."
                )
        elif then is None and is_typed:
            differing.append(
                f"{name}: {field.verbose_name}: is now {_said(names, field, now)}; "
                f"you typed {_typed(names, form, field, typed)}."
            )
    return [HEAD, *differing]


def _typed_record(form: Any) -> Record:
    """The record as it was typed, as far as that can be read."""
    record: Record = copy(form.instance)
    for field in recorded_fields(type(record)):
        if field.name in form.cleaned_data:
            value = form.cleaned_data[field.name]
            setattr(record, field.attname, getattr(value, "pk", value))
    return record


def _rows_since(record: Record, opened: int) -> list[Any]:
    """The history from the version that the form was opened with, oldest first."""
    rows: Any = type(record).history
    since = rows.filter(id=record.pk, version__gte=opened).select_related("change_set")
    return list(since.order_by("history_date", "history_id"))


def _who(rows: list[Any], field: Any) -> str:
    """Who changed a field last, and when."""
    edits = [new for old, new in pairwise(rows) if getattr(new, field.attname) != getattr(old, field.attname)]
    changed = edits[-1] if edits else rows[0]
    who, time = changed.change_set.author or "a command", changed.history_date
    return f"was changed by {who} on {when_in_words(time, seconds=True)}: {field.verbose_name}"


def _said(names: RecordNames, field: Any, value: Any) -> str:
    words = names.words(field, value)
    return words if value is None or value == "" else f"“{words}”"


def _typed(names: RecordNames, form: Any, field: Any, typed: Record) -> str:
    """What the person typed, in words; as typed where it is no valid value."""
    if field.name not in form.cleaned_data:
        return f"“{form[field.name].data}”"
    return _said(names, field, getattr(typed, field.attname))


def _take_over(form: Any, bound: forms.BoundField, now: Any) -> None:
    """Put the stored value into the bound form, as a browser would post it."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        form.data.pop(bound.html_name, None)
        if now:
            form.data[bound.html_name] = "on"
        return
    shown = bound.field.widget.format_value(bound.field.prepare_value(now))
    form.data[bound.html_name] = shown[0] if isinstance(shown, list) and shown else shown or ""
