"""The zone of possible agreement: what all parties with known limits accept."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.redline import RedLine, Zone, zone
from issues.tests.domain.story import line
from issues.tests.domain.strategies import red_lines

lines_of_parties = st.lists(st.none() | red_lines(), max_size=5)


def _accepted(left_open: Zone) -> set[int]:
    return {point for point in range(101) if left_open.low <= point <= left_open.high}


def test_it_is_the_intersection_of_the_known_limits() -> None:
    assert zone([line(20, 70), line(40, 90)]) == Zone(40, 70, known=2, parties=2, undetermined=False)


def test_it_says_from_how_many_of_the_parties_it_is_known() -> None:
    left_open = zone([line(20, 70), None, line(40, 90), None])

    assert (left_open.known, left_open.parties) == (2, 4)
    assert (left_open.low, left_open.high) == (40, 70)


def test_an_open_side_is_no_limit() -> None:
    assert zone([line(20, None)]) == Zone(20, 100, known=1, parties=1, undetermined=False)
    assert zone([line(None, 70)]) == Zone(0, 70, known=1, parties=1, undetermined=False)
    assert zone([line(20, None), line(None, 70)]) == Zone(20, 70, known=2, parties=2, undetermined=False)


def test_the_limits_of_one_party_are_enough_to_know_it() -> None:
    assert zone([line(20, None), None]).is_known


def test_limits_that_exclude_each_other_leave_none() -> None:
    left_open = zone([line(None, 30), line(60, None)])

    assert left_open.is_empty
    assert left_open.is_known
    assert _accepted(left_open) == set()


def test_limits_that_touch_leave_one_outcome() -> None:
    left_open = zone([line(None, 50), line(50, None)])

    assert not left_open.is_empty
    assert _accepted(left_open) == {50}


def test_a_derived_line_is_a_limit_too() -> None:
    assert zone([line(20, 70, by_actor=False)]).known == 1


def test_a_standing_undetermined_line_makes_it_undetermined() -> None:
    left_open = zone([line(20, 70), line()])

    assert left_open.undetermined
    assert not left_open.is_known
    assert (left_open.low, left_open.high, left_open.known, left_open.parties) == (20, 70, 1, 2)


def test_nothing_is_known_without_limits() -> None:
    for lines in ([], [None], [None, None]):
        left_open = zone(lines)
        assert not left_open.is_known
        assert not left_open.undetermined
        assert (left_open.low, left_open.high, left_open.known, left_open.parties) == (0, 100, 0, len(lines))


@given(lines_of_parties)
def test_it_holds_what_every_known_line_accepts(lines: list[RedLine | None]) -> None:
    limits = [one.range for one in lines if one is not None and not one.undetermined]

    expected = {point for point in range(101) if all(low <= point <= high for low, high in limits)}
    assert _accepted(zone(lines)) == expected


@given(lines_of_parties, st.randoms(use_true_random=False))
def test_the_order_of_the_parties_does_not_matter(lines: list[RedLine | None], random: Random) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert zone(shuffled) == zone(lines)


@given(lines_of_parties)
def test_a_party_that_is_counted_twice_leaves_it_as_it_was(lines: list[RedLine | None]) -> None:
    once, twice = zone(lines), zone(lines + lines)

    assert (twice.low, twice.high, twice.undetermined) == (once.low, once.high, once.undetermined)


@given(lines_of_parties, st.none() | red_lines())
def test_another_party_never_widens_it(lines: list[RedLine | None], another: RedLine | None) -> None:
    before, after = zone(lines), zone([*lines, another])

    assert after.low >= before.low
    assert after.high <= before.high
    assert after.undetermined >= before.undetermined
    assert after.parties == before.parties + 1
