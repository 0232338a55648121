"""The figures of the sentence that opens a summit."""

import pytest

from issues.models import Participation
from issues.queries.pages.headline import Headline, headline
from issues.queries.reading.process import read
from issues.tests.past import past
from issues.tests.universe import Universe


def told(universe: Universe, summit: str) -> Headline:
    """The headline of a summit."""
    reading, at = read(universe.process), getattr(universe, summit)
    return headline(reading, reading.as_of(at), at)


@pytest.mark.parametrize(
    ("summit", "stated", "moved"),
    [("ford", 7, 0), ("mill", 9, 2), ("weir", 10, 2), ("aside", 2, 0), ("delta", 5, 3)],
)
def test_stated_and_moved_positions_are_counted(
    universe: Universe, summit: str, stated: int, moved: int
) -> None:
    found = told(universe, summit)

    assert (found.stated, found.moved, found.uncertain) == (stated, moved, 0)


def test_nothing_is_counted_where_nothing_was_said(universe: Universe) -> None:
    assert told(universe, "spring") == Headline(stated=0, moved=0, movers=[], uncertain=0, gaps=[], lines=[])


def test_a_red_line_is_told_with_its_actor_and_issues(universe: Universe) -> None:
    (line,) = told(universe, "ford").lines

    assert (line.actor, line.issues) == (universe.cadria, [universe.flow])
    assert (line.derived, line.outside) == (False, False)


def test_a_derived_line_and_one_from_outside_the_room_are_told_as_such(universe: Universe) -> None:
    cadria, arden = told(universe, "weir").lines

    assert (cadria.actor, cadria.issues, cadria.derived, cadria.outside) == (
        universe.cadria,
        [universe.data],
        True,
        False,
    )
    assert (arden.actor, arden.issues, arden.derived, arden.outside) == (
        universe.arden,
        [universe.data],
        False,
        True,
    )


def test_a_line_that_is_only_tightened_or_dropped_was_not_drawn_here(universe: Universe) -> None:
    assert told(universe, "delta").lines == []


def test_a_statement_on_its_own_page_is_not_outside_of_itself(universe: Universe) -> None:
    assert [line.outside for line in told(universe, "aside").lines] == [False]


def test_an_actor_that_takes_no_part_any_more_is_left_out(universe: Universe) -> None:
    past(Participation.objects.filter(actor=universe.cadria))._raw_delete("default")

    assert told(universe, "ford").lines == []
