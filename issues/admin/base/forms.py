"""Forms of the admin: the reason, the look-ups, and rows beside each other."""

from functools import partial
from typing import Any

from django import forms
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.forms.utils import pretty_name

from issues.actions.rules.check import removal
from issues.forms.lines import PlainLineEnds
from issues.forms.refusals import STALE, add_stale, errors_on
from issues.forms.ruled import RuledForm
from issues.history import Record

ADDED = "Recorded in the admin"
REMOVED = "This row was removed by someone else while you had the form open."
MOST_DIGITS = 18


def is_key(value: Any) -> bool:
    """Whether a value from outside can be the key of a record; keys of other shapes make databases raise."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


class LinesWidget(PlainLineEnds, widgets.AdminTextareaWidget):
    """The lines of our forms, in the look of the admin."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs={"rows": 4, **(attrs or {})})


class RecordSelect(widgets.AutocompleteSelect):
    """Look-up of a record. Names that are known already are not read again; what is no key finds nothing."""

    known: dict[str, str]
    # Records that are offered before anything is looked up, by key.
    offered: dict[str, str]

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """The chosen record, and those that are offered."""
        groups, offered = self._chosen(name, value, attr), getattr(self, "offered", {})
        options = groups[0][1]
        listed = {str(option["value"]) for option in options}
        if offered and not listed:  # A browser would choose the first by itself.
            options.append(self.create_option(name, "", "", True, 0))
        for key in (key for key in offered if key not in listed):
            options.append(self.create_option(name, key, offered[key], False, len(options)))
        return groups

    def _chosen(self, name: str, value: Any, attr: Any) -> Any:
        chosen = [str(key) for key in value if is_key(key)]
        known = getattr(self, "known", {})
        if chosen and chosen[0] not in known:
            return super().optgroups(name, chosen, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, known[key], True, 1) for key in chosen[:1]]
        return [(None, options, 0)]


class ReasonForm(forms.Form):
    """Asks why something is deleted or restored."""

    change_reason = forms.CharField(
        label="Reason", max_length=1000, widget=forms.TextInput(attrs={"class": "vTextField"})
    )


class RecordForm(RuledForm):
    """The main form of a record: it asks for the reason too."""

    # What refused the same form a moment ago; set by the admin when it shows the form again.
    refusal: Exception | None = None

    change_reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Why this is recorded or changed. It stays in the history.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["change_reason"]
        reason.required = not self.instance._state.adding
        if self.instance._state.adding:
            self.initial.setdefault("change_reason", ADDED)
        for name, field in self.fields.items():
            if isinstance(field.widget, widgets.AdminSplitDateTime):  # the library names neither of its two
                for part, one in zip(("date", "time"), field.widget.widgets, strict=True):
                    one.attrs["aria-label"] = f"{field.label or pretty_name(name)}: {part}"

    def clean(self) -> dict[str, Any] | None:
        """Say why it was refused, where it was, at the fields that are wrong."""
        cleaned = super().clean()
        if self.refusal is not None:
            with errors_on(self, on_stale=partial(add_stale, self, STALE)):
                raise self.refusal
        return cleaned


class RecordFormSet(BaseInlineFormSet):
    """The rows of an inline. What they must be together is said above them."""

    model: type[Record]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each look-up the name that its row has loaded, and words to a row that is gone."""
        super().add_fields(form, index)
        key = form.fields.get(self.model._meta.pk.name)
        if key is not None:
            key.error_messages["invalid_choice"] = REMOVED
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if not widget.is_hidden:
                widget.attrs = {"aria-label": str(field.label or pretty_name(name)), **widget.attrs}
            if isinstance(widget, RecordSelect) and name in form.instance._state.fields_cache:
                related = getattr(form.instance, name)
                widget.known = {str(related.pk): str(related)} if related else {}

    @property
    def surviving(self) -> list[Any]:
        """The rows as they will be stored."""
        kept = [form for form in self.forms if self.is_bound and form not in self.deleted_forms]
        return [form.instance for form in kept if form in self.initial_forms or form.has_changed()]

    @property
    def leaving(self) -> list[Record]:
        """The stored rows that are marked to be removed."""
        return [form.instance for form in self.deleted_forms if not form.instance._state.adding]

    def clean(self) -> None:
        """Refuse two rows that say the same, and the removal of what others rest on."""
        super().clean()
        wrong = [*self._doubles(), *self.together()]
        if wrong:
            raise ValidationError(list(dict.fromkeys(wrong)))

    def together(self) -> list[str]:
        """What is wrong with the rows beside each other; a subclass says more."""
        along = [record.pk for record in self.leaving]
        return [message for record in self.leaving for _, message in removal(record, along=along)]

    def _doubles(self) -> list[str]:
        """Rows that say the same, those with an empty field included, which Django lets pass."""
        wrong = [form.instance for form in self.forms if form.errors]
        rows = [record for record in self.surviving if not any(record is one for one in wrong)]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and not constraint.condition:
                fields: list[Any] = [self.model._meta.get_field(name) for name in constraint.fields]
                keys = {tuple(getattr(record, field.attname) for field in fields) for record in rows}
                if len(keys) != len(rows):
                    return [f"Two rows of {self.model._meta.verbose_name_plural} are the same."]
        return []
