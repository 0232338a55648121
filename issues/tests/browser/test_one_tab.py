"""The stops of a picture are one stop of the Tab key, and arrows lead from one to the next."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("server")]

MATRIX = "/armenia-azerbaijan/?summit=brussels-2023-07-15"
MIDDLE = "/armenia-azerbaijan/?summit=brussels-2022-05-22"

CLASHES = """() => {
  const boxes = (css) => [...document.querySelectorAll(css)].map((one) => one.getBoundingClientRect());
  const over = (rects) => rects.flatMap((one, at) => rects.slice(at + 1).filter((other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.5)).length;
  return [boxes(".rail a").length, over(boxes(".rail a")), over(boxes(".rail a > span"))];
}"""


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id")


def test_one_tab_enters_at_the_current_stop_and_the_next_leaves(open_page: Any) -> None:
    page = open_page(MATRIX)
    page.locator("#main").focus()
    while "As of" not in focused(page):
        page.keyboard.press("Tab")
    assert focused(page) == "As of Brussels, 15 July 2023"
    page.keyboard.press("Tab")
    expect(page.locator("#id_summit")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "As of Brussels, 15 July 2023"


def test_arrows_and_the_ends_move_as_they_point_and_enter_follows(open_page: Any) -> None:
    page = open_page(MATRIX)
    page.locator(".rail a[aria-current]").focus()
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "As of Armenia–Azerbaijan border, 12 July 2023"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")  # there is nothing before the first
    assert focused(page) == "As of Trilateral statement, 9 November 2020"
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "As of Moscow, 11 January 2021"
    page.evaluate("document.documentElement.dir = 'ltr'")
    page.keyboard.press("End")
    assert focused(page) == "As of Moscow, 25 July 2023"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("summit=.*2023-07"))
    expect(page.locator(".rail a[aria-current]")).to_have_attribute("tabindex", "0")


def test_the_dots_of_each_actor_over_time_are_one_tab(open_page: Any) -> None:
    page = open_page("/armenia-azerbaijan/issues/transport-links/?summit=brussels-2023-07-15")
    charts = page.locator(".charts svg[data-one-tab]")
    charts.nth(0).locator("a").last.focus()
    page.keyboard.press("Home")
    expect(charts.nth(0).locator("a").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(charts.nth(0).locator("a").nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(charts.nth(1).locator("a").last).to_be_focused()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_lies_on_anything_and_the_current_stop_is_seen_without_a_script(
    open_page: Any, width: int
) -> None:
    page = open_page(MIDDLE, width=width)
    stops, overprinted, labels = page.evaluate(CLASHES)
    assert (stops > 20, overprinted, labels) == (True, 0, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page = open_page(MIDDLE, width=width, java_script_enabled=False)
    expect(page.locator(".rail a[aria-current]")).to_be_in_viewport()
    assert page.locator(".rail a[tabindex]").count() == 0
