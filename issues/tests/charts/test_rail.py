"""The rail: occasions by date, none on another, with names where there is room."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from issues.charts.rail import LABEL, MARGIN, STOP, TICK, Rail, rail
from issues.models import Summit


def occasion(pk: int, day: int, **fields: object) -> Summit:
    """An occasion some days after the first, not stored; leaders met unless it is said otherwise."""
    fields = {"kind": "leaders", **fields}
    return Summit(pk=pk, slug=f"s{pk}", starts_on=date(2031, 1, 1) + timedelta(days=day), **fields)


def every_mark(drawn: Rail) -> list[int]:
    """The places of stops and ticks, in order."""
    marks = []
    for stop in drawn.stops:
        marks += [stop.begin + tick for tick in stop.ticks]
        marks.append(stop.x)
    return marks


def test_nothing_has_no_rail() -> None:
    assert rail([], occasion(1, 0)).stops == []


def test_occasions_lie_by_date_from_the_first_to_the_last() -> None:
    drawn = rail([occasion(1, 0), occasion(2, 25), occasion(3, 100)], occasion(3, 100))

    assert [stop.x - MARGIN for stop in drawn.stops] == [0, 50, 200]
    assert [stop.is_current for stop in drawn.stops] == [False, False, True]
    assert drawn.is_to_scale


def test_a_single_occasion_lies_at_the_end() -> None:
    drawn = rail([occasion(1, 0)], occasion(1, 0))

    (stop,) = drawn.stops
    assert (stop.x, stop.labelled, stop.is_current) == (drawn.width - MARGIN, True, True)


@pytest.mark.parametrize(
    "days",
    [
        [0, 0],
        [0, 0, 1, 1, 1, 2, 2],
        [*range(0, 11_000, 1_000), 10_001, 10_001, 10_002, 11_000],
        [day * day % 10_957 for day in range(60)],
    ],
    ids=["two on a day", "three days", "a crowded week in thirty years", "sixty in thirty years"],
)
def test_no_stop_lies_on_another_and_what_is_opened_is_marked(days: list[int]) -> None:
    summits = [occasion(pk, day) for pk, day in enumerate(sorted(days))]
    drawn = rail(summits, summits[0])

    assert min(stop.gap for stop in drawn.stops[1:]) >= 2 * STOP
    assert not drawn.is_to_scale
    for stop in drawn.stops[1:]:
        assert sum(width for _, width in [*stop.opened, *stop.plain]) == stop.gap
    same = [
        stop for before, stop in pairwise(drawn.stops) if before.summit.starts_on == stop.summit.starts_on
    ]
    assert all(stop.opened == [(0, stop.gap)] for stop in same)


def test_statements_between_meetings_have_room_too() -> None:
    statements = [occasion(pk, 50 + pk // 3, kind="statement") for pk in range(10)]
    summits = [occasion(97, 0), occasion(98, 50), *statements, occasion(99, 54), occasion(100, 400)]
    drawn = rail(summits, summits[0])

    assert [stop.summit.pk for stop in drawn.stops] == [97, 98, 99, 100]
    assert drawn.summits == summits
    gaps = [after - before for before, after in pairwise(every_mark(drawn))]
    assert gaps[1:-1] == [STOP + TICK, *[2 * TICK] * 9, STOP + TICK]
    assert drawn.stops[2].opened == [(0, drawn.stops[2].gap)]
    assert drawn.stops[3].plain == [(0, drawn.stops[3].gap)]


def test_parallels_are_left_out_unless_they_are_shown() -> None:
    meeting, aside, last = occasion(1, 0), occasion(2, 0, parallel_to_id=1), occasion(3, 10)

    assert [stop.summit.pk for stop in rail([meeting, aside, last], meeting).stops] == [1, 3]
    assert [stop.summit.pk for stop in rail([meeting, aside, last], aside).stops] == [1, 2, 3]


def test_labels_keep_their_distance_and_the_current_one_comes_first() -> None:
    summits = [occasion(n, n) for n in range(101)]

    stops = rail(summits, summits[3]).stops

    labelled = [stop.x for stop in stops if stop.labelled]
    assert min(after - before for before, after in pairwise(labelled)) >= LABEL
    assert stops[3].labelled
    assert not stops[0].labelled
    assert stops[-1].labelled


def test_only_leaders_meetings_are_named_between_the_ends() -> None:
    ministers = [occasion(pk, 10 * pk, kind="ministers") for pk in range(20)]
    summits = [*ministers, occasion(30, 600), occasion(31, 1_000, kind="ministers")]

    assert [stop.summit.pk for stop in rail(summits, summits[-1]).stops if stop.labelled] == [0, 30, 31]
