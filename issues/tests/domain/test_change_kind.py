"""What a position does to the standing one: every row of the table of changes."""

from dataclasses import replace
from itertools import pairwise

import pytest

from issues.domain.change import ChangeKind, weightiest
from issues.domain.position import Entry
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BORDER,
    STATUS,
    declared,
    is_silent,
    last,
    says,
    told,
    withdraws,
)

BY_WEIGHT = (
    ChangeKind.SILENT,
    ChangeKind.RESTATED,
    ChangeKind.REAFFIRMED,
    ChangeKind.PLACED,
    ChangeKind.NEW,
    ChangeKind.MOVED,
    ChangeKind.WITHDRAWN,
)


@pytest.mark.parametrize(
    "entry", [says(2, 40), says(2), says(2, **declared()), says(2, claimed_reaffirmed=True)]
)
def test_new_when_the_actor_had_nothing_standing(entry: Entry) -> None:
    change = last(entry)

    assert (change.kind, change.delta) == (ChangeKind.NEW, None)


def test_new_when_only_others_or_other_issues_had_something_standing() -> None:
    assert last(says(1, 40, actor=AZERBAIJAN), says(1, 40, issue=BORDER), says(2, 40)).kind == ChangeKind.NEW


def test_new_after_silence_alone() -> None:
    assert last(is_silent(1), says(2, 40)).kind == ChangeKind.NEW


def test_new_again_after_a_withdrawal() -> None:
    change = last(says(1, 40), withdraws(2), says(3, 60))

    assert (change.kind, change.delta) == (ChangeKind.NEW, None)


@pytest.mark.parametrize(("was", "now", "delta"), [(40, 65, 25), (40, 15, -25), (40, 0, -40), (0, 0.5, 0.5)])
def test_moved_by_the_difference_of_the_placements(was: float, now: float, delta: float) -> None:
    change = last(says(1, was), says(2, now))

    assert (change.kind, change.delta) == (ChangeKind.MOVED, delta)


def test_moved_against_the_placement_that_is_carried_over_text_and_silence() -> None:
    change = last(says(1, 40), says(2), is_silent(3), says(4, 65))

    assert (change.kind, change.delta) == (ChangeKind.MOVED, 25)


def test_a_claim_of_reaffirming_does_not_hide_a_move() -> None:
    assert last(says(1, 40), says(2, 65, claimed_reaffirmed=True)).kind == ChangeKind.MOVED


def test_a_different_option_with_the_same_number_is_no_move() -> None:
    change = last(says(1, 40), says(2, 40.0))

    assert (change.kind, change.delta) == (ChangeKind.REAFFIRMED, None)


def test_placed_for_the_first_time_after_text_only() -> None:
    change = last(says(1), says(2), says(3, 40))

    assert (change.kind, change.delta) == (ChangeKind.PLACED, None)


def test_reaffirmed_when_placed_as_it_stood() -> None:
    assert last(says(1, 40), says(2, 40)).kind == ChangeKind.REAFFIRMED


@pytest.mark.parametrize("stood", [says(1, 40), says(1)])
def test_reaffirmed_when_unplaced_with_a_statement_that_claims_it(stood: Entry) -> None:
    assert last(stood, says(2, claimed_reaffirmed=True)).kind == ChangeKind.REAFFIRMED


@pytest.mark.parametrize("stood", [says(1, 40), says(1)])
def test_restated_when_unplaced_without_such_a_claim(stood: Entry) -> None:
    assert last(stood, says(2)).kind == ChangeKind.RESTATED


@pytest.mark.parametrize("before", [[says(1, 40)], [says(1)], []])
def test_withdrawn_when_the_state_says_so(before: list[Entry]) -> None:
    change = last(*before, withdraws(2))

    assert (change.kind, change.delta) == (ChangeKind.WITHDRAWN, None)


@pytest.mark.parametrize("before", [[says(1, 40)], [withdraws(1)], []])
def test_silence_is_a_finding_of_its_own(before: list[Entry]) -> None:
    change = last(*before, is_silent(2))

    assert (change.kind, change.delta) == (ChangeKind.SILENT, None)
    assert change.before == change.after


def test_text_without_a_placement_never_looks_like_a_move() -> None:
    folded = told(says(1, 40), says(2), says(3, claimed_reaffirmed=True), says(4, 40))

    kinds = [change.kind for change in folded.changes]
    assert kinds == [ChangeKind.NEW, ChangeKind.RESTATED, ChangeKind.REAFFIRMED, ChangeKind.REAFFIRMED]
    assert {change.delta for change in folded.changes} == {None}


def test_a_change_shows_what_stood_before_and_after_it() -> None:
    folded = told(says(1, 40), says(2, 65))

    first, second = folded.changes
    assert first.before.is_empty
    assert first.after == second.before
    assert second.after == folded.of(ARMENIA, STATUS)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ([says(1, 40), says(2, 65), says(2)], ChangeKind.MOVED),
        ([says(1, 40), says(2), says(2, 65)], ChangeKind.MOVED),
        ([says(1, 40), says(2, 65), withdraws(2)], ChangeKind.WITHDRAWN),
        ([says(1), says(2, 40), says(2, 40)], ChangeKind.PLACED),
        ([says(1, 40), is_silent(2), says(2)], ChangeKind.RESTATED),
        ([says(1, 40), says(2), says(2, 40)], ChangeKind.REAFFIRMED),
    ],
)
def test_the_weightiest_change_names_what_happened_in_a_cell(entries: list[Entry], kind: ChangeKind) -> None:
    assert weightiest(told(*entries).changes_at(2)).kind == kind


@pytest.mark.parametrize(("lighter", "heavier"), [*pairwise(BY_WEIGHT)])
def test_kinds_have_one_order_of_weight(lighter: ChangeKind, heavier: ChangeKind) -> None:
    changes = [replace(last(says(1)), kind=kind) for kind in (lighter, heavier)]

    assert weightiest(changes).kind == weightiest(changes[::-1]).kind == heavier


def test_of_two_changes_alike_the_later_names_the_cell() -> None:
    folded = told(says(1, 40), says(2, 50), says(2, 65))

    assert weightiest(folded.changes_at(2)).delta == 15


def test_no_change_cannot_name_a_cell() -> None:
    with pytest.raises(ValueError, match="no change"):
        weightiest([])
