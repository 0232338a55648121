"""Spacing by date: order, least widths and ends are kept, and one scale holds wherever nothing is crowded."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.spacing import spaced

FIRST = date(1994, 5, 9)
LENGTH = 1000.0

DAYS = st.lists(st.integers(0, 11_000), min_size=2, max_size=60).map(
    lambda days: [FIRST + timedelta(days=day) for day in sorted(days)]
)
LEAST = st.floats(0.5, 40.0)


def widths(places: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(places)]


@given(DAYS, LEAST)
def test_order_and_both_ends_are_kept(days: list[date], least: float) -> None:
    places = spaced(days, [least] * (len(days) - 1), LENGTH).places

    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, LENGTH)


@given(DAYS, LEAST)
def test_no_two_are_nearer_than_the_least_width_or_than_all_can_have(days: list[date], least: float) -> None:
    places = spaced(days, [least] * (len(days) - 1), LENGTH).places

    assert min(widths(places)) >= min(least, LENGTH / (len(days) - 1)) - 1e-6


@given(DAYS, LEAST)
def test_days_that_are_nowhere_crowded_stand_by_their_dates(days: list[date], least: float) -> None:
    span = (days[-1] - days[0]).days
    by_date = [LENGTH * (day - days[0]).days / span if span else 0.0 for day in days]
    found = spaced(days, [least] * (len(days) - 1), LENGTH)

    if min(widths(by_date)) > least:
        assert found.places == pytest.approx(by_date)
        assert found.is_to_scale
    elif min(widths(by_date)) < least:
        assert not found.is_to_scale


@given(DAYS, LEAST)
def test_what_is_not_said_to_be_opened_shares_one_scale(days: list[date], least: float) -> None:
    found = spaced(days, [least] * (len(days) - 1), LENGTH)
    scales = [
        width / (after - before).days
        for width, is_open, (before, after) in zip(
            widths(found.places), found.opened, pairwise(days), strict=True
        )
        if not is_open
    ]

    assert scales == pytest.approx(scales[:1] * len(scales))


@given(DAYS)
def test_each_stretch_may_ask_for_a_width_of_its_own(days: list[date]) -> None:
    least = [2.0 + place % 3 for place in range(len(days) - 1)]
    found = widths(spaced(days, least, LENGTH).places)

    assert all(width >= low - 1e-6 for width, low in zip(found, least, strict=True))


def test_meetings_of_one_day_share_the_line_alike() -> None:
    found = spaced([FIRST] * 5, [24.0] * 4, 200.0)

    assert (found.places, found.opened) == ([0.0, 50.0, 100.0, 150.0, 200.0], [True] * 4)


def test_a_single_day_stands_at_the_end_and_no_day_nowhere() -> None:
    assert spaced([FIRST], [], 200.0).places == [200.0]
    assert spaced([], [], 200.0).places == []


def test_what_needs_no_room_is_not_opened() -> None:
    later = FIRST + timedelta(days=10)
    found = spaced([FIRST, FIRST, later, later], [0.0, 5.0, 0.0], 200.0)

    assert (found.places, found.is_to_scale) == ([0.0, 0.0, 200.0, 200.0], True)
    assert spaced([FIRST, FIRST], [0.0], 200.0).places == [0.0, 200.0]
