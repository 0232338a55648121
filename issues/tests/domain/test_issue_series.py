"""An issue over time: distance, zone and polarisation as of each occasion."""

from hypothesis import given

from issues.domain.fold import fold
from issues.domain.measures import distance, issue_series, party_placements, standing_series
from issues.domain.position import IssueTerms, as_of
from issues.domain.redline import Zone
from issues.tests.domain.story import (
    ARMENIA,
    AZERBAIJAN,
    PARTIES,
    STATUS,
    day,
    declared,
    says,
    summit,
    told,
)
from issues.tests.domain.strategies import Negotiation, negotiations


def test_each_occasion_has_the_distance_the_zone_and_the_polarisation_of_then() -> None:
    folded = told(
        says(1, 0),
        says(2, 100, actor=AZERBAIJAN, **declared(40, None)),
        says(3, 50, actor=ARMENIA, **declared(None, 60)),
    )

    (_, first), (_, second), (_, third) = issue_series(folded, STATUS, IssueTerms(), PARTIES)

    assert first.distance is None
    assert (second.distance.value, second.distance.n) == (100, 2)  # type: ignore[union-attr]
    assert second.polarisation == 0.25
    assert third.distance.value == 50  # type: ignore[union-attr]
    assert third.zone == Zone(40, 60, known=2, parties=3, undetermined=False)


def test_an_issue_is_followed_while_it_is_on_the_table() -> None:
    folded = told(says(1, 0), says(5, 10))

    series = issue_series(folded, STATUS, IssueTerms(opened_on=day(2), closed_on=day(5)), PARTIES)

    assert [occasion.id for occasion, _ in series] == [5]


def test_what_is_parallel_to_a_meeting_counts_for_it() -> None:
    occasions = [summit(1), summit(2, on=1, sequence=2, parallel_to=1)]
    folded = told(says(1, 0), says(2, 30, actor=AZERBAIJAN), occasions=occasions)

    assert [item.distance.value for _, item in issue_series(folded, STATUS, IssueTerms(), PARTIES)] == [
        30,
        30,
    ]  # type: ignore[union-attr]


@given(negotiations())
def test_what_stands_as_of_each_occasion_is_what_a_fold_up_to_it_leaves(negotiation: Negotiation) -> None:
    for occasion, standing in standing_series(negotiation.folded()):
        alone = fold(
            as_of(negotiation.occasions, occasion.id),
            negotiation.entries,
            negotiation.issues,
            negotiation.parties,
        )

        assert standing == alone.standing


@given(negotiations())
def test_the_distance_of_the_last_occasion_is_that_of_the_whole(negotiation: Negotiation) -> None:
    folded = negotiation.folded()

    _, last = issue_series(folded, STATUS, IssueTerms(), negotiation.parties)[-1]

    assert last.distance == distance(party_placements(folded.standing, STATUS, negotiation.parties))
