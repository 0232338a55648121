"""What rests on what: evidence of positions, options of scales, participants with positions."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.rules.check import (
    NO_EVIDENCE,
    check_finished,
    needs_evidence,
    option_count,
    removal,
    unfinished,
)
from issues.history import Record
from issues.models import Evidence, Issue, Option, Participation, Position
from issues.tests.actions.rules.case import made
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_issue, make_position, make_statement
from issues.tests.past import past
from issues.tests.universe import Universe


def refused(act: Any, *given: Any, **named: Any) -> dict[str, list[str]]:
    """The messages, by field, with which an action is refused."""
    with pytest.raises(ValidationError) as refusal:
        act(*given, **named)
    return refusal.value.message_dict


def take(record: Record) -> None:
    """Remove a record as a person would."""
    remove(record, by=None, reason="a mistake", kind="command")


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({}, True),
        ({"basis": "reported"}, True),
        ({"basis": "inferred"}, False),
        ({"state": "silent"}, False),
        ({"state": "withdrawn"}, False),
    ],
)
def test_a_position_that_was_stated_or_reported_needs_evidence(fields: dict[str, str], needs: bool) -> None:
    assert needs_evidence(Position(**fields)) is needs


def test_a_stored_position_without_support_is_unfinished(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "weir")
    assert unfinished(position) == []

    past(Evidence.objects.filter(position=position, stance="supports"))._raw_delete("default")

    assert position.evidence.count() == 1
    assert unfinished(position) == [("evidence", NO_EVIDENCE)]
    assert refused(check_finished, position) == {"evidence": [NO_EVIDENCE]}


def test_silence_needs_no_evidence(universe: Universe) -> None:
    assert unfinished(universe.at("cadria", "flow", "mill")) == []


@pytest.mark.parametrize(("kind", "count"), [("preference", 1), ("stage", 14), ("text", 1), ("stage", 0)])
def test_a_wrong_number_of_options_is_named(kind: str, count: int) -> None:
    assert [field for field, _ in option_count(Issue(kind=kind), count)] == ["options"]


@pytest.mark.parametrize(("kind", "count"), [("preference", 2), ("stage", 13), ("text", 0)])
def test_a_right_number_of_options_passes(kind: str, count: int) -> None:
    assert list(option_count(Issue(kind=kind), count)) == []


@pytest.mark.usefixtures("db")
def test_an_issue_with_one_option_is_unfinished() -> None:
    issue = made(make_issue, options={0.0: "none"})

    assert unfinished(issue) == [("options", "An issue with a scale has 2 to 13 options, not 1.")]


def test_other_records_are_never_unfinished(universe: Universe) -> None:
    assert unfinished(universe.weir) == []


def test_the_last_evidence_cannot_be_removed(universe: Universe) -> None:
    (last,) = universe.at("arden", "flow", "ford").evidence.all()

    assert set(refused(take, last)) == {"evidence"}
    assert Evidence.objects.filter(pk=last.pk).exists()


def test_evidence_can_be_removed_while_other_evidence_supports(universe: Universe) -> None:
    first, *rest = universe.at("arden", "flow", "aside").evidence.all()

    take(first)

    assert list(universe.at("arden", "flow", "aside").evidence.all()) == rest


def test_disputing_evidence_can_go_and_does_not_hold_a_position_up(universe: Universe) -> None:
    position = universe.at("belmar", "flow", "weir")
    supports, disputes = position.evidence.order_by("-stance")

    assert set(refused(take, supports)) == {"evidence"}
    take(disputes)
    assert list(position.evidence.all()) == [supports]


def test_evidence_of_silence_withdrawal_events_and_outcomes_can_be_removed(universe: Universe) -> None:
    withdrawal = universe.at("belmar", "flow", "delta").evidence.get()
    event = Evidence.objects.filter(event=universe.events["rally"]).get()
    outcome = Evidence.objects.filter(outcome=universe.outcomes["half"]).get()

    assert [removal(record) for record in (withdrawal, event, outcome)] == [[], [], []]


def test_the_last_evidence_cannot_be_turned_into_a_dispute(universe: Universe) -> None:
    (last,) = universe.at("arden", "flow", "ford").evidence.all()

    assert set(refused(correct, last, {"stance": "disputes"}, by=None, reason="no", kind="command")) == {
        "evidence"
    }
    last.refresh_from_db()
    assert last.stance == "supports"


def test_the_last_evidence_cannot_be_hung_on_something_else(universe: Universe) -> None:
    (last,) = universe.at("arden", "flow", "ford").evidence.all()
    elsewhere = {"position": universe.at("arden", "flow", "delta")}

    assert set(refused(correct, last, elsewhere, by=None, reason="no", kind="command")) == {"evidence"}


def test_evidence_can_be_turned_while_other_evidence_supports(universe: Universe) -> None:
    first = universe.at("arden", "flow", "aside").evidence.first()

    correct(first, {"stance": "disputes"}, by=None, reason="It says no.", kind="command")

    assert Evidence.objects.get(pk=first.pk).stance == "disputes"


def test_a_participant_with_positions_stays(universe: Universe) -> None:
    arden = Participation.objects.get(actor=universe.arden)

    assert set(refused(take, arden)) == {"actor"}
    assert Participation.objects.filter(pk=arden.pk).exists()


def test_a_participant_without_positions_can_go(universe: Universe) -> None:
    fishers = Participation.objects.get(actor=universe.fishers)
    take(universe.at("fishers", "preamble", "weir"))

    take(fishers)

    assert not Participation.objects.filter(actor=universe.fishers).exists()


def test_positions_in_another_process_hold_nobody_here(universe: Universe) -> None:
    take(universe.at("fishers", "preamble", "weir"))
    made(make_position, actor=universe.fishers)

    assert removal(Participation.objects.get(actor=universe.fishers)) == []


@pytest.mark.usefixtures("db")
def test_options_can_go_down_to_two() -> None:
    issue = made(make_issue, options={0.0: "none", 50.0: "half", 100.0: "all"})
    none, half, _ = issue.options.all()

    take(half)

    assert set(refused(take, none)) == {"options"}
    assert issue.options.count() == 2


def test_the_reference_point_cannot_be_removed(universe: Universe) -> None:
    assert set(refused(take, universe.flow.reference_point)) == {"reference_point"}


def test_a_fourteenth_option_is_refused(universe: Universe) -> None:
    issue = made(make_issue, options={float(n): f"option {n}" for n in range(13)})

    assert set(
        refused(add, Option(issue=issue, value=99.0, label="one more"), by=None, reason="no", kind="command")
    ) == {"options"}
    assert issue.options.count() == 13


def test_a_record_that_nothing_rests_on_can_go(universe: Universe) -> None:
    statement = made(make_statement)

    take(statement)

    assert not type(statement).objects.filter(pk=statement.pk).exists()
