"""A sheet published again, together with undoing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import undo
from issues.models import Evidence, Position, SheetRow, Statement
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, published_and_reopened
from issues.tests.actions.upkeep.merging import everything
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    return published_and_reopened(universe)


def dump() -> dict[str, Any]:
    """Positions and their evidence, versions aside."""
    rows = everything()
    return {model.__name__: rows[model.__name__] for model in (Statement, Position, Evidence)}


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


def test_taking_a_position_back_is_undone_as_one(desk: Desk) -> None:
    before = dump()
    desk.write("arden", "data", "")
    corrected = desk.publish()

    undo(corrected, by=desk.by, reason="It did say so.")

    assert dump() == before
