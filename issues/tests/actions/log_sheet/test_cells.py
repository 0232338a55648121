"""Typing into a cell: what is stored, what is refused, and that nothing of anyone is lost."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import finish, open_sheet
from issues.models import Option, Position, Sheet
from issues.tests.actions.log_sheet.drafting import Desk, another, at_desk, refused_cell, says
from issues.tests.acts import add, correct
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting, which is open."""
    open_sheet(summit=universe.spring, by=universe.coder)
    return at_desk(universe)


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

    errors = refused_cell(desk, actor, issue, typed)

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

    errors = refused_cell(own, "arden", "flow", "c")

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
