"""What became of the endings of a question, on which day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from issues.actions.scenarios.assess import ON, day_field
from issues.domain.span import day_in_words
from issues.forms.days import DAY, NO_CALENDAR
from issues.forms.lines import Lines
from issues.forms.refusals import add_stale
from issues.models import Scenario
from issues.models.scenario import Resolution


class ResolutionForm(forms.Form):
    """What became of each scenario, on which day, and how we know; what is not answered stays open.

    Of a ``whole`` set one ending happened, on one day, and then the others did not: they are filled in and
    shown before they are stored. Where each stands for itself, each has its own day.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=2000, widget=Lines(), label="Reason", help_text="How we know.")

    def __init__(
        self, data: QueryDict | None, *, scenarios: Sequence[Scenario], whole: bool, **kwargs: Any
    ) -> None:
        super().__init__(None if data is None else data.dict(), **kwargs)
        self.scenarios, self.whole = scenarios, whole
        for scenario in scenarios:
            self.fields[_resolution_field(scenario)] = forms.ChoiceField(
                choices=[("", "still open"), *Resolution.choices],
                required=False,
                label=scenario.name,
                initial=scenario.resolved,
            )
            if not whole:
                self.fields[day_field(scenario)] = _ending_day(scenario, f"Day of “{scenario.name}”")
        if whole:
            self.fields[ON] = _ending_day(next(iter(scenarios), None), "Day on which it happened")
            self.fields[ON].initial = _one_day(scenarios)
        self.order_fields(
            [name for item in scenarios for name in (_resolution_field(item), day_field(item))] + [ON]
        )

    def clean(self) -> None:
        """An answer needs its day, and a day the answer that it is the day of."""
        if self.whole:
            self._clean_whole()
            return
        for item in self.scenarios:
            is_open = self.cleaned_data.get(_resolution_field(item)) == "" and not item.resolved
            if is_open and self.cleaned_data.get(day_field(item)):
                self.add_error(_resolution_field(item), "Say what became of it on this day.")

    @property
    def days(self) -> dict[str, str]:
        """To which field an error about the day of a scenario goes: the one day of a whole set."""
        return {day_field(item): ON for item in self.scenarios} if self.whole else {}

    def fill(self) -> list[Scenario]:
        """Say of those left open that they did not happen, where another of the set did; which these are.

        The form shows them so from here on, for the person to look at.
        """
        said = self.resolutions() if self.whole else {}
        if Resolution.HAPPENED not in said.values():
            return []
        left = [item for item, answer in said.items() if not answer]
        filled = {_resolution_field(item): Resolution.DID_NOT.value for item in left}
        self.data = {**self.data, **filled}
        return left

    def resolutions(self) -> dict[Scenario, str]:
        """What was said of each scenario; only of those that it changes, where each stands for itself."""
        said = {item: self.cleaned_data[_resolution_field(item)] for item in self.scenarios}
        return {item: answer for item, answer in said.items() if self.whole or self._changes(item, answer)}

    def on(self) -> date | dict[Scenario, date]:
        """The day of the ending, or that of each which has an answer, where these differ."""
        if self.whole:
            own = {item: self._day(item) for item, answer in self.resolutions().items() if answer}
            return own if len({*own.values()}) > 1 else next(iter(own.values()), {})
        days = {item: self.cleaned_data[day_field(item)] for item in self.scenarios}
        return {item: day for item, day in days.items() if day is not None}

    def tell_meanwhile(self) -> None:
        """Say of each scenario that is answered otherwise what someone else has stored meanwhile."""
        add_stale(self, "Someone changed these endings meanwhile. Save again to keep what you typed.")
        for item in self.scenarios:
            if self.cleaned_data[_resolution_field(item)] != item.resolved:
                now = item.get_resolved_display() if item.resolved else "still open"
                self.add_error(_resolution_field(item), f"Stored now: {now}")

    def _clean_whole(self) -> None:
        said = [self.cleaned_data.get(_resolution_field(item)) for item in self.scenarios]
        if any(said) and not self.cleaned_data.get(ON) and not self.has_error(ON):
            self.add_error(ON, self.fields[ON].error_messages["required"])
        if self.is_valid() and not any(said) and not any(item.resolved for item in self.scenarios):
            self.add_error(None, "Say of one ending at least what became of it.")

    def _day(self, item: Scenario) -> date:
        """The day of the ending; one that was ruled out before any happened keeps its own."""
        said, typed = self.resolutions(), cast(date, self.cleaned_data[ON])
        was_open = not any(one.resolved == Resolution.HAPPENED for one in self.scenarios)
        is_alike = said[item] == item.resolved
        others = any(answer != one.resolved for one, answer in said.items())
        kept = is_alike and (item.resolved_on != self.fields[ON].initial or (was_open and others))
        return item.resolved_on if kept and item.resolved_on else typed

    def _changes(self, item: Scenario, answer: str) -> bool:
        day = self.cleaned_data[day_field(item)]
        return answer != item.resolved or (answer != "" and day != item.resolved_on)


def _ending_day(scenario: Scenario | None, label: str) -> forms.DateField:
    """The day on which an ending came about; numbers that were given before it are scored."""
    opened = f"from {day_in_words(scenario.set.opened_on)}, when the question was asked, " if scenario else ""
    return forms.DateField(
        label=label,
        required=False,
        initial=scenario.resolved_on if scenario else None,
        widget=DAY,
        help_text=f"The day of the ending itself, {opened}to today; not the day on which you say so. Of what "
        "did not happen, the day on which that was sure. Numbers given on that day or later are not "
        f"scored. {NO_CALENDAR}",
    )


def _one_day(scenarios: Sequence[Scenario]) -> date | None:
    """The day on which one ending happened, else the one day on which all that are answered were sure."""
    days = {item.resolved_on for item in scenarios if item.resolved_on}
    happened = [item.resolved_on for item in scenarios if item.resolved == Resolution.HAPPENED]
    return happened[0] if happened else days.pop() if len(days) == 1 else None


def _resolution_field(scenario: Scenario) -> str:
    return f"resolution-{scenario.pk}"
