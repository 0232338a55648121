"""Building scenarios: sets with their “other”, scenarios with the outcomes that they bundle."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from issues.actions.scenarios.assess import assess
from issues.actions.scenarios.build import add_scenario, add_set, edit_scenario, outcome_field
from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, StaleVersion, recording, state_of
from issues.models import Scenario, ScenarioOutcome, ScenarioSet
from issues.tests.acts import add, correct, remove, restore_deleted
from issues.tests.past import past
from issues.tests.universe import Universe


def new_set(universe: Universe, **fields: object) -> ScenarioSet:
    made = {"process": universe.process, "question": "And then?", "closes_on": date(2033, 1, 1)}
    return ScenarioSet(**made | fields)


def settled(scenario: Scenario) -> dict[str, float]:
    return {item.issue.slug: item.placement for item in scenario.outcomes.all()}


def test_an_exclusive_set_begins_with_its_other(universe: Universe) -> None:
    made = add_set(new_set(universe), by=universe.coder, reason="A question.")

    assert made.slug == "and-then"
    (other,) = made.scenarios.all()
    assert (other.is_other, other.slug, other.name) == (True, "other", "Other")
    assert ChangeSet.objects.latest("pk").reason == "A question."
    assert other.history.get().change_set == made.history.get().change_set


def test_a_set_that_is_not_exclusive_has_none(universe: Universe) -> None:
    assert not add_set(new_set(universe, exclusive=False), by=universe.coder, reason="x").scenarios.exists()


def test_slugs_are_made_new_and_never_words_of_the_addresses(universe: Universe) -> None:
    slugs = [
        add_set(new_set(universe, question=question), by=universe.coder, reason="x").slug
        for question in ("And then?", "And then?", "New", "???", "Ինչպե՞ս կավարտվի")
    ]

    assert slugs == ["and-then", "and-then-2", "new-2", "set", "ինչպես-կավարտվի"]


def test_a_scenario_comes_last_with_its_outcomes_in_one_change_set(universe: Universe) -> None:
    half = universe.flow.options.get(value=25.0)
    before = ChangeSet.objects.count()

    made = add_scenario(
        Scenario(set=universe.scenario_set, name="A quarter"),
        {universe.flow: (half, None, "As Belmar asks."), universe.data: (None, 60.0, "")},
        by=universe.coder,
        reason="Another way.",
    )

    assert settled(made) == {"flow": 25.0, "data": 60.0}
    assert (made.slug, made.order) == ("a-quarter", 3)
    assert ChangeSet.objects.count() == before + 1


def test_an_error_about_an_outcome_names_the_field_of_its_issue_and_nothing_is_stored(
    universe: Universe,
) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_scenario(
            Scenario(set=universe.scenario_set, name="A signed treaty"),
            {universe.flow: (None, 20.0, ""), universe.treaty: (None, 100.0, "")},
            by=universe.coder,
            reason="x",
        )

    assert refusal.value.message_dict == {
        outcome_field(universe.treaty): ["This issue closed on 31 December 2031, before the question does."]
    }
    assert not Scenario.objects.filter(name="A signed treaty").exists()


@pytest.mark.parametrize("value", [-1.0, 100.5])
def test_an_outcome_off_the_scale_is_refused(universe: Universe, value: float) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_scenario(
            Scenario(set=universe.scenario_set, name="Beyond"),
            {universe.flow: (None, value, "")},
            by=universe.coder,
            reason="x",
        )

    assert list(refusal.value.message_dict) == [outcome_field(universe.flow)]


def test_a_second_outcome_on_an_issue_is_refused(universe: Universe) -> None:
    again = ScenarioOutcome(scenario=universe.scenarios["half"], issue=universe.flow, value=10.0)

    with pytest.raises(ValidationError, match="This ending settles this issue already"):
        add(again, by=universe.coder, reason="Twice.")
    with pytest.raises(IntegrityError), transaction.atomic(), recording(by=universe.coder, reason="Twice."):
        again.save()


def test_an_issue_that_closes_later_leaves_the_outcomes_as_they_are(universe: Universe) -> None:
    outcome = universe.scenarios["half"].outcomes.get(issue=universe.flow)
    past(type(universe.flow).objects.filter(pk=universe.flow.pk)).update(closed_on=date(2032, 1, 1))

    correct(outcome, {"note": "Settled since."}, by=universe.coder, reason="Noted.")

    assert ScenarioOutcome.objects.get(pk=outcome.pk).note == "Settled since."


def test_an_edit_changes_adds_and_takes_out_and_leaves_the_rest(universe: Universe) -> None:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    before = ScenarioOutcome.history.count()

    edit_scenario(
        half,
        {"narrative": "Slowly."},
        {universe.flow: (universe.flow.options.get(value=50.0), None, ""), universe.data: None},
        seen=state_of([half, *half.outcomes.all()]),
        by=universe.coder,
        reason="Data are left open.",
    )

    assert settled(half) == {"flow": 50.0}
    assert ScenarioOutcome.history.count() == before + 1


@pytest.mark.parametrize("changed", ["name", "outcome", "removal"])
def test_an_edit_of_what_someone_else_changed_is_refused(universe: Universe, changed: str) -> None:
    half = Scenario.objects.get(pk=universe.scenarios["half"].pk)
    seen, outcome = state_of([half, *half.outcomes.all()]), half.outcomes.all()[0]
    by = universe.coder
    if changed == "name":
        correct(Scenario.objects.get(pk=half.pk), {"name": "Half, for data"}, by=by, reason="x")
    elif changed == "outcome":
        correct(outcome, {"note": "Read again."}, by=by, reason="x")
    else:
        remove(outcome, by=by, reason="x")
    half.refresh_from_db()

    with pytest.raises(StaleVersion):
        edit_scenario(half, {"name": "Half!"}, {}, seen=seen, by=by, reason="x")

    edit_scenario(half, {"name": "Half!"}, {}, seen=state_of([half, *half.outcomes.all()]), by=by, reason="x")
    assert Scenario.objects.get(pk=half.pk).name == "Half!"


def test_what_was_assessed_as_a_whole_gets_no_other_ending(universe: Universe) -> None:
    numbers = {
        universe.scenarios["half"]: 50.0,
        universe.scenarios["dam"]: 30.0,
        universe.scenarios["other"]: 20.0,
    }
    assess(universe.scenario_set, numbers, after=universe.weir, rationale="x", by=universe.coder)

    with pytest.raises(ValidationError) as refusal:
        add_scenario(Scenario(set=universe.scenario_set, name="Late"), {}, by=universe.coder, reason="x")

    assert list(refusal.value.message_dict) == ["name"]


def test_other_stays_while_its_set_does(universe: Universe) -> None:
    with pytest.raises(ValidationError) as refusal:
        remove(universe.scenarios["other"], by=universe.coder, reason="Not needed.")
    assert list(refusal.value.message_dict) == ["is_other"]

    remove(universe.scenario_set, by=universe.coder, reason="Another question.")

    assert not Scenario.objects.exists()


def test_a_deleted_set_comes_back_whole(universe: Universe) -> None:
    before = {item.slug: settled(item) for item in universe.scenario_set.scenarios.all()}
    pk = universe.scenario_set.pk
    remove(universe.scenario_set, by=universe.coder, reason="By mistake.")

    restore_deleted(ScenarioSet.history.filter(id=pk).latest(), by=universe.coder, reason="It was.")

    found = ScenarioSet.objects.get(pk=pk)
    assert {item.slug: settled(item) for item in found.scenarios.all()} == before
    assert found.scenarios.get(slug="half").citations.count() == 1


def test_a_new_set_is_undone_as_one(universe: Universe) -> None:
    add_set(new_set(universe), by=universe.coder, reason="A question.")

    undo(ChangeSet.objects.latest("pk"), by=universe.coder, reason="No question.")

    assert [item.slug for item in ScenarioSet.objects.all()] == ["mid-2032"]
