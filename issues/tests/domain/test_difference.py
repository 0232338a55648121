"""The difference between two summits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.domain.difference import Difference, difference
from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, IssueTerms
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BORDER,
    DROPPED,
    PARTIES,
    STATUS,
    day,
    declared,
    derived,
    is_silent,
    line,
    says,
    told,
    withdraws,
)
from issues.tests.domain.strategies import Negotiation, negotiations

STOOD = says(1, 40, salience=50, **declared(20, 60))


def _differences(*later: Entry, stood: Entry = STOOD) -> list[Difference]:
    return difference(told(stood), told(stood, *later))


def _parts(differing: Difference) -> tuple[bool, bool, bool]:
    return differing.placement, differing.red_line, differing.withdrawal


def test_a_placement_that_differs_is_listed_with_both_sides() -> None:
    (differing,) = _differences(says(2, 65))

    assert differing.cell == (ARMENIA, STATUS)
    assert (differing.before.placement.value, differing.after.placement.value, differing.delta) == (
        40,
        65,
        25,
    )
    assert _parts(differing) == (True, False, False)


@pytest.mark.parametrize("entry", [says(2, **declared(30, 60)), says(2, **declared()), says(2, **DROPPED)])
def test_a_red_line_that_differs_is_listed_with_both_sides(entry: Entry) -> None:
    (differing,) = _differences(entry)

    assert differing.before.red_line.value == line(20, 60)
    assert differing.after.red_line is None or differing.after.red_line.value != line(20, 60)
    assert _parts(differing) == (False, True, False)
    assert differing.delta == 0


def test_a_line_of_the_coder_differs_from_one_of_the_actor() -> None:
    (differing,) = _differences(says(2, **derived(20, 60)))

    assert _parts(differing) == (False, True, False)


def test_a_withdrawal_is_listed_with_what_it_cleared() -> None:
    (differing,) = _differences(withdraws(2))

    assert _parts(differing) == (True, True, True)
    assert differing.after.withdrawn.occasion == 2
    assert differing.delta is None


def test_a_withdrawal_of_mere_words_is_no_restatement() -> None:
    (differing,) = _differences(withdraws(2), stood=says(1))

    assert _parts(differing) == (False, False, True)
    assert not differing.restated_only


def test_a_position_after_a_withdrawal_is_listed() -> None:
    (differing,) = difference(told(withdraws(1)), told(withdraws(1), says(2)))

    assert _parts(differing) == (False, False, True)


def test_a_withdrawal_that_still_holds_is_not_listed() -> None:
    assert difference(told(withdraws(1)), told(withdraws(1), withdraws(2))) == []


@pytest.mark.parametrize(
    "entry",
    [
        says(2),
        says(2, claimed_reaffirmed=True),
        says(2, 40),
        says(2, **declared(20, 60)),
        says(2, salience=90),
    ],
)
def test_restated_text_is_listed_apart(entry: Entry) -> None:
    (differing,) = _differences(entry)

    assert differing.restated_only
    assert (differing.before.text.value, differing.after.text.value) == (STOOD.id, entry.id)


@pytest.mark.parametrize("entry", [says(2, 65), says(2, **DROPPED), withdraws(2)])
def test_what_differs_in_substance_is_not_listed_as_restated(entry: Entry) -> None:
    assert [differing.restated_only for differing in _differences(entry)] == [False]


def test_silence_is_no_difference() -> None:
    assert _differences(is_silent(2)) == []


def test_a_move_that_was_taken_back_in_between_is_only_restated() -> None:
    (differing,) = _differences(says(2, 65), says(3, 40))

    assert differing.restated_only


def test_a_first_placement_has_no_delta() -> None:
    (differing,) = _differences(says(2, 65, actor=AZERBAIJAN))

    assert differing.cell == (AZERBAIJAN, STATUS)
    assert differing.placement
    assert differing.before.is_empty
    assert differing.delta is None


def test_every_actor_and_issue_that_differs_is_listed_once_in_order() -> None:
    later = [says(2, 65, actor=AZERBAIJAN), says(2, 10, issue=BORDER), says(2, 65), says(3, 70)]

    cells = [differing.cell for differing in _differences(*later)]

    assert cells == [(ARMENIA, STATUS), (ARMENIA, BORDER), (AZERBAIJAN, STATUS)]


def test_what_ended_because_its_issue_closed_is_listed() -> None:
    issues = {STATUS: IssueTerms(closed_on=day(5))}

    (differing,) = difference(told(STOOD, issues=issues, on=day(1)), told(STOOD, issues=issues, on=day(6)))

    assert _parts(differing) == (True, True, False)
    assert differing.after.is_empty


@given(negotiations())
def test_a_fold_does_not_differ_from_itself(negotiation: Negotiation) -> None:
    assert difference(negotiation.folded(), negotiation.folded()) == []


@given(negotiations(), st.integers(0, 4))
def test_the_way_back_differs_in_the_same_cells_by_the_opposite(
    negotiation: Negotiation, number: int
) -> None:
    earlier, later = _first(negotiation, number), negotiation.folded()
    there, back = difference(earlier, later), difference(later, earlier)

    assert [(differing.cell, _parts(differing)) for differing in back] == [
        (differing.cell, _parts(differing)) for differing in there
    ]
    assert [differing.delta for differing in back] == [
        differing.delta and -differing.delta for differing in there
    ]


@given(negotiations(), st.integers(0, 4))
def test_cells_that_are_not_listed_stand_as_they_stood(negotiation: Negotiation, number: int) -> None:
    earlier, later = _first(negotiation, number), negotiation.folded()
    listed = {differing.cell for differing in difference(earlier, later)}

    for cell in (earlier.standing.keys() | later.standing.keys()) - listed:
        before, after = earlier.of(*cell), later.of(*cell)
        assert (before.text, before.placement, before.red_line) == (
            after.text,
            after.placement,
            after.red_line,
        )
        assert (before.withdrawn is None) == (after.withdrawn is None)


def _first(negotiation: Negotiation, number: int) -> Folded:
    return fold(negotiation.in_order()[:number], negotiation.entries, negotiation.issues, PARTIES)
