"""The cells of the matrix as of each summit, followed by hand in the tables of the universe."""

from dataclasses import dataclass

import pytest

from issues.domain.change import ChangeKind, Direction
from issues.domain.redline import RedLineChange
from issues.models import Position
from issues.queries.pages.matrix import Matrix, add_words, matrix
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.process import read
from issues.tests.past import past
from issues.tests.universe import Universe


def cell_of(whole: Matrix, universe: Universe, actor: str, issue: str) -> MatrixCell:
    """The cell of an actor on an issue."""
    return next(
        cell
        for row in whole.rows
        for cell in row.cells
        if cell.actor == getattr(universe, actor) and cell.issue == getattr(universe, issue)
    )


@dataclass(frozen=True)
class Expected:
    """What a cell should say; ``since`` and ``placed`` are slugs of summits."""

    now: float | None = None
    was: float | None = None
    delta: float | None = None
    kind: ChangeKind | None = None
    direction: Direction | None = None
    since: str | None = None
    placed: str | None = None
    line: RedLineChange | None = None
    range: tuple[float, float] | None = None
    changed: bool = False


NEW, MOVED, PLACED = ChangeKind.NEW, ChangeKind.MOVED, ChangeKind.PLACED
REAFFIRMED, RESTATED = ChangeKind.REAFFIRMED, ChangeKind.RESTATED
WITHDRAWN, SILENT = ChangeKind.WITHDRAWN, ChangeKind.SILENT
HARDENED, SOFTENED, MIXED = Direction.HARDENED, Direction.SOFTENED, Direction.MIXED
DRAWN, TIGHTENED, DROPPED = RedLineChange.DRAWN, RedLineChange.TIGHTENED, RedLineChange.DROPPED

CELLS = {
    # Nobody stood anywhere before the ford; only a declared red line gives a direction.
    ("ford", "arden", "flow"): Expected(75, kind=NEW, changed=True),
    ("ford", "cadria", "flow"): Expected(
        0, kind=NEW, direction=HARDENED, line=DRAWN, range=(0, 50), changed=True
    ),
    ("ford", "commission", "flow"): Expected(kind=NEW, changed=True),
    ("ford", "belmar", "treaty"): Expected(),
    # Arden repeats its number; Belmar its words, as its spokesman says; Cadria is silent.
    ("mill", "arden", "flow"): Expected(75, kind=REAFFIRMED),
    ("mill", "belmar", "flow"): Expected(25, kind=REAFFIRMED, placed="ford"),
    ("mill", "cadria", "flow"): Expected(0, kind=SILENT, since="ford", range=(0, 50)),
    ("mill", "commission", "flow"): Expected(kind=RESTATED),
    # The other parties' median on the data is 100 for Arden (Belmar is not placed), 10 for Cadria.
    ("mill", "arden", "data"): Expected(0, 10, -10, MOVED, HARDENED, changed=True),
    ("mill", "cadria", "data"): Expected(90, 100, -10, MOVED, SOFTENED, changed=True),
    ("mill", "belmar", "data"): Expected(50, kind=PLACED, changed=True),
    # Arden: |75 - 12.5| = 62.5 becomes 37.5. Belmar: |25 - 37.5| = 12.5 stays 12.5.
    ("weir", "arden", "flow"): Expected(50, 75, -25, MOVED, SOFTENED, placed="weir", changed=True),
    ("weir", "belmar", "flow"): Expected(50, 25, 25, MOVED, changed=True),
    ("weir", "cadria", "flow"): Expected(
        0,
        kind=RESTATED,
        direction=HARDENED,
        placed="ford",
        line=TIGHTENED,
        range=(0, 25),
        changed=True,
    ),
    ("weir", "commission", "flow"): Expected(kind=REAFFIRMED),
    ("weir", "fishers", "flow"): Expected(),
    ("weir", "arden", "data"): Expected(
        0, kind=RESTATED, direction=HARDENED, placed="mill", line=DRAWN, range=(0, 100), changed=True
    ),
    ("weir", "belmar", "data"): Expected(50, since="mill"),
    # The coder's own line is shown, but it hardens nothing.
    ("weir", "cadria", "data"): Expected(
        90, kind=RESTATED, placed="mill", line=DRAWN, range=(50, 100), changed=True
    ),
    ("weir", "arden", "treaty"): Expected(50, kind=NEW, changed=True),
    ("weir", "cadria", "preamble"): Expected(since="mill"),
    ("weir", "fishers", "preamble"): Expected(kind=NEW, changed=True),
    # Silent since the words outside the room, placed since the weir.
    ("delta", "arden", "flow"): Expected(50, kind=SILENT, since="aside", placed="weir"),
    ("delta", "belmar", "flow"): Expected(None, 50, None, WITHDRAWN, changed=True),
    # |0 - 50| = 50 becomes 25, and the line falls.
    ("delta", "cadria", "flow"): Expected(25, 0, 25, MOVED, SOFTENED, line=DROPPED, changed=True),
    ("delta", "commission", "flow"): Expected(kind=RESTATED),
    # |0 - 70| = 70 becomes 45, but the line gets limits.
    ("delta", "arden", "data"): Expected(
        25, 0, 25, MOVED, MIXED, line=TIGHTENED, range=(0, 25), changed=True
    ),
    ("delta", "cadria", "data"): Expected(90, kind=SILENT, since="weir", placed="mill", range=(50, 100)),
    # How far a text has come is no preference.
    ("delta", "cadria", "treaty"): Expected(100, 50, 50, MOVED, changed=True),
    ("delta", "arden", "treaty"): Expected(50, since="weir"),
    # The treaty text closed before spring.
    ("spring", "cadria", "treaty"): Expected(),
    ("spring", "arden", "flow"): Expected(50, since="aside", placed="weir"),
    ("spring", "belmar", "flow"): Expected(),
}


@pytest.mark.parametrize(("summit", "actor", "issue"), CELLS)
def test_a_cell_says_what_stands_and_what_changed(
    universe: Universe, summit: str, actor: str, issue: str
) -> None:
    cell = cell_of(matrix(read(universe.process), getattr(universe, summit)), universe, actor, issue)

    assert CELLS[summit, actor, issue] == Expected(
        now=cell.now,
        was=cell.was,
        delta=cell.delta,
        kind=cell.change.kind if cell.change else None,
        direction=next((change.direction for change in cell.changes if change.direction), None),
        since=cell.since.slug if cell.since else None,
        placed=cell.placed_since.slug if cell.placed_since else None,
        line=cell.red_line_change.red_line if cell.red_line_change else None,
        range=cell.red_line.range if cell.red_line else None,
        changed=cell.has_changed,
    )


def test_the_change_that_names_a_cell_is_the_weightiest_of_those_at_the_table_and_beside_it(
    universe: Universe,
) -> None:
    cell = cell_of(matrix(read(universe.process), universe.weir), universe, "arden", "flow")

    assert [change.kind for change in cell.changes] == [MOVED, RESTATED]
    assert cell.change == cell.changes[0]


def test_the_red_line_has_the_summit_that_last_addressed_it(universe: Universe) -> None:
    reading = read(universe.process)

    at_mill = cell_of(matrix(reading, universe.mill), universe, "cadria", "flow")
    at_weir = cell_of(matrix(reading, universe.weir), universe, "cadria", "flow")
    at_delta = cell_of(matrix(reading, universe.delta), universe, "cadria", "flow")

    assert [cell.red_line_since for cell in (at_mill, at_weir, at_delta)] == [
        universe.ford,
        universe.weir,
        None,
    ]


def test_rows_come_in_the_order_of_the_process_parties_marked(universe: Universe) -> None:
    whole = matrix(read(universe.process), universe.weir)

    assert [(row.participation.actor.slug, row.is_party) for row in whole.rows] == [
        ("arden", True),
        ("belmar", True),
        ("cadria", True),
        ("commission", False),
        ("fishers", False),
    ]
    assert [issue.slug for issue in whole.issues] == ["flow", "data", "treaty", "preamble"]


def test_changes_only_leaves_out_actors_that_only_repeated_themselves(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.delta, changed_only=True).rows

    assert [row.participation.actor.slug for row in shown] == ["arden", "belmar", "cadria"]
    assert matrix(read(universe.process), universe.spring, changed_only=True).rows == []


def test_the_matrix_tells_every_change_whatever_rows_are_shown(universe: Universe) -> None:
    whole = matrix(read(universe.process), universe.weir, changed_only=True)

    assert len(whole.changes) == 10


def test_the_words_of_a_cell_are_the_newest_first_each_once(universe: Universe) -> None:
    whole = matrix(read(universe.process), universe.delta)
    add_words(whole.rows)
    silent = cell_of(whole, universe, "arden", "flow")
    restated = cell_of(whole, universe, "commission", "flow")

    assert silent.positions == [
        universe.at("arden", "flow", "delta"),
        universe.at("arden", "flow", "aside"),
        universe.at("arden", "flow", "weir"),
    ]
    assert silent.text == universe.at("arden", "flow", "aside")
    assert restated.positions == [universe.at("commission", "flow", "delta")]
    assert cell_of(whole, universe, "fishers", "flow").text is None


def test_the_words_are_not_there_before_they_are_fetched(universe: Universe) -> None:
    cell = cell_of(matrix(read(universe.process), universe.delta), universe, "arden", "flow")

    assert cell.positions == []
    assert cell.text is None


def test_a_place_seen_again_without_words_keeps_the_sentence_that_stands(universe: Universe) -> None:
    again = universe.at("commission", "flow", "delta")
    past(Position.objects.filter(pk=again.pk)).update(summary="")
    whole = matrix(read(universe.process), universe.delta)
    add_words(whole.rows)
    cell = cell_of(whole, universe, "commission", "flow")

    assert cell.text == again
    assert cell.kept == universe.at("commission", "flow", "weir")
    assert cell_of(whole, universe, "arden", "data").kept is None


def test_no_sentence_of_before_a_withdrawal_is_kept(universe: Universe) -> None:
    past(Position.objects.filter(actor=universe.belmar, issue=universe.flow)).update(summary="")
    whole = matrix(read(universe.process), universe.delta)
    add_words(whole.rows)

    assert cell_of(whole, universe, "belmar", "flow").kept is None
