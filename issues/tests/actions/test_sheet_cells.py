"""Typing into a cell: what is stored, what is refused, and that nothing of anyone is lost."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.cell import CellConflict, save_cell
from issues.actions.correct import correct
from issues.actions.log import add
from issues.actions.sheet import finish, open_sheet
from issues.history import ChangeSet
from issues.models import Cell, Option, Position, Sheet
from issues.tests.actions.drafting import Desk, another, at_desk
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting, which is open."""
    open_sheet(summit=universe.spring, by=universe.coder)
    return at_desk(universe)


def says(cell: Cell | None) -> tuple[Any, ...]:
    """The code of a cell and what it meant."""
    assert cell is not None
    cell.refresh_from_db()
    option = cell.option.label if cell.option else None
    return cell.code, cell.kind, option, cell.value


def refused(desk: Desk, actor: str, issue: str, typed: str, **details: Any) -> dict[str, list[str]]:
    """The errors by field of what cannot be stored, once it is seen that nothing was."""
    before = Cell.objects.count(), Cell.history.count(), ChangeSet.objects.count()
    with pytest.raises(ValidationError) as refusal:
        desk.write(actor, issue, typed, **details)
    assert (Cell.objects.count(), Cell.history.count(), ChangeSet.objects.count()) == before
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("actor", "issue", "typed", "stored"),
    [
        ("arden", "flow", "r", ("r", "reaffirmed", None, None)),
        ("arden", "flow", "b", ("b", "placed", "a quarter", None)),
        ("belmar", "flow", "45", ("45", "placed", None, 45.0)),
        ("arden", "flow", "-10", ("-10", "placed", None, 40.0)),
        ("cadria", "data", "+5", ("+5", "placed", None, 95.0)),
        ("belmar", "flow", "t", ("t", "text", None, None)),
        ("cadria", "flow", "w", ("w", "withdrawn", None, None)),
        ("arden", "preamble", "n", ("n", "silent", None, None)),
        ("belmar", "preamble", "r", ("r", "reaffirmed", None, None)),
        ("arden", "flow", "  B ", ("B", "placed", "a quarter", None)),
        ("arden", "flow", "+ 2,5 ?", ("+2,5?", "placed", None, 52.5)),
    ],
)
def test_a_cell_keeps_the_code_and_what_it_meant(
    desk: Desk, actor: str, issue: str, typed: str, stored: tuple[Any, ...]
) -> None:
    assert says(desk.write(actor, issue, typed)) == stored


def test_marks_are_kept_in_their_fields(desk: Desk) -> None:
    declared, dropped = desk.write("arden", "flow", "c!?"), desk.write("arden", "data", "r/")

    assert declared is not None
    assert dropped is not None
    assert (declared.red_line, declared.low_confidence) == ("declared", True)
    assert (dropped.red_line, dropped.low_confidence) == ("dropped", False)


def test_a_cell_has_a_history_row_with_its_author_and_a_reason(desk: Desk) -> None:
    cell = desk.write("arden", "flow", "c")

    assert cell is not None
    (row,) = cell.history.all()
    assert (row.history_type, row.history_user) == ("+", desk.by)
    assert row.history_change_reason == f"Typed on the log sheet of {desk.universe.spring}."


def test_typing_on_the_sheet_records_no_position(desk: Desk) -> None:
    before = Position.objects.count()

    desk.write("arden", "flow", "c")

    assert Position.objects.count() == before


# What the letters meant when they were typed.


def test_an_option_put_in_between_later_leaves_what_was_coded(desk: Desk) -> None:
    cell = desk.write("arden", "flow", "c")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    assert says(cell) == ("c", "placed", "half", None)


def test_details_given_after_new_letters_leave_what_was_coded(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    cell = desk.write("arden", "flow", "c", summary="Half may stay.")

    assert says(cell) == ("c", "placed", "half", None)
    assert cell is not None
    assert cell.summary == "Half may stay."


def test_a_letter_typed_after_new_letters_has_its_new_meaning(desk: Desk) -> None:
    desk.write("arden", "flow", "d")
    add(Option(issue=desk.universe.flow, value=30.0, label="a third"), by=desk.by, reason="A new option.")

    assert says(desk.write("arden", "flow", "c")) == ("c", "placed", "a third", None)


def test_a_step_keeps_its_value_when_the_standing_position_is_corrected(desk: Desk) -> None:
    desk.write("arden", "flow", "+5")
    correct(
        desk.universe.at("arden", "flow", "weir"),
        {"option": None, "value": 60.0},
        by=desk.by,
        reason="Misread.",
    )

    assert says(desk.write("arden", "flow", "+5", locator="p. 2")) == ("+5", "placed", None, 55.0)


# The same words twice, and words of two people.


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


# Details.

DETAILS: dict[str, Any] = {
    "summary": "Half may stay.",
    "quote": "نصف الماء",
    "language": "ar",
    "translation": "Half of the water.",
    "locator": "p. 3",
    "salience": 70.0,
    "basis": "reported",
    "note": "By the agency.",
    "disputed": True,
    "accepts_from": 20.0,
    "accepts_to": 60.0,
}


def details_of(cell: Cell | None) -> dict[str, Any]:
    """The details of a cell as they are stored."""
    assert cell is not None
    cell.refresh_from_db()
    return {name: getattr(cell, name) for name in DETAILS}


def test_details_are_stored_with_the_code(desk: Desk) -> None:
    world = desk.universe

    cell = desk.write(
        "arden", "flow", "c!", speaker=world.minister, source=world.sources["gazette"], **DETAILS
    )

    assert details_of(cell) == DETAILS
    assert cell is not None
    assert (cell.speaker, cell.source) == (world.minister, world.sources["gazette"])


def test_details_stay_when_only_the_code_changes(desk: Desk) -> None:
    desk.write("arden", "flow", "c!", **DETAILS)

    assert details_of(desk.write("arden", "flow", "b!")) == DETAILS


def test_details_change_when_they_are_given(desk: Desk) -> None:
    desk.write("arden", "flow", "c!", **DETAILS)

    changed = desk.write("arden", "flow", "c!", summary="At most half.", accepts_from=None)

    assert details_of(changed) == DETAILS | {"summary": "At most half.", "accepts_from": None}


def test_limits_go_with_the_red_line(desk: Desk) -> None:
    desk.write("arden", "flow", "c!", **DETAILS)

    assert details_of(desk.write("arden", "flow", "c")) == DETAILS | {
        "accepts_from": None,
        "accepts_to": None,
    }


@pytest.mark.parametrize(
    ("typed", "details", "field", "words"),
    [
        ("c", {"accepts_to": 60.0}, "accepts_from", "put ! after the code"),
        ("r/", {"accepts_from": 20.0}, "accepts_from", "put ! after the code"),
        ("c!", {"accepts_from": 60.0, "accepts_to": 20.0}, "accepts_to", "must not come before"),
        ("c!", {"accepts_to": 120.0}, "accepts_to", "less than or equal to 100"),
        ("c", {"salience": -1.0}, "salience", "greater than or equal to 0"),
        ("c", {"basis": "inferred"}, "note", "needs a note"),
        ("c", {"basis": "guessed"}, "basis", "not a valid choice"),
        ("c", {"locator": "p" * 121}, "locator", "at most 120"),
        ("c", {"quote": "Half\x00"}, "quote", "NUL"),
    ],
)
def test_a_bad_detail_is_refused_at_its_field(
    desk: Desk, typed: str, details: dict[str, Any], field: str, words: str
) -> None:
    errors = refused(desk, "arden", "data", typed, **details)

    assert set(errors) == {field}
    assert words in " ".join(errors[field])


@pytest.mark.parametrize(
    ("actor", "issue", "typed", "words"),
    [
        ("belmar", "flow", "r", "needs a standing position"),
        ("belmar", "treaty", "w", "needs a standing position"),
        ("belmar", "flow", "+5", "needs a standing placement"),
        ("arden", "flow", "h", "There is no option h: this issue has a to e."),
        ("arden", "data", "d", "There is no option d: this issue has a to c."),
        ("arden", "flow", "120", "outside the scale"),
        ("arden", "flow", "+60", "outside the scale"),
        ("arden", "flow", "45!!", "once is enough"),
        ("arden", "flow", "c/", "No red line stands"),
        ("cadria", "preamble", "c", "no scale"),
        ("arden", "flow", "🙂", "“🙂” is no code"),
        ("arden", "flow", "r\x00", "is no code"),
        ("arden", "flow", "7" * 10_000, "too long"),
        # It closed before the spring meeting.
        ("cadria", "treaty", "r", "needs a standing position"),
    ],
)
def test_a_code_that_means_nothing_is_refused_and_what_stood_stays(
    desk: Desk, actor: str, issue: str, typed: str, words: str
) -> None:
    desk.write(actor, issue, "n")

    errors = refused(desk, actor, issue, typed)

    assert set(errors) == {"code"}
    assert words in errors["code"][0]
    assert says(desk.cell(actor, issue)) == ("n", "silent", None, None)


# Who may type, and when.


def test_another_persons_own_sheet_is_refused(desk: Desk) -> None:
    own = another(desk, private=True)
    own.write("arden", "flow", "b")

    for typed in ("c", "b", ""):
        with pytest.raises(PermissionDenied):
            save_cell(
                sheet=own.sheet,
                actor=desk.universe.arden,
                issue=desk.universe.flow,
                typed=typed,
                version=1,
                by=desk.by,
            )

    assert says(own.cell("arden", "flow"))[0] == "b"


def test_own_and_shared_sheets_of_a_summit_keep_apart(desk: Desk) -> None:
    own, others = at_desk(desk.universe, private=True), another(desk, private=True)

    for one, typed in ((desk, "a"), (own, "b"), (others, "c")):
        one.write("arden", "flow", typed)

    assert [says(one.cell("arden", "flow"))[0] for one in (desk, own, others)] == ["a", "b", "c"]
    assert Sheet.objects.count() == 3


def test_a_finished_sheet_takes_nothing_more(universe: Universe) -> None:
    own = at_desk(universe, private=True)
    own.write("arden", "flow", "b")
    seen = own.sheet
    finish(sheet=own.sheet, by=own.by)

    errors = refused(own, "arden", "flow", "c")

    assert "This sheet is closed" in errors["code"][0]
    with pytest.raises(ValidationError, match="closed"):
        save_cell(
            sheet=seen, actor=universe.arden, issue=universe.flow, typed="c", version=1, by=universe.coder
        )


@pytest.mark.parametrize("typed", ["c", "b", ""])
def test_a_published_sheet_takes_nothing_more_from_whoever_had_it_open(desk: Desk, typed: str) -> None:
    desk.row("arden", "record", flow="b")
    seen = desk.sheet
    desk.publish()

    with pytest.raises(ValidationError, match="closed"):
        save_cell(
            sheet=seen,
            actor=desk.universe.arden,
            issue=desk.universe.flow,
            typed=typed,
            version=1,
            by=desk.by,
        )

    assert says(desk.cell("arden", "flow"))[0] == "b"


def test_a_reopened_sheet_takes_what_is_typed_again(desk: Desk) -> None:
    desk.row("arden", "record", flow="b")
    desk.publish()
    desk.reopen()

    assert says(desk.write("arden", "flow", "c"))[0] == "c"


def test_a_sheet_is_made_once_and_its_making_is_recorded(desk: Desk) -> None:
    first, second = desk.sheet, another(desk).sheet

    assert first == second
    (row,) = first.history.all()
    assert row.history_user == desk.by
    assert str(desk.universe.spring) in row.history_change_reason


def test_committing_a_cell_takes_few_queries(desk: Desk, django_assert_max_num_queries: Any) -> None:
    sheet, world = desk.sheet, desk.universe

    # The sheet held open, the cell, the options, what stood before, the last version; the change set, the
    # cell and its history; savepoints around them.
    with django_assert_max_num_queries(14):
        save_cell(sheet=sheet, actor=world.arden, issue=world.flow, typed="c", version=0, by=desk.by)
