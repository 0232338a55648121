"""What stands: each part from the last position that gave it."""

import pytest

from issues.domain.change import Part, Standing
from issues.domain.position import IssueTerms
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BORDER,
    DROPPED,
    ISSUES,
    STATUS,
    day,
    declared,
    derived,
    is_silent,
    line,
    says,
    summit,
    told,
    withdraws,
)


def test_an_actor_who_said_nothing_has_nothing_standing() -> None:
    standing = told(says(1, 40, actor=AZERBAIJAN), says(1, 40, issue=BORDER)).of(ARMENIA, STATUS)

    assert standing == Standing()
    assert standing.is_empty


def test_the_text_is_that_of_the_last_stated_position() -> None:
    first, second = says(1, 40), says(2)

    assert told(first, second).of(ARMENIA, STATUS).text == Part(second.id, second.id, 2)


def test_the_placement_is_that_of_the_last_position_that_had_one() -> None:
    placed = says(2, 60)

    standing = told(says(1, 40), placed, says(3), says(4)).of(ARMENIA, STATUS)

    assert standing.placement == Part(60, placed.id, 2)


def test_a_placement_at_zero_is_a_placement() -> None:
    assert told(says(1, 40), says(2, 0)).of(ARMENIA, STATUS).placement.value == 0


@pytest.mark.parametrize("limits", [declared(20, 60), derived(None, 30), declared()])
def test_the_red_line_is_that_of_the_last_position_that_addressed_it(limits: dict) -> None:
    drawn = says(2, **limits)
    by_actor = limits["red_line"] == "declared"

    standing = told(says(1, **declared(0, 10)), drawn, says(3, 50)).of(ARMENIA, STATUS)

    expected = line(limits["accepts_from"], limits["accepts_to"], by_actor=by_actor)
    assert standing.red_line == Part(expected, drawn.id, 2)


def test_a_red_line_goes_only_when_it_is_dropped() -> None:
    entries = [says(1, 40, salience=80, **declared(20, 60)), says(2, 45)]
    assert told(*entries).of(ARMENIA, STATUS).red_line.value == line(20, 60)

    standing = told(*entries, says(3, **DROPPED)).of(ARMENIA, STATUS)

    assert standing.red_line is None
    assert (standing.placement.value, standing.salience.value) == (45, 80)


def test_the_salience_is_that_of_the_last_position_that_gave_it() -> None:
    gave = says(2, salience=0)

    standing = told(says(1, salience=80), gave, says(3, 40)).of(ARMENIA, STATUS)

    assert standing.salience == Part(0, gave.id, 2)


def test_each_part_is_carried_from_its_own_occasion() -> None:
    standing = told(says(1, salience=80), says(2, 40), says(3, **declared(20, 60)), says(4), is_silent(5)).of(
        ARMENIA, STATUS
    )

    occasions = [
        part.occasion for part in (standing.salience, standing.placement, standing.red_line, standing.text)
    ]
    assert occasions == [1, 2, 3, 4]


def test_silence_leaves_all_of_it_standing() -> None:
    spoken = says(1, 40, salience=80, **declared(20, 60))

    assert told(spoken, is_silent(2)).of(ARMENIA, STATUS) == told(spoken).of(ARMENIA, STATUS)


def test_silence_where_nothing_stood_leaves_nothing() -> None:
    assert told(is_silent(1)).of(ARMENIA, STATUS) == Standing()


def test_withdrawal_clears_all_and_is_remembered() -> None:
    withdrawal = withdraws(2)

    standing = told(says(1, 40, salience=80, **declared(20, 60)), withdrawal).of(ARMENIA, STATUS)

    assert standing == Standing(withdrawn=Part(withdrawal.id, withdrawal.id, 2))
    assert standing.is_empty


def test_withdrawal_touches_no_other_issue_and_no_other_actor() -> None:
    folded = told(says(1, 40, issue=BORDER), says(1, 70, actor=AZERBAIJAN), says(1, 30), withdraws(2))

    assert folded.of(ARMENIA, BORDER).placement.value == 40
    assert folded.of(AZERBAIJAN, STATUS).placement.value == 70


def test_what_is_stated_after_a_withdrawal_carries_nothing_from_before_it() -> None:
    again = says(3)

    standing = told(says(1, 40, salience=80, **declared(20, 60)), withdraws(2), again).of(ARMENIA, STATUS)

    assert standing == Standing(text=Part(again.id, again.id, 3))


def test_silence_after_a_withdrawal_leaves_it_withdrawn() -> None:
    standing = told(says(1, 40), withdraws(2), is_silent(3)).of(ARMENIA, STATUS)

    assert standing.withdrawn.occasion == 2


@pytest.mark.parametrize(("asked", "stands"), [(9, True), (10, True), (11, False)])
def test_what_stands_ends_on_the_day_its_issue_closes(asked: int, stands: bool) -> None:
    issues = ISSUES | {STATUS: IssueTerms(closed_on=day(10))}

    folded = told(says(1, 40), says(1, 70, issue=BORDER), issues=issues, on=day(asked))

    assert folded.of(ARMENIA, STATUS).is_empty is not stands
    assert folded.of(ARMENIA, BORDER).placement.value == 70


def test_nothing_ends_when_no_day_is_asked_about() -> None:
    issues = {STATUS: IssueTerms(closed_on=day(10))}

    assert not told(says(1, 40), says(12, 50), issues=issues).of(ARMENIA, STATUS).is_empty


def test_what_was_said_stays_in_the_history_of_a_closed_issue() -> None:
    issues = {STATUS: IssueTerms(closed_on=day(10))}
    entry = says(1, 40)

    folded = told(entry, issues=issues, on=day(20))

    assert [change.entry for change in folded.history(ARMENIA, STATUS)] == [entry]


def test_positions_at_one_occasion_are_taken_in_the_order_given() -> None:
    folded = told(says(1, 40), says(1, 55))

    assert folded.of(ARMENIA, STATUS).placement.value == 55
    assert [change.delta for change in folded.history(ARMENIA, STATUS)] == [None, 15]


def test_occasions_count_in_the_order_of_days_and_not_of_numbers() -> None:
    occasions = [summit(1, on=20), summit(2, on=10)]

    assert told(says(1, 40), says(2, 70), occasions=occasions).of(ARMENIA, STATUS).placement.value == 40


def test_a_position_at_an_occasion_that_does_not_count_is_left_out() -> None:
    folded = told(says(1, 40), says(2, 70), occasions=[summit(1)])

    assert folded.of(ARMENIA, STATUS).placement.value == 40
    assert len(folded.changes) == 1


def test_a_position_on_an_unknown_issue_raises() -> None:
    with pytest.raises(KeyError):
        told(says(1, 40, issue=99))
