"""Assessments: given once, whole, in rounds, and never edited; resolution of a set."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.actions.scenarios.assess import AFTER, PROBABILITIES, RATIONALE, assess, number_field, resolve
from issues.actions.scenarios.build import add_scenario, add_set
from issues.history import ChangeSet
from issues.models import Assessment, Scenario, ScenarioSet
from issues.models.assessment import Immutable
from issues.tests.actions.rules.case import made
from issues.tests.factories import make_summit, make_user
from issues.tests.universe import Universe


def numbers(universe: Universe, *values: float) -> dict[Scenario, float]:
    return dict(zip(universe.scenarios.values(), values, strict=True))


def refused(universe: Universe, values: dict[Scenario, float], **how: object) -> dict[str, list[str]]:
    given = {"after": universe.delta, "rationale": "As it looks.", "by": universe.coder}
    with pytest.raises(ValidationError) as refusal:
        assess(universe.scenario_set, values, **given | how)  # type: ignore[arg-type]
    assert not Assessment.objects.exists()
    return refusal.value.message_dict


def test_a_set_is_assessed_in_one_act(universe: Universe) -> None:
    given = assess(
        universe.scenario_set,
        numbers(universe, 50, 30.5, 19.5),
        after=universe.delta,
        rationale="As it looks.",
        reasons={universe.scenarios["dam"]: "Work has begun."},
        by=universe.coder,
    )

    assert [item.probability for item in given] == [50, 30.5, 19.5]
    assert [item.rationale for item in given] == ["As it looks.", "Work has begun.", "As it looks."]
    assert {item.change_set for item in given} == {ChangeSet.objects.latest("pk")}
    assert {item.assessor for item in Assessment.objects.all()} == {universe.coder}


@pytest.mark.parametrize("values", [(50, 30, 15), (50, 30, 20.6), (0, 0, 0)])
def test_an_exclusive_set_that_does_not_add_up_is_refused(
    universe: Universe, values: tuple[float, ...]
) -> None:
    found = refused(universe, numbers(universe, *values))

    assert list(found) == [PROBABILITIES]
    assert f"add up to {sum(values):g}." in found[PROBABILITIES][0]


@pytest.mark.parametrize("values", [(33.3, 33.3, 33.3), (50, 30, 20.5), (100, 0, 0)])
def test_an_exclusive_set_may_be_off_by_half_a_point(universe: Universe, values: tuple[float, ...]) -> None:
    assess(
        universe.scenario_set,
        numbers(universe, *values),
        after=universe.delta,
        rationale="x",
        by=universe.coder,
    )

    assert Assessment.objects.count() == 3


@pytest.mark.parametrize("value", [-0.1, 100.1, float("nan"), float("inf")])
def test_a_probability_out_of_range_is_refused_with_its_field(universe: Universe, value: float) -> None:
    found = refused(universe, numbers(universe, value, 60, 40))

    assert list(found) == [number_field(universe.scenarios["half"])]


def test_a_scenario_that_is_left_out_of_an_exclusive_set_is_named(universe: Universe) -> None:
    values = numbers(universe, 50, 50, 0)
    del values[universe.scenarios["other"]]

    assert list(refused(universe, values)) == [number_field(universe.scenarios["other"])]


def test_a_number_needs_a_reason(universe: Universe) -> None:
    assert list(refused(universe, numbers(universe, 50, 30, 20), rationale="  ")) == [RATIONALE]


def test_only_after_a_summit_of_the_process_that_was_held(universe: Universe) -> None:
    values = numbers(universe, 50, 30, 20)

    assert list(refused(universe, values, after=universe.spring)) == [AFTER]
    assert list(refused(universe, values, after=made(make_summit))) == [AFTER]


def test_a_round_is_revised_by_a_new_act_and_over_once_a_later_one_has_begun(universe: Universe) -> None:
    for values in ((50, 30, 20), (60, 20, 20)):
        assess(
            universe.scenario_set,
            numbers(universe, *values),
            after=universe.weir,
            rationale="x",
            by=universe.coder,
        )
    assess(
        universe.scenario_set,
        numbers(universe, 70, 20, 10),
        after=universe.delta,
        rationale="x",
        by=universe.coder,
    )

    with pytest.raises(ValidationError) as refusal:
        assess(
            universe.scenario_set,
            numbers(universe, 1, 1, 98),
            after=universe.weir,
            rationale="x",
            by=make_user(),
        )

    assert list(refusal.value.message_dict) == [AFTER]
    assert Assessment.objects.count() == 9


def test_a_set_that_is_not_exclusive_is_assessed_one_by_one(universe: Universe) -> None:
    open_set = ScenarioSet(
        process=universe.process, question="What else?", closes_on=date(2032, 6, 30), exclusive=False
    )
    add_set(open_set, by=universe.coder, reason="x")
    first, second = (
        add_scenario(Scenario(set=open_set, name=name), {}, by=universe.coder, reason="x")
        for name in ("A gauge", "A pump")
    )

    assess(open_set, {first: 90}, after=universe.delta, rationale="Likely.", by=universe.coder)

    assert [item.scenario for item in Assessment.objects.all()] == [first]
    with pytest.raises(ValidationError) as refusal:
        assess(open_set, {}, after=universe.delta, rationale="x", by=universe.coder)
    assert list(refusal.value.message_dict) == [PROBABILITIES]
    assert not second.assessments.exists()


def test_a_scenario_of_another_set_is_refused(universe: Universe) -> None:
    other = add_set(
        ScenarioSet(process=universe.process, question="?", closes_on=date(2033, 1, 1)),
        by=universe.coder,
        reason="x",
    ).scenarios.get()

    found = refused(universe, numbers(universe, 50, 30, 20) | {other: 0})

    assert list(found) == [number_field(other)]


def test_an_assessment_is_never_edited_nor_taken_back(universe: Universe) -> None:
    (given, *_) = assess(
        universe.scenario_set,
        numbers(universe, 50, 30, 20),
        after=universe.delta,
        rationale="x",
        by=universe.coder,
    )
    given.probability = 99

    with pytest.raises(Immutable):
        given.save()
    with pytest.raises(Immutable):
        given.delete()
    with pytest.raises(Immutable):
        Assessment.objects.update(probability=99)
    with pytest.raises(Immutable):
        Assessment.objects.all().delete()
    assert Assessment.objects.get(pk=given.pk).probability == 50


def test_an_exclusive_set_is_resolved_at_once(universe: Universe) -> None:
    half, dam, other = universe.scenarios.values()

    resolve(
        universe.scenario_set,
        {half: "happened", dam: "did_not", other: "did_not"},
        on=timezone.localdate(),
        by=universe.coder,
        reason="It was signed.",
    )

    assert {item.slug: item.resolved for item in universe.scenario_set.scenarios.all()} == {
        "half": "happened",
        "dam": "did_not",
        "other": "did_not",
    }
    with pytest.raises(ValidationError) as refusal:
        assess(
            universe.scenario_set,
            numbers(universe, 50, 30, 20),
            after=universe.delta,
            rationale="x",
            by=universe.coder,
        )
    assert list(refusal.value.message_dict) == [AFTER]


@pytest.mark.parametrize(
    "answers",
    [("happened", "happened", "did_not"), ("did_not", "did_not", "did_not"), ("void", "void", "did_not")],
)
def test_exactly_one_of_an_exclusive_set_happens(universe: Universe, answers: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refusal:
        resolve(
            universe.scenario_set,
            dict(zip(universe.scenarios.values(), answers, strict=True)),
            on=timezone.localdate(),
            by=universe.coder,
            reason="x",
        )

    assert list(refusal.value.message_dict) == ["resolutions"]


def test_a_set_may_be_void_and_a_wrong_resolution_is_corrected(universe: Universe) -> None:
    scenarios = list(universe.scenarios.values())
    for answers in (["void"] * 3, ["did_not", "happened", "did_not"]):
        fresh = [Scenario.objects.get(pk=item.pk) for item in scenarios]
        resolve(
            universe.scenario_set,
            dict(zip(fresh, answers, strict=True)),
            on=timezone.localdate(),
            by=universe.coder,
            reason="As reported.",
        )

    assert Scenario.objects.get(pk=universe.scenarios["dam"].pk).resolved == "happened"


def test_a_scenario_without_an_answer_is_named(universe: Universe) -> None:
    half, dam, other = universe.scenarios.values()

    with pytest.raises(ValidationError) as refusal:
        resolve(
            universe.scenario_set,
            {half: "happened", dam: "did_not"},
            on=timezone.localdate(),
            by=universe.coder,
            reason="x",
        )

    assert list(refusal.value.message_dict) == [f"resolution-{other.pk}"]
