"""Figures over time: steps that hold to the end, bands where there is one, gaps where there is nothing."""

from datetime import date

from issues.charts.series import FRAME, Point, series

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
