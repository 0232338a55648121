"""Changing an option's value: first a look at every position that it moves, then the correction."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from issues.admin.base.tool import Question
from issues.models import Option, Position

CONFIRMED = "confirmed_values"
BACK = "_back_to_form"
NOT_SAVED = "Nothing was saved. Change what you typed, or save again."
MOST_NAMES = 200


@dataclass(frozen=True)
class Shift:
    """An option whose value changes, and the positions that lie where it lies."""

    option: Option
    old: float
    new: float
    count: int
    positions: tuple[str, ...]

    @property
    def untold(self) -> int:
        """How many positions are not named."""
        return self.count - len(self.positions)

    @property
    def mark(self) -> str:
        """What a person confirmed: if anything of it changes meanwhile, they are asked again."""
        return f"{self.option.pk}:{self.old:g}:{self.new:g}:{self.count}"


def ask_if_positions_move(request: HttpRequest, forms: Iterable[Any]) -> None:
    """Raise Question, which takes everything back, unless this person said yes to just that.

    Raises ValidationError where the person said no: the form comes back with what was typed.
    """
    if BACK in request.POST:
        raise ValidationError(NOT_SAVED)
    shifts = [shift for shift in map(_shift, filter(_changes_value, forms)) if shift.count]
    marks = ",".join(shift.mark for shift in shifts)
    if not shifts or request.POST.get(CONFIRMED) == marks:
        return
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (CONFIRMED, "csrfmiddlewaretoken")
        for value in values
    ]
    raise Question(
        "confirm_values",
        "Positions move with the option",
        shifts=shifts,
        typed=[*typed, (CONFIRMED, marks)],
        is_popup="_popup" in request.POST,
    )


def _changes_value(form: Any) -> bool:
    is_stored = form.instance.pk is not None and not form.cleaned_data.get("DELETE")
    return is_stored and "value" in form.changed_data


def _shift(form: Any) -> Shift:
    """What a form of an option does to the positions that have it and no finer value."""
    option: Option = form.instance
    placed = Position.objects.filter(option=option, value=None)
    named = placed.select_related("issue", "actor", "summit").order_by(
        "summit__starts_on", "summit__sequence", "actor__name"
    )
    names = tuple(str(position) for position in named[:MOST_NAMES])
    return Shift(option, form.initial["value"], option.value, placed.count(), names)
