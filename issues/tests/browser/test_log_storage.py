"""The sheet where the browser keeps nothing: its storage is blocked, or full."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.tests.browser.log_world import CELLS, SAVED, SHEET, Talks, typed

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

BLOCKED = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("Access is denied for this document.", "SecurityError"); }
});"""
FULL = """Storage.prototype.setItem = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
};"""
TOLD = "This browser keeps nothing of this page"


def sheet_where(page: Page, storage: str) -> list[str]:
    """Open the sheet where the storage is like this; returns what its scripts throw, as they throw it."""
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.add_init_script(storage)
    page.goto(SHEET)
    return thrown


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_a_cell_is_saved_and_the_person_is_told_once(
    talks: Talks, mara: Any, desk: Any, storage: str
) -> None:
    page = desk(mara, "/talks/")
    thrown = sheet_where(page, storage)
    expect(page.get_by_text(TOLD)).to_be_hidden()
    expect(typed(talks, page, 0, 0, "a")).to_have_text(SAVED)
    expect(page.locator("main").get_by_text(TOLD).locator("visible=true")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text(TOLD)
    expect(typed(talks, page, 0, 1, "n")).to_have_text(SAVED)
    expect(page.get_by_role("status")).to_contain_text("Issue 1: Saved")
    expect(page.get_by_role("status")).not_to_contain_text(TOLD)
    assert talks.codes() == {(0, 0): "a", (0, 1): "n"}
    assert thrown == []


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_where_nothing_can_be_kept_a_cut_network_is_tried_again_all_the_same(
    talks: Talks, mara: Any, desk: Any, storage: str
) -> None:
    page = desk(mara, "/talks/")
    thrown = sheet_where(page, storage)
    page.route(CELLS, lambda route: route.abort())
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_contain_text("Not saved – retry")
    page.unroute(CELLS)
    state.get_by_role("button", name="Retry").click()
    expect(state).to_have_text(SAVED)
    assert talks.codes() == {(0, 0): "a"}
    assert thrown == []


def test_a_storage_that_filled_up_gives_back_no_words_that_were_typed_over(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara)
    page.route(CELLS, lambda route: route.abort())
    expect(typed(talks, page, 0, 0, "a")).to_contain_text("Not saved")
    expect(typed(talks, page, 0, 1, "n")).to_contain_text("Not saved")
    # Full: what is shorter than before can be stored, what is longer cannot.
    page.evaluate(
        """() => {
            const free = Storage.prototype.setItem;
            Storage.prototype.setItem = function (name, words) {
                if (words.length >= (this.getItem(name) || "").length)
                    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
                free.call(this, name, words);
            };
        }"""
    )
    expect(typed(talks, page, 0, 0, "e!")).to_contain_text("Not saved")
    page.close()
    again = page.context.new_page()
    again.goto(SHEET)
    expect(talks.state(again, 0, 1)).to_have_text(SAVED)
    expect(talks.field(again, 0, 0)).to_have_value("")
    assert talks.codes() == {(0, 1): "n"}


def test_what_was_kept_and_cannot_be_read_does_not_stop_the_page(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    page.evaluate(
        """() => {
            const form = document.querySelector("form.log-form");
            localStorage.setItem(`redlines-sheet-${form.dataset.sheet}`, "{cut off");
        }"""
    )
    thrown = sheet_where(page, "")
    expect(typed(talks, page, 0, 0, "a")).to_have_text(SAVED)
    assert thrown == []
