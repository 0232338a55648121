"""A red line against the standing one."""

from dataclasses import replace

import pytest
from hypothesis import given

from issues.domain.position import Entry, RedLineMention
from issues.domain.redline import RedLine, RedLineChange, compare, mentioned
from issues.tests.domain.story import DROPPED, declared, derived, is_silent, last, line, says, withdraws
from issues.tests.domain.strategies import red_lines

OPPOSITE = {
    RedLineChange.TIGHTENED: RedLineChange.LOOSENED,
    RedLineChange.LOOSENED: RedLineChange.TIGHTENED,
    RedLineChange.REDRAWN: RedLineChange.REDRAWN,
    RedLineChange.UNCHANGED: RedLineChange.UNCHANGED,
}


def _stating(red_line: RedLine) -> Entry:
    mention = RedLineMention.DECLARED if red_line.declared else RedLineMention.DERIVED
    return says(1, red_line=mention, accepts_from=red_line.accepts_from, accepts_to=red_line.accepts_to)


@pytest.mark.parametrize("limits", [declared(20, 60), declared(None, 30), declared(), derived(70, None)])
def test_drawn_where_none_stood(limits: dict) -> None:
    assert compare(None, says(1, **limits)) == RedLineChange.DRAWN


@pytest.mark.parametrize("limits", [(30, 60), (20, 50), (25, 55), (40, 40), (20, 59.5)])
def test_tightened_when_the_new_range_lies_in_the_old_one(limits: tuple) -> None:
    assert compare(line(20, 60), says(1, **declared(*limits))) == RedLineChange.TIGHTENED


@pytest.mark.parametrize("limits", [(10, 60), (20, 70), (0, 100), (None, 60), (20, None), (None, 70)])
def test_loosened_when_the_old_range_lies_in_the_new_one(limits: tuple) -> None:
    assert compare(line(20, 60), says(1, **declared(*limits))) == RedLineChange.LOOSENED


@pytest.mark.parametrize("limits", [(10, 50), (30, 70), (70, 90), (0, 10), (None, 50), (30, None)])
def test_redrawn_when_neither_range_contains_the_other(limits: tuple) -> None:
    assert compare(line(20, 60), says(1, **declared(*limits))) == RedLineChange.REDRAWN


@pytest.mark.parametrize(
    ("old", "new"), [((20, 60), (20, 60)), ((None, 60), (None, 60)), ((None, 60), (0, 60))]
)
def test_unchanged_when_it_accepts_the_same(old: tuple, new: tuple) -> None:
    assert compare(line(*old), says(1, **declared(*new))) == RedLineChange.UNCHANGED


@pytest.mark.parametrize("limits", [(20, 60), (None, 30), (70, None)])
def test_giving_limits_to_a_line_without_them_tightens_it(limits: tuple) -> None:
    undetermined = line()

    assert undetermined.undetermined
    assert compare(undetermined, says(1, **declared(*limits))) == RedLineChange.TIGHTENED


def test_a_line_without_limits_that_is_named_again_is_unchanged() -> None:
    assert compare(line(), says(1, **declared())) == RedLineChange.UNCHANGED


@pytest.mark.parametrize("standing", [line(20, 60), line(), line(20, 60, by_actor=False)])
def test_dropped_when_the_position_says_so(standing: RedLine) -> None:
    assert compare(standing, says(1, **DROPPED)) == RedLineChange.DROPPED


def test_dropping_what_does_not_stand_addresses_nothing() -> None:
    assert compare(None, says(1, **DROPPED)) == RedLineChange.NOT_ADDRESSED


@pytest.mark.parametrize("standing", [line(20, 60), line(), None])
@pytest.mark.parametrize("entry", [says(1, 40), says(1), is_silent(1)])
def test_not_addressed_when_the_position_says_nothing_of_it(standing: RedLine | None, entry: Entry) -> None:
    assert compare(standing, entry) == RedLineChange.NOT_ADDRESSED


def test_a_line_is_compared_with_the_one_carried_over_other_positions() -> None:
    change = last(says(1, **declared(20, 60)), says(2, 40), is_silent(3), says(4, **declared(30, 60)))

    assert change.red_line == RedLineChange.TIGHTENED


@pytest.mark.parametrize("ending", [says(2, **DROPPED), withdraws(2)])
def test_a_line_after_one_that_no_longer_stands_is_drawn(ending: Entry) -> None:
    change = last(says(1, 40, **declared(20, 60)), ending, says(3, 40, **declared(20, 60)))

    assert change.red_line == RedLineChange.DRAWN


def test_the_line_changes_independently_of_the_placement() -> None:
    change = last(says(1, 40, **declared(20, 60)), says(2, 40, **declared(30, 50)))

    assert (change.kind, change.red_line) == ("reaffirmed", RedLineChange.TIGHTENED)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (says(1, **declared(20, 60)), line(20, 60)),
        (says(1, **derived(20, None)), line(20, None, by_actor=False)),
        (says(1, **declared()), line()),
        (says(1, **DROPPED), None),
        (says(1, 40), None),
    ],
)
def test_a_position_mentions_the_line_that_it_declares_or_derives(
    entry: Entry, expected: RedLine | None
) -> None:
    assert mentioned(entry) == expected


def test_an_open_side_reaches_to_the_end_of_the_scale() -> None:
    assert [line(20, None).range, line(None, 60).range, line().range] == [(20, 100), (0, 60), (0, 100)]
    assert not line(20, None).undetermined
    assert not line(None, 60).undetermined


@given(red_lines())
def test_the_same_range_is_unchanged_unless_the_actor_now_declares_what_was_derived(
    standing: RedLine,
) -> None:
    derived_line, declared_line = (replace(standing, declared=by_actor) for by_actor in (False, True))

    for old, new in ((standing, standing), (declared_line, derived_line)):
        assert compare(old, _stating(new)) == RedLineChange.UNCHANGED
    assert compare(derived_line, _stating(declared_line)) == RedLineChange.DRAWN


@given(red_lines(), red_lines())
def test_tightened_and_loosened_are_each_others_inverse(one: RedLine, other: RedLine) -> None:
    one = replace(one, declared=other.declared)
    assert compare(other, _stating(one)) == OPPOSITE[compare(one, _stating(other))]


@given(red_lines(), red_lines())
def test_what_tightens_accepts_nothing_that_was_refused(one: RedLine, other: RedLine) -> None:
    (old_low, old_high), (low, high) = one.range, other.range
    contained = low >= old_low and high <= old_high and (low, high) != (old_low, old_high)

    assert (compare(one, _stating(other)) == RedLineChange.TIGHTENED) == contained
