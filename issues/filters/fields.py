"""What the filters of the change feed are made of: fields that refuse what no database should be asked."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django_filters.fields import ChoiceField, MultipleChoiceField

from issues.clock import here, zone_here
from issues.domain.time_zone import begins, ends

MOST_CHOSEN = 50
MOST_WORDS = 12
YEARS = (1900, 2200)
DAY_LENGTH = len("2027-03-01")


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; the list itself can be linked to, where an error is told."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The id of the list, or of one box in it."""
        return id_ if index is None else str(super().id_for_label(id_, index))


class SeveralField(MultipleChoiceField):
    """Some of the choices: few enough to ask for, and each one that there is."""

    widget = Boxes

    def to_python(self, value: Any) -> list[str]:
        """The chosen values, each once; an empty one is none."""
        return [item for item in dict.fromkeys(super().to_python(value)) if item]

    def validate(self, value: list[str]) -> None:
        """Refuse too many, and what is none of the choices."""
        if len(value) > MOST_CHOSEN:
            raise ValidationError(f"Choose at most {MOST_CHOSEN}.", code="many")
        known = {str(key) for key, _ in self.choices}
        for item in value:
            if item not in known:
                raise _unknown(item)


class OneField(ChoiceField):
    """One of the choices."""

    def validate(self, value: str) -> None:
        """Refuse what is none of the choices."""
        if value and not self.valid_value(value):
            raise _unknown(value)


class DayField(forms.DateField):
    """A day in the years that a negotiation of ours can fall in."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})

    def to_python(self, value: Any) -> date | None:
        """The day, or None; says what was typed where it is none."""
        try:
            day = super().to_python(value)
        except ValidationError:
            raise _no_date(value) from None
        if day is not None:
            _refuse_far(day)
        return day


class MomentInput(forms.DateInput):
    """The browser's date field, or a plain one where the address gives a time as well."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The kind of input that can show the value."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if len(str(value or "")) in (0, DAY_LENGTH):
            context["widget"]["type"] = "date"
            context["widget"]["attrs"].pop("maxlength", None)  # a text has it, a date none
        else:
            context["widget"]["type"] = "text"
        return context


class MomentField(forms.CharField):
    """A day or a time as the first or the last moment that counts. A time without a zone is UTC."""

    widget = MomentInput

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, **kwargs})
        self.ends = ends

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: a day where it is one for whoever reads, else the time with its offset."""
        try:
            moment = self.clean(value)
        except ValidationError:
            moment = None
        if moment is None:
            return value
        day = here(moment).date()
        if moment == (ends(day, zone_here()) if self.ends else begins(day, zone_here())):
            return day.isoformat()
        given = datetime.fromisoformat(value)
        return value if given.tzinfo else given.replace(tzinfo=UTC).isoformat()

    def clean(self, value: Any) -> datetime | None:
        """The first moment is a day's beginning or just after a time; the last a day's end or the time."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            moment = datetime.fromisoformat(typed)
        except ValueError:
            raise _no_date(typed) from None
        _refuse_far(moment.date())
        if len(typed) <= DAY_LENGTH:
            return datetime.combine(moment.date(), time.max if self.ends else time.min, tzinfo=UTC)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if self.ends else moment + timedelta(microseconds=1)


class Several(django_filters.MultipleChoiceFilter):
    """Records with any of the chosen values."""

    field_class = SeveralField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"distinct": False, "null_value": None, "choices": (), **kwargs})


class One(django_filters.ChoiceFilter):
    """Records with the chosen value."""

    field_class = OneField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null_value": None, "choices": (), **kwargs})


class Day(django_filters.DateFilter):
    """Records from a day on, or up to it."""

    field_class = DayField


class Moment(django_filters.Filter):
    """Records from a moment on, or up to it."""

    field_class = MomentField


class Words(django_filters.CharFilter):
    """Records that contain every word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 200, "validators": [_few_words], **kwargs})


def contains(word: str, *paths: str) -> Q:
    """That one of these texts contains a word."""
    any_of = Q()
    for path in paths:
        any_of |= Q(**{f"{path}__icontains": word})
    return any_of


def _few_words(typed: str) -> None:
    if len(typed.split()) > MOST_WORDS:
        raise ValidationError(f"Ask for at most {MOST_WORDS} words.", code="many")


def _unknown(typed: str) -> ValidationError:
    return ValidationError(f"There is no “{_clipped(typed)}” to choose here.", code="unknown_choice")


def _no_date(typed: Any) -> ValidationError:
    return ValidationError(f"“{_clipped(str(typed))}” is no date. Write it like 2027-03-01.", code="invalid")


def _refuse_far(day: date) -> None:
    first, last = YEARS
    if not first <= day.year <= last:
        raise ValidationError(f"Give a year between {first} and {last}.", code="far")


def _clipped(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:60]}…"
