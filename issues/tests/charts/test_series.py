"""Figures over time: steps that hold to the end, bands where there is one, gaps where there is nothing."""

from datetime import date
from itertools import pairwise

from issues.charts.frame import APART
from issues.charts.series import BREAK, FRAME, LINE_HEIGHT, Point, series

FIRST, MIDDLE, LAST = date(2031, 1, 1), date(2031, 1, 6), date(2031, 1, 11)
LEFT, RIGHT, TOP, BOTTOM = FRAME.left, FRAME.right, FRAME.top, FRAME.bottom
HALF = (LEFT + RIGHT) / 2


def test_a_value_holds_until_the_next_and_the_last_to_the_end() -> None:
    drawn = series([Point(FIRST, "a", 100.0), Point(MIDDLE, "b", 0.0)], LAST)

    assert drawn is not None
    assert drawn.path == f"M{LEFT} {TOP}H{HALF}V{BOTTOM}H{RIGHT:g}"
    assert drawn.dots == [(LEFT, TOP, "a: 100"), (HALF, BOTTOM, "b: 0")]
    assert drawn.final == (0.0, BOTTOM)


def test_where_there_is_no_value_the_line_has_a_gap() -> None:
    drawn = series([Point(FIRST, "a", 50.0), Point(MIDDLE, "b", None), Point(LAST, "c", 50.0)], LAST)

    assert drawn is not None
    assert drawn.path.count("M") == 2
    assert len(drawn.dots) == 2


def test_a_band_spans_the_time_over_which_it_was_open() -> None:
    drawn = series([Point(FIRST, "a", None, (0.0, 50.0)), Point(MIDDLE, "b", None)], LAST)

    assert drawn is not None
    (band,) = drawn.bands
    assert (band.x, band.y, band.x + band.width, band.y + band.height) == (
        LEFT,
        (TOP + BOTTOM) / 2,
        HALF,
        BOTTOM,
    )


def test_a_zone_of_one_point_is_still_seen() -> None:
    drawn = series([Point(FIRST, "a", None, (50.0, 50.0))], LAST)

    assert drawn is not None
    assert drawn.bands[0].height > 0


def test_nothing_to_draw_is_no_picture() -> None:
    assert series([Point(FIRST, "a", None)], LAST) is None


def test_all_on_one_day_is_a_point_at_the_beginning() -> None:
    drawn = series([Point(FIRST, "a", 10.0)], FIRST)

    assert drawn is not None
    assert [x for x, _, _ in drawn.dots] == [LEFT]


def test_a_break_is_seen_even_where_the_value_stays() -> None:
    drawn = series([Point(FIRST, "a", 50.0), Point(MIDDLE, "b", 50.0, breaks=True)], LAST)

    assert drawn is not None
    middle = FRAME.y(50)
    assert drawn.path == f"M{LEFT} {middle}H{HALF - BREAK}M{HALF} {middle}H{RIGHT:g}"


def test_a_break_on_the_day_of_the_step_before_goes_no_way_back() -> None:
    drawn = series([Point(FIRST, "a", 50.0), Point(FIRST, "b", 0.0, breaks=True)], LAST)

    assert drawn is not None
    assert drawn.path == f"M{LEFT} {FRAME.y(50)}H{LEFT}M{LEFT} {BOTTOM}H{RIGHT:g}"


def test_a_second_line_has_its_own_marks_and_a_figure_that_can_be_read_beside_the_first() -> None:
    first = [Point(FIRST, "a", 100.0), Point(MIDDLE, "b", 50.0)]
    second = [Point(FIRST, "a", 0.0), Point(MIDDLE, "b", 50.0)]

    drawn = series(first, LAST, second)

    assert drawn is not None
    assert drawn.second is not None
    assert drawn.second.path == f"M{LEFT} {BOTTOM}H{HALF}V{FRAME.y(50)}H{RIGHT:g}"
    assert [name for _, _, name in drawn.second.squares] == ["a: 0", "b: 50"]
    assert drawn.final == (50.0, FRAME.y(50))
    assert drawn.second.final == (50.0, FRAME.y(50) - LINE_HEIGHT)


def test_figures_at_the_top_of_the_box_stand_below_each_other() -> None:
    drawn = series([Point(FIRST, "a", 100.0)], LAST, [Point(FIRST, "a", 99.0)])

    assert drawn is not None
    assert drawn.second is not None
    assert drawn.second.final == (99.0, TOP + LINE_HEIGHT)


def test_without_figures_there_is_no_second_line() -> None:
    drawn = series([Point(FIRST, "a", 100.0)], LAST, [Point(FIRST, "a", None)])

    assert drawn is not None
    assert drawn.second is None


def test_crowded_points_lie_apart_and_the_line_beneath_is_broken_there() -> None:
    days = [date(2001, 1, 1), *(date(2030, 12, day) for day in (1, 2, 2, 4))]
    drawn = series([Point(day, "", 50.0) for day in days], LAST, [Point(day, "", 55.0) for day in days])

    assert drawn is not None
    places = [x for x, _, _ in drawn.dots]
    assert min(after - before for before, after in pairwise(places)) >= APART - 0.11
    assert drawn.gaps.count("M") == 3
    assert str(places[1]) in drawn.gaps


def test_points_of_different_heights_stand_by_their_dates() -> None:
    drawn = series([Point(FIRST, "a", 0.0), Point(FIRST, "b", 50.0), Point(MIDDLE, "c", 100.0)], LAST)

    assert drawn is not None
    assert [x for x, _, _ in drawn.dots] == [LEFT, LEFT, HALF]
    assert drawn.gaps == ""
