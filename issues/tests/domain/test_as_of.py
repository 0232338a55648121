"""As of a summit: what counts, and what the page of the summit shows."""

import pytest

from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, Occasion, as_of, in_order
from issues.tests.domain.story import ARMENIA, AZERBAIJAN, ISSUES, PARTIES, STATUS, says, summit, told


def _as_of(number: int, occasions: list[Occasion], *entries: Entry) -> Folded:
    return fold(as_of(occasions, number), entries, ISSUES, PARTIES)


def _numbers(occasions: list[Occasion]) -> list[int]:
    return [occasion.id for occasion in occasions]


def test_occasions_are_ordered_by_day_and_then_by_sequence() -> None:
    occasions = [summit(1, on=9, sequence=2), summit(2, on=10), summit(3, on=9, sequence=1), summit(4, on=2)]

    assert _numbers(in_order(occasions)) == [4, 3, 1, 2]


def test_everything_up_to_the_summit_counts_and_nothing_after_it() -> None:
    assert _numbers(as_of([summit(3), summit(1), summit(2), summit(4)], 3)) == [1, 2, 3]


def test_an_earlier_occasion_of_the_same_day_counts_and_a_later_one_does_not() -> None:
    day = [summit(n, on=9, sequence=n) for n in (1, 2, 3)]

    assert _numbers(as_of(day, 2)) == [1, 2]


def test_parallels_count_though_they_come_later_in_order() -> None:
    occasions = [summit(1), summit(2), summit(3), summit(4, parallel_to=2), summit(5, parallel_to=3)]

    assert _numbers(as_of(occasions, 2)) == [1, 2, 4]
    assert _numbers(as_of(occasions, 3)) == [1, 2, 4, 3, 5]


def test_going_on_to_the_next_summit_never_takes_back_what_was_said_in_parallel() -> None:
    occasions = [summit(1), summit(2), summit(3, parallel_to=1)]

    assert [_numbers(as_of(occasions, number)) for number in (1, 3, 2)] == [[1, 3], [1, 3], [1, 3, 2]]


def test_as_of_a_parallel_statement_is_as_of_its_meeting() -> None:
    """The meeting at 75 and a reply at 100 of the same day: whichever is looked at, 100 stands."""
    occasions = [
        summit(1),
        summit(2, on=2, sequence=1),
        summit(3, on=2, sequence=2, parallel_to=2),
        summit(4, on=2, sequence=3, parallel_to=2),
    ]
    entries = [says(1, 100), says(2, 75), says(4, 100)]

    assert [_numbers(as_of(occasions, number)) for number in (2, 3, 4)] == [[1, 2, 3, 4]] * 3
    standing = [_as_of(number, occasions, *entries).of(ARMENIA, STATUS).value for number in (2, 3, 4)]
    assert standing == [100, 100, 100]


def test_as_of_an_occasion_that_is_not_there_raises() -> None:
    with pytest.raises(KeyError):
        as_of([summit(1)], 2)


def test_what_was_said_in_parallel_stands_as_of_the_summit() -> None:
    occasions = [summit(1), summit(2, on=3, parallel_to=1), summit(3, on=2)]

    folded = _as_of(1, occasions, says(1, 40), says(2, 55), says(3, 70))

    assert folded.of(ARMENIA, STATUS).placement.value == 55


def test_positions_of_later_summits_do_not_stand_yet() -> None:
    entries = [says(1, 40), says(2, 70)]

    assert _as_of(1, [summit(1), summit(2)], *entries).of(ARMENIA, STATUS).placement.value == 40
    assert _as_of(2, [summit(1), summit(2)], *entries).of(ARMENIA, STATUS).placement.value == 70


def test_the_changes_at_a_summit_are_those_at_the_table_and_in_parallel() -> None:
    occasions = [summit(1), summit(2, on=1, sequence=2, parallel_to=1), summit(3)]
    table, parallel, later = says(1, 40), says(2, 55, actor=AZERBAIJAN), says(3, 70)

    folded = told(table, parallel, later, occasions=occasions)

    assert [change.entry for change in folded.changes_at(1)] == [table, parallel]
    assert [change.entry for change in folded.changes_at(2)] == [parallel]
    assert [change.entry for change in folded.changes_at(3)] == [later]
    assert folded.changes_at(9) == []


def test_the_history_of_an_actor_on_an_issue_is_in_order() -> None:
    entries = [says(2, 55), says(1, 40), says(1, 70, actor=AZERBAIJAN)]

    folded = told(*entries)

    assert [change.entry for change in folded.history(ARMENIA, STATUS)] == [entries[1], entries[0]]
    assert folded.history(AZERBAIJAN, 99) == []
