"""How many keys and clicks a new meeting and a correction take."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from issues.history import Way, recording
from issues.models import Position, Summit
from issues.tests.browser.log_world import Hands, Talks, make_researcher, make_talks
from issues.tests.factories import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/talks/summits/new/"
PEOPLE = ("Ana Kovac", "Bo Lind", "Cem Aras", "Dan Roth")


@pytest.fixture
def talks() -> Talks:
    made = make_talks(4)
    with recording(by=None, reason="Who speaks.", kind=Way.COMMAND):
        for name in PEOPLE:
            make_person(name=name)
    return made


def test_a_new_meeting_with_who_sat_there_takes_sixty(talks: Talks, desk: Any) -> None:
    hands = Hands(desk(make_researcher("mara"), NEW))
    page = hands.page

    hands.press(*"02142022")  # the first day has the focus
    hands.click(page.get_by_label("Place:"))
    hands.press(*"Riga")
    hands.click(page.locator("#id_seats-0-actor"))
    hands.press("Escape")  # closes the list that the click opened
    for number, name in enumerate(PEOPLE):
        # “Actor 0” begins as they all do, so the list is gone down.
        hands.press(*["ArrowDown"] * (number + 1), "Tab", *name.split()[1])
        if number < len(PEOPLE) - 1:
            hands.press("Tab", "Tab", "Tab")
    hands.press("Enter")
    page.wait_for_url("**/log/")

    summit = Summit.objects.latest("pk")
    assert (summit.name, summit.starts_on) == ("Riga, 14 February 2022", date(2022, 2, 14))
    seats = summit.attendance.order_by("actor__name").values_list("actor__name", "person__name")
    assert list(seats) == [(f"Actor {n}", name) for n, name in enumerate(PEOPLE)]
    assert hands.keys + hands.clicks <= 60


def test_a_correction_from_the_matrix_takes_four_clicks(talks: Talks, desk: Any) -> None:
    hands = Hands(desk(make_researcher("mara"), "/talks/?summit=first"))
    page = hands.page
    position = Position.objects.get(actor=talks.actors[0], issue=talks.issues[0])

    hands.click(page.locator(f"details:has(#said-{position.pk}) > summary"))
    hands.click(page.locator(f"#said-{position.pk}").get_by_role("link", name="Correct"))
    expect(page.get_by_label("Reason")).to_be_focused()
    hands.press(*"Misread.")
    hands.click(page.get_by_label("Value:"))
    hands.press(*"45")
    hands.click(page.get_by_role("button", name="Save"))
    page.wait_for_url(f"**/talks/?summit=first#said-{position.pk}")

    position.refresh_from_db()
    assert position.value == 45
    assert position.history.latest("history_date").change_set.reason == "Misread."
    assert page.locator(f"#said-{position.pk}").is_visible()
    assert hands.clicks <= 4
