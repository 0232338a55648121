"""How many keys and clicks a summit takes, Enter and Tab included, no source preselected."""

from collections import Counter
from typing import Any

import pytest

from issues.models import Position
from issues.tests.browser.log_world import Hands, Talks, make_researcher, make_talks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTE = "Eve."


def codes(size: int) -> list[list[str]]:
    """A quarter of the cells changed by letters, an eighth silent, the others reaffirmed."""
    flat = ["r", "a", "r", "n", "r", "e", "r", "r"] * (size * size // 8)
    return [flat[start : start + size] for start in range(0, size * size, size)]


def published(talks: Talks) -> Counter[tuple[str, float | None]]:
    found = Position.objects.filter(summit=talks.summit).select_related("option")
    return Counter((position.state, position.placement) for position in found)


def publish(hands: Hands) -> None:
    page = hands.page
    hands.click(page.get_by_role("button", name="Preview and publish"))
    hands.click(page.get_by_label("Note"))
    hands.press(*NOTE)
    hands.click(page.get_by_role("button", name="Publish", exact=True))
    page.wait_for_url("**/talks/summits/evening/")


@pytest.mark.parametrize(("size", "most"), [(4, 44), (8, 152)])
def test_a_summit_is_logged_and_published_in_few_keys_and_three_clicks(
    desk: Any, size: int, most: int
) -> None:
    talks = make_talks(size)
    hands = Hands(desk(make_researcher("mara")))
    for row, source in zip(codes(size), range(1, size + 1), strict=True):
        for typed in (str(source), *row):
            hands.press(typed, "Enter")
    publish(hands)
    cells = size * size
    assert published(talks) == {
        ("stated", 50.0): cells * 5 // 8,
        ("stated", 0.0): cells // 8,
        ("stated", 100.0): cells // 8,
        ("silent", None): cells // 8,
    }
    for actor, told_by in zip(talks.actors, talks.sources, strict=True):
        stated = Position.objects.filter(summit=talks.summit, actor=actor, state="stated")
        assert set(stated.values_list("evidence__statement__source", flat=True)) == {told_by.pk}
    assert hands.keys <= most
    assert hands.clicks <= 3


def test_without_a_script_it_takes_a_few_more(desk: Any) -> None:
    talks = make_talks(4)
    hands = Hands(desk(make_researcher("mara"), java_script_enabled=False))
    hands.click(talks.source(hands.page, 0))
    for row, source in zip(codes(4), range(1, 5), strict=True):
        hands.press(str(source), "Tab", "Tab")  # past the link to a new source
        for typed in row:
            hands.press(typed, "Tab")
    publish(hands)
    assert published(talks)["stated", 50.0] == 10
    assert hands.keys <= 60
    assert hands.clicks <= 4
