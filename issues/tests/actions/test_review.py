"""A second person reviews; confidence is set for many at once; each is one change set."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from issues.actions.correct import correct
from issues.actions.review import last_editors, mark_reviewed, set_confidence
from issues.actions.undo import undo
from issues.history import ChangeSet, StaleVersion, recording
from issues.models import Evidence, Position
from issues.models.position import Confidence
from issues.tests.factories import make_position, make_user
from issues.tests.universe import Universe


@pytest.fixture
def reader(universe: Universe) -> User:
    return make_user(username="reader")


def some(universe: Universe) -> list[Position]:
    return [universe.at(actor, "flow", "ford") for actor in ("arden", "belmar", "cadria")]


def test_they_are_reviewed_by_someone_else_in_one_change_set(universe: Universe, reader: User) -> None:
    before = ChangeSet.objects.count()
    marked = mark_reviewed(some(universe), by=reader)
    assert {position.reviewed_by for position in marked} == {reader}
    stored = Position.objects.filter(reviewed_by=reader)
    assert stored.count() == 3
    assert all(position.reviewed_at for position in stored)
    assert ChangeSet.objects.count() == before + 1
    assert ChangeSet.objects.first().user == reader


def test_the_last_editor_is_refused_with_the_names_and_none_is_marked(
    universe: Universe, reader: User
) -> None:
    mine = correct(universe.at("arden", "flow", "ford"), {"note": "Reread."}, by=reader, reason="x")
    with pytest.raises(ValidationError, match="Arden on Summer flow at Ford meeting") as refused:
        mark_reviewed([mine, universe.at("belmar", "flow", "ford")], by=reader)
    assert "Belmar" not in str(refused.value)
    assert not Position.objects.filter(reviewed_by=reader).exists()


def test_a_review_is_no_edit(universe: Universe, reader: User) -> None:
    position = universe.at("arden", "flow", "ford")
    reviewed = mark_reviewed([position], by=reader)[0]
    assert last_editors([reviewed]) == {position.pk: universe.coder.pk}
    undo(ChangeSet.objects.first(), by=universe.coder, reason="Too soon.")
    assert last_editors([reviewed]) == {position.pk: universe.coder.pk}
    assert mark_reviewed([Position.objects.get(pk=position.pk)], by=reader)


def test_the_editor_before_the_last_may_review(universe: Universe, reader: User) -> None:
    position = correct(universe.at("arden", "flow", "ford"), {"note": "Mine."}, by=reader, reason="x")
    position = correct(position, {"note": "Yours."}, by=universe.coder, reason="x")
    assert mark_reviewed([position], by=reader)


def test_what_a_command_recorded_anyone_may_review(universe: Universe, reader: User) -> None:
    with recording(by=None, reason="Loaded.", kind="command"):
        position = make_position(
            issue=universe.flow, actor=universe.fishers, summit=universe.ford, state="silent"
        )
    assert mark_reviewed([position], by=reader)


def test_what_is_reviewed_already_stays_as_it_is(universe: Universe, reader: User) -> None:
    marked = mark_reviewed(some(universe), by=reader)
    size = Position.history.count()
    assert mark_reviewed(marked, by=make_user(username="third")) == []
    assert Position.history.count() == size


def test_a_position_changed_meanwhile_is_not_reviewed_unseen(universe: Universe, reader: User) -> None:
    position = universe.at("arden", "flow", "ford")
    seen = Position.objects.get(pk=position.pk)
    correct(position, {"note": "Changed."}, by=universe.coder, reason="x")
    with pytest.raises(StaleVersion):
        mark_reviewed([seen], by=reader)


def test_confidence_is_set_in_one_change_set_and_takes_back_the_review(
    universe: Universe, reader: User
) -> None:
    marked = mark_reviewed(some(universe), by=reader)
    before = ChangeSet.objects.count()
    changed = set_confidence(marked, Confidence.LOW, by=reader, reason="One weak source.")
    assert len(changed) == 3
    assert ChangeSet.objects.count() == before + 1
    for position in Position.objects.filter(pk__in=[position.pk for position in marked]):
        assert (position.confidence, position.reviewed_by) == ("low", None)


def test_only_those_that_differ_are_touched(universe: Universe, reader: User) -> None:
    first, *rest = some(universe)
    first = set_confidence([first], Confidence.HIGH, by=reader, reason="x")[0]
    assert len(set_confidence([first, *rest], Confidence.HIGH, by=reader, reason="x")) == 2
    assert set_confidence([first], Confidence.HIGH, by=reader, reason="x") == []


def test_without_a_reason_no_confidence_is_set(universe: Universe, reader: User) -> None:
    with pytest.raises(ValidationError):
        set_confidence(some(universe), Confidence.HIGH, by=reader, reason=" ")


def test_one_that_breaks_a_rule_stops_all(universe: Universe, reader: User) -> None:
    positions = some(universe)
    Evidence.objects.filter(position=positions[2])._raw_delete("default")
    with pytest.raises(ValidationError, match="Cadria on Summer flow at Ford meeting: A stated"):
        set_confidence(positions, Confidence.LOW, by=reader, reason="x")
    assert not Position.objects.filter(confidence="low", summit=universe.ford).exists()


def test_undoing_gives_the_confidence_back(universe: Universe, reader: User) -> None:
    before = list(Position.objects.order_by("pk").values_list("pk", "confidence", "reviewed_by"))
    set_confidence(some(universe), Confidence.HIGH, by=reader, reason="x")
    undo(ChangeSet.objects.first(), by=reader, reason="No.")
    assert list(Position.objects.order_by("pk").values_list("pk", "confidence", "reviewed_by")) == before
