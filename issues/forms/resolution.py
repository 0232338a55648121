"""What became of the endings of a question, on which day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from issues.actions.scenarios.assess import ON, day_field
from issues.forms.lines import Lines
from issues.forms.refusals import add_stale
from issues.forms.scenarios import DATE
from issues.models import Scenario
from issues.models.scenario import Resolution


class ResolutionForm(forms.Form):
    """What became of each scenario, on which day, and how we know.

    Of a ``whole`` set one ending happened, on one day; where each stands for itself, each has its own.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=2000, widget=Lines(), label="Reason", help_text="How we know.")

    def __init__(self, data: Any, *, scenarios: Sequence[Scenario], whole: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.scenarios, self.whole = scenarios, whole
        for scenario in scenarios:
            self.fields[_resolution_field(scenario)] = forms.ChoiceField(
                choices=[("", "still open"), *Resolution.choices],
                required=whole,
                label=scenario.name,
                initial=scenario.resolved,
                error_messages={"required": "Say what became of it."},
            )
            if not whole:
                self.fields[day_field(scenario)] = _ending_day(scenario, f"Day of “{scenario.name}”", False)
        if whole:
            known = next((item for item in scenarios if item.resolved_on), None) or next(
                iter(scenarios), None
            )
            self.fields[ON] = _ending_day(known, "Day on which it happened", True)
        self.order_fields(
            [name for item in scenarios for name in (_resolution_field(item), day_field(item))] + [ON]
        )

    def clean(self) -> None:
        """A day needs an answer that it is the day of."""
        for item in () if self.whole else self.scenarios:
            is_open = self.cleaned_data.get(_resolution_field(item)) == "" and not item.resolved
            if is_open and self.cleaned_data.get(day_field(item)):
                self.add_error(_resolution_field(item), "Say what became of it on this day.")

    def resolutions(self) -> dict[Scenario, str]:
        """What was said of each scenario; only of those that it changes, where each stands for itself."""
        said = {item: self.cleaned_data[_resolution_field(item)] for item in self.scenarios}
        return {item: answer for item, answer in said.items() if self.whole or self._changes(item, answer)}

    def on(self) -> date | dict[Scenario, date]:
        """The day of the ending, or that of each which has one."""
        if self.whole:
            day: date = self.cleaned_data[ON]
            return day
        days = {item: self.cleaned_data[day_field(item)] for item in self.scenarios}
        return {item: day for item, day in days.items() if day is not None}

    def tell_meanwhile(self) -> None:
        """Say of each scenario that is answered otherwise what someone else has stored meanwhile."""
        add_stale(self, "Someone changed these endings meanwhile. Save again to keep what you typed.")
        for item in self.scenarios:
            if self.cleaned_data[_resolution_field(item)] != item.resolved:
                now = item.get_resolved_display() if item.resolved else "still open"
                self.add_error(_resolution_field(item), f"Stored now: {now}")

    def _changes(self, item: Scenario, answer: str) -> bool:
        day = self.cleaned_data[day_field(item)]
        return answer != item.resolved or (answer != "" and day != item.resolved_on)


def _ending_day(scenario: Scenario | None, label: str, required: bool) -> forms.DateField:
    """The day on which an ending came about; numbers that were given before it are scored."""
    opened = f"from {scenario.set.opened_on:%Y-%m-%d}, when the question was asked, " if scenario else ""
    return forms.DateField(
        label=label,
        required=required,
        initial=scenario.resolved_on if scenario else None,
        widget=DATE,
        help_text=f"The day of the ending itself, {opened}to today; not the day on which you say so. Of what "
        "did not happen, the day on which that was sure. Numbers given on that day or later are not scored.",
    )


def _resolution_field(scenario: Scenario) -> str:
    return f"resolution-{scenario.pk}"
