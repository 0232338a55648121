"""Changing an option's value: first a look at every position that it moves, then the correction."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

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


class NotConfirmed(Exception):
    """Positions would move, and nobody has looked at them yet."""

    def __init__(self, shifts: list[Shift]) -> None:
        super().__init__("Positions would move.")
        self.shifts = shifts


class ConfirmsValues(admin.ModelAdmin):
    """Asks before the value of an option that positions have is changed."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; where a save would move positions, the page that asks."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotConfirmed as asked:
            return self._ask(request, asked.shifts)

    def ask_if_positions_move(self, request: HttpRequest, forms: Iterable[Any]) -> None:
        """Raise NotConfirmed, which takes everything back, unless this person said yes to just that.

        Raises ValidationError where the person said no: the form comes back with what was typed.
        """
        found = [_shift(form) for form in forms if _changes_value(form)]
        shifts = [shift for shift in found if shift.count]
        marks = ",".join(shift.mark for shift in shifts)
        if BACK in request.POST:
            raise ValidationError(NOT_SAVED)
        if shifts and request.POST.get(CONFIRMED) != marks:
            raise NotConfirmed(shifts)

    def _ask(self, request: HttpRequest, shifts: list[Shift]) -> HttpResponse:
        """The same data in hidden fields, and a button that says yes."""
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in (CONFIRMED, BACK, "csrfmiddlewaretoken")
            for value in values
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": "Positions move with the option",
            "opts": self.opts,
            "shifts": shifts,
            "typed": [*typed, (CONFIRMED, ",".join(shift.mark for shift in shifts))],
            "is_popup": "_popup" in request.POST,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/confirm_values.html", context)


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
