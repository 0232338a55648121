"""A published sheet that is reopened makes corrections: never a move, and nothing of anyone undone by it."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.log_sheet.publish import reopen
from issues.history import ChangeSet, StaleVersion
from issues.models import Evidence, Position, Statement
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, kinds, published_and_reopened, words_of
from issues.tests.acts import correct, remove
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    return published_and_reopened(universe)


def test_reopening_needs_a_reason_and_is_recorded(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    desk.publish()

    with pytest.raises(ValidationError) as refusal:
        desk.reopen(reason=" ")
    assert set(refusal.value.message_dict) == {"reason"}
    assert desk.sheet.published is not None

    desk.reopen(reason="A slip.")
    newest = desk.sheet.history.latest()
    assert (newest.history_change_reason, newest.published_id) == ("A slip.", None)


def test_reopening_what_was_reopened_meanwhile_is_refused(desk: Desk) -> None:
    seen = desk.sheet
    desk.write("arden", "flow", "c")
    desk.publish()

    with pytest.raises(StaleVersion):
        reopen(sheet=seen, reason="A slip.", by=desk.by)


def test_reopening_an_open_sheet_changes_nothing(desk: Desk) -> None:
    before = ChangeSet.objects.count()

    desk.reopen()

    assert ChangeSet.objects.count() == before


def test_a_changed_cell_corrects_its_position_and_moves_nobody(desk: Desk) -> None:
    position, before = desk.position("arden", "flow"), kinds(desk.universe)
    desk.write("arden", "flow", "a")

    corrected = desk.publish(note="Misread: nothing at all.")

    after = desk.position("arden", "flow")
    assert (after.pk, after.placement, after.version) == (position.pk, 0.0, position.version + 1)
    assert kinds(desk.universe) == before
    newest = after.history.latest()
    assert (newest.history_type, newest.change_set) == ("~", corrected)


def test_only_what_was_changed_is_written(desk: Desk) -> None:
    desk.write("arden", "flow", "a")

    corrected = desk.publish()

    assert [row.id for row in Position.history.filter(change_set=corrected)] == [
        desk.position("arden", "flow").pk
    ]
    assert not Statement.history.filter(change_set=corrected).exists()
    assert not Evidence.history.filter(change_set=corrected).exists()


def test_nothing_changed_is_nothing_to_publish(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="Nothing on this sheet differs"):
        desk.publish()
    assert desk.sheet.published is None


def test_what_the_sheet_leaves_blank_the_record_keeps(desk: Desk) -> None:
    position = desk.position("arden", "flow")
    correct(position, {"condition": "if it rains"}, by=desk.by, reason="It said so.")
    desk.write("arden", "flow", "c", summary="", salience=None, note="")

    desk.publish()

    kept = desk.position("arden", "flow")
    assert kept.placement == 50.0
    assert (kept.summary, kept.salience, kept.note) == ("A quarter may stay.", 60.0, "Clear words.")
    assert kept.condition == "if it rains"


def test_a_cell_typed_since_is_a_new_position(desk: Desk) -> None:
    desk.row("belmar", "gazette", flow="c")

    published = desk.publish()

    assert desk.position("belmar", "flow").placement == 50.0
    assert Position.history.filter(change_set=published).count() == 1


@pytest.mark.parametrize(
    ("actor", "issue", "typed", "state"),
    [
        ("arden", "flow", "n", "silent"),
        ("arden", "flow", "w", "withdrawn"),
        ("cadria", "flow", "b", "stated"),
        ("cadria", "preamble", "n", "silent"),
    ],
)
def test_a_cell_may_become_something_else_altogether(
    desk: Desk, actor: str, issue: str, typed: str, state: str
) -> None:
    desk.write(actor, issue, typed)

    desk.publish()

    position = desk.position(actor, issue)
    assert position.state == state
    position.full_clean()
    assert bool(words_of(position)) is (state != "silent")


# Cells that were emptied.


def test_a_cell_emptied_since_takes_its_position_back_with_the_reason(desk: Desk) -> None:
    gone, (words,) = desk.position("arden", "data"), words_of(desk.position("arden", "data"))
    desk.write("arden", "data", "")

    corrected = desk.publish(note="It never said so.")

    assert not Position.objects.filter(pk=gone.pk).exists()
    assert not Statement.objects.filter(pk=words.pk).exists()
    last = Position.history.filter(id=gone.pk).latest()
    assert (last.history_type, last.history_change_reason) == ("-", "It never said so.")
    assert last.change_set == corrected
    assert desk.position("arden", "flow").placement == 25.0


def test_an_emptied_cell_that_shared_its_words_leaves_them_to_the_others(desk: Desk) -> None:
    desk.join("arden", "belmar")
    desk.publish()
    desk.reopen()
    (shared,) = words_of(desk.position("belmar", "flow"))
    desk.write("arden", "flow", "")

    desk.publish()

    assert words_of(desk.position("belmar", "flow")) == [shared]


def test_an_emptied_cell_leaves_what_others_had_recorded(universe: Universe) -> None:
    desk = at_desk(universe, "weir")
    desk.row("arden", "record", flow="e")
    desk.publish()
    desk.reopen()
    desk.write("arden", "flow", "")
    desk.write("belmar", "preamble", "n")

    desk.publish()

    assert desk.position("arden", "flow").placement == 100.0


def test_a_cell_emptied_before_anything_was_published_takes_nothing_back(universe: Universe) -> None:
    desk = at_desk(universe, "weir")
    before = desk.position("arden", "flow")
    desk.row("arden", "record", flow="e")
    desk.write("arden", "flow", "")

    with pytest.raises(ValidationError, match="Nothing on this sheet differs"):
        desk.publish()

    assert desk.position("arden", "flow").placement == before.placement


# Corrections that were made elsewhere.


def test_a_correction_in_the_admin_stays_when_another_cell_is_published(desk: Desk) -> None:
    correct(
        desk.position("arden", "flow"),
        {"option": None, "value": 30.0, "disputed": True},
        by=desk.by,
        reason="On second reading.",
    )
    desk.write("cadria", "flow", "c")

    desk.publish()

    position = desk.position("arden", "flow")
    assert (position.placement, position.disputed) == (30.0, True)


def test_a_position_that_was_removed_does_not_come_back_with_another_cell(desk: Desk) -> None:
    gone = desk.position("arden", "flow")
    remove(gone, by=desk.by, reason="Never said.")
    desk.write("cadria", "flow", "c")

    desk.publish()

    assert not Position.objects.filter(pk=gone.pk).exists()
    assert not Position.objects.filter(
        actor=gone.actor, issue=gone.issue, summit=desk.universe.spring
    ).exists()


def test_what_a_sheet_has_no_words_for_stays(desk: Desk) -> None:
    correct(
        desk.position("arden", "flow"),
        {"red_line": "derived", "accepts_to": 60.0, "confidence": "high"},
        by=desk.by,
        reason="By the coder.",
    )
    desk.write("arden", "flow", "c")

    desk.publish()

    position = desk.position("arden", "flow")
    assert (position.placement, position.red_line, position.accepts_to) == (50.0, "derived", 60.0)
    assert position.confidence == "high"


@pytest.mark.parametrize("typed", ["n", "w"])
def test_a_derived_line_goes_with_the_statement(desk: Desk, typed: str) -> None:
    correct(
        desk.position("arden", "flow"),
        {"red_line": "derived", "accepts_to": 60.0},
        by=desk.by,
        reason="By the coder.",
    )
    desk.write("arden", "flow", typed)

    desk.publish()

    assert desk.position("arden", "flow").red_line == "not_addressed"


def test_a_correction_made_while_the_sheet_is_published_anew_is_not_overwritten(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    correct(desk.position("arden", "flow"), {"condition": "if it rains"}, by=desk.by, reason="It said so.")

    desk.publish()

    assert desk.position("arden", "flow").condition == "if it rains"
