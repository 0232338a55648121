"""Correcting and removing: versions, reasons, reviews, and nothing where nothing differs."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from issues.actions.rules.check import removal, unfinished
from issues.history import ChangeSet, StaleVersion, Way, recording
from issues.models import Evidence, Issue, Option, Position
from issues.queries.reading.process import read
from issues.tests.actions.rules.case import changed
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_issue
from issues.tests.universe import Universe


def by_coder(universe: Universe, record: Any, **changes: Any) -> Any:
    """Correct a record for a reason."""
    return correct(record, changes, by=universe.coder, reason="A typo.")


def stored(position: Position) -> Position:
    """The position as it is in the database."""
    return Position.objects.get(pk=position.pk)


@pytest.fixture
def reviewed(universe: Universe) -> Position:
    """Arden's words beside the table, which rest on three statements, reviewed."""
    position = universe.at("arden", "flow", "aside")
    return correct(
        position,
        {"reviewed_by": universe.coder, "reviewed_at": timezone.now()},
        by=universe.coder,
        reason="Reviewed.",
    )


def test_a_correction_changes_the_named_fields_and_counts_the_version_up(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")

    corrected = by_coder(universe, position, summary="Most stays.", salience=70.0)

    assert corrected == position
    assert (stored(position).summary, stored(position).salience, stored(position).version) == (
        "Most stays.",
        70.0,
        2,
    )
    assert stored(position).option == position.option


def test_a_correction_is_in_the_history_with_its_reason(universe: Universe) -> None:
    position = by_coder(universe, universe.at("arden", "flow", "ford"), summary="Most stays.")

    newest = position.history.latest()
    assert (newest.history_type, newest.summary, newest.change_set.reason, newest.history_user) == (
        "~",
        "Most stays.",
        "A typo.",
        universe.coder,
    )
    assert position.history.count() == 2


def test_a_correction_is_never_a_move(universe: Universe) -> None:
    kinds = [change.kind for change in read(universe.process).whole.changes]

    by_coder(universe, universe.at("arden", "flow", "ford"), summary="Most stays.")

    assert [change.kind for change in read(universe.process).whole.changes] == kinds


def test_nothing_is_stored_where_nothing_differs(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    before = ChangeSet.objects.count()

    same = by_coder(universe, position, summary=position.summary, option=position.option)

    assert same == position
    assert stored(position).version == 1
    assert position.history.count() == 1
    assert ChangeSet.objects.count() == before


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_correction_needs_a_reason(universe: Universe, reason: str) -> None:
    position = universe.at("arden", "flow", "ford")

    with pytest.raises(ValidationError) as refusal:
        correct(position, {"summary": "Most stays."}, by=universe.coder, reason=reason)

    assert set(refusal.value.message_dict) == {"reason"}
    assert stored(position).summary == "Most may stay."


def test_a_stale_version_is_refused_and_nothing_is_lost(universe: Universe) -> None:
    mine, theirs = (changed(universe.at("arden", "flow", "ford")) for _ in range(2))
    by_coder(universe, theirs, summary="Theirs.")
    before = ChangeSet.objects.count()

    with pytest.raises(StaleVersion) as refusal:
        by_coder(universe, mine, summary="Mine.")

    assert refusal.value.current.summary == "Theirs."  # type: ignore[attr-defined]
    assert stored(mine).summary == "Theirs."
    assert ChangeSet.objects.count() == before


def test_a_correction_that_breaks_a_rule_changes_nothing(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")

    with pytest.raises(ValidationError) as refusal:
        by_coder(universe, position, summary="Most stays.", actor=universe.ministry)

    assert set(refusal.value.message_dict) == {"actor"}
    assert (stored(position).summary, stored(position).version) == ("Most may stay.", 1)
    assert position.history.count() == 1


def test_a_correction_cannot_leave_a_position_without_evidence(universe: Universe) -> None:
    inferred = universe.at("commission", "flow", "delta")

    with pytest.raises(ValidationError) as refusal:
        by_coder(universe, inferred, basis="stated")

    assert set(refusal.value.message_dict) == {"evidence"}
    assert stored(inferred).basis == "inferred"


def test_an_option_can_be_corrected_and_its_positions_follow(universe: Universe) -> None:
    option = universe.flow.options.get(value=75.0)

    by_coder(universe, option, value=80.0)

    assert Option.objects.get(pk=option.pk).value == 80.0
    assert stored(universe.at("arden", "flow", "ford")).placement == 80.0


def test_a_correction_takes_back_the_review(universe: Universe, reviewed: Position) -> None:
    by_coder(universe, reviewed, summary="Not more than inside.")

    assert (stored(reviewed).reviewed_by, stored(reviewed).reviewed_at) == (None, None)


def test_a_review_is_no_correction_that_takes_itself_back(universe: Universe, reviewed: Position) -> None:
    assert stored(reviewed).reviewed_by == universe.coder


def test_a_correction_of_nothing_leaves_the_review(universe: Universe, reviewed: Position) -> None:
    by_coder(universe, reviewed, summary=reviewed.summary)

    assert stored(reviewed).reviewed_by == universe.coder


def test_removing_evidence_takes_back_the_review_in_the_same_change_set(
    universe: Universe, reviewed: Position
) -> None:
    evidence = reviewed.evidence.first()
    pk = evidence.pk

    remove(evidence, by=universe.coder, reason="Said by another.", kind=Way.ADMIN)

    assert stored(reviewed).reviewed_by is None
    assert not Evidence.objects.filter(pk=pk).exists()
    gone = Evidence.history.filter(id=pk).latest()
    assert gone.history_type == "-"
    assert gone.change_set == reviewed.history.latest().change_set
    assert (gone.change_set.reason, gone.change_set.kind) == ("Said by another.", Way.ADMIN)


def test_removing_evidence_of_an_unreviewed_position_leaves_the_position(universe: Universe) -> None:
    position = universe.at("arden", "flow", "aside")

    remove(position.evidence.first(), by=universe.coder, reason="Said by another.")

    assert stored(position).version == 1


def test_removing_needs_a_reason(universe: Universe) -> None:
    position = universe.at("fishers", "preamble", "weir")

    with pytest.raises(ValidationError) as refusal:
        remove(position, by=universe.coder, reason="")

    assert set(refusal.value.message_dict) == {"reason"}
    assert stored(position) == position


def test_a_removed_position_takes_its_evidence_along_and_leaves_its_history(universe: Universe) -> None:
    position = universe.at("arden", "flow", "aside")
    pk, evidence = position.pk, list(position.evidence.values_list("pk", flat=True))

    remove(position, by=universe.coder, reason="Never said.")

    assert not Evidence.objects.filter(pk__in=evidence).exists()
    assert [row.history_type for row in Position.history.filter(id=pk).order_by("history_id")] == ["+", "-"]
    assert Evidence.history.filter(id__in=evidence, history_type="-").count() == 3


def test_an_issue_without_a_scale_can_be_given_one(universe: Universe) -> None:
    issue = by_coder(universe, universe.preamble, kind="preference")

    for value, label in ((0.0, "none"), (100.0, "all")):
        add(Option(issue=issue, value=value, label=label), by=universe.coder, reason="Its scale.")

    assert unfinished(Issue.objects.get(pk=issue.pk)) == []


def test_a_scale_that_nothing_is_placed_on_can_be_given_up(universe: Universe) -> None:
    with recording(by=universe.coder, reason="New."):
        issue = make_issue(process=universe.process)
        options = list(issue.options.all())

    assert removal(options[0], along=[option.pk for option in options]) == []
    assert [field for field, _ in removal(options[0], along=[option.pk for option in options[1:4]])] == [
        "options"
    ]


def test_what_was_changed_meanwhile_is_not_removed(universe: Universe) -> None:
    mine = changed(universe.at("arden", "flow", "ford"))
    by_coder(universe, changed(mine), summary="Theirs.")

    with pytest.raises(StaleVersion):
        remove(mine, by=universe.coder, reason="Twice.")

    assert stored(mine).summary == "Theirs."


def test_what_others_rest_on_is_not_removed_and_they_are_named(universe: Universe) -> None:
    with pytest.raises(ValidationError) as refusal:
        remove(universe.weir, by=universe.coder, reason="It never was.")

    (message,) = refusal.value.messages
    assert message.startswith("“Weir meeting” is needed by ")
    assert Position.objects.filter(summit=universe.weir).exists()
