"""Joint texts are no concession against those who sign them; the gap on an issue is told for all."""

from dataclasses import replace

from hypothesis import given

from issues.domain.change import Change, Direction
from issues.domain.gap import Gap, gaps
from issues.domain.position import Entry, IssueTerms
from issues.domain.scale import IssueKind
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    BRUSSELS,
    ISSUES,
    RUSSIA,
    STATUS,
    declared,
    says,
    summit,
    told,
)
from issues.tests.domain.strategies import Negotiation, negotiations

TWO = frozenset({ARMENIA, AZERBAIJAN})
THREE = TWO | {RUSSIA}
TEXT = frozenset({7})


def _at_two(*entries: Entry, parties: frozenset[int] = TWO) -> dict[int, Change]:
    """The changes at the second summit, by actor."""
    changes = told(*entries, occasions=[summit(1), summit(2)], parties=parties).changes
    return {change.entry.actor: change for change in changes if change.entry.occasion == 2}


def test_both_who_sign_one_sentence_agreed_jointly_and_neither_hardened() -> None:
    """From 25 and 75 both sign 50: against the other's earlier place each would be nearer and further."""
    changes = _at_two(
        *(says(1, 25), says(1, 25, actor=AZERBAIJAN)),
        *(says(2, 50, joint=TEXT), says(2, 50, actor=AZERBAIJAN, joint=TEXT)),
    )

    assert {actor: change.direction for actor, change in changes.items()} == {ARMENIA: None, AZERBAIJAN: None}
    assert all(change.agreed_jointly for change in changes.values())
    assert changes[ARMENIA].co_signatories == {AZERBAIJAN}


def test_the_careless_reading_of_the_same_table_would_call_both_hardened() -> None:
    changes = _at_two(says(1, 25), says(1, 25, actor=AZERBAIJAN), says(2, 50), says(2, 50, actor=AZERBAIJAN))

    assert [change.direction for change in changes.values()] == [Direction.HARDENED] * 2


def test_a_joint_text_is_measured_against_the_parties_that_did_not_sign_it() -> None:
    changes = _at_two(
        *(says(1, 25), says(1, 75, actor=AZERBAIJAN), says(1, 100, actor=RUSSIA)),
        *(says(2, 50, joint=TEXT), says(2, 50, actor=AZERBAIJAN, joint=TEXT)),
        parties=THREE,
    )

    assert (changes[ARMENIA].direction, changes[ARMENIA].distances) == (Direction.SOFTENED, (75, 50))
    assert (changes[AZERBAIJAN].direction, changes[AZERBAIJAN].distances) == (Direction.HARDENED, (25, 50))
    assert [item.party for item in changes[ARMENIA].against] == [RUSSIA]
    assert not changes[ARMENIA].agreed_jointly


def test_two_texts_at_one_table_bind_only_those_who_signed_the_same() -> None:
    changes = _at_two(
        *(says(1, 25), says(1, 25, actor=AZERBAIJAN)),
        *(says(2, 50, joint=TEXT), says(2, 50, actor=AZERBAIJAN, joint=frozenset({8}))),
    )

    assert [change.direction for change in changes.values()] == [Direction.HARDENED] * 2


def test_one_who_is_no_party_and_signs_leaves_a_party_its_direction() -> None:
    changes = _at_two(
        *(says(1, 25), says(1, 25, actor=AZERBAIJAN), says(2, 50, joint=TEXT)),
        says(2, 50, actor=BRUSSELS, joint=TEXT),
    )

    assert changes[ARMENIA].direction == Direction.HARDENED
    assert not changes[BRUSSELS].agreed_jointly


def test_a_line_in_a_text_that_all_sign_hardens_nobody() -> None:
    changes = _at_two(
        *(says(1, 25), says(1, 75, actor=AZERBAIJAN)),
        says(2, 50, joint=TEXT, **declared(40, 60)),
        says(2, 50, actor=AZERBAIJAN, joint=TEXT),
    )

    assert changes[ARMENIA].direction is None


@given(negotiations())
def test_a_text_that_all_parties_sign_never_hardens_a_signatory(negotiation: Negotiation) -> None:
    signed = replace(
        negotiation,
        entries=tuple(
            replace(entry, joint=frozenset({entry.occasion})) if entry.actor in negotiation.parties else entry
            for entry in negotiation.entries
        ),
    )
    spoke = {(entry.occasion, entry.issue, entry.actor) for entry in signed.entries}
    tables = {item.id: item.table for item in signed.occasions}

    for change in signed.folded().changes:
        cell = change.entry.occasion, change.entry.issue
        together = {actor for occasion, issue, actor in spoke if (occasion, issue) == cell}
        if negotiation.parties <= together and len(negotiation.parties) > 1 and tables:
            assert change.direction is None


def _gaps(*entries: Entry, parties: frozenset[int] = TWO) -> dict[int, Gap]:
    """The gaps of the second summit, by issue."""
    occasions = [summit(1), summit(2), summit(3, on=2, sequence=2, parallel_to=2)]
    found = gaps(told(*entries, occasions=occasions, parties=parties), ISSUES, parties)
    return {issue: gap for (table, issue), gap in found.items() if table == 2}


def test_where_both_moved_at_one_table_the_gap_is_told() -> None:
    """0 and 25 end at 50 and 100: the one came up to where the other had been, and they end further apart."""
    found = _gaps(says(1, 0), says(1, 25, actor=AZERBAIJAN), says(2, 50), says(2, 100, actor=AZERBAIJAN))

    assert found == {STATUS: Gap(25, 50, TWO)}


def test_a_gap_needs_two_that_moved() -> None:
    assert _gaps(says(1, 0), says(1, 25, actor=AZERBAIJAN), says(2, 50)) == {}
    assert _gaps(says(1, 0), says(2, 50), says(2, 100, actor=AZERBAIJAN)) == {}


def test_a_party_placed_for_the_first_time_does_not_widen_the_gap_of_the_others() -> None:
    found = _gaps(
        *(says(1, 0), says(1, 100, actor=AZERBAIJAN)),
        *(says(2, 25), says(2, 75, actor=AZERBAIJAN), says(2, 0, actor=RUSSIA)),
        parties=THREE,
    )

    assert found == {STATUS: Gap(100, 50, TWO)}


def test_a_party_that_stayed_counts_in_the_gap() -> None:
    found = _gaps(
        *(says(1, 0), says(1, 100, actor=AZERBAIJAN), says(1, 50, actor=RUSSIA)),
        *(says(2, 50), says(2, 50, actor=AZERBAIJAN)),
        parties=THREE,
    )

    assert found == {STATUS: Gap(200 / 3, 0, THREE)}


def test_a_stage_has_no_gap() -> None:
    entries = [says(1, 0), says(1, 25, actor=AZERBAIJAN), says(2, 50), says(2, 100, actor=AZERBAIJAN)]
    stage = {STATUS: IssueTerms(IssueKind.STAGE)}
    folded = told(*entries, issues=stage, parties=TWO)

    assert gaps(folded, stage, TWO) == {}


def test_what_was_said_in_parallel_counts_in_the_gap_of_the_meeting() -> None:
    found = _gaps(
        *(says(1, 0), says(1, 100, actor=AZERBAIJAN)),
        *(says(2, 25), says(2, 75, actor=AZERBAIJAN), says(3, 100, actor=AZERBAIJAN)),
    )

    assert found == {}, "it ended where it had been, so one party moved"


def test_a_gap_is_told_only_where_the_order_is_known() -> None:
    march = summit(2, precision="month")
    entries = [
        *(says(1, 0), says(1, 100, actor=AZERBAIJAN)),
        *(says(2, 25), says(2, 75, actor=AZERBAIJAN)),
    ]

    assert gaps(told(*entries, occasions=[summit(1), march], parties=TWO), ISSUES, TWO) == {}
