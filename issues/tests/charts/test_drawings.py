"""Sparks, ladders and step charts: where the ink lies."""

import pytest

from issues.charts.frame import APART
from issues.charts.ladder import NARROW, WIDE, Canvas, Ladder, ladder
from issues.charts.spark import spark
from issues.charts.steps import FRAME, Steps, steps
from issues.models import Issue, Option, Position
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.issue_timeline import timeline
from issues.queries.reading.process import Reading, read
from issues.queries.reading.words import with_words
from issues.tests.past import past
from issues.tests.universe import Universe


def drawn(universe: Universe, issue: str, summit: str, canvas: Canvas = WIDE) -> Ladder:
    """The ladder of an issue as of a summit."""
    on = Issue.objects.get(pk=getattr(universe, issue).pk)
    return ladder(timeline(read(universe.process), on, getattr(universe, summit)), canvas)


def stepped(universe: Universe, issue: str, summit: str) -> Steps | None:
    """The step charts of an issue as of a summit."""
    return steps(timeline(read(universe.process), getattr(universe, issue), getattr(universe, summit)))


def spark_of(universe: Universe, actor: str, issue: str, summit: str) -> str:
    """The small line of an actor on an issue."""
    reading: Reading = read(universe.process)
    changes = reading.as_of(getattr(universe, summit)).history(
        getattr(universe, actor).pk, getattr(universe, issue).pk
    )
    return spark(changes, reading)


def test_a_spark_is_a_step_a_move_and_goes_on_to_the_edge(universe: Universe) -> None:
    path = spark_of(universe, "arden", "flow", "weir")

    assert path.startswith("M0.0 10.5H")
    assert path.count("V") == 3
    assert path.endswith("V18.0H160")


def test_a_spark_ends_where_a_position_is_withdrawn(universe: Universe) -> None:
    withdrawn = spark_of(universe, "belmar", "flow", "delta")

    assert not withdrawn.endswith("H160")
    assert withdrawn.endswith("H120.2")


def test_a_spark_starts_where_the_actor_is_placed_and_is_empty_before(universe: Universe) -> None:
    assert spark_of(universe, "belmar", "data", "mill").startswith("M40.2 18.0")
    assert spark_of(universe, "commission", "flow", "delta") == ""


def test_chips_lie_on_the_scale_and_carry_the_names_of_all_who_stand_there(universe: Universe) -> None:
    picture = drawn(universe, "flow", "weir")

    assert [(chip.value, chip.names) for chip in picture.chips] == [
        (0.0, ["Cadria"]),
        (50.0, ["Arden", "Belmar"]),
    ]
    assert [chip.x for chip in picture.chips] == [WIDE.x(0), WIDE.x(50)]
    (_, first), (_, second) = picture.chips[1].tops
    assert first < second < picture.axis


def test_names_that_would_run_into_each_other_are_lifted(universe: Universe) -> None:
    past(type(universe.cadria).objects).update(name="A very long name of a very old state", short_name="")
    past(Position.objects.filter(pk=universe.at("cadria", "flow", "ford").pk)).update(value=49.0)

    left, right = drawn(universe, "flow", "weir").chips

    assert right.name_y < left.top
    assert right.top >= 0


def test_on_a_phone_names_at_an_end_are_flush_with_their_chip_and_options_are_letters(
    universe: Universe,
) -> None:
    past(type(universe.cadria).objects).update(name="A very long name of an old state", short_name="")

    picture = drawn(universe, "flow", "weir", NARROW)
    past(Position.objects.filter(pk=universe.at("cadria", "flow", "ford").pk)).update(value=100.0)
    moved = drawn(universe, "flow", "weir", NARROW)

    cadria, half = picture.chips
    assert (cadria.anchor, cadria.name_x, half.anchor, half.name_x) == ("start", 6.0, "middle", 165.0)
    assert half.name_y < cadria.top
    half, cadria = moved.chips
    assert (half.anchor, half.name_x, cadria.anchor, cadria.name_x) == ("middle", 165.0, "end", 324.0)
    assert cadria.name_y < half.top
    for chip in (*picture.chips, *moved.chips):
        assert chip.begin >= 0
        assert chip.end <= NARROW.width
    assert [mark.lines for mark in picture.marks] == [[], [], [], [], []]
    assert picture.zone_label is not None
    assert picture.zone_label[0] >= 0


def test_an_empty_ladder_has_its_options_and_no_chips(universe: Universe) -> None:
    picture = drawn(universe, "treaty", "ford")

    assert picture.chips == []
    assert picture.zone is None
    assert [mark.letter for mark in picture.marks] == ["a", "b", "c"]
    assert picture.height > picture.axis


def test_the_zone_is_a_span_on_the_line_and_never_thinner_than_a_hair(universe: Universe) -> None:
    assert drawn(universe, "flow", "weir").zone == (WIDE.x(0), WIDE.x(25) - WIDE.x(0))
    past(Position.objects.filter(pk=universe.at("cadria", "flow", "weir").pk)).update(accepts_to=0.0)

    assert drawn(universe, "flow", "weir").zone == (WIDE.x(0), 3)


def test_crowded_options_show_their_letters_alone(universe: Universe) -> None:
    past(Option.objects).bulk_create(
        [Option(issue=universe.treaty, value=value, label="a step") for value in (50.5, 51.0, 51.5)]
    )

    marks = drawn(universe, "treaty", "weir").marks

    assert [bool(mark.lines) for mark in marks] == [True, False, False, False, False, True]
    assert [mark.letter for mark in marks] == list("abcdef")


def test_a_long_label_is_broken_and_shortened(universe: Universe) -> None:
    past(Option.objects.filter(issue=universe.treaty, value=50.0)).update(label="word " * 40)

    lines = drawn(universe, "treaty", "weir").marks[1].lines

    assert 2 <= len(lines) <= 5
    assert lines[-1][0].endswith("…")
    heights = [height for _, height in lines]
    assert heights == sorted(set(heights))


def test_a_chart_is_solid_while_stated_and_dashed_to_the_edge(universe: Universe) -> None:
    picture = stepped(universe, "flow", "weir")

    assert picture is not None
    arden = picture.charts[0]
    assert arden.solid.startswith(f"M{FRAME.left} {FRAME.y(75)}H")
    assert f"V{FRAME.y(50)}" in arden.solid
    assert arden.carried.endswith(f"{FRAME.y(50)}H{FRAME.right}")
    assert len(picture.grey) == 3
    assert arden.last == (50, FRAME.y(50))


def test_a_withdrawn_actor_has_no_end_of_its_line(universe: Universe) -> None:
    picture = stepped(universe, "flow", "delta")

    assert picture is not None
    belmar = next(chart for chart in picture.charts if chart.actor == universe.belmar)
    assert (belmar.last, belmar.carried) == (None, "")


def test_words_without_a_number_are_dots_below_the_scale(universe: Universe) -> None:
    picture = stepped(universe, "flow", "weir")

    assert picture is not None
    dots = picture.charts[2].dots  # Cadria: placed at the ford, silent at the mill, text at the weir
    assert [(dot.is_placed, dot.label) for dot in dots] == [
        (True, "Ford meeting: 0"),
        (False, "Weir meeting: not placed"),
    ]
    assert dots[1].y > FRAME.bottom


def test_both_sides_of_a_red_line_can_be_closed(universe: Universe) -> None:
    position = universe.at("cadria", "flow", "weir")
    past(Position.objects.filter(pk=position.pk)).update(accepts_from=10.0, accepts_to=20.0)
    picture = stepped(universe, "flow", "weir")

    assert picture is not None
    edges = [band.edge for band in picture.charts[2].bands]
    assert edges[-2:] == [FRAME.y(20), FRAME.y(10)]
    assert all(band.width > 0 and band.height > 0 for band in picture.charts[2].bands)


def test_a_line_without_limits_is_drawn_where_it_began(universe: Universe) -> None:
    picture = stepped(universe, "data", "weir")

    assert picture is not None
    arden = picture.charts[0]
    assert arden.bands == []
    assert len(arden.unlimited) == 1


def test_statements_of_one_day_lie_beside_each_other_and_a_click_means_the_nearer(universe: Universe) -> None:
    past(Position.objects.filter(pk=universe.at("arden", "flow", "aside").pk)).update(value=50.0)
    picture = stepped(universe, "flow", "weir")

    assert picture is not None
    weir, aside = picture.charts[0].dots[-2:]
    assert (weir.y, aside.y) == (FRAME.y(50), FRAME.y(50))
    assert abs(weir.x - aside.x) >= APART - 0.11
    assert weir.reach + aside.reach <= abs(weir.x - aside.x) + 0.11
    assert picture.gaps.startswith(f"M{min(weir.x, aside.x)} ")


def test_on_the_first_day_the_axis_has_one_point(universe: Universe) -> None:
    picture = stepped(universe, "flow", "ford")

    assert picture is not None
    assert picture.ticks == [FRAME.left]
    assert picture.first == picture.last == universe.ford


@pytest.mark.parametrize(("issue", "summit"), [("treaty", "ford"), ("preamble", "delta")])
def test_without_a_placement_there_is_nothing_to_draw(universe: Universe, issue: str, summit: str) -> None:
    assert stepped(universe, issue, summit) is None


def test_sources_are_numbered_by_first_mention_and_once(universe: Universe) -> None:
    notes = Endnotes()
    aside, ford = universe.at("arden", "flow", "aside"), universe.at("arden", "flow", "ford")
    words = with_words([aside.pk, ford.pk])

    assert notes.cite([words[aside.pk]]) == [1, 2]
    assert notes.cite([words[ford.pk]]) == [1]
    assert notes.cite([]) == []
    assert [note.source.key for note in notes.notes] == ["record", "gazette"]
