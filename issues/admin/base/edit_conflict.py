"""What happened to a record while a form of it was open: who changed what, and what is typed here."""

from typing import Any

from django import forms

from issues.admin.base.wording import Names, name_of
from issues.history import Record
from issues.queries.history.names import recorded_fields

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
    names, differing = Names(), []
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
                differing.append(
                    f"{_who(record, rows, field)}: {said}; you left it, so the form shows it now."
                )
            else:
                differing.append(
                    f"{_who(record, rows, field)}: {said}; you typed {_typed(names, form, field)}."
                )
        elif then is None and is_typed:
            differing.append(
                f"{name_of(record)}: {field.verbose_name}: is now {_said(names, field, now)}; "
                f"you typed {_typed(names, form, field)}."
            )
    return [HEAD, *differing]


def _rows_since(record: Record, opened: int) -> list[Any]:
    """The history from the version that the form was opened with, oldest first."""
    rows: Any = type(record).history
    since = rows.filter(id=record.pk, version__gte=opened).select_related("history_user")
    return list(since.order_by("history_date", "history_id"))


def _who(record: Record, rows: list[Any], field: Any) -> str:
    """Who changed a field last, and when."""
    before = rows[0]
    changed = before
    for row in rows[1:]:
        if getattr(row, field.attname) != getattr(before, field.attname):
            changed = row
        before = row
    user, time = changed.history_user or "a command", changed.history_date
    return f"{name_of(record)} was changed by {user} at {time:%Y-%m-%d %H:%M:%S} UTC: {field.verbose_name}"


def _said(names: Names, field: Any, value: Any) -> str:
    words = names.words(field, value)
    return words if value is None or value == "" else f"“{words}”"


def _typed(names: Names, form: Any, field: Any) -> str:
    """What the person typed, in words; as typed where it is no valid value."""
    if field.name not in form.cleaned_data:
        return f"“{form[field.name].data}”"
    value = form.cleaned_data[field.name]
    return _said(names, field, getattr(value, "pk", value))


def _take_over(form: Any, bound: forms.BoundField, now: Any) -> None:
    """Put the stored value into the bound form, as a browser would post it."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        form.data.pop(bound.html_name, None)
        if now:
            form.data[bound.html_name] = "on"
        return
    shown = bound.field.widget.format_value(bound.field.prepare_value(now))
    form.data[bound.html_name] = shown[0] if isinstance(shown, list) and shown else shown or ""
