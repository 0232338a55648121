"""An issue over time: lines, distance, zone, the table and what was said."""

import pytest

from issues.models import Issue, Position, Summit
from issues.queries.pages.issue_timeline import Timeline, timeline
from issues.queries.reading.process import read
from issues.tests.past import past
from issues.tests.universe import Universe


def over_time(universe: Universe, issue: str, summit: str) -> Timeline:
    """An issue as of a summit."""
    on: Issue = getattr(universe, issue)
    at: Summit = getattr(universe, summit)
    return timeline(read(universe.process), on, at)


def test_there_is_a_line_for_everyone_who_spoke_on_the_issue(universe: Universe) -> None:
    shown = over_time(universe, "flow", "weir")

    assert [(line.actor.slug, line.is_party, line.now, len(line.changes)) for line in shown.lines] == [
        ("arden", True, 50, 4),
        ("belmar", True, 50, 3),
        ("cadria", True, 0, 3),
        ("commission", False, None, 3),
    ]
    assert over_time(universe, "treaty", "ford").lines == []


def test_a_line_carries_the_standing_red_line(universe: Universe) -> None:
    lines = {line.actor.slug: line.red_line for line in over_time(universe, "flow", "weir").lines}

    assert lines["arden"] is None
    assert lines["cadria"] is not None
    assert lines["cadria"].range == (0, 25)


@pytest.mark.parametrize(
    ("issue", "summit", "apart", "parties"),
    [
        ("flow", "ford", 50, 3),  # 75, 25, 0: gaps of 50, 25 and 75
        ("flow", "weir", 100 / 3, 3),  # 50, 50, 0
        ("flow", "delta", 25, 2),  # 50 and 25; Belmar withdrew
        ("data", "ford", 90, 2),  # 10 and 100; Belmar is not placed
        ("data", "delta", 130 / 3, 3),  # 25, 50, 90
    ],
)
def test_the_distance_is_the_mean_gap_between_the_placed_parties(
    universe: Universe, issue: str, summit: str, apart: float, parties: int
) -> None:
    shown = over_time(universe, issue, summit).distance

    assert shown is not None
    assert (shown.value, shown.n) == (pytest.approx(apart), parties)


def test_one_placed_party_has_no_distance(universe: Universe) -> None:
    assert over_time(universe, "treaty", "mill").distance is None
    assert over_time(universe, "treaty", "mill").earlier is None


@pytest.mark.parametrize(
    ("issue", "summit", "before", "apart", "parties"),
    [
        ("flow", "weir", "mill", 50, 3),  # 75, 25, 0
        ("data", "delta", "weir", 60, 3),  # 0, 50, 90
        ("treaty", "delta", "weir", 0, 2),
    ],
)
def test_the_earlier_distance_is_the_last_that_was_another(
    universe: Universe, issue: str, summit: str, before: str, apart: float, parties: int
) -> None:
    earlier = over_time(universe, issue, summit).earlier

    assert earlier is not None
    assert (earlier[0].slug, earlier[1].value, earlier[1].n) == (before, pytest.approx(apart), parties)


def test_there_is_no_earlier_distance_where_it_was_always_the_same(universe: Universe) -> None:
    assert over_time(universe, "flow", "ford").earlier is None
    assert over_time(universe, "flow", "mill").earlier is None


@pytest.mark.parametrize(("issue", "summit", "placed"), [("flow", "delta", 2), ("data", "weir", 3)])
def test_an_earlier_distance_between_other_parties_is_not_compared(
    universe: Universe, issue: str, summit: str, placed: int
) -> None:
    """Belmar withdrew at the delta, and had no place on the data at the ford: the mean was over others."""
    shown = over_time(universe, issue, summit)

    assert (shown.placed, shown.earlier) == (placed, None)


def test_a_distance_says_of_how_many_parties_it_is(universe: Universe) -> None:
    assert over_time(universe, "flow", "weir").who_stands == "The parties"
    assert over_time(universe, "flow", "delta").who_stands == "2 of 3 parties"


def test_the_earlier_distance_is_never_one_between_two_positions_of_a_meeting(universe: Universe) -> None:
    belmar = universe.at("belmar", "flow", "ford")
    past(Position.objects.filter(pk=belmar.pk)).update(value=75.0)

    assert over_time(universe, "flow", "ford").earlier is None


def test_the_distance_counts_what_was_said_beside_the_table(universe: Universe) -> None:
    aside = universe.at("arden", "flow", "aside")
    past(Position.objects.filter(pk=aside.pk)).update(value=90.0)

    shown = over_time(universe, "flow", "weir")

    assert shown.distance is not None
    assert shown.distance.value == 60  # 90, 50, 0
    assert shown.earlier is not None
    assert (shown.earlier[0].slug, shown.earlier[1].value) == ("mill", 50)  # 75, 25, 0


def test_the_zone_is_what_the_known_limits_of_the_parties_leave(universe: Universe) -> None:
    zone = over_time(universe, "flow", "weir").zone

    assert (zone.low, zone.high, zone.known, zone.parties) == (0, 25, 1, 3)
    assert zone.is_known
    assert not zone.is_empty


def test_a_line_without_limits_leaves_the_zone_undetermined(universe: Universe) -> None:
    zone = over_time(universe, "data", "weir").zone

    assert (zone.undetermined, zone.known, zone.is_known) == (True, 1, False)


def test_limits_that_exclude_each_other_leave_no_zone(universe: Universe) -> None:
    zone = over_time(universe, "data", "delta").zone

    assert (zone.low, zone.high, zone.known, zone.is_empty) == (50, 25, 2, True)


def test_the_table_has_the_occasions_at_which_something_was_said_newest_first(universe: Universe) -> None:
    table = over_time(universe, "treaty", "delta").table()

    assert [row.summit.slug for row in table] == ["delta", "weir", "mill"]
    at_weir = table[1].cells
    assert [[change.entry.id for change in changes] for changes in at_weir] == [
        [universe.at("arden", "treaty", "weir").pk],
        [universe.at("cadria", "treaty", "weir").pk],
        [],
    ]


def test_the_table_keeps_what_was_said_in_parallel_apart(universe: Universe) -> None:
    assert [row.summit.slug for row in over_time(universe, "flow", "weir").table()] == [
        "aside",
        "weir",
        "mill",
        "ford",
    ]


def test_what_was_said_comes_newest_first_then_by_actor(universe: Universe) -> None:
    said = over_time(universe, "flow", "weir").said()

    assert [(item.summit.slug, item.actor.slug) for item in said][:6] == [
        ("aside", "arden"),
        ("weir", "cadria"),
        ("weir", "belmar"),
        ("weir", "commission"),
        ("weir", "arden"),
        ("mill", "cadria"),
    ]
    assert all(item.position.pk == item.change.entry.id for item in said)


def test_the_later_summits_are_not_told(universe: Universe) -> None:
    shown = over_time(universe, "flow", "mill")

    assert [summit.slug for summit in shown.summits] == ["ford", "mill"]
    assert {item.summit.slug for item in shown.said()} == {"ford", "mill"}


def test_a_joint_statement_is_told_with_each_position_that_it_supports(universe: Universe) -> None:
    said = over_time(universe, "treaty", "weir").said()
    joint = universe.statements["joint"]

    assert [
        item.actor.slug
        for item in said
        if joint in [evidence.statement for evidence in item.position.evidence.all()]
    ] == ["cadria", "arden"]


def test_supporting_words_come_before_disputing_ones(universe: Universe) -> None:
    disputed = next(
        item.position
        for item in over_time(universe, "flow", "weir").said()
        if item.position == universe.at("belmar", "flow", "weir")
    )

    assert [(item.statement.ref, item.stance) for item in disputed.evidence.all()] == [
        ("belmar-3", "supports"),
        ("doubt", "disputes"),
    ]
