"""A block from a spreadsheet, pasted into one cell of the sheet."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.tests.browser.log_world import SHEET, Talks, make_researcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.focus();
    return field.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(talks: Talks, desk: Any) -> Page:
    return desk(make_researcher("mara"))


def saved(talks: Talks, page: Page, *cells: tuple[int, int]) -> None:
    """Wait until these cells are saved."""
    for cell in cells:
        expect(talks.state(page, *cell)).to_contain_text("Saved")


def told(page: Page) -> Any:
    return page.locator("[data-pasted]")


def test_a_block_fills_the_cells_from_the_first_on_and_each_is_saved(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 0).evaluate(PASTE, "a\tb\r\n\t45\r\n")

    expect(told(page)).to_contain_text("3 cells filled from the block.")
    saved(talks, page, (0, 0), (0, 1), (1, 1))
    assert talks.codes() == {(0, 0): "a", (0, 1): "b", (1, 1): "45"}
    page.goto(page.url)
    assert [talks.field(page, *at).input_value() for at in ((0, 0), (0, 1), (1, 0), (1, 1))] == [
        *("a", "b", "", "45")
    ]


def test_what_lies_beside_the_sheet_is_told_and_what_is_refused_is_marked(talks: Talks, page: Page) -> None:
    last = len(talks.issues) - 1
    talks.field(page, 1, last).evaluate(PASTE, 'a\tb\n"never\nheard ""of"""\tc')

    expect(told(page)).to_contain_text("2 cells filled")
    expect(told(page)).to_contain_text("2 cells of the block lay beside the sheet")
    expect(talks.field(page, 2, last)).to_have_value('never heard "of"')
    expect(talks.field(page, 2, last)).to_have_attribute("aria-invalid", "true")
    saved(talks, page, (1, last))
    assert talks.codes() == {(1, last): "a"}


def test_sources_and_codes_come_in_one_block(talks: Talks, page: Page) -> None:
    talks.source(page, 0).evaluate(PASTE, "1\ta\tb\n2\tc\td")

    saved(talks, page, (0, 0), (0, 1), (1, 0), (1, 1))
    assert set(talks.codes().values()) == set("abcd")
    for row in (0, 1):
        expect(page.locator(f"#source-{talks.actors[row].pk}-state")).to_contain_text("Saved")


def test_a_block_is_put_back(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 0).fill("b")
    talks.field(page, 0, 0).press("Tab")
    expect(talks.state(page, 0, 0)).to_contain_text("Saved")
    talks.field(page, 0, 0).evaluate(PASTE, "a\ta")
    saved(talks, page, (0, 1))
    expect(talks.field(page, 0, 0)).to_have_attribute("data-stored", "a")

    page.get_by_role("button", name="Put back").click()

    expect(talks.field(page, 0, 0)).to_have_attribute("data-stored", "b")
    expect(talks.field(page, 0, 1)).to_have_attribute("data-stored", "")
    assert {at: code for at, code in talks.codes().items() if code} == {(0, 0): "b"}


def test_one_value_is_pasted_as_ever(talks: Talks, page: Page) -> None:
    assert talks.field(page, 0, 0).evaluate(PASTE, "a") is True
    expect(told(page)).to_have_text("")
    assert SHEET in page.url
