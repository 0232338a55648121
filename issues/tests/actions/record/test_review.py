"""A second person reviews; confidence is set for many at once; each is one change set."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.record.review import last_editors, mark_reviewed, set_confidence, take_back_reviews
from issues.actions.take_back.undo_change_set import undo
from issues.actions.upkeep.merge import merge
from issues.history import ChangeSet, StaleVersion, recording
from issues.models import Evidence, Position, PositionLink, Source
from issues.models.position import Confidence
from issues.tests.acts import add, correct, remove
from issues.tests.factories import make_position, make_source, make_user
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.user import User


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
    past(Evidence.objects.filter(position=positions[2]))._raw_delete("default")
    with pytest.raises(ValidationError, match="Cadria on Summer flow at Ford meeting: A stated"):
        set_confidence(positions, Confidence.LOW, by=reader, reason="x")
    assert not Position.objects.filter(confidence="low", summit=universe.ford).exists()


def test_undoing_gives_the_confidence_back(universe: Universe, reader: User) -> None:
    before = list(Position.objects.order_by("pk").values_list("pk", "confidence", "reviewed_by"))
    set_confidence(some(universe), Confidence.HIGH, by=reader, reason="x")
    undo(ChangeSet.objects.first(), by=reader, reason="No.")
    assert list(Position.objects.order_by("pk").values_list("pk", "confidence", "reviewed_by")) == before


def reviewed(universe: Universe, reader: User, *names: str) -> Position:
    """A position that has been reviewed, by default Belmar's on the flow at the weir."""
    (position,) = mark_reviewed([universe.at(*(names or ("belmar", "flow", "weir")))], by=reader)
    return position


def is_reviewed(position: Position) -> bool:
    return Position.objects.get(pk=position.pk).reviewed_by_id is not None


def test_evidence_that_is_added_corrected_or_removed_takes_the_review_back(
    universe: Universe, reader: User
) -> None:
    doubt = universe.at("belmar", "flow", "weir").evidence.get(stance="disputes")
    added = Evidence(statement=universe.statements["report"], position=doubt.position)
    for change in (
        lambda: add(added, by=universe.coder, reason="More."),
        lambda: correct(doubt, {"stance": "supports"}, by=universe.coder, reason="Reread."),
        lambda: remove(Evidence.objects.get(pk=added.pk), by=universe.coder, reason="Less."),
    ):
        position = reviewed(universe, reader)
        change()
        assert not is_reviewed(position)
        row = position.history.latest()
        assert row.change_set == ChangeSet.objects.latest("pk")
        universe.positions["belmar", "flow", "weir"] = Position.objects.get(pk=position.pk)


def test_evidence_that_moves_takes_back_both_reviews(universe: Universe, reader: User) -> None:
    doubt = universe.at("belmar", "flow", "weir").evidence.get(stance="disputes")
    here, there = reviewed(universe, reader), reviewed(universe, reader, "cadria", "flow", "ford")
    elsewhere = reviewed(universe, reader, "arden", "flow", "ford")
    correct(doubt, {"position": there}, by=universe.coder, reason="Of the other.")
    assert [is_reviewed(position) for position in (here, there, elsewhere)] == [False, False, True]


def test_a_corrected_quotation_takes_back_the_reviews_that_rest_on_it(
    universe: Universe, reader: User
) -> None:
    position = reviewed(universe, reader)
    other = reviewed(universe, reader, "cadria", "data", "ford")
    statement = position.evidence.first().statement
    correct(statement, {"quote": "In other words."}, by=universe.coder, reason="As printed.")
    assert not is_reviewed(position)
    assert is_reviewed(other) is not other.evidence.filter(statement=statement).exists()


def test_an_options_new_value_takes_back_reviews_and_its_new_label_does_not(
    universe: Universe, reader: User
) -> None:
    position = reviewed(universe, reader, "cadria", "flow", "ford")
    option = correct(position.option, {"label": "not a drop"}, by=universe.coder, reason="In words.")
    assert is_reviewed(position)
    correct(option, {"value": 1.0}, by=universe.coder, reason="Not quite none.")
    assert not is_reviewed(position)


def test_a_tie_to_another_issue_takes_the_review_back(universe: Universe, reader: User) -> None:
    position = reviewed(universe, reader)
    add(PositionLink(position=position, issue=universe.data), by=universe.coder, reason="Tied.")
    assert not is_reviewed(position)


def test_merging_sources_takes_no_review_back(universe: Universe, reader: User) -> None:
    position = reviewed(universe, reader)
    source = position.evidence.first().statement.source
    with recording(by=universe.coder, reason="The same again."):
        twin = make_source(title=source.title)
    merge(twin, [Source.objects.get(pk=source.pk)], by=universe.coder, reason="One document.")
    assert position.evidence.first().statement.source == twin
    assert is_reviewed(position)


def test_who_corrected_the_evidence_last_may_not_review(universe: Universe, reader: User) -> None:
    position = universe.at("belmar", "flow", "weir")
    doubt = position.evidence.get(stance="disputes")
    correct(doubt.statement, {"note": "Heard twice."}, by=reader, reason="Reread.")
    with pytest.raises(ValidationError, match="Belmar"):
        mark_reviewed([position], by=reader)
    assert mark_reviewed([position], by=make_user(username="third"))


def test_undoing_the_correction_of_evidence_gives_the_review_back(universe: Universe, reader: User) -> None:
    position = reviewed(universe, reader)
    doubt = position.evidence.get(stance="disputes")
    correct(doubt, {"stance": "supports"}, by=universe.coder, reason="Reread.")
    undo(ChangeSet.objects.latest("pk"), by=universe.coder, reason="Not so.")
    assert is_reviewed(position)


def test_reviews_cost_nothing_where_nothing_beside_a_position_is_written(
    universe: Universe, django_assert_num_queries: Any
) -> None:
    position = universe.at("cadria", "flow", "ford")
    with recording(by=universe.coder, reason="Typed.") as opened:
        position.save()
        with django_assert_num_queries(0):
            take_back_reviews(opened)


def test_what_was_rolled_back_within_a_sitting_takes_no_review_back_and_leaves_no_trace(
    universe: Universe, reader: User
) -> None:
    position = reviewed(universe, reader)
    doubt = position.evidence.get(stance="disputes")
    before = ChangeSet.objects.count()
    with recording(by=universe.coder, reason="Tried.") as opened, suppress(ValidationError):  # noqa: SIM117
        with opened.attempt():
            correct(doubt, {"stance": "supports"}, by=universe.coder, reason="Reread.")
            raise ValidationError("Refused in the end.")
    assert is_reviewed(position)
    assert ChangeSet.objects.count() == before
