"""The rail: occasions by date, with names where there is room."""

from datetime import date, timedelta
from itertools import pairwise

from issues.charts.rail import LABEL, rail
from issues.models import Summit


def occasion(pk: int, day: int, **fields: object) -> Summit:
    """An occasion some days after the first, not stored."""
    return Summit(pk=pk, slug=f"s{pk}", starts_on=date(2031, 1, 1) + timedelta(days=day), **fields)


def test_nothing_has_no_rail() -> None:
    assert rail([], occasion(1, 0)) == []


def test_occasions_lie_by_date_from_the_first_to_the_last() -> None:
    ticks = rail([occasion(1, 0), occasion(2, 50), occasion(3, 100)], occasion(3, 100))

    assert [tick.x for tick in ticks] == [4.0, 50.0, 96.0]
    assert [tick.is_current for tick in ticks] == [False, False, True]


def test_a_single_occasion_lies_at_the_end() -> None:
    (tick,) = rail([occasion(1, 0)], occasion(1, 0))

    assert (tick.x, tick.labelled, tick.is_current) == (96.0, True, True)


def test_parallels_are_left_out_unless_they_are_shown() -> None:
    meeting, aside, last = occasion(1, 0), occasion(2, 0, parallel_to_id=1), occasion(3, 10)

    assert [tick.summit.pk for tick in rail([meeting, aside, last], meeting)] == [1, 3]
    assert [tick.summit.pk for tick in rail([meeting, aside, last], aside)] == [1, 2, 3]


def test_labels_keep_their_distance_and_the_current_one_comes_first() -> None:
    drawn = [occasion(n, n) for n in range(101)]

    ticks = rail(drawn, drawn[3])

    labelled = [tick.x for tick in ticks if tick.labelled]
    assert min(after - before for before, after in pairwise(labelled)) >= LABEL
    assert ticks[3].labelled
    assert not ticks[0].labelled
    assert ticks[-1].labelled


def test_only_leaders_meetings_are_named_between_the_ends() -> None:
    drawn = [occasion(1, 0), occasion(2, 30, kind="ministers"), occasion(3, 60), occasion(4, 100)]

    assert [tick.summit.pk for tick in rail(drawn, drawn[-1]) if tick.labelled] == [1, 3, 4]
