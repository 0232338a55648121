"""Two coders' own sheets side by side, once both are finished."""

from typing import Any

import pytest

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import finish, open_sheet
from issues.domain.coder_agreement import Agreement
from issues.models import Sheet
from issues.queries.log_sheet.coder_comparison import compare, finished_sheets
from issues.queries.log_sheet.grid import find_sheet
from issues.tests.beside import aside
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.user import User


def coded(universe: Universe, name: str, *cells: tuple[str, str, str], done: bool = True) -> Sheet:
    """A coder's own sheet with these cells."""
    user = User.objects.filter(username=name).first() or make_user(username=name)
    sheet = open_sheet(summit=universe.spring, by=user, private=True)
    for actor, issue, code in cells:
        save_cell(
            sheet=sheet,
            actor=getattr(universe, actor),
            issue=getattr(universe, issue),
            typed=code,
            version=0,
            by=user,
        )
    return finish(sheet=sheet, by=user) if done else sheet


CELL = ("arden", "flow", "b")


def test_two_finished_sheets_are_compared_oldest_first(universe: Universe) -> None:
    first, second = coded(universe, "zoe", CELL), coded(universe, "abe", CELL)
    assert finished_sheets(universe.spring) == [first, second]
    assert finished_sheets(universe.weir) == []


def test_one_is_not_enough(universe: Universe) -> None:
    coded(universe, "zoe", CELL)
    assert finished_sheets(universe.spring) == []


def test_one_who_is_at_work_holds_up_the_others(universe: Universe) -> None:
    for name in ("zoe", "abe"):
        coded(universe, name, CELL)
    coded(universe, "third", CELL, done=False)
    assert finished_sheets(universe.spring) == []


def test_an_empty_sheet_holds_up_nobody_and_a_finished_empty_one_counts(universe: Universe) -> None:
    for name in ("zoe", "abe"):
        coded(universe, name, CELL)
    coded(universe, "curious", done=False)
    assert len(finished_sheets(universe.spring)) == 2
    coded(universe, "thorough")
    assert len(finished_sheets(universe.spring)) == 3


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("b", "25", True),
        ("c", "r", True),
        ("r", "50!", False),
        ("r", "b", False),
        ("r", "t", False),
        ("b", "b?", True),
        ("b", "b!", False),
        ("b", "c", False),
        ("t", "n", False),
        ("n", "N", True),
    ],
)
def test_coders_agree_on_placement_kind_and_red_line(
    universe: Universe, first: str, second: str, agree: bool
) -> None:
    comparison = compare(
        coded(universe, "zoe", ("arden", "flow", first)),
        coded(universe, "abe", ("arden", "flow", second)),
        find_sheet(universe.spring, None),
    )
    (pair,) = comparison.pairs
    assert pair.agree == agree
    assert comparison.differing == ([] if agree else [pair])


def test_a_cell_that_one_left_out_differs(universe: Universe) -> None:
    comparison = compare(
        coded(universe, "zoe", CELL), coded(universe, "abe"), find_sheet(universe.spring, None)
    )
    (pair,) = comparison.differing
    assert (pair.first is None, pair.second is None, pair.shared) == (False, True, None)
    assert comparison.interval == Agreement(None, 0)


def test_alpha_is_over_what_both_placed(universe: Universe) -> None:
    hers = [("arden", "flow", "a"), ("cadria", "flow", "e"), ("belmar", "flow", "t"), ("arden", "data", "b")]
    his = [("arden", "flow", "a"), ("cadria", "flow", "e"), ("belmar", "flow", "c")]
    comparison = compare(
        coded(universe, "zoe", *hers), coded(universe, "abe", *his), find_sheet(universe.spring, None)
    )
    assert comparison.interval == comparison.ordinal == Agreement(1.0, 2)


def test_the_shared_sheet_stands_beside_and_adds_no_row(
    universe: Universe, django_assert_num_queries: Any
) -> None:
    shared = open_sheet(summit=universe.spring, by=universe.coder)
    for issue in (universe.flow, universe.data):
        save_cell(sheet=shared, actor=universe.arden, issue=issue, typed="c", version=0, by=universe.coder)
    sheets = coded(universe, "zoe", CELL), coded(universe, "abe", CELL)
    with django_assert_num_queries(1):
        comparison = compare(*sheets, shared)
        (pair,) = comparison.pairs
        assert pair.shared is not None
        assert (pair.shared.code, str(pair.actor), str(pair.issue)) == ("c", "Arden", "Summer flow")


def test_the_same_seen_again_where_only_words_stood_is_words(universe: Universe) -> None:
    comparison = compare(
        coded(universe, "zoe", ("commission", "flow", "r")),
        coded(universe, "abe", ("commission", "flow", "t")),
        find_sheet(universe.spring, None),
    )
    assert comparison.differing == []


def test_alpha_reads_what_is_seen_again_where_it_stood(universe: Universe) -> None:
    hers = [("arden", "flow", "r"), ("cadria", "flow", "r"), ("commission", "flow", "r")]
    his = [("arden", "flow", "c"), ("cadria", "flow", "25"), ("commission", "flow", "c")]
    comparison = compare(
        coded(universe, "zoe", *hers), coded(universe, "abe", *his), find_sheet(universe.spring, None)
    )
    assert comparison.interval == Agreement(1.0, 2)
    placed = {pair.actor.slug: pair.placements for pair in comparison.pairs}
    assert placed == {"arden": (50.0, 50.0), "cadria": (25.0, 25.0), "commission": (None, 50.0)}


def test_the_same_seen_again_looks_at_what_was_said_in_parallel(universe: Universe) -> None:
    aside(universe, "eve", 0, 75.0)
    comparison = compare(
        coded(universe, "zoe", ("arden", "flow", "r")),
        coded(universe, "abe", ("arden", "flow", "75")),
        find_sheet(universe.spring, None),
    )
    (pair,) = comparison.pairs
    assert (pair.agree, pair.placements) == (True, (75.0, 75.0))
