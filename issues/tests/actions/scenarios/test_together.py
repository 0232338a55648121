"""An exclusive set whose endings can happen together is refused, where what they settle tells."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from issues.actions.scenarios.build import add_scenario, add_set, edit_scenario
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, state_of
from issues.models import Issue, Scenario, ScenarioOutcome, ScenarioSet
from issues.tests.acts import correct, remove
from issues.tests.past import past
from issues.tests.universe import Universe

SAME = "“Half for data” and “Another half” settle the same issues alike"
WITHIN = "“Half for data” and “Another half” settle all that one of them settles alike"


def add_ending(universe: Universe, settled: dict[str, float], of: ScenarioSet | None = None) -> Scenario:
    """An ending that settles these issues at these values."""
    outcomes: dict[Issue, Any] = {
        getattr(universe, name): (None, value, "") for name, value in settled.items()
    }
    scenario = Scenario(set=of or universe.scenario_set, name="Another half")
    return add_scenario(scenario, outcomes, by=universe.coder, reason="x")


def edit(universe: Universe, settled: dict[str, float | None], **changes: Any) -> Scenario:
    """Half for data, settling these issues at these values; None leaves one open."""
    half = Scenario.objects.get(slug="half")
    outcomes: dict[Issue, Any] = {
        getattr(universe, name): None if value is None else (None, value, "")
        for name, value in settled.items()
    }
    seen = state_of([half, *half.outcomes.all()])
    return edit_scenario(half, changes, outcomes, seen=seen, by=universe.coder, reason="x")


@pytest.mark.parametrize(
    ("settled", "words"),
    [
        ({"flow": 50.0, "data": 50.0}, SAME),
        ({"flow": 50.0}, WITHIN),
        ({"data": 50.0}, WITHIN),
    ],
)
def test_an_ending_that_happens_whenever_another_does_is_refused_with_both_names(
    universe: Universe, settled: dict[str, float], words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_ending(universe, settled)

    (message,) = refusal.value.messages
    assert message.startswith(words)
    assert not Scenario.objects.filter(name="Another half").exists()


@pytest.mark.parametrize("settled", [{"flow": 50.0, "data": 60.0}, {"flow": 25.0}, {}])
def test_an_ending_that_differs_on_an_issue_or_is_told_in_words_alone_is_taken(
    universe: Universe, settled: dict[str, float]
) -> None:
    assert add_ending(universe, settled).pk


def test_where_endings_do_not_exclude_each_other_they_may_settle_alike(universe: Universe) -> None:
    loose = ScenarioSet(
        process=universe.process, question="And?", closes_on=date(2032, 6, 30), exclusive=False
    )
    add_set(loose, by=universe.coder, reason="x")
    add_ending(universe, {"flow": 50.0}, loose)
    add_ending(universe, {"flow": 50.0}, loose)

    fresh = ScenarioSet.objects.get(pk=loose.pk)
    with pytest.raises(ValidationError) as refusal:
        correct(fresh, {"exclusive": True}, by=universe.coder, reason="x")
    assert "“Another half” and “Another half” settle the same issues alike" in str(refusal.value)


def test_an_edit_is_judged_by_what_it_leaves_and_not_on_the_way(universe: Universe) -> None:
    """Half comes to differ from the dam on data alone; on the way it settles less than the dam."""
    edit(universe, {"flow": 75.0, "data": 50.0})

    with pytest.raises(ValidationError, match="“Half for data” and “The dam as planned”"):
        edit(universe, {"data": None})
    with pytest.raises(ValidationError, match="settle the same issues alike"):
        edit(universe, {"data": 0.0})


def test_a_single_outcome_is_neither_changed_nor_removed_so_that_two_endings_can_happen_together(
    universe: Universe,
) -> None:
    edit(universe, {"flow": 75.0, "data": 50.0})
    data = ScenarioOutcome.objects.get(scenario__slug="half", issue=universe.data)

    with pytest.raises(ValidationError, match="settle the same issues alike"):
        correct(data, {"value": 0.0}, by=universe.coder, reason="x")
    with pytest.raises(ValidationError, match="settle all that one of them settles alike"):
        remove(data, by=universe.coder, reason="x")


def test_what_would_let_two_endings_happen_together_is_not_undone(universe: Universe) -> None:
    edit(universe, {"data": 40.0})
    apart = ChangeSet.objects.latest("pk")
    add_ending(universe, {"flow": 50.0, "data": 50.0})

    with pytest.raises(ValidationError, match="settle the same issues alike"):
        undo(apart, by=universe.coder, reason="x")


def test_what_is_stored_so_is_found_by_check_data_once(universe: Universe) -> None:
    past(ScenarioOutcome.objects.filter(scenario__slug="dam", issue=universe.flow)).update(
        option=None, value=50.0
    )
    past(ScenarioOutcome.objects.filter(scenario__slug="dam", issue=universe.data)).update(value=50.0)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("check_data", stdout=out)

    lines = [line for line in out.getvalue().splitlines() if "can happen" in line]
    assert len(lines) == 1
    assert "“Half for data” and “The dam as planned” settle the same issues alike" in lines[0]
