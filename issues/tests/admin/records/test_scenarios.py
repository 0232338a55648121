"""Scenarios in the admin: “other” comes with its set, judgements have an author, assessments are read."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.actions.scenarios.assess import assess
from issues.actions.scenarios.build import add_scenario, add_set
from issues.history import ChangeSet, Way, recording
from issues.models import Assessment, Judgement, Scenario, ScenarioOutcome, ScenarioSet
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.factories import make_issue, make_user
from issues.tests.hindsight import ago, asked
from issues.tests.past import past
from issues.user import User


@pytest.fixture
def ending(world: SimpleNamespace) -> Scenario:
    """An ending of an exclusive set of the world's process."""
    by = make_user()
    found = ScenarioSet(process=world.process, question="How?", closes_on="2030-01-01")
    add_set(found, by=by, reason="x")
    return add_scenario(Scenario(set=found, name="Half"), {}, by=by, reason="x")


def test_a_new_exclusive_set_gets_its_other_in_the_same_change_set(
    researcher: Client, world: SimpleNamespace
) -> None:
    url = address(ScenarioSet, "add")
    typed = {"process": world.process.pk, "question": "How?", "slug": "how", "exclusive": "on"}

    response = open_and_save(researcher, url, **typed, closes_on="2030-01-01")

    assert response.status_code == 302
    (other,) = ScenarioSet.objects.get(slug="how").scenarios.all()
    assert other.is_other
    assert other.history.get().change_set == other.set.history.get().change_set


def test_a_second_outcome_on_an_issue_is_refused_with_its_field(
    researcher: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    url = address(ScenarioOutcome, "add")
    typed = {"scenario": ending.pk, "issue": world.issue.pk, "value": "40"}
    assert open_and_save(researcher, url, **typed).status_code == 302

    assert "This ending settles this issue already." in str(
        errors_of(open_and_save(researcher, url, **typed))
    )
    assert ScenarioOutcome.objects.count() == 1


def test_an_outcome_on_an_issue_that_closes_before_is_refused_with_its_field(
    researcher: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    past(type(world.issue).objects).update(closed_on="2029-12-31")

    response = open_and_save(
        researcher,
        address(ScenarioOutcome, "add"),
        scenario=ending.pk,
        issue=world.issue.pk,
        value="40",
    )

    assert errors_of(response)["issue"] == [
        "This issue closed on 31 December 2029, before the question does."
    ]


def test_other_is_not_deleted_alone(editor: Client, ending: Scenario) -> None:
    other = ending.set.scenarios.get(is_other=True)

    page = editor.get(address(other, "delete")).content.decode()
    editor.post(address(other, "delete"), {"post": "yes", "change_reason": "Not needed."})

    assert "An exclusive question has an ending “other”" in page
    assert Scenario.objects.filter(pk=other.pk).exists()


def test_a_judgement_is_in_the_name_of_who_judged_and_judged_once(
    researcher: Client, editor: Client, world: SimpleNamespace
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        other = make_issue(process=world.process)
    pair = {"from_option": world.half.pk, "on_option": other.options.get(value=25.0).pk}
    added = open_and_save(researcher, address(Judgement, "add"), **pair, impact="2", reason="As I see it.")
    assert added.status_code == 302
    judgement = Judgement.objects.get()
    assert judgement.author.username == "researcher"

    open_and_save(editor, address(judgement), impact="-1", change_reason="A slip.")

    judgement.refresh_from_db()
    assert (judgement.author.username, judgement.impact) == ("researcher", -1)
    again = open_and_save(researcher, address(Judgement, "add"), **pair, impact="1", reason="Again.")
    assert "You judged this influence already" in again.content.decode()
    open_and_save(editor, address(Judgement, "add"), **pair, impact="1", reason="Mine.")
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize("impact", ["4", "-4"])
def test_an_impact_out_of_range_is_refused_with_its_field(
    researcher: Client, world: SimpleNamespace, impact: str
) -> None:
    response = open_and_save(
        researcher,
        address(Judgement, "add"),
        from_option=world.half.pk,
        on_option=world.half.pk,
        impact=impact,
    )

    assert "impact" in errors_of(response)


def given(ending: Scenario, after: Any, name: str) -> None:
    scenarios = list(ending.set.scenarios.all())
    numbers = dict(zip(scenarios, (61.25, 38.75), strict=True))
    by = User.objects.filter(username=name).first() or make_user(username=name)
    assess(ending.set, numbers, after=after, rationale=f"{name}’s reason.", by=by)


def test_assessments_are_read_by_those_who_gave_theirs_and_changed_by_nobody(
    editor: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    given(ending, world.first, "omar")
    of_omar = Assessment.objects.first()
    assert of_omar is not None
    assert "omar" not in editor.get(address(Assessment, "changelist")).content.decode().split("<h1>")[1]

    given(ending, world.first, "editor")

    assert "61.25" in editor.get(address(Assessment, "changelist")).content.decode()
    assert "omar’s reason." in editor.get(address(of_omar)).content.decode()
    assert editor.get(address(Assessment, "add")).status_code == 403
    assert editor.post(address(of_omar), {"probability": "1"}).status_code == 403
    assert editor.post(address(of_omar, "delete"), {"post": "yes"}).status_code == 403


def test_an_act_of_assessment_leaves_nothing_to_undo(
    editor: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    given(ending, world.first, "editor")
    act = ChangeSet.objects.latest("pk")
    url = reverse("admin:issues_changeset_undo", args=[act.pk])

    assert editor.get(url).status_code == 200
    page = editor.post(url, {"change_reason": "Mistaken."}).content.decode()

    assert "There is nothing to undo in this change set." in page
    assert Assessment.objects.count() == 2


def test_a_set_that_was_assessed_is_not_deleted(
    editor: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    given(ending, world.first, "omar")

    response = editor.post(address(ending.set, "delete"), {"post": "yes", "change_reason": "Away with it."})

    assert response.status_code == 200
    assert ScenarioSet.objects.filter(pk=ending.set.pk).exists()
    assert filled(editor.get(address(ending.set)))


def test_the_day_of_an_ending_lies_between_its_question_and_today(
    researcher: Client, ending: Scenario
) -> None:
    asked(ending.set, 5)
    url = address(ending, "change")

    for days, why in ((-2, "This day is still to come"), (6, "The question was asked on")):
        response = open_and_save(
            researcher, url, resolved="happened", resolved_on=ago(days).isoformat(), change_reason="Signed."
        )
        assert why in str(errors_of(response))
    response = open_and_save(
        researcher, url, resolved="happened", resolved_on=ago(5).isoformat(), change_reason="Signed."
    )

    assert response.status_code == 302
    assert Scenario.objects.get(pk=ending.pk).resolved_on == ago(5)


def test_an_outcome_that_lets_two_endings_happen_together_is_refused_with_both_names(
    researcher: Client, world: SimpleNamespace, ending: Scenario
) -> None:
    by = make_user()
    add_scenario(Scenario(set=ending.set, name="All"), {world.issue: (None, 40.0, "")}, by=by, reason="x")

    typed = {"scenario": ending.pk, "issue": world.issue.pk, "value": "40"}
    response = open_and_save(researcher, address(ScenarioOutcome, "add"), **typed)

    assert "“Half” and “All” settle the same issues alike" in str(errors_of(response))
    assert not ending.outcomes.exists()
    typed["value"] = "50"
    assert open_and_save(researcher, address(ScenarioOutcome, "add"), **typed).status_code == 302
