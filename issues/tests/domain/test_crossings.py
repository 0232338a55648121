"""Which red lines an ending crosses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.change import Part, Standing
from issues.domain.redline import RedLine, zone
from issues.domain.scenario import Tally, Verdict, crossings, fewest, tally, verdict
from issues.tests.domain.story import line
from issues.tests.domain.strategies import points, red_lines


def stands(red_line: RedLine | None, placement: float | None = None) -> Standing:
    return Standing(
        placement=None if placement is None else Part(placement, 7, 1),
        red_line=None if red_line is None else Part(red_line, 7, 1),
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (39.9, Verdict.CROSSED),
        (40.0, Verdict.KEPT),
        (60.0, Verdict.KEPT),
        (60.1, Verdict.CROSSED),
        (None, Verdict.NOT_SETTLED),
    ],
)
def test_a_target_outside_the_limits_crosses_and_the_limits_themselves_do_not(
    target: float | None, expected: Verdict
) -> None:
    assert verdict(line(40, 60), target) == expected


def test_an_open_side_is_never_crossed() -> None:
    assert verdict(line(40, None), 100) == Verdict.KEPT
    assert verdict(line(None, 40), 0) == Verdict.KEPT


@pytest.mark.parametrize("target", [0.0, 50.0, 100.0])
def test_a_line_without_limits_is_undetermined_never_passed(target: float) -> None:
    assert verdict(line(), target) == Verdict.UNDETERMINED


def test_every_standing_line_is_judged_crossed_ones_first() -> None:
    standing = {
        (1, 1): stands(line(0, 20), 10),
        (2, 1): stands(line(), 90),
        (3, 1): stands(line(), 20),
        (1, 2): stands(line(0, 100)),
        (2, 2): stands(None),
        (3, 3): stands(line(80, None)),
    }

    tested = crossings({1: 50.0, 2: 50.0}, standing)

    assert [(item.actor, item.issue, item.verdict) for item in tested] == [
        (1, 1, Verdict.CROSSED),
        (2, 1, Verdict.UNDETERMINED),
        (3, 1, Verdict.UNDETERMINED),
        (3, 3, Verdict.NOT_SETTLED),
        (1, 2, Verdict.KEPT),
    ]
    assert tally(tested) == Tally(crossed=1, undetermined=2, not_settled=1, kept=1)
    assert tally(tested).total == 5
    assert tested[0].position == 7


def test_the_endings_that_cross_fewest_are_named_and_undetermined_lines_decide_between_equals() -> None:
    tallies = {1: Tally(1, 0, 0, 5), 2: Tally(0, 3, 0, 3), 3: Tally(0, 1, 4, 1), 4: Tally(0, 1, 0, 5)}

    assert fewest(tallies) == [3, 4]
    assert fewest({}) == []


@given(st.lists(red_lines(), min_size=1, max_size=4), points)
def test_a_target_in_the_zone_crosses_no_line_and_one_outside_crosses_some(
    lines: list[RedLine], target: float
) -> None:
    tested = zone(lines)
    crossed = [item for item in lines if verdict(item, target) == Verdict.CROSSED]

    assert (tested.low <= target <= tested.high) == (not crossed)


@given(red_lines(), points)
def test_a_mirrored_scale_mirrors_the_verdict(red_line: RedLine, target: float) -> None:
    def turned(limit: float | None) -> float | None:
        return None if limit is None else 100 - limit

    mirrored = RedLine(red_line.declared, turned(red_line.accepts_to), turned(red_line.accepts_from))

    assert verdict(mirrored, 100 - target) == verdict(red_line, target)


@given(
    st.dictionaries(st.integers(1, 5), red_lines(), max_size=5),
    st.none() | points,
    st.permutations(range(1, 6)),
)
def test_actors_under_other_numbers_change_no_count(
    lines: dict[int, RedLine], target: float | None, names: list[int]
) -> None:
    standing = {(actor, 1): stands(item) for actor, item in lines.items()}
    renamed = {(names[actor - 1], 1): stands(item) for actor, item in lines.items()}

    assert tally(crossings({1: target}, renamed)) == tally(crossings({1: target}, standing))
