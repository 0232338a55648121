"""Typing into a cell: the same words twice, and the words of two people."""

import pytest

from issues.actions.log_sheet.cell import CellConflict
from issues.actions.log_sheet.sheet import open_sheet
from issues.history import ChangeSet
from issues.models import Cell
from issues.tests.actions.log_sheet.drafting import Desk, another, at_desk, says
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting, which is open."""
    open_sheet(summit=universe.spring, by=universe.coder)
    return at_desk(universe)


def test_the_same_words_sent_twice_are_stored_once(desk: Desk) -> None:
    desk.write("arden", "flow", "c", version=0)
    before = ChangeSet.objects.count()

    again = desk.write("arden", "flow", "c", version=0)

    assert again is not None
    assert again.version == 1
    assert again.history.count() == 1
    assert ChangeSet.objects.count() == before


def test_the_same_words_with_the_same_details_are_stored_once(desk: Desk) -> None:
    desk.write("arden", "flow", "c!", accepts_to=60.0, quote="Half.")

    again = desk.write("arden", "flow", "c!", version=0, accepts_to=60.0, quote="Half.")

    assert again is not None
    assert again.history.count() == 1


def test_emptying_what_is_empty_changes_nothing(desk: Desk) -> None:
    before = ChangeSet.objects.count()

    assert desk.write("arden", "flow", "", version=0) is None
    assert desk.write("arden", "flow", "  ", version=3) is None
    assert ChangeSet.objects.count() == before


def test_each_change_counts_the_version_up(desk: Desk) -> None:
    versions = [desk.write("arden", "flow", typed).version for typed in ("a", "b", "b!")]

    assert versions == [1, 2, 3]


@pytest.mark.parametrize("seen", [0, 1, 7])
def test_other_words_at_a_stale_version_are_a_conflict_that_shows_what_stands(desk: Desk, seen: int) -> None:
    desk.write("arden", "flow", "a")
    another(desk).write("arden", "flow", "b")

    with pytest.raises(CellConflict) as conflict:
        desk.write("arden", "flow", "c", version=seen)

    assert says(conflict.value.current) == ("b", "placed", "a quarter", None)
    assert says(desk.cell("arden", "flow"))[0] == "b"


def test_the_same_words_as_the_other_are_no_conflict(desk: Desk) -> None:
    another(desk).write("arden", "flow", "b")

    cell = desk.write("arden", "flow", "b", version=0)

    assert cell is not None
    assert cell.history.get().history_user.username == "omar"


def test_other_details_at_a_stale_version_are_a_conflict(desk: Desk) -> None:
    another(desk).write("arden", "flow", "b", summary="Theirs.")

    with pytest.raises(CellConflict) as conflict:
        desk.write("arden", "flow", "b", version=0, summary="Mine.")

    assert conflict.value.current is not None
    assert conflict.value.current.summary == "Theirs."


def test_two_people_in_different_cells_never_collide(desk: Desk) -> None:
    desk.write("arden", "flow", "a", version=0)
    another(desk).write("arden", "data", "b", version=0)
    another(desk).write("belmar", "flow", "c", version=0)

    assert Cell.objects.count() == 3


def test_emptying_removes_the_cell_and_leaves_its_history(desk: Desk) -> None:
    cell = desk.write("arden", "flow", "b")
    assert cell is not None

    assert desk.write("arden", "flow", "") is None

    assert desk.cell("arden", "flow") is None
    assert [row.history_type for row in Cell.history.order_by("history_id")] == ["+", "-"]


def test_changing_a_cell_that_another_emptied_is_a_conflict_with_nothing(desk: Desk) -> None:
    desk.write("arden", "flow", "b")
    another(desk).write("arden", "flow", "")

    with pytest.raises(CellConflict) as conflict:
        desk.write("arden", "flow", "c", version=1)

    assert conflict.value.current is None
    assert desk.cell("arden", "flow") is None


def test_emptying_a_cell_that_another_changed_is_a_conflict(desk: Desk) -> None:
    desk.write("arden", "flow", "b")
    another(desk).write("arden", "flow", "c")

    with pytest.raises(CellConflict) as conflict:
        desk.write("arden", "flow", "", version=1)

    assert says(conflict.value.current)[0] == "c"
    assert says(desk.cell("arden", "flow"))[0] == "c"


def test_a_cell_emptied_and_typed_anew_is_not_taken_for_the_one_that_was_seen(desk: Desk) -> None:
    desk.write("arden", "flow", "a")
    other = another(desk)
    other.write("arden", "flow", "")
    other.write("arden", "flow", "b")

    with pytest.raises(CellConflict) as conflict:
        desk.write("arden", "flow", "c", version=1)

    assert says(conflict.value.current)[0] == "b"
