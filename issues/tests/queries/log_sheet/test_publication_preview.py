"""What publishing would record: each cell as the change that it makes."""

from typing import Any

import pytest

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.domain.change import ChangeKind
from issues.domain.redline import RedLineChange
from issues.models import Position, Sheet, Summit
from issues.queries.log_sheet.grid import squares
from issues.queries.log_sheet.publication_preview import Item, PublicationPreview, publication_preview
from issues.queries.log_sheet.published_state import published_state
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.acts import remove
from issues.tests.universe import Universe


@pytest.fixture
def sheet(universe: Universe) -> Sheet:
    return open_sheet(summit=universe.spring, by=universe.coder)


def typed(universe: Universe, summit: Summit, actor: str, issue: str, code: str, **details: Any) -> Item:
    """The item that a cell becomes."""
    sheet = open_sheet(summit=summit, by=universe.coder)
    save_cell(
        sheet=sheet,
        actor=getattr(universe, actor),
        issue=getattr(universe, issue),
        typed=code,
        version=0,
        by=universe.coder,
        details=details,
    )
    (item,) = of(universe, sheet).items
    return item


def of(universe: Universe, sheet: Sheet) -> PublicationPreview:
    return publication_preview(squares(read(universe.process), sheet), published_state(sheet))


@pytest.mark.parametrize(
    ("actor", "issue", "code", "kind", "placement", "delta"),
    [
        ("arden", "flow", "d", ChangeKind.MOVED, 75.0, 25.0),
        ("arden", "flow", "a", ChangeKind.MOVED, 0.0, -50.0),
        ("arden", "flow", "c", ChangeKind.REAFFIRMED, 50.0, None),
        ("arden", "flow", "r", ChangeKind.REAFFIRMED, 50.0, None),
        ("arden", "flow", "+5", ChangeKind.MOVED, 55.0, 5.0),
        ("arden", "flow", "t", ChangeKind.RESTATED, None, None),
        ("arden", "flow", "w", ChangeKind.WITHDRAWN, None, None),
        ("arden", "flow", "n", ChangeKind.SILENT, None, None),
        ("arden", "preamble", "t", ChangeKind.NEW, None, None),
        ("belmar", "flow", "b", ChangeKind.NEW, 25.0, None),
        ("commission", "flow", "b", ChangeKind.PLACED, 25.0, None),
        ("commission", "flow", "r", ChangeKind.RESTATED, None, None),
    ],
)
def test_a_cell_is_the_change_that_it_makes(
    universe: Universe,
    actor: str,
    issue: str,
    code: str,
    kind: ChangeKind,
    placement: float | None,
    delta: float | None,
) -> None:
    item = typed(universe, universe.spring, actor, issue, code)
    assert (item.kind, item.placement, item.delta) == (kind, placement, delta)
    assert not item.is_correction


@pytest.mark.parametrize(
    ("actor", "issue", "code", "details", "change"),
    [
        ("arden", "flow", "c!", {"accepts_to": 60.0}, RedLineChange.DRAWN),
        ("arden", "data", "b!", {"accepts_to": 10.0}, RedLineChange.TIGHTENED),
        ("arden", "data", "b!", {"accepts_to": 40.0}, RedLineChange.LOOSENED),
        ("arden", "data", "b!", {"accepts_from": 50.0}, RedLineChange.REDRAWN),
        ("arden", "data", "r!", {"accepts_to": 25.0}, RedLineChange.UNCHANGED),
        ("arden", "data", "r/", {}, RedLineChange.DROPPED),
        ("arden", "data", "r", {}, RedLineChange.NOT_ADDRESSED),
    ],
)
def test_a_red_line_is_told_against_the_standing_one(
    universe: Universe, actor: str, issue: str, code: str, details: dict[str, float], change: RedLineChange
) -> None:
    assert typed(universe, universe.spring, actor, issue, code, **details).red_line == change


def test_a_move_of_more_than_25_is_long(universe: Universe) -> None:
    assert not typed(universe, universe.spring, "arden", "flow", "75").is_long
    assert typed(universe, universe.weir, "arden", "flow", "75").is_long is False


@pytest.mark.parametrize(
    ("code", "is_long"), [("75", False), ("75.5", True), ("24", True), ("25", False), ("r", False)]
)
def test_only_more_than_25_is_long(universe: Universe, code: str, is_long: bool) -> None:
    assert typed(universe, universe.spring, "arden", "flow", code).is_long == is_long


@pytest.mark.parametrize(
    ("code", "details", "lacks"),
    [
        ("b", {}, True),
        ("r", {}, True),
        ("t", {}, True),
        ("n", {}, False),
        ("w", {}, False),
        ("b", {"basis": "inferred", "note": "A smile."}, False),
    ],
)
def test_a_statement_needs_a_source(
    universe: Universe, code: str, details: dict[str, str], lacks: bool
) -> None:
    item = typed(universe, universe.spring, "cadria", "flow", code, **details)
    assert item.lacks_source == lacks


def test_a_cells_own_source_comes_before_its_rows(universe: Universe, sheet: Sheet) -> None:
    record, gazette = universe.sources["record"], universe.sources["gazette"]
    set_source(sheet=sheet, actor=universe.cadria, source=record, by=universe.coder)
    assert typed(universe, universe.spring, "cadria", "flow", "b", source=gazette).source == gazette
    save_cell(
        sheet=sheet,
        actor=universe.cadria,
        issue=universe.data,
        typed="b",
        version=0,
        by=universe.coder,
    )
    assert {item.source for item in of(universe, sheet).items} == {record, gazette}
    assert of(universe, sheet).without_source == []


def test_a_reaffirmation_without_a_locator_is_marked(universe: Universe) -> None:
    assert typed(universe, universe.spring, "arden", "flow", "r").lacks_locator
    assert not typed(universe, universe.weir, "arden", "data", "w", locator="p. 1").lacks_locator


def test_what_is_recorded_at_the_summit_already_is_corrected(universe: Universe) -> None:
    item = typed(universe, universe.weir, "arden", "flow", "e")
    assert item.is_correction
    preview = of(universe, open_sheet(summit=universe.weir, by=universe.coder))
    assert [title for title, _ in preview.groups] == ["Corrections of what is recorded"]


def test_the_unlogged_are_the_open_squares_of_the_watched(universe: Universe, sheet: Sheet) -> None:
    for actor, code in ((universe.arden, "n"), (universe.fishers, "t")):
        save_cell(sheet=sheet, actor=actor, issue=universe.preamble, typed=code, version=0, by=universe.coder)
    preview = of(universe, sheet)
    missing = {line.actor.slug: [square.issue.slug for square in open_] for line, open_ in preview.unlogged}
    everything = ["flow", "data", "preamble"]
    assert missing == {
        "arden": ["flow", "data"],
        "belmar": everything,
        "cadria": everything,
        "commission": everything,
    }


def test_headings_without_items_are_left_out(universe: Universe, sheet: Sheet) -> None:
    assert of(universe, sheet).groups == []


def test_it_asks_nothing_beside_the_grid_and_the_record(
    universe: Universe, sheet: Sheet, django_assert_num_queries: Any
) -> None:
    for issue in (universe.flow, universe.data):
        save_cell(sheet=sheet, actor=universe.arden, issue=issue, typed="a!", version=0, by=universe.coder)
    grid = squares(read(universe.process), sheet)
    with django_assert_num_queries(4):
        record = published_state(sheet)
    with django_assert_num_queries(0):
        preview = publication_preview(grid, record)
        assert preview.groups
        assert preview.without_source


# A sheet that was published and is open again.


@pytest.fixture
def desk(universe: Universe) -> Desk:
    """Two cells and a silence, published, and the sheet open again."""
    desk = at_desk(universe)
    desk.row("arden", "record", flow="b", data="r")
    desk.row("cadria", "cadria-press", flow="n")
    desk.publish()
    desk.reopen()
    return desk


def told(desk: Desk) -> dict[tuple[str, str], tuple[bool, list[str]]]:
    """The corrections that are listed: whether the placement differs, and what else."""
    items = of(desk.universe, desk.sheet).items
    assert all(item.is_correction for item in items)
    return {
        (item.square.actor.slug, item.square.issue.slug): (item.replaces_placement, item.corrected)
        for item in items
    }


def test_what_was_published_and_not_touched_since_is_no_correction(desk: Desk) -> None:
    assert told(desk) == {}


def test_what_was_typed_over_and_says_the_same_is_no_correction(desk: Desk) -> None:
    desk.write("arden", "flow", "c")
    desk.write("arden", "flow", "b")
    desk.write("arden", "data", "25")

    assert told(desk) == {}  # the same placement, seen again or typed as a number


def test_a_correction_says_what_it_corrects(desk: Desk) -> None:
    desk.write("arden", "flow", "d!?", accepts_to=80.0, summary="Most.")

    assert told(desk) == {
        ("arden", "flow"): (True, ["summary", "red line", "accepts to", "confidence"]),
    }


def test_another_source_of_the_row_corrects_the_evidence_of_its_statements(desk: Desk) -> None:
    desk.serve("arden", "gazette")
    desk.serve("cadria", "gazette")

    assert told(desk) == {("arden", "flow"): (False, ["evidence"]), ("arden", "data"): (False, ["evidence"])}


def test_an_emptied_cell_removes_what_the_sheet_had_recorded(desk: Desk) -> None:
    desk.write("arden", "flow", "")

    preview = of(desk.universe, desk.sheet)

    assert (preview.items, preview.left) == ([], [])
    assert [square.position for square in preview.removed] == [desk.position("arden", "flow")]


def test_an_emptied_cell_leaves_what_others_had_recorded(universe: Universe) -> None:
    desk = at_desk(universe, "weir")
    desk.row("arden", "record", flow="e")
    desk.publish()
    desk.reopen()
    desk.write("arden", "flow", "")

    preview = of(universe, desk.sheet)

    assert (preview.items, preview.removed) == ([], [])
    assert [square.position for square in preview.left] == [desk.position("arden", "flow")]


def test_what_the_preview_lists_is_what_publishing_writes(desk: Desk) -> None:
    desk.write("arden", "flow", "d")
    desk.write("arden", "data", "")
    desk.write("cadria", "preamble", "n")
    preview = of(desk.universe, desk.sheet)
    listed = {item.square.position.pk if item.square.position else 0 for item in preview.items}
    listed |= {square.position.pk for square in preview.removed if square.position}

    published = desk.publish()

    written = {row.id: row.history_type for row in Position.history.filter(change_set=published)}
    assert sorted(written.values()) == ["+", "-", "~"]
    assert {0 if kind == "+" else pk for pk, kind in written.items()} == listed


def test_a_reaffirmation_of_what_stands_no_more_stands_in_the_way(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("commission", "record", data="r")
    remove(universe.at("commission", "data", "mill"), by=desk.by, reason="Never said.")

    (item,) = of(universe, desk.sheet).without_ground

    assert str(item.cell) == "Commission on Data sharing"
