"""The order of days that are known to the month or year alone: never asserted where they may be the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.change import Change, Direction
from issues.domain.fold import fold
from issues.domain.order import Order
from issues.domain.position import Entry, Occasion, as_of, in_order
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BRUSSELS,
    ISSUES,
    PARTIES,
    declared,
    is_silent,
    says,
    told,
)
from issues.tests.domain.strategies import Negotiation, negotiations, points


def at(number: int, day: date, precision: str = "day", **fields: object) -> Occasion:
    """An occasion of this number and day."""
    return Occasion(number, day, precision=precision, **fields)


FEBRUARY, APRIL = at(1, date(2024, 2, 20)), at(9, date(2024, 4, 2))
MARCH = at(2, date(2024, 3, 1), "month")
TENTH, TWENTIETH = at(3, date(2024, 3, 10)), at(4, date(2024, 3, 20))
IN_2024 = at(5, date(2024, 1, 1), "year")


def _numbers(occasions: list[Occasion]) -> list[int]:
    return [occasion.id for occasion in in_order(occasions)]


def _last(*entries: Entry, occasions: list[Occasion]) -> Change:
    """The change of the entry that is given last."""
    changes = told(*entries, occasions=occasions).changes
    return next(change for change in changes if change.entry == entries[-1])


def test_a_month_stands_at_its_last_day_and_a_year_at_its_own() -> None:
    last_of_march = at(6, date(2024, 3, 31))

    assert _numbers([IN_2024, APRIL, MARCH, TWENTIETH, last_of_march, TENTH, FEBRUARY]) == [
        *(1, 3, 4, 6, 2, 9, 5)
    ]


def test_a_day_for_the_order_puts_it_there() -> None:
    placed = replace(MARCH, order_on=date(2024, 3, 15))

    assert _numbers([TENTH, TWENTIETH, placed]) == [3, 2, 4]


def test_as_of_a_meeting_leaves_out_what_stands_after_it() -> None:
    assert [item.id for item in as_of([TENTH, MARCH, FEBRUARY], TENTH.id)] == [1, 3]


def test_a_move_from_a_day_that_may_be_later_is_of_uncertain_order() -> None:
    """He says 25 on the tenth and 75 some day in March: whether he went up or down is not known."""
    change = _last(says(1, 0, actor=AZERBAIJAN), says(3, 25), says(2, 75), occasions=[FEBRUARY, TENTH, MARCH])

    assert (change.order_known, change.kind, change.delta) == (False, "moved", 50)
    assert (change.direction, change.distances, change.against) == (None, None, ())


def test_a_move_on_a_known_day_is_uncertain_too_where_the_other_may_have_come_first() -> None:
    """The 75 may have been said on the first of March: then the tenth took it back."""
    occasions = [FEBRUARY, TENTH, MARCH]
    known = told(says(1, 0, actor=AZERBAIJAN), says(1, 50), says(3, 25), occasions=occasions).changes[-1]
    change = _last(
        *(says(1, 0, actor=AZERBAIJAN), says(1, 50), says(2, 75), says(3, 25)), occasions=occasions
    )

    assert (known.order_known, known.direction) == (True, Direction.SOFTENED)
    assert (change.order_known, change.direction) == (False, None)


def test_what_follows_two_of_unknown_order_has_no_direction_either() -> None:
    """Which of the two stood when April came is not known."""
    change = _last(
        *(says(1, 0, actor=AZERBAIJAN), says(2, 75), says(3, 25), says(9, 50)),
        occasions=[FEBRUARY, TENTH, MARCH, APRIL],
    )

    assert (change.order_known, change.direction) == (False, None)


def test_a_month_apart_the_order_is_known() -> None:
    change = _last(says(1, 0, actor=AZERBAIJAN), says(2, 25), says(9, 75), occasions=[FEBRUARY, MARCH, APRIL])

    assert (change.order_known, change.direction) == (True, Direction.HARDENED)


def test_the_other_party_of_an_uncertain_day_gives_no_direction() -> None:
    occasions = [FEBRUARY, TENTH, MARCH]
    change = _last(says(1, 50), says(2, 0, actor=AZERBAIJAN), says(3, 80), occasions=occasions)

    assert (change.order_known, change.direction) == (False, None)


def test_one_who_is_no_party_on_an_uncertain_day_leaves_the_parties_their_directions() -> None:
    change = _last(
        says(1, 0, actor=AZERBAIJAN),
        *(says(1, 50), says(2, 10, actor=BRUSSELS), says(3, 80)),
        occasions=[FEBRUARY, TENTH, MARCH],
    )

    assert (change.order_known, change.direction) == (True, Direction.HARDENED)


@pytest.mark.parametrize("order_on", [date(2024, 3, 9), date(2024, 3, 11)])
def test_a_day_for_the_order_within_the_span_makes_it_known(order_on: date) -> None:
    placed = replace(MARCH, order_on=order_on)
    change = _last(
        says(1, 0, actor=AZERBAIJAN), says(3, 25), says(2, 75), occasions=[FEBRUARY, TENTH, placed]
    )

    assert change.order_known


def test_on_one_known_day_the_sequence_decides() -> None:
    noon, night = at(6, date(2024, 3, 10), sequence=1), at(7, date(2024, 3, 10), sequence=2)
    change = _last(says(1, 0, actor=AZERBAIJAN), says(6, 25), says(7, 75), occasions=[FEBRUARY, noon, night])

    assert (change.order_known, change.direction) == (True, Direction.HARDENED)


def test_words_without_a_placement_do_not_make_a_placement_uncertain_that_stood_before_both() -> None:
    occasions = [FEBRUARY, MARCH, APRIL, TENTH]
    change = _last(
        *(says(1, 0, actor=AZERBAIJAN), says(1, 50), says(9, 80)),
        occasions=occasions,
    )
    silent = _last(*(says(1, 50), is_silent(2), says(3, 80)), occasions=occasions)

    assert (change.order_known, silent.order_known) == (True, True)


def test_a_red_line_of_an_uncertain_day_is_not_told_as_drawn_before_or_after() -> None:
    change = _last(says(3, 25), says(2, **declared(0, 50)), occasions=[TENTH, MARCH])

    assert (change.order_known, change.direction) == (False, None)


def test_the_page_of_a_meeting_asserts_no_more_than_the_whole_record() -> None:
    """As of the tenth, what is dated to March does not stand yet, but may have been said before."""
    occasions = [FEBRUARY, TENTH, MARCH]
    entries = [says(1, 0, actor=AZERBAIJAN), says(1, 50), says(2, 75), says(3, 80)]
    seen = fold(
        as_of(occasions, TENTH.id), entries, ISSUES, PARTIES, order=Order(occasions, entries)
    ).changes[-1]

    assert (seen.before.value, seen.after.value) == (50, 80)
    assert (seen.order_known, seen.direction) == (False, None)


WIDER = {"day": ("month", "year"), "month": ("year",), "year": ()}


@given(negotiations(), st.data())
def test_a_wider_date_never_adds_a_change_with_a_direction(
    negotiation: Negotiation, data: st.DataObject
) -> None:
    exact = data.draw(st.sampled_from([item for item in negotiation.occasions if WIDER[item.precision]]))
    precision = data.draw(st.sampled_from(WIDER[exact.precision]))
    wider = replace(
        negotiation,
        occasions=tuple(
            replace(item, precision=precision, order_on=None) if item == exact else item
            for item in negotiation.occasions
        ),
    )

    assert _directed(wider) <= _directed(negotiation)


def _directed(negotiation: Negotiation) -> set[tuple[object, ...]]:
    return {
        (change.entry.id, change.direction, change.delta, change.distances)
        for change in negotiation.folded().changes
        if change.direction
    }


@given(negotiations(), points, st.data())
def test_another_parallel_statement_never_changes_what_an_earlier_meeting_said(
    negotiation: Negotiation, placement: float, data: st.DataObject
) -> None:
    exact = replace(
        negotiation,
        occasions=tuple(replace(item, precision="day", order_on=None) for item in negotiation.occasions),
    )
    ordered = [item for item in exact.in_order() if item.parallel_to is None]
    place = data.draw(st.integers(1, len(ordered)))
    meeting = ordered[place - 1]
    day = data.draw(st.integers(1, 28))
    statement = Occasion(99, date(2024, 3, day), sequence=99, parallel_to=meeting.id)
    more = replace(
        exact,
        occasions=(*exact.occasions, statement),
        entries=(*exact.entries, says(99, placement, actor=ARMENIA)),
    )

    for earlier in ordered[: place - 1]:
        assert _as_of(more, earlier) == _as_of(exact, earlier)


def _as_of(negotiation: Negotiation, meeting: Occasion) -> tuple[object, ...]:
    seen = replace(negotiation, occasions=tuple(as_of(negotiation.occasions, meeting.id))).folded()
    return seen.changes, seen.standing
