"""Lists of rows in Chromium: they grow where they are, and a block fills them."""

from typing import Any

import pytest
from playwright.sync_api import expect

from issues.models import Process
from issues.tests.browser.axe import BEST, violations
from issues.tests.browser.log_world import make_researcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(pasted);
}"""


def test_more_rows_and_a_block_come_without_loading_the_page(desk: Any) -> None:
    page = desk(make_researcher("mara"), "/new/?template=two-parties")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.get_by_label("What the negotiation is called").fill("Arden–Belmar")
    page.locator("#id_actors-0-name").focus()
    page.evaluate(
        PASTE,
        "Arden\tparty\tstate\nBelmar\tparty\tstate\nC\tmediator\tinternational\nD\tObserver\tkingdom\nE\tobserver\tstate",
    )

    expect(page.locator("#id_actors-4-name")).to_have_value("E")
    expect(page.locator("#id_actors-3-role")).to_have_value("observer")
    expect(page.get_by_text("1 cell of the block found no place here")).to_be_visible()
    page.locator("#id_actors-3-kind").select_option("state")
    page.locator("button[value=meetings]").first.click()
    expect(page.locator("#id_meetings-1-name")).to_be_focused()
    page.keyboard.type("Mill")
    page.locator("#id_meetings-1-day").fill("2026-05")
    assert violations(page, BEST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert loads == []
    page.get_by_role("button", name="Make the process").click()
    page.wait_for_url("**/arden-belmar/")

    made = Process.objects.get()
    assert [one.actor.name for one in made.participations.all()] == ["Arden", "Belmar", "C", "D", "E"]
    assert [one.name for one in made.summits.all()] == ["Mill"]


@pytest.mark.parametrize("address", ["/new/?template=treaty", "/new/?template=conference"])
def test_a_phone_is_wide_enough_in_the_dark(desk: Any, address: str) -> None:
    page = desk(make_researcher("mara"), address, width=360, color_scheme="dark")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page, BEST) == []
