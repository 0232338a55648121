"""What a log sheet shows: what stood before each cell, what is typed, what is recorded, what is left."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from issues.actions.log_sheet.sheet import finish
from issues.domain.change import Standing
from issues.models import Option, Participation
from issues.queries.log_sheet.cell_target import standing_before
from issues.queries.log_sheet.grid import (
    Grid,
    Square,
    coalitions,
    find_sheet,
    ground,
    squares,
)
from issues.queries.reading.process import Reading, read
from issues.tests.actions.log_sheet.drafting import Desk, another, at_desk
from issues.tests.acts import add, correct
from issues.tests.beside import aside
from issues.tests.universe import Universe


def grid_of(desk: Desk) -> Grid:
    """The sheet as it is shown."""
    return squares(read(desk.universe.process), desk.sheet)


def square_of(grid: Grid, actor: str, issue: str) -> Square:
    """One square of it."""
    return next(
        square
        for line in grid.lines
        for square in line.squares
        if (square.actor.slug, square.issue.slug) == (actor, issue)
    )


def placement_of(standing: Standing) -> float | None:
    """Where an actor stands."""
    return standing.placement.value if standing.placement else None


# What stood before.

ACTORS = ("arden", "belmar", "cadria", "commission", "fishers")


ISSUES = ("flow", "data", "treaty", "preamble")


SUMMITS = ("ford", "mill", "weir", "aside", "delta", "spring")


@pytest.fixture(scope="module")
def reading(built_universe: Any, django_db_blocker: Any) -> Reading:
    """The universe as it is read."""
    with django_db_blocker.unblock():
        return read(built_universe().process)


@pytest.mark.parametrize("summit", SUMMITS)
def test_one_cells_standing_is_that_of_the_whole_fold(
    universe: Universe, reading: Reading, summit: str
) -> None:
    at = getattr(universe, summit)
    folded = reading.before(at)

    for actor, issue in product(ACTORS, ISSUES):
        who, what = getattr(universe, actor), getattr(universe, issue)
        assert standing_before(at, who, what) == folded.of(who.pk, what.pk), (actor, issue)


def test_one_cells_standing_takes_one_query(universe: Universe, django_assert_num_queries: Any) -> None:
    spring, arden, flow = universe.spring, universe.arden, universe.flow

    with django_assert_num_queries(1):
        standing_before(spring, arden, flow)


@pytest.mark.parametrize(
    ("summit", "actor", "issue", "placement"),
    [
        ("ford", "arden", "flow", None),
        ("mill", "arden", "flow", 75.0),
        ("mill", "cadria", "flow", 0.0),
        ("weir", "arden", "flow", 75.0),
        ("weir", "belmar", "flow", 25.0),
        # The meeting's own parallel is no part of what stood before it, nor after an occasion beside it.
        ("aside", "arden", "flow", 50.0),
        ("delta", "arden", "data", 0.0),
        ("delta", "cadria", "treaty", 50.0),
        ("spring", "belmar", "flow", None),
        # Closed before the spring meeting.
        ("spring", "cadria", "treaty", None),
    ],
)
def test_what_stood_before_a_summit(
    universe: Universe, reading: Reading, summit: str, actor: str, issue: str, placement: float | None
) -> None:
    who, what = getattr(universe, actor), getattr(universe, issue)

    assert placement_of(reading.before(getattr(universe, summit)).of(who.pk, what.pk)) == placement


def test_what_was_said_in_parallel_before_a_meeting_stands_on_its_sheet_as_in_the_fold(
    universe: Universe,
) -> None:
    aside(universe, "morning", 1, 1.0, day=date(2032, 3, 9))
    who, what = universe.arden, universe.flow

    assert placement_of(read(universe.process).before(universe.spring).of(who.pk, what.pk)) == 1.0
    assert placement_of(standing_before(universe.spring, who, what)) == 1.0


def test_an_issue_that_closes_on_the_day_still_stands(universe: Universe) -> None:
    correct(universe.flow, {"closed_on": universe.spring.starts_on}, by=universe.coder, reason="x")
    universe.flow.refresh_from_db()

    assert placement_of(standing_before(universe.spring, universe.arden, universe.flow)) == 50.0


# What a code is read against.


def test_the_ground_of_a_cell_is_its_options_and_what_stands(universe: Universe) -> None:
    options = list(universe.data.options.all())
    stands = standing_before(universe.spring, universe.arden, universe.data)

    whole = ground(universe.data, stands, options)

    assert whole.options == {"a": 0.0, "b": 50.0, "c": 100.0}
    assert (whole.has_standing, whole.placement, whole.has_red_line) == (True, 25.0, True)
    assert ground(universe.preamble, Standing(), []).options == {}
    assert not ground(universe.preamble, Standing(), []).has_standing


def test_letters_follow_the_values_and_not_the_order_of_making(universe: Universe) -> None:
    add(Option(issue=universe.data, value=10.0, label="yearly"), by=universe.coder, reason="x")

    whole = ground(universe.data, Standing(), universe.data.options.order_by("-pk"))

    assert whole.options == {"a": 0.0, "b": 10.0, "c": 50.0, "d": 100.0}


# The squares.


def test_a_square_shows_what_stood_what_is_typed_and_what_is_recorded(universe: Universe) -> None:
    desk = at_desk(universe, "delta")
    desk.write("arden", "data", "+5")

    grid = grid_of(desk)

    typed = square_of(grid, "arden", "data")
    assert typed.cell is not None
    assert (typed.cell.code, typed.version, typed.placement) == ("+5", 1, 0.0)
    assert typed.since == universe.mill
    assert typed.position == universe.at("arden", "data", "delta")
    recorded = square_of(grid, "cadria", "flow")
    assert (recorded.cell, recorded.version) == (None, 0)
    assert recorded.position == universe.at("cadria", "flow", "delta")
    left = square_of(grid, "arden", "preamble")
    assert (left.cell, left.position, left.since, left.placement) == (None, None, None, None)
    assert [square.is_logged for square in (typed, recorded, left)] == [True, True, False]


def test_a_square_shows_since_when_the_placement_stands_or_else_the_words(universe: Universe) -> None:
    grid = grid_of(at_desk(universe))

    assert square_of(grid, "arden", "flow").since == universe.weir
    assert square_of(grid, "cadria", "preamble").since == universe.mill
    assert square_of(grid, "belmar", "flow").since is None


def test_issues_come_in_their_order_without_those_that_are_closed_or_not_yet_open(
    universe: Universe,
) -> None:
    correct(universe.preamble, {"opened_on": date(2032, 3, 11)}, by=universe.coder, reason="x")

    at_spring, at_delta = grid_of(at_desk(universe)), grid_of(at_desk(universe, "delta"))

    assert [issue.slug for issue in at_spring.issues] == ["flow", "data"]
    assert [issue.slug for issue in at_delta.issues] == ["flow", "data", "treaty"]
    assert {len(line.squares) for line in at_spring.lines} == {2}


def test_rows_are_the_watched_and_those_with_something_on_the_sheet(universe: Universe) -> None:
    desk = at_desk(universe)
    watched = ["arden", "belmar", "cadria", "commission"]
    assert [line.actor.slug for line in grid_of(desk).lines] == watched

    desk.serve("fishers", "leaflet")
    assert [line.actor.slug for line in grid_of(desk).lines] == [*watched, "fishers"]


def test_an_unwatched_actor_with_a_cell_or_a_position_has_a_row(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.write("fishers", "preamble", "t")

    assert [line.actor.slug for line in grid_of(desk).lines][-1] == "fishers"
    assert [line.actor.slug for line in grid_of(at_desk(universe, "weir")).lines][-1] == "fishers"
    assert "fishers" not in [line.actor.slug for line in grid_of(at_desk(universe, "delta")).lines]


def test_what_is_logged_is_counted_over_all_squares(universe: Universe) -> None:
    desk = at_desk(universe)
    assert (grid_of(desk).logged, grid_of(desk).total) == (0, 12)

    desk.row("arden", "record", flow="r", data="n")
    desk.write("fishers", "preamble", "t")
    assert (grid_of(desk).logged, grid_of(desk).total) == (3, 15)

    desk.write("arden", "data", "")
    assert grid_of(desk).logged == 2


def test_what_is_typed_and_recorded_counts_once(universe: Universe) -> None:
    desk = at_desk(universe, "delta")
    before_typing = grid_of(desk).logged

    desk.write("cadria", "flow", "b")

    assert grid_of(desk).logged == before_typing == 8


def test_a_sheet_shows_its_own_cells_and_no_others(universe: Universe) -> None:
    desk = at_desk(universe)
    own, others = at_desk(universe, private=True), another(desk, private=True)
    for one, typed in ((desk, "a"), (own, "b"), (others, "c")):
        one.row("arden", "record", flow=typed)

    shown = [square_of(grid_of(one), "arden", "flow").cell for one in (desk, own, others)]

    assert [cell.code if cell else None for cell in shown] == ["a", "b", "c"]


def test_sheets_are_found_by_whose_they_are(universe: Universe) -> None:
    desk = at_desk(universe)
    blank = find_sheet(universe.spring, None), find_sheet(universe.spring, desk.by)
    assert [(sheet.pk, sheet.coder, sheet.version) for sheet in blank] == [
        (None, None, 1),
        (None, desk.by, 1),
    ]

    shared, own = desk.sheet, at_desk(universe, private=True).sheet
    finish(sheet=another(desk, private=True).sheet, by=another(desk).by)

    assert (find_sheet(universe.spring, None), find_sheet(universe.spring, desk.by)) == (shared, own)


def test_the_coalitions_among_the_rows_are_told_with_their_members(universe: Universe) -> None:
    assert coalitions(grid_of(at_desk(universe))) == []
    add(
        Participation(process=universe.process, actor=universe.lower_basin, role="party", order=10),
        by=universe.coder,
        reason="x",
    )

    assert coalitions(grid_of(at_desk(universe))) == [("Lower Basin", "Cadria, Belmar")]
