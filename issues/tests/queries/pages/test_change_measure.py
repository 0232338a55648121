"""Sentences beside a direction: each in a world in which the careless version of it would be false."""

from issues.domain.change import Change
from issues.domain.gap import Gap
from issues.domain.position import Entry
from issues.queries.pages.change_measure import gap_in_words, measured
from issues.tests.domain.story import ARMENIA, AZERBAIJAN, BRUSSELS, RUSSIA, declared, says, summit, told

ACTORS = {ARMENIA: "Armenia", AZERBAIJAN: "Azerbaijan", RUSSIA: "Russia", BRUSSELS: "EU"}
TWO = frozenset({ARMENIA, AZERBAIJAN})
TEXT = frozenset({1})


def last(*entries: Entry, parties: frozenset[int] = TWO, **how: object) -> Change:
    """The change of the entry given last."""
    folded = told(*entries, parties=parties, **how)
    return next(change for change in folded.changes if change.entry == entries[-1])


def words(*entries: Entry, parties: frozenset[int] = TWO, **how: object) -> str:
    """What is said beside the change of the entry given last."""
    return measured(last(*entries, parties=parties, **how), ACTORS)


def test_a_distance_is_told_from_where_the_other_stood_before_the_table() -> None:
    """Both end at 75: without “earlier”, the one who came up to the other would be 0 points away."""
    entries = (says(1, 100, actor=AZERBAIJAN), says(1, 50), says(2, 75, actor=AZERBAIJAN), says(2, 75))

    assert words(*entries) == "50 → 25 points from Azerbaijan’s earlier 100."
    assert last(*entries).direction == "softened"


def test_of_several_others_the_median_is_told_with_each_of_them() -> None:
    """Hardened against the median, though nearer to one: the places say to whom."""
    entries = (says(1, 0, actor=AZERBAIJAN), says(1, 100, actor=RUSSIA), says(1, 50), says(2, 70))

    assert words(*entries, parties=TWO | {RUSSIA}) == (
        "0 → 20 points from 50, the median of where the other parties stood before "
        "(Azerbaijan 0 and Russia 100)."
    )


def test_who_signed_one_text_went_neither_nearer_nor_away() -> None:
    entries = (
        *(says(1, 25, actor=AZERBAIJAN), says(1, 25)),
        *(says(2, 50, actor=AZERBAIJAN, joint=TEXT), says(2, 50, joint=TEXT)),
    )

    assert words(*entries) == "Agreed jointly with Azerbaijan: no direction against those who signed."


def test_a_text_that_some_signed_is_measured_against_the_rest_and_says_with_whom() -> None:
    entries = (
        *(says(1, 25, actor=AZERBAIJAN), says(1, 100, actor=RUSSIA), says(1, 25)),
        *(says(2, 50, actor=AZERBAIJAN, joint=TEXT), says(2, 50, joint=TEXT)),
    )

    assert words(*entries, parties=TWO | {RUSSIA}) == (
        "75 → 50 points from Russia’s earlier 100; signed with Azerbaijan."
    )


def test_one_who_is_no_party_came_nearer_to_one_and_further_from_another() -> None:
    """A mediator that moves between the parties hardened against nobody."""
    entries = (says(1, 0, actor=AZERBAIJAN), says(1, 100), says(1, 50, actor=BRUSSELS))

    assert words(*entries, says(2, 75, actor=BRUSSELS)) == (
        "Nearer to Armenia’s earlier 100 (50 → 25 points); "
        "further from Azerbaijan’s earlier 0 (50 → 75 points)."
    )


def test_one_who_is_no_party_and_stayed_says_nothing_of_distances() -> None:
    entries = (says(1, 0, actor=AZERBAIJAN), says(1, 50, actor=BRUSSELS), says(2, 50, actor=BRUSSELS))

    assert words(*entries) == ""


def test_what_may_have_come_first_is_measured_against_nothing() -> None:
    occasions = [summit(1), summit(2, on=10), summit(3, on=1, precision="month")]
    entries = (says(1, 0, actor=AZERBAIJAN), says(2, 25), says(3, 75))

    assert words(*entries, occasions=occasions).startswith(
        "It is not known whether this came before or after"
    )


def test_a_gap_of_two_is_no_average_and_of_three_it_is() -> None:
    two = gap_in_words(["Armenia", "Azerbaijan"], Gap(25, 50, TWO))
    three = gap_in_words(["Armenia", "Azerbaijan", "Russia"], Gap(50, 100 / 3, TWO | {RUSSIA}))

    assert gap_in_words(["A", "B"], Gap(25, 0, TWO)) == "A and B end at one point; before 25 points apart"
    assert gap_in_words(["A", "B"], Gap(0, 0, TWO)) == "A and B end at one point; as before"
    assert two == "Armenia and Azerbaijan end 50 points apart; before 25"
    assert three == "Armenia, Azerbaijan and Russia end 33.33 points apart on average; before 50"


def test_of_many_parties_the_first_are_named_and_the_others_counted() -> None:
    """A page of two hundred parties must not name two hundred beside each of them."""
    many = [f"Party {number}" for number in range(200)]

    assert gap_in_words(many, Gap(50, 25, TWO)) == (
        "Party 0, Party 1, Party 2, Party 3 and 196 others end 25 points apart on average; before 50"
    )


def test_a_direction_by_a_red_line_alone_has_no_distance_to_tell() -> None:
    assert words(says(1, 50), says(2, **declared(20, 60))) == ""
