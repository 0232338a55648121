"""The pages that ask before they change much, and a position's preview and look-ups, in a real Chromium."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from issues.history import ChangeSet, Way, recording
from issues.models import Position, Source, Summit
from issues.tests.browser.axe import STANDARD, violations
from issues.tests.browser.test_admin import records, window
from issues.tests.factories import make_position, make_source

__all__ = ["records"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(records: dict[type, Any]) -> Position:
    """A position at the middle of its scale, a second source, and a position that was deleted."""
    position: Position = records[Position]
    with recording(by=None, reason="Made.", kind=Way.COMMAND):
        option = position.issue.options.order_by("value")[1]
        position.option = option
        position.save()
        make_source(publisher="Another house")
        make_position(issue=position.issue).delete()
    return position


def chosen(page: Page, model: str, action: str) -> None:
    """Choose the first two of a list, or the only one, and what to do with them."""
    page.goto(f"/admin/issues/{model}/")
    for box in page.locator(".action-select").all()[:2]:
        box.check()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name="Go", exact=True).click()


def choose_to_keep(page: Page) -> None:
    """Choose which of two sources stays: the preview tells what moves and where they differ."""
    chosen(page, "source", "Merge into one…")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Show what this one would get").click()
    expect(page.locator("[name=change_reason]")).to_be_visible()


def change_value(page: Page, position: Position) -> None:
    """Give the option of the position another value and save."""
    page.goto(f"/admin/issues/option/{position.option_id}/change/")
    page.get_by_label("Value").fill("33")
    page.locator("[name=change_reason]").fill("The codebook.")
    page.get_by_role("button", name="Save", exact=True).click()


def delete_meanwhile(page: Page, position: Position) -> None:
    """Save a form of a position that somebody else has deleted."""
    page.goto(f"/admin/issues/position/{position.pk}/change/")
    page.locator("#id_summary").fill("Typed.")
    page.locator("[name=change_reason]").fill("Better.")
    with recording(by=None, reason="Twice.", kind=Way.COMMAND):
        Position.objects.get(pk=position.pk).delete()
    page.get_by_role("button", name="Save", exact=True).click()


def restoring() -> str:
    """The page of the site that brings back what was deleted: the admin leads there."""
    row = Position.history.filter(history_type="-").latest()
    return f"/history/position/{row.id}/{row.history_id}/restore/"


# How each page is reached, and a word of its heading.
PAGES: dict[str, Callable[[Page, Position], Any]] = {
    "Deleted positions": lambda page, position: page.goto("/admin/issues/position/deleted/"),
    "Restore": lambda page, position: page.goto(restoring()),
    "Undo": lambda page, position: page.goto(
        f"/admin/issues/changeset/{ChangeSet.objects.latest('pk').pk}/undo/"
    ),
    "Order": lambda page, position: page.goto(f"/admin/issues/process/{position.issue.process_id}/order/"),
    "Merge": lambda page, position: chosen(page, "source", "Merge into one…"),
    "Merge ": lambda page, position: choose_to_keep(page),
    "confidence": lambda page, position: chosen(page, "position", "Set confidence…"),
    "delete": lambda page, position: chosen(page, "position", "Delete selected positions"),
    "Positions move": change_value,
    "was deleted": delete_meanwhile,
    "change set to view": lambda page, position: page.goto("/admin/issues/changeset/"),
    "View change set": lambda page, position: page.goto(
        f"/admin/issues/changeset/{ChangeSet.objects.latest('pk').pk}/change/"
    ),
}


def test_no_page_that_asks_has_an_accessibility_violation(
    world: Position, chromium: Browser, live_server: Any, scheme: str
) -> None:
    page = window(chromium, live_server, scheme, viewport={"width": 1440, "height": 900}).new_page()
    found = {}
    for heading, reach in PAGES.items():
        reach(page, world)
        expect(page.locator("main h1")).to_contain_text(heading, ignore_case=True)
        found[heading] = violations(page, STANDARD)
    assert {heading: errors for heading, errors in found.items() if errors} == {}


def test_a_position_says_what_it_will_be_before_it_is_saved(
    world: Position, chromium: Browser, live_server: Any
) -> None:
    page = window(chromium, live_server).new_page()
    page.goto(f"/admin/issues/position/{world.pk}/change/")
    page.locator("#id_summary").fill("It may be more.")

    page.get_by_role("button", name="Preview the change").click()

    expect(page.locator("#position-preview .will-be")).to_contain_text("Saved like this it will be: new")
    assert page.locator("#id_summary").input_value() == "It may be more."
    assert Position.objects.get(pk=world.pk).summary != "It may be more."


def test_a_look_up_offers_what_belongs_to_the_process_at_hand(
    world: Position, chromium: Browser, live_server: Any
) -> None:
    page = window(chromium, live_server).new_page()
    page.goto(f"/admin/issues/position/{world.pk}/change/")

    page.locator("#id_summit + .select2 .select2-selection").click()

    offered = page.locator(".select2-results__option:not(.loading-results)")
    expect(offered).to_have_text([str(summit) for summit in world.issue.process.summits.all()])
    assert Summit.objects.count() > world.issue.process.summits.count()
    options = page.locator("#id_option option").all_inner_texts()
    assert options[1:] == [str(option) for option in world.issue.options.order_by("value")]


def test_two_sources_become_one_by_the_keyboard_and_the_preview_tells_what_moves(
    world: Position, chromium: Browser, live_server: Any
) -> None:
    page = window(chromium, live_server).new_page()
    before = Source.objects.count()
    chosen(page, "source", "Merge into one…")

    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what this one would get").press("Enter")
    page.locator("[name=change_reason]").fill("One document.")
    page.get_by_role("button", name="Merge into “").press("Enter")

    page.wait_for_url("**/source/**")
    expect(page.locator(".messagelist")).to_contain_text("merged", ignore_case=True)
    assert Source.objects.count() == before - 1
