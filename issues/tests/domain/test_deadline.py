"""Which numbers count: those given before the answer could be known."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from issues.domain.scoring import Deadline, ended_on

CLOSES, ENDS = date(2032, 6, 30), date(2032, 5, 1)
DAY = timedelta(days=1)
days = st.dates(date(2032, 1, 1), date(2032, 12, 31))


def test_a_number_of_the_day_before_the_ending_counts_and_one_of_the_day_itself_does_not() -> None:
    deadline = Deadline(CLOSES, ENDS)

    assert deadline.admits(ENDS - DAY)
    assert not deadline.admits(ENDS)
    assert not deadline.admits(ENDS + DAY)


def test_while_nothing_has_ended_the_question_is_open_to_the_end_of_its_last_day() -> None:
    assert Deadline(CLOSES).admits(CLOSES)
    assert not Deadline(CLOSES).admits(CLOSES + DAY)


def test_an_ending_after_the_question_closed_brings_no_number_back() -> None:
    deadline = Deadline(CLOSES, CLOSES + 10 * DAY)

    assert not deadline.admits(CLOSES + DAY)
    assert not deadline.is_ending
    assert Deadline(CLOSES, CLOSES).is_ending


def test_what_did_not_happen_fell_away_on_the_day_on_which_another_of_its_set_did() -> None:
    late = ENDS + 30 * DAY

    assert ended_on(late, ENDS, exclusive=True) == ENDS
    assert ended_on(ENDS, late, exclusive=True) == ENDS
    assert ended_on(late, ENDS, exclusive=False) == late
    assert ended_on(None, ENDS, exclusive=True) == ENDS
    assert ended_on(None, ENDS, exclusive=False) is None


@given(days, days, days, days)
def test_an_earlier_day_never_counts_less(closes: date, ends: date, one: date, other: date) -> None:
    deadline = Deadline(closes, ends)

    assert deadline.admits(min(one, other)) or not deadline.admits(max(one, other))


@given(days, days, days)
def test_nothing_that_counts_was_given_with_the_answer_at_hand(closes: date, ends: date, made: date) -> None:
    assert Deadline(closes, ends).admits(made) == (made < ends and made <= closes)
