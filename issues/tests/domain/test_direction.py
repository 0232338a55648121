"""Hardened, softened or mixed: measured against the median of the other parties before the summit."""

import pytest

from issues.domain.change import Change, Direction
from issues.domain.position import Entry
from issues.domain.scale import IssueKind
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BORDER,
    BRUSSELS,
    DROPPED,
    RUSSIA,
    declared,
    derived,
    is_silent,
    last,
    says,
    summit,
    told,
    withdraws,
)


def _other(placement: float | None, at: int = 1) -> Entry:
    return says(at, placement, actor=AZERBAIJAN)


def _directions(change: Change) -> tuple[Direction | None, tuple[float, float] | None]:
    return change.direction, change.distances


@pytest.mark.parametrize(
    ("now", "direction"),
    [
        (60.0, Direction.HARDENED),
        (55.5, Direction.HARDENED),
        (55.0, None),
        (50.5, None),
        (50.0, None),
        (45.0, None),
        (44.5, Direction.SOFTENED),
        (0.0, Direction.SOFTENED),
    ],
)
def test_more_than_five_points_from_or_towards_the_other_counts(now: float, direction: Direction) -> None:
    assert _directions(last(_other(0), says(1, 50), says(2, now))) == (direction, (50, now))


def test_the_number_stands_beside_the_word() -> None:
    change = last(_other(0), says(1, 50), says(2, 80))

    assert (change.direction, change.distances, change.delta) == (Direction.HARDENED, (50, 80), 30)


def test_one_other_party_is_enough() -> None:
    parties = frozenset({ARMENIA, AZERBAIJAN})

    assert last(_other(0), says(1, 50), says(2, 80), parties=parties).direction == Direction.HARDENED


def test_no_other_party_gives_no_direction() -> None:
    assert _directions(last(says(1, 50), says(2, 80))) == (None, None)
    assert _directions(last(_other(None), says(1, 50), says(2, 80))) == (None, None)


def test_only_parties_are_measured_against() -> None:
    mediator = says(1, 0, actor=BRUSSELS)

    assert _directions(last(mediator, says(1, 50), says(2, 80))) == (None, None)


def test_one_who_is_no_party_has_no_direction_and_comes_nearer_to_some_and_goes_further_from_others() -> None:
    others = [_other(0), says(1, 100, actor=RUSSIA), says(1, 65, actor=ARMENIA)]
    change = last(*others, says(1, 50, actor=BRUSSELS), says(2, 80, actor=BRUSSELS))

    assert _directions(change) == (None, None)
    assert [(item.party, item.before, item.after) for item in change.nearer] == [(RUSSIA, 50, 20)]
    assert [(item.party, item.before, item.after) for item in change.further] == [(AZERBAIJAN, 50, 80)]


def test_one_who_is_no_party_is_not_hardened_by_a_red_line() -> None:
    assert last(says(1, 50, actor=BRUSSELS), says(2, **declared(20, 60), actor=BRUSSELS)).direction is None


def test_the_others_on_another_issue_do_not_count() -> None:
    elsewhere = says(1, 0, actor=AZERBAIJAN, issue=BORDER)

    assert _directions(last(elsewhere, says(1, 50), says(2, 80))) == (None, None)


def test_of_two_others_the_median_is_halfway() -> None:
    change = last(_other(0), says(1, 100, actor=RUSSIA), says(1, 60), says(2, 80))

    assert _directions(change) == (Direction.HARDENED, (10, 30))


def test_of_three_others_the_median_is_the_middle_one() -> None:
    others = [_other(0), says(1, 10, actor=RUSSIA), says(1, 90, actor=BRUSSELS)]
    parties = frozenset({ARMENIA, AZERBAIJAN, RUSSIA, BRUSSELS})

    change = last(*others, says(1, 60), says(2, 20), parties=parties)

    assert _directions(change) == (Direction.SOFTENED, (50, 10))


def test_a_leap_to_the_far_side_of_the_others_is_a_move_without_direction() -> None:
    change = last(_other(50), says(1, 40), says(2, 60))

    assert (change.kind, change.delta, change.direction) == ("moved", 20, None)


def test_the_others_are_taken_from_before_the_summit() -> None:
    change = last(_other(0), says(1, 50), _other(100, at=2), says(2, 80))

    assert _directions(change) == (Direction.HARDENED, (50, 80))


def test_the_others_carry_their_placement_over_text_and_silence() -> None:
    change = last(_other(0), says(1, 50), _other(None, at=2), is_silent(3, actor=AZERBAIJAN), says(4, 80))

    assert _directions(change) == (Direction.HARDENED, (50, 80))


def test_a_party_that_withdrew_is_not_measured_against() -> None:
    change = last(_other(0), says(1, 50), withdraws(2, actor=AZERBAIJAN), says(3, 80))

    assert _directions(change) == (None, None)


@pytest.mark.parametrize(
    "parallel", [summit(3, on=2, sequence=2, parallel_to=2), summit(3, on=5, parallel_to=2)]
)
def test_an_entry_at_a_parallel_is_measured_from_before_the_meeting(parallel: object) -> None:
    occasions = [summit(1), summit(2), parallel]

    folded = told(_other(0), says(1, 50), _other(100, at=2), says(3, 80), occasions=occasions)

    assert _directions(folded.changes[-1]) == (Direction.HARDENED, (50, 80))


def test_an_entry_at_the_table_is_measured_from_before_an_earlier_parallel() -> None:
    occasions = [summit(1), summit(2, sequence=2), summit(3, on=2, sequence=1, parallel_to=2)]

    folded = told(_other(0), says(1, 50), _other(100, at=3), says(2, 80), occasions=occasions)

    assert _directions(folded.changes[-1]) == (Direction.HARDENED, (50, 80))


def test_a_first_placement_has_no_distance_to_compare() -> None:
    assert _directions(last(_other(0), says(2, 80))) == (None, None)
    assert _directions(last(_other(0), says(1), says(2, 80))) == (None, None)


@pytest.mark.parametrize("entry", [says(2), says(2, claimed_reaffirmed=True), is_silent(2)])
def test_what_is_not_placed_has_no_distance(entry: Entry) -> None:
    assert _directions(last(_other(0), says(1, 50), entry)) == (None, None)


@pytest.mark.parametrize("limits", [declared(20, 60), declared()])
def test_hardened_when_a_declared_line_is_drawn(limits: dict) -> None:
    assert last(says(1, 50), says(2, **limits)).direction == Direction.HARDENED
    assert last(says(2, 50, **limits)).direction == Direction.HARDENED


def test_beside_the_direction_stands_what_it_is_measured_against() -> None:
    change = last(_other(100), says(1, 0, actor=RUSSIA), says(1, 60), says(2, 80))

    assert [(item.party, item.placement) for item in change.against] == [(AZERBAIJAN, 100), (RUSSIA, 0)]
    assert change.middle == 50


def test_withdrawing_has_no_direction_though_it_drops_a_declared_line() -> None:
    change = last(_other(0), says(1, 50, **declared(40, 60)), withdraws(2))

    assert (change.red_line, change.direction) == ("dropped", None)


def test_an_actor_that_declares_what_a_coder_had_derived_draws_the_line() -> None:
    change = last(says(1, 50, **derived(20, 60)), says(2, 50, **declared(20, 60)))

    assert (change.red_line, change.direction) == ("drawn", Direction.HARDENED)


def test_a_declared_line_wider_than_a_derived_one_softens_nothing_that_the_actor_had_declared() -> None:
    change = last(says(1, 50, **derived(20, 60)), says(2, 50, **declared(10, 70)))

    assert (change.red_line, change.direction) == ("loosened", None)


@pytest.mark.parametrize("before", [declared(20, 60), declared(), derived(20, 60)])
def test_hardened_when_a_declared_line_is_tightened(before: dict) -> None:
    assert last(says(1, **before), says(2, **declared(30, 60))).direction == Direction.HARDENED


def test_softened_when_a_declared_line_is_loosened() -> None:
    assert last(says(1, **declared(20, 60)), says(2, **declared(20, 80))).direction == Direction.SOFTENED


def test_softened_when_a_declared_line_is_dropped() -> None:
    assert last(says(1, **declared(20, 60)), says(2, **DROPPED)).direction == Direction.SOFTENED


@pytest.mark.parametrize("after", [declared(20, 60), declared(40, 80)])
def test_a_line_that_is_unchanged_or_redrawn_gives_no_direction(after: dict) -> None:
    assert last(says(1, **declared(20, 60)), says(2, **after)).direction is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, derived(20, 60)),
        ({}, derived()),
        (derived(20, 60), derived(30, 60)),
        (declared(20, 60), derived(30, 60)),
        (declared(), derived(30, 60)),
    ],
)
def test_derived_lines_never_harden(before: dict, after: dict) -> None:
    assert last(says(1, 50, **before), says(2, 50, **after)).direction is None


@pytest.mark.parametrize("after", [derived(10, 60), DROPPED])
def test_derived_lines_never_soften(after: dict) -> None:
    assert last(says(1, 50, **derived(20, 60)), says(2, 50, **after)).direction is None


@pytest.mark.parametrize(
    ("now", "before", "after"),
    [
        (20, {}, declared(10, 60)),
        (20, declared(10, 60), declared(10, 50)),
        (80, declared(10, 90), declared(10, 95)),
        (80, declared(10, 90), DROPPED),
    ],
)
def test_mixed_when_placement_and_line_go_opposite_ways(now: float, before: dict, after: dict) -> None:
    change = last(_other(0), says(1, 50, **before), says(2, now, **after))

    assert change.direction == Direction.MIXED


def test_placement_and_line_that_go_the_same_way_are_not_mixed() -> None:
    assert last(_other(0), says(1, 50), says(2, 80, **declared(70, None))).direction == Direction.HARDENED
    softer = last(_other(0), says(1, 50, **declared(40, None)), says(2, 20, **DROPPED))
    assert softer.direction == Direction.SOFTENED


@pytest.mark.parametrize("kind", [IssueKind.STAGE, IssueKind.TEXT])
def test_only_preference_issues_have_a_direction(kind: IssueKind) -> None:
    assert last(_other(0), says(1, 50), says(2, 80), kind=kind).direction is None
    assert last(says(1, 50), says(2, **declared(20, 60)), kind=kind).direction is None
    assert last(says(1, 50, **declared(20, 60)), says(2, **DROPPED), kind=kind).direction is None
