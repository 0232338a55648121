"""The form of a record that is corrected on its page: its fields, its ties, and why they were wrong."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from issues.actions.record.ties import TIES, Tied, ties_of
from issues.domain.span import span
from issues.forms.refusals import add_stale
from issues.forms.ruled import RuledForm
from issues.history import state_of
from issues.models import Process

UNCHANGED = "Nothing differs from what is recorded: change a field, or go back."
TIES_CHANGED = "Nothing was saved: “{label}” was changed while you had it open. It is now {now}; {typed}."

# Whether whoever corrects may do a thing: “add_source”.
May = Callable[[str], bool]


def reason_field() -> forms.CharField:
    """Why the record is changed, asked first, so that it is at hand when the form opens."""
    return forms.CharField(
        max_length=1000,
        label="Reason of the correction",
        help_text="What was wrong with the record. It stays in the history.",
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class CorrectionForm(RuledForm):
    """The fields of one record as it is, and the reason of the correction; of a new one, its fields alone."""

    reason = reason_field()

    # Whether what hangs on the record is corrected beside it, so that its own fields may stay.
    beside = False
    # Its days, and the field that says how exactly they are known.
    days: tuple[str, ...] = ()
    precision = ""

    def __init__(self, *args: Any, process: Process, may: May, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process, self.may = process, may
        if self.instance._state.adding:
            del self.fields["reason"], self.fields["opened_version"]
        self.order_fields(["reason"])

    def changes(self) -> dict[str, Any]:
        """The fields as they are typed, for the action that stores what differs."""
        fields = self._meta.fields or ()
        return {name: self.cleaned_data[name] for name in self.changed_data if name in fields}

    def tied(self) -> Tied | None:
        """To what it is tied as it is typed; None where that is not asked."""
        return None

    def clean(self) -> dict[str, Any] | None:
        """Refuse a correction that corrects nothing. Days are stored as the first of what is known."""
        cleaned = super().clean()
        how = self.cleaned_data.get(self.precision)
        for name in self.days:
            if how and self.cleaned_data.get(name):
                self.cleaned_data[name] = span(self.cleaned_data[name], how).first
        is_stored = not self.instance._state.adding
        if is_stored and not (self.errors or self.beside or self.changed_data):
            raise ValidationError(UNCHANGED, code="unchanged")
        return cleaned


def boxes(queryset: QuerySet[Any], **kwargs: Any) -> forms.ModelMultipleChoiceField:
    """A box for each of some records."""
    return forms.ModelMultipleChoiceField(
        queryset, required=False, widget=forms.CheckboxSelectMultiple, **kwargs
    )


class TiedForm(CorrectionForm):
    """A record with what it is tied to by records of their own: a box for each that it may be tied to."""

    ties_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    # The field of the boxes.
    ties = ""

    def offer(self, choices: QuerySet[Any]) -> None:
        """Offer what it may be tied to, and show what it is; to whoever may not tie and untie, nothing."""
        tie = TIES[self._meta.model]
        kind = tie.model._meta.model_name
        if not (self.may(f"add_{kind}") and self.may(f"delete_{kind}")):
            del self.fields[self.ties], self.fields["ties_seen"]
            return
        there, fields = ties_of(self.instance), dict[str, Any](self.fields)
        fields[self.ties].queryset = choices
        self.initial[self.ties] = [getattr(one, f"{tie.far}_id") for one in there]
        self.initial["ties_seen"] = state_of(there)

    def tied(self) -> Tied | None:
        """To what it is tied as it is ticked, and the state of the ties that the person saw."""
        if self.ties not in self.fields:
            return None
        return Tied(self.cleaned_data[self.ties], self.cleaned_data.get("ties_seen", ""))

    def clean(self) -> dict[str, Any] | None:
        """Refuse boxes that were shown before somebody else's change of them."""
        if self.ties in self.fields and not self.instance._state.adding:
            self._compare(self.cleaned_data.get("ties_seen", ""))
        return super().clean()

    def _compare(self, seen: str) -> None:
        """Say what the ties are now where they are not those that were seen; untouched boxes follow them."""
        tie, there = TIES[self._meta.model], ties_of(self.instance)
        now = state_of(there)
        if seen == now:
            return
        keys = [int(key) for key in re.findall(r"\.(\d{1,18})\.", seen)]
        history: Any = tie.model.history
        was = set(history.filter(id__in=keys).values_list(f"{tie.far}_id", flat=True))
        ticked = list(self.cleaned_data.get(self.ties) or ())
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("ties_seen")] = now
        typed = f"you ticked {_listed(ticked)}; save again to overwrite"
        if self.ties in self.cleaned_data and {one.pk for one in ticked} == was:
            data.setlist(self.add_prefix(self.ties), [str(getattr(one, f"{tie.far}_id")) for one in there])
            typed = "you left it, so it is shown now"
        self.data = data
        told = _listed([getattr(one, tie.far) for one in there])
        add_stale(self, TIES_CHANGED.format(label=self[self.ties].label, now=told, typed=typed))


def _listed(records: list[Any]) -> str:
    return ", ".join(f"“{one}”" for one in records) or "none"
