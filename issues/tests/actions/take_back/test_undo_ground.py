"""Undoing leaves everything on its ground: in the right order, and never without evidence or options."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import LaterChange, undo
from issues.history import ChangeSet, recording
from issues.models import Evidence, Option, Participation, Position
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.factories import make_issue
from issues.tests.universe import Universe


def undo_last(universe: Universe) -> None:
    undo(ChangeSet.objects.first(), by=universe.coder, reason="Undone.")


def test_a_deleted_position_comes_back_with_its_evidence_and_links(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    evidence = set(position.evidence.values_list("pk", flat=True))
    links = set(position.links.values_list("pk", flat=True))
    pk = position.pk
    remove(position, by=universe.coder, reason="By mistake.")
    undo_last(universe)
    back = Position.objects.get(pk=pk)
    assert set(back.evidence.values_list("pk", flat=True)) == evidence != set()
    assert set(back.links.values_list("pk", flat=True)) == links != set()


def test_evidence_that_became_the_last_is_not_undone(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    before = list(position.evidence.all())
    added = add(
        Evidence(position=position, statement=universe.statements["report"]), by=universe.coder, reason="x"
    )
    made = ChangeSet.objects.first()
    for item in before:
        remove(item, by=universe.coder, reason="Misread.")
    with pytest.raises(ValidationError):
        undo(made, by=universe.coder, reason="Undone.")
    assert list(position.evidence.all()) == [added]


def test_what_was_pointed_at_a_new_option_points_back_before_it_goes(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    with recording(by=universe.coder, reason="Finer."):
        option = add(Option(issue=universe.flow, value=60, label="sixty"), by=universe.coder, reason="Finer.")
        correct(position, {"option": option}, by=universe.coder, reason="Finer.")
    undo_last(universe)
    assert Position.objects.get(pk=position.pk).option.value == 50
    assert not Option.objects.filter(pk=option.pk).exists()


def test_what_took_a_deleted_records_place_goes_first(universe: Universe) -> None:
    position = universe.at("arden", "flow", "ford")
    pk = position.pk
    with recording(by=universe.coder, reason="Anew."):
        remove(position, by=universe.coder, reason="Anew.")
        log_position(
            issue=universe.flow,
            actor=universe.arden,
            summit=universe.ford,
            statements=[universe.statements["report"]],
            by=universe.coder,
            reason="Anew.",
        )
    undo_last(universe)
    assert Position.objects.get(issue=universe.flow, actor=universe.arden, summit=universe.ford).pk == pk


def test_an_option_that_became_one_of_two_is_not_undone(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        issue = make_issue(process=universe.process, options={0.0: "no", 100.0: "yes"})
    add(Option(issue=issue, value=50, label="half"), by=universe.coder, reason="A third.")
    made = ChangeSet.objects.first()
    remove(issue.options.get(value=0), by=universe.coder, reason="Two are enough.")
    with pytest.raises(ValidationError):
        undo(made, by=universe.coder, reason="Undone.")
    assert issue.options.count() == 2


def test_taking_part_is_not_undone_under_positions(universe: Universe) -> None:
    with recording(by=universe.coder, reason="x"):
        Participation.objects.get(actor=universe.fishers).delete()
        Position.objects.filter(actor=universe.fishers).first()
    add(
        Participation(process=universe.process, actor=universe.fishers, role="observer"),
        by=universe.coder,
        reason="Back.",
    )
    with pytest.raises(ValidationError):
        undo_last(universe)
    assert Participation.objects.filter(actor=universe.fishers).exists()


def test_later_changes_are_named_however_many_were_made(universe: Universe) -> None:
    with recording(by=universe.coder, reason="Many."):
        for position in Position.objects.all():
            correct(position, {"note": "Reread."}, by=universe.coder, reason="Many.")
    made = ChangeSet.objects.first()
    later = universe.at("cadria", "flow", "delta")
    later.refresh_from_db()
    correct(later, {"note": "Read a third time."}, by=universe.coder, reason="Third.")
    with pytest.raises(LaterChange) as refused:
        undo(made, by=universe.coder, reason="Undone.")
    assert refused.value.records == [f"position “{later}”, by coder: Third."]
