"""How many keys and clicks a summit takes, Enter and Tab included, no source preselected."""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import expect

from issues.actions.log_sheet.about import say_what_about
from issues.actions.log_sheet.sheet import open_sheet
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


def test_four_by_four_of_eight_by_eight_takes_no_key_for_what_is_not_used(desk: Any) -> None:
    talks = make_talks(8)
    mara = make_researcher("mara")
    hands = Hands(desk(mara))
    for number, row in enumerate(codes(4), 1):
        for typed in (str(number), *row[:-1]):
            hands.press(typed, "Enter")
        # Control and Enter, as one: the row is done, and so it is told what the meeting is about.
        hands.press(row[-1], "Control+Enter" if number == 1 else "Enter")
    publish(hands)
    assert sum(published(talks).values()) == 16
    assert hands.keys <= 44
    assert hands.clicks <= 3


def test_what_the_meeting_is_about_may_be_said_beforehand(desk: Any) -> None:
    talks = make_talks(8)
    mara = make_researcher("mara")
    say_what_about(
        sheet=open_sheet(summit=talks.summit, by=mara),
        issues=[issue.pk for issue in talks.issues[2:6]],
        actors=[actor.pk for actor in talks.actors[4:]],
        by=mara,
    )
    hands = Hands(desk(mara))
    for number, row in enumerate(codes(4), 1):
        for typed in (str(number), *row):
            hands.press(typed, "Enter")
    publish(hands)
    positions = Position.objects.filter(summit=talks.summit)
    assert {position.actor for position in positions.select_related("actor")} == set(talks.actors[4:])
    assert {position.issue for position in positions.select_related("issue")} == set(talks.issues[2:6])
    assert positions.count() == 16
    assert hands.keys <= 44


def test_what_is_put_aside_is_one_key_away(desk: Any) -> None:
    talks = make_talks(3)
    page = desk(make_researcher("mara"))
    page.keyboard.type("1\nr\nr")
    page.keyboard.press("Control+Enter")
    expect(talks.field(page, 0, 2)).to_be_hidden()
    expect(page.get_by_text("Put aside: 1 issue, 0 actors.")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == f"source-{talks.actors[1].pk}"
    page.keyboard.press("F4")
    expect(talks.field(page, 0, 2)).to_be_visible()
    talks.field(page, 2, 2).fill("a")
    talks.field(page, 2, 2).press("Enter")
    expect(talks.state(page, 2, 2)).to_contain_text("Saved")
    page.reload()
    expect(talks.field(page, 0, 2)).to_be_visible()  # it holds something now


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
