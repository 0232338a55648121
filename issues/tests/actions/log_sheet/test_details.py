"""Typing into a cell: the details beside its code."""

from typing import Any

import pytest

from issues.actions.log_sheet.sheet import open_sheet
from issues.models import Cell
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, refused_cell
from issues.tests.universe import Universe


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """The coder at the shared sheet of the spring meeting, which is open."""
    open_sheet(summit=universe.spring, by=universe.coder)
    return at_desk(universe)


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
    errors = refused_cell(desk, "arden", "data", typed, **details)

    assert set(errors) == {field}
    assert words in " ".join(errors[field])
