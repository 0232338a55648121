"""What is seen again is placed where the actor stands by then, what was said in parallel included.

Found: a party at 50, then 75 in a statement parallel to the meeting, was published at 50 and told as a move.
"""

from itertools import permutations

import pytest

from issues.domain.change import ChangeKind
from issues.models import Position, Summit
from issues.queries.log_sheet.grid import squares
from issues.queries.log_sheet.publication_preview import publication_preview
from issues.queries.log_sheet.published_state import published_state
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, at_desk
from issues.tests.acts import add, correct
from issues.tests.beside import aside
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db


def place(universe: Universe, sequence: int) -> None:
    """Give the spring meeting a place on its day."""
    correct(universe.spring, {"sequence": sequence}, by=universe.coder, reason="Its place.")
    universe.spring.refresh_from_db()


def seen_again(universe: Universe) -> Desk:
    """The sheet of the spring meeting, with Arden seen again on the flow."""
    desk = at_desk(universe)
    desk.row("arden", "record", flow="r")
    return desk


def told(desk: Desk) -> dict[str, tuple[ChangeKind, float | None, float | None]]:
    """What the page tells of Arden on the flow that day: kind, placement and move, by occasion."""
    reading = read(desk.universe.process)
    return {
        reading.summits[change.entry.occasion].slug: (change.kind, change.entry.placement, change.delta)
        for change in reading.whole.changes_at(desk.universe.spring.pk)
    }


def previewed(desk: Desk) -> tuple[ChangeKind, float | None, float | None]:
    (item,) = publication_preview(
        squares(read(desk.universe.process), desk.sheet), published_state(desk.sheet)
    ).items
    return item.kind, item.placement, item.delta


def test_what_was_said_earlier_in_parallel_is_what_is_seen_again(universe: Universe) -> None:
    place(universe, 2)
    aside(universe, "before", 1, 75.0)
    desk = seen_again(universe)

    assert previewed(desk) == (ChangeKind.REAFFIRMED, 75.0, None)
    desk.publish()

    assert desk.position("arden", "flow").placement == 75.0
    assert told(desk) == {
        "before": (ChangeKind.MOVED, 75.0, 25.0),
        "spring": (ChangeKind.REAFFIRMED, 75.0, None),
    }


def test_what_is_said_later_in_parallel_is_a_move_from_what_was_seen_again(universe: Universe) -> None:
    aside(universe, "after", 2, 75.0)
    desk = seen_again(universe)

    assert previewed(desk) == (ChangeKind.REAFFIRMED, 50.0, None)
    desk.publish()

    assert desk.position("arden", "flow").placement == 50.0
    assert told(desk) == {
        "spring": (ChangeKind.REAFFIRMED, 50.0, None),
        "after": (ChangeKind.MOVED, 75.0, 25.0),
    }


@pytest.mark.parametrize("places", list(permutations((1, 2, 3))), ids=str)
@pytest.mark.parametrize("second", [20.0, None], ids=["at 20", "words alone"])
def test_in_any_order_the_page_says_what_the_preview_said(
    universe: Universe, places: tuple[int, int, int], second: float | None
) -> None:
    place(universe, places[0])
    aside(universe, "one", places[1], 75.0)
    aside(universe, "two", places[2], second)
    desk = seen_again(universe)
    said = {places[1]: 75.0, places[2]: second}
    before = [said[place] for place in sorted(said) if place < places[0] and said[place] is not None]
    stood = before[-1] if before else 50.0

    assert previewed(desk) == (ChangeKind.REAFFIRMED, stood, None)
    desk.publish()

    assert desk.position("arden", "flow").placement == stood
    assert told(desk)["spring"] == (ChangeKind.REAFFIRMED, stood, None)


def test_what_was_withdrawn_in_parallel_cannot_be_seen_again(universe: Universe) -> None:
    place(universe, 2)
    desk = seen_again(universe)
    aside(universe, "before", 1, None, state="withdrawn")

    (item,) = publication_preview(
        squares(read(universe.process), desk.sheet), published_state(desk.sheet)
    ).without_ground

    assert item.cell.actor == universe.arden
    assert not Position.objects.filter(summit=universe.spring).exists()


# The sentence that stands, beside what is typed.


def sentence(desk: Desk, actor: str, issue: str) -> tuple[str, str]:
    grid = squares(read(desk.universe.process), desk.sheet)
    (square,) = (
        item
        for line in grid.lines
        for item in line.squares
        if (item.actor.slug, item.issue.slug) == (actor, issue)
    )
    return square.sentence, square.said_at.slug if square.said_at else ""


@pytest.mark.parametrize(
    ("actor", "issue", "stands"),
    [
        ("arden", "flow", ("No more than was said inside.", "aside")),
        ("belmar", "flow", ("", "")),  # withdrawn
        ("cadria", "data", ("Monthly is the least.", "weir")),  # silent since
        ("fishers", "flow", ("", "")),
    ],
)
def test_a_cell_keeps_the_sentence_that_stands(
    universe: Universe, actor: str, issue: str, stands: tuple[str, str]
) -> None:
    desk = at_desk(universe)
    desk.write("fishers", "preamble", "t")

    assert sentence(desk, actor, issue) == stands


def test_the_sentence_stays_where_the_same_was_seen_again_without_words(universe: Universe) -> None:
    desk = seen_again(universe)
    desk.publish()
    summer = add(
        Summit(process=universe.process, slug="summer", name="Summer", starts_on="2032-06-10"),
        by=universe.coder,
        reason="The next.",
    )
    universe.summer = summer  # type: ignore[attr-defined]

    assert sentence(at_desk(universe, "summer"), "arden", "flow") == (
        "No more than was said inside.",
        "aside",
    )
