"""Forms of scenarios: a set, a scenario, an assessment, a sign to watch for."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from issues.actions.scenarios.assess import AFTER, AS_OF, RATIONALE, number_field
from issues.actions.scenarios.build import Settled, outcome_field
from issues.clock import common_day
from issues.domain.probability import Total
from issues.forms.days import DAY, NO_CALENDAR
from issues.forms.lines import Lines
from issues.forms.refusals import add_stale
from issues.models import Issue, Scenario, ScenarioOutcome, ScenarioSet, Signpost, Summit

BY_DATE = "by-date"
NO_PROBABILITY = "The probability must lie between 0 and 100 per cent."


class HundredField(forms.FloatField):
    """A number on 0..100: a place on a scale, or a probability in per cent."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "any", "min": 0, "max": 100})
        super().__init__(**{"min_value": 0, "max_value": 100, "widget": widget, **kwargs})


class SetForm(forms.ModelForm):
    """A question and the day by which it is decided."""

    class Meta:
        model = ScenarioSet
        fields = ("question", "opened_on", "closes_on", "exclusive")
        widgets = {"opened_on": DAY, "closes_on": DAY}
        labels = {
            "opened_on": "Asked on",
            "closes_on": "Closes on",
            "exclusive": "Exactly one of the endings happens",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].required = False
        self.fields["opened_on"].show_hidden_initial = False  # nor is it asked twice
        for name in ("opened_on", "closes_on"):
            self.fields[name].help_text += f" {NO_CALENDAR}"

    def clean_opened_on(self) -> date:
        """Today unless another day is given."""
        return self.cleaned_data["opened_on"] or common_day()


class StartForm(forms.Form):
    """What a new scenario begins with, read from the address."""

    copy = forms.CharField(required=False, max_length=80)
    start = forms.CharField(required=False, max_length=120)


class ScenarioForm(forms.Form):
    """A scenario: its name, how it would come about, and where it settles each issue, or leaves it open."""

    name = forms.CharField(max_length=120)
    narrative = forms.CharField(
        required=False, max_length=10_000, widget=Lines(), help_text="How it would come about."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, issues: Sequence[Issue], reason: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.issues = issues
        for issue in issues:
            options = [("", "no option")] + [
                (str(option.pk), f"{option.value:g} {option.label}") for option in issue.options.all()
            ]
            self.fields[outcome_field(issue)] = forms.ChoiceField(
                choices=options, required=False, label=issue.name
            )
            self.fields[_value_field(issue)] = HundredField(required=False, label=f"Value on {issue.name}")
            self.fields[_note_field(issue)] = forms.CharField(
                required=False, max_length=2000, label=f"Why, on {issue.name}"
            )
        if reason:
            self.fields["reason"] = forms.CharField(max_length=1000, label="Reason of the change")

    @property
    def rows(self) -> list[tuple[Issue, BoundField, BoundField, BoundField]]:
        return [
            (issue, self[outcome_field(issue)], self[_value_field(issue)], self[_note_field(issue)])
            for issue in self.issues
        ]

    def outcomes(self) -> dict[Issue, Settled | None]:
        """Where each issue is settled; None where it is left open."""
        return {issue: self._settled(issue) for issue in self.issues}

    def tell_meanwhile(self, stored: Scenario, outcomes: Iterable[ScenarioOutcome]) -> None:
        """Say of each field that is typed otherwise what someone else has stored there meanwhile."""
        add_stale(self, "Someone changed this ending meanwhile. Save again to keep what you typed.")
        now = {item.issue_id: item for item in outcomes}
        given = self.outcomes()
        for name in ("name", "narrative"):
            if self.cleaned_data[name] != getattr(stored, name):
                self.add_error(name, f"Stored now: {getattr(stored, name) or 'nothing'}")
        for issue in self.issues:
            there = now.get(issue.pk)
            if given[issue] != ((there.option, there.value, there.note) if there else None):
                self.add_error(outcome_field(issue), f"Stored now: {_words(there)}")

    def _settled(self, issue: Issue) -> Settled | None:
        chosen = self.cleaned_data[outcome_field(issue)]
        value = self.cleaned_data[_value_field(issue)]
        option = next((item for item in issue.options.all() if str(item.pk) == chosen), None)
        if option is not None and value == option.value:
            value = None
        if option is None and value is None:
            return None
        return option, value, self.cleaned_data[_note_field(issue)]


def _value_field(issue: Issue) -> str:
    return f"value-{issue.pk}"


def _note_field(issue: Issue) -> str:
    return f"note-{issue.pk}"


def _words(outcome: ScenarioOutcome | None) -> str:
    """An outcome as it would be chosen."""
    if outcome is None:
        return "no option"
    value = f"{outcome.placement:g}"
    at = value if outcome.option is None else f"{outcome.option.value:g} {outcome.option.label}"
    finer = f", at {value}" if outcome.option is not None and outcome.value is not None else ""
    return f"{at}{finer}{f'; {outcome.note}' if outcome.note else ''}"


def as_typed(issues: Sequence[Issue], outcomes: Iterable[ScenarioOutcome]) -> dict[str, Any]:
    """Stored outcomes as the form shows them."""
    by_issue = {item.issue_id: item for item in outcomes}
    typed: dict[str, Any] = {}
    for issue in issues:
        outcome = by_issue.get(issue.pk)
        if outcome is not None:
            typed[outcome_field(issue)] = outcome.option_id or ""
            typed[_value_field(issue)] = outcome.value
            typed[_note_field(issue)] = outcome.note
    return typed


def as_placed(issues: Sequence[Issue], places: Mapping[int, float]) -> dict[str, Any]:
    """Values on the scales as the form shows them: the option that has the value, or the number."""
    typed: dict[str, Any] = {}
    for issue in issues:
        value = places.get(issue.pk)
        if value is None:
            continue
        option = next((item for item in issue.options.all() if item.value == value), None)
        typed[outcome_field(issue) if option else _value_field(issue)] = option.pk if option else value
    return typed


class AssessmentForm(forms.Form):
    """One person's probabilities for the scenarios of a set after a summit, or on a day.

    ``summits`` are those after which a round can be, the newest first.
    """

    def __init__(
        self,
        data: Any,
        *,
        scenarios: Sequence[Scenario],
        summits: Sequence[Summit],
        whole: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.scenarios, self.whole = scenarios, whole
        self._summits = {summit.slug: summit for summit in summits}
        self.fields[AFTER] = forms.ChoiceField(
            choices=[
                *((slug, summit.name) for slug, summit in self._summits.items()),
                (BY_DATE, "a day, given below"),
            ],
            label="After",
        )
        self.fields[AS_OF] = forms.DateField(
            required=False,
            widget=DAY,
            label="Day",
            help_text=f"Only where it is not after a meeting: a round by date. {NO_CALENDAR}",
        )
        for scenario in scenarios:
            self.fields[number_field(scenario)] = HundredField(
                required=whole,
                label=scenario.name,
                error_messages={
                    **dict.fromkeys(("min_value", "max_value"), NO_PROBABILITY),
                    "required": "Every ending needs a number; 0 is one.",
                },
            )
            self.fields[_reason_field(scenario)] = forms.CharField(
                required=False, max_length=2000, label=f"Reason for {scenario.name}"
            )
        self.fields[RATIONALE] = forms.CharField(
            max_length=5000,
            widget=Lines(),
            label="Reason",
            help_text="Why these numbers, in a sentence or two.",
        )

    @property
    def rows(self) -> list[tuple[Scenario, BoundField, BoundField]]:
        """The number and the reason of each scenario."""
        return [(item, self[number_field(item)], self[_reason_field(item)]) for item in self.scenarios]

    @property
    def total(self) -> Total | None:
        """What the numbers of endings that exclude each other add up to, as far as they are given."""
        if not self.whole:
            return None
        given = []
        for _, number, _ in self.rows:
            with suppress(ValidationError):
                given.append(number.field.clean(number.value()))
        return Total(sum(number for number in given if number is not None))

    def clean(self) -> None:
        """A round by date has its day, and a meeting held by then."""
        day = self.cleaned_data.get(AS_OF)
        if self.cleaned_data.get(AFTER) != BY_DATE:
            if day is not None:
                self.add_error(AFTER, "A day is given: choose “a day, given below”, or leave the day out.")
        elif day is None and not self.has_error(AS_OF):
            self.add_error(AS_OF, "Say of which day.")
        elif day is not None and self._last_by(day) is None:
            self.add_error(AS_OF, "No meeting after which a round can still be was held by this day.")

    def as_of(self) -> date | None:
        """The day of a round by date."""
        day: date | None = self.cleaned_data[AS_OF]
        return day

    def after(self) -> Summit:
        """The summit after which the numbers are given; of a day the last that was held by then."""
        day = self.as_of()
        last = self._last_by(day) if day is not None else None
        return last or self._summits[self.cleaned_data[AFTER]]

    def _last_by(self, day: date) -> Summit | None:
        return next((summit for summit in self._summits.values() if summit.stands_on <= day), None)

    def probabilities(self) -> dict[Scenario, float]:
        """The numbers that were given."""
        return {
            item: number
            for item in self.scenarios
            if (number := self.cleaned_data[number_field(item)]) is not None
        }

    def reasons(self) -> dict[Scenario, str]:
        """The reasons of single scenarios."""
        return {item: self.cleaned_data[_reason_field(item)] for item in self.scenarios}


def _reason_field(scenario: Scenario) -> str:
    return f"reason-{scenario.pk}"


class SignpostForm(forms.ModelForm):
    """Something to watch for; ``version`` is that of the stored one that was seen."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = Signpost
        fields = ("text", "direction", "observed_on")
        widgets = {"observed_on": DAY}
        help_texts = {"observed_on": f"Empty: not seen yet. {NO_CALENDAR}"}
        labels = {"text": "Sign", "direction": "It", "observed_on": "Seen on"}
