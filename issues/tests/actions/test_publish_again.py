"""A published sheet that is reopened makes corrections: never a move, and nothing of anyone undone by it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.correct import correct, remove
from issues.actions.log import add
from issues.actions.publish import reopen
from issues.actions.review import mark_reviewed
from issues.actions.undo import undo
from issues.history import ChangeSet, StaleVersion
from issues.models import Evidence, Position, SheetRow, Statement
from issues.queries.reading import read
from issues.tests.actions.drafting import Desk, another, at_desk
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the sheet of the spring meeting, published and open again."""
    desk = at_desk(universe)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "b", summary="A quarter may stay.", salience=60.0, note="Clear words.")
    desk.write("arden", "data", "r", quote="As before.")
    desk.row("cadria", "cadria-press", flow="n", preamble="t")
    desk.publish()
    desk.reopen()
    return desk


def kinds(universe: Universe) -> list[tuple[int, int, str]]:
    """Every change of the process: actor, issue and kind."""
    return [
        (change.entry.actor, change.entry.issue, change.kind)
        for change in read(universe.process).whole.changes
    ]


def words_of(position: Position) -> list[Statement]:
    """The statements that a position rests on."""
    return [item.statement for item in position.evidence.select_related("statement").order_by("pk")]


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


def test_taking_a_position_back_is_undone_as_one(desk: Desk) -> None:
    before = dump()
    desk.write("arden", "data", "")
    corrected = desk.publish()

    undo(corrected, by=desk.by, reason="It did say so.")

    assert dump() == before


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


# Words and sources.


def test_corrected_words_take_the_place_of_the_wrong_ones(desk: Desk) -> None:
    (wrong,) = words_of(desk.position("arden", "data"))
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    (right,) = words_of(desk.position("arden", "data"))
    assert right.quote == "As before, and monthly."
    assert not Statement.objects.filter(pk=wrong.pk).exists()
    assert [row.history_type for row in Statement.history.filter(id=wrong.pk).order_by("history_id")] == [
        "+",
        "-",
    ]


def test_words_that_no_longer_reaffirm_do_not_count_as_reaffirming(desk: Desk) -> None:
    assert (desk.universe.arden.pk, desk.universe.data.pk, "reaffirmed") in kinds(desk.universe)
    desk.write("arden", "data", "t")

    desk.publish()

    last = read(desk.universe.process).whole.history(desk.universe.arden.pk, desk.universe.data.pk)[-1]
    assert last.kind == "restated"


def test_another_source_of_the_row_serves_all_its_cells(desk: Desk) -> None:
    desk.serve("arden", "gazette")

    desk.publish()

    for issue in ("flow", "data"):
        assert [words.source.key for words in words_of(desk.position("arden", issue))] == ["gazette"]


def test_whoever_joined_goes_along_when_the_lead_turns_to_another_source(desk: Desk) -> None:
    desk.join("arden", "belmar")
    desk.publish()
    desk.reopen()
    desk.serve("arden", "gazette")

    desk.publish()

    (ours,), (theirs,) = (words_of(desk.position(actor, "flow")) for actor in ("arden", "belmar"))
    assert ours == theirs
    assert (ours.source.key, ours.organ) == ("gazette", desk.universe.arden)


def test_words_that_others_rest_on_stay_for_them(desk: Desk) -> None:
    desk.join("arden", "belmar")
    desk.publish()
    desk.reopen()
    (shared,) = words_of(desk.position("belmar", "flow"))
    desk.write("arden", "flow", "b", quote="A quarter.")

    desk.publish()

    assert words_of(desk.position("belmar", "flow")) == [shared]
    assert [words.quote for words in words_of(desk.position("arden", "flow"))] == ["A quarter."]


def test_evidence_that_others_gave_or_worked_on_stays(desk: Desk) -> None:
    world, position = desk.universe, desk.position("arden", "data")
    (ours,) = words_of(position)
    correct(ours, {"attribution": "the minister’s office"}, by=desk.by, reason="It signed.")
    add(
        Evidence(position=position, statement=world.statements["arden-3"]),
        by=another(desk).by,
        reason="One more.",
    )
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    assert [words.quote for words in words_of(position)] == [
        "As before.",
        "Nobody reads our gauges for us.",
        "As before, and monthly.",
    ]


def test_new_evidence_alone_takes_the_review_back(desk: Desk) -> None:
    (reviewed,) = mark_reviewed([desk.position("arden", "data")], by=another(desk).by)
    assert reviewed.reviewed_by is not None
    # Somebody has worked on the words of before, so that the new ones come beside them.
    (ours,) = words_of(reviewed)
    correct(ours, {"attribution": "the minister’s office"}, by=desk.by, reason="It signed.")
    desk.write("arden", "data", "r", quote="As before, and monthly.")

    desk.publish()

    position = desk.position("arden", "data")
    assert len(words_of(position)) == 2
    assert position.reviewed_by is None


def test_words_that_were_logged_by_hand_stay_when_the_sheet_rests_on_them_no_more(desk: Desk) -> None:
    world = desk.universe
    by_hand = add(
        Statement(
            source=world.sources["record"],
            ref="by-hand",
            quote="Half.",
            organ=world.arden,
            occasion=world.spring,
        ),
        by=desk.by,
        reason="Logged by hand.",
    )
    desk.write("arden", "flow", "c", quote="Half.")
    desk.publish()
    assert by_hand in words_of(desk.position("arden", "flow"))
    desk.reopen()
    desk.write("arden", "flow", "c", quote="Half, or less.")

    desk.publish()

    assert by_hand not in words_of(desk.position("arden", "flow"))
    assert Statement.objects.filter(pk=by_hand.pk).exists()


# Together with undoing.


def dump() -> dict[str, Any]:
    """Positions and their evidence, versions aside."""
    return {
        model.__name__: list(
            model.objects.order_by("pk").values(
                *(field.attname for field in model._meta.concrete_fields if field.name != "version")
            )
        )
        for model in (Statement, Position, Evidence)
    }


def test_the_corrections_of_a_reopened_sheet_are_undone_as_one(desk: Desk) -> None:
    before = dump()
    desk.write("arden", "flow", "c", quote="Half.")
    desk.write("arden", "data", "t")
    corrections = desk.publish()

    undo(corrections, by=desk.by, reason="It was right.")

    assert dump() == before
    assert desk.sheet.published is None


def test_what_was_typed_is_not_undone_under_a_published_sheet(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    typed = desk.cell("arden", "flow").history.latest().change_set  # type: ignore[union-attr]
    served = SheetRow.history.latest().change_set
    desk.publish()

    for change_set in (typed, served):
        with pytest.raises(ValidationError, match="The log sheet on which this was typed is closed"):
            undo(change_set, by=desk.by, reason="A slip.")

    assert desk.cell("arden", "flow").code == "c"  # type: ignore[union-attr]
    desk.reopen()
    undo(typed, by=desk.by, reason="A slip.")
    assert desk.cell("arden", "flow").code == "b"  # type: ignore[union-attr]


def test_what_was_undone_can_be_published_again(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    corrections = desk.publish()
    after = dump()
    undo(corrections, by=desk.by, reason="It was right.")

    desk.publish(note="It was wrong after all.")

    assert dump() == after


def test_a_whole_publication_that_was_undone_can_be_published_again(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="b", data="r")
    undo(desk.publish(), by=desk.by, reason="Too early.")

    desk.publish()

    assert desk.position("arden", "flow").placement == 25.0
    assert Position.objects.filter(summit=universe.spring).count() == 2


def test_a_cell_typed_between_undoing_and_its_undoing_is_not_taken_for_published(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="b", data="r")
    undone = undo(desk.publish(), by=desk.by, reason="Too early.")
    desk.write("arden", "flow", "c")
    undo(undone, by=desk.by, reason="It was time.")
    assert desk.position("arden", "flow").placement == 25.0
    desk.reopen()

    desk.publish()

    assert desk.position("arden", "flow").placement == 50.0
