"""The matrix as of one summit beside another: which standings differ, and in what."""

from issues.models import Position
from issues.queries.pages.matrix import Matrix, matrix
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.process import read
from issues.tests.past import past
from issues.tests.universe import Universe


def differing(shown: Matrix) -> set[tuple[str, str]]:
    """The slugs of the actors and issues of the cells that changed."""
    return {
        (cell.actor.slug, cell.issue.slug) for row in shown.rows for cell in row.cells if cell.has_changed
    }


def cell_of(shown: Matrix, actor: str, issue: str) -> MatrixCell:
    """The cell of an actor on an issue."""
    return next(
        cell
        for row in shown.rows
        for cell in row.cells
        if (cell.actor.slug, cell.issue.slug) == (actor, issue)
    )


def test_cells_that_stand_elsewhere_than_at_the_other_summit_changed(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.delta, against=universe.ford)

    assert differing(shown) == {
        ("arden", "flow"),
        ("belmar", "flow"),
        ("cadria", "flow"),
        ("arden", "data"),
        ("belmar", "data"),
        ("cadria", "data"),
        ("commission", "data"),
        ("arden", "treaty"),
        ("cadria", "treaty"),
        ("commission", "treaty"),
    }


def test_a_difference_spans_all_the_moves_between(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.delta, against=universe.ford)
    arden = cell_of(shown, "arden", "flow")
    data = cell_of(shown, "arden", "data")

    assert (arden.now, arden.was, arden.delta) == (50, 75, -25)
    assert (data.now, data.was, data.delta) == (25, 10, 15)


def test_the_difference_says_which_part_differs(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.delta, against=universe.weir)
    belmar, cadria, arden = (
        cell_of(shown, actor, issue).compared
        for actor, issue in (("belmar", "flow"), ("cadria", "flow"), ("arden", "data"))
    )

    assert belmar is not None
    assert (belmar.placement, belmar.red_line, belmar.withdrawal) == (True, False, True)
    assert cadria is not None
    assert (cadria.placement, cadria.red_line, cadria.withdrawal) == (True, True, False)
    assert arden is not None
    assert (arden.placement, arden.red_line, arden.withdrawal) == (True, True, False)


def test_other_words_alone_are_no_difference(universe: Universe) -> None:
    cell = cell_of(matrix(read(universe.process), universe.mill, against=universe.ford), "belmar", "flow")

    assert cell.compared is not None
    assert cell.compared.restated_only
    assert not cell.has_changed
    assert (cell.now, cell.was, cell.delta) == (25, None, None)


def test_a_cell_without_any_difference_has_none(universe: Universe) -> None:
    cell = cell_of(matrix(read(universe.process), universe.delta, against=universe.weir), "belmar", "data")

    assert cell.is_compared
    assert cell.compared is None
    assert not cell.has_changed
    assert cell.was is None


def test_a_later_summit_can_be_the_other(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.mill, against=universe.delta)

    assert cell_of(shown, "arden", "flow").was == 50
    assert cell_of(shown, "belmar", "flow").was is None
    assert cell_of(shown, "belmar", "flow").has_changed


def test_changes_only_goes_by_the_comparison(universe: Universe) -> None:
    shown = matrix(read(universe.process), universe.mill, against=universe.ford, changed_only=True)

    assert [row.participation.actor.slug for row in shown.rows] == ["arden", "belmar", "cadria", "commission"]
    against_itself = matrix(read(universe.process), universe.mill, against=universe.mill, changed_only=True)
    assert against_itself.rows == []


def test_an_issue_that_closed_between_leaves_nothing_standing(universe: Universe) -> None:
    cell = cell_of(
        matrix(read(universe.process), universe.spring, against=universe.delta), "cadria", "treaty"
    )

    assert (cell.now, cell.was, cell.has_changed) == (None, 100, True)


def test_the_same_number_under_another_option_is_no_move(universe: Universe) -> None:
    half = universe.at("belmar", "flow", "weir")
    past(Position.objects.filter(pk=half.pk)).update(option=universe.flow.options.get(value=25.0), value=50.0)

    shown = matrix(read(universe.process), universe.delta, against=universe.weir)

    assert cell_of(shown, "belmar", "flow").was == 50
