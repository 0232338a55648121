"""A source by any part of it, by the keyboard alone; and a new one from what a reference manager copies."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.models import SheetRow, Source
from issues.tests.browser.axe import LOOKS, violations
from issues.tests.browser.log_world import SHEET, Talks, make_researcher
from issues.tests.browser.test_log_paste import PASTE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIS = "TY  - NEWS\nTI  - The dam is half full\nT2  - Lenna News\nUR  - https://news.example/dam\nER  - \n"


@pytest.fixture
def page(talks: Talks, desk: Any) -> Page:
    return desk(make_researcher("mara"))


def test_arrows_choose_among_those_that_have_it_and_enter_goes_on(talks: Talks, page: Page) -> None:
    page.keyboard.type("elease")
    found = page.get_by_role("listbox", name="Sources")
    expect(found.get_by_role("option")).to_have_count(3)
    expect(talks.source(page, 0)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(talks.source(page, 0)).to_have_value(talks.sources[1].key)
    expect(page.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text("Release 1")
    assert page.evaluate("document.activeElement.id") == talks.name(0, 0)
    expect(found).to_be_hidden()


def test_escape_closes_the_list_and_what_one_source_alone_has_needs_no_choice(
    talks: Talks, page: Page
) -> None:
    page.keyboard.type("release 2")
    found = page.get_by_role("listbox", name="Sources")
    expect(found.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    assert page.evaluate("document.activeElement.value") == "release 2"
    page.keyboard.press("Enter")
    expect(page.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text("Release 2")


def test_a_click_takes_one_too(talks: Talks, page: Page) -> None:
    page.keyboard.type("gazette")
    page.get_by_role("listbox", name="Sources").get_by_role("option").first.click()
    expect(page.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text("Saved")
    assert SheetRow.objects.get().source in talks.sources


def test_an_entry_that_is_pasted_is_a_new_source(talks: Talks, page: Page) -> None:
    talks.source(page, 0).evaluate(PASTE, RIS)

    expect(page.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text("Lenna News: The dam")
    assert SheetRow.objects.get().source == Source.objects.get(url="https://news.example/dam")


def test_what_an_entry_lacks_is_told_and_completed_on_a_page(talks: Talks, page: Page) -> None:
    talks.source(page, 0).evaluate(PASTE, RIS.replace("T2  - Lenna News\n", ""))

    expect(page.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text(
        "Publisher: This field is required"
    )
    page.get_by_role("button", name="Complete it").click()
    expect(page.get_by_label("Title")).to_have_value("The dam is half full")
    page.get_by_label("Publisher").fill("Lenna News")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/log/#row-*")
    assert SheetRow.objects.get().source.title == "The dam is half full"


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_list_has_no_violation(talks: Talks, desk: Any, scheme: str, width: int) -> None:
    address = SHEET if width > 700 else f"{SHEET}?actor={talks.actors[0].slug}"
    page = desk(make_researcher("mara"), address, width=width, color_scheme=scheme)
    talks.source(page, 0).focus()
    page.keyboard.type("release")
    expect(page.get_by_role("listbox", name="Sources").get_by_role("option")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
