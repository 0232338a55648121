"""The keyboard alone: on and back, up and down, details opened and closed, and the field stays the same."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.models import Cell
from issues.tests.browser.log_world import CELLS, Talks, arrived, make_researcher, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(talks: Talks, desk: Any) -> Page:
    return desk(make_researcher("mara"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.tagName"))


def test_it_starts_in_the_first_empty_field(talks: Talks, page: Page) -> None:
    assert focused(page) == f"source-{talks.actors[0].pk}"


def test_enter_goes_on_and_with_shift_back(talks: Talks, page: Page) -> None:
    walked = []
    for key in ("Enter", "Enter", "Enter", "Enter", "Shift+Enter"):
        page.keyboard.press(key)
        walked.append(focused(page))
    row = [talks.name(0, place) for place in range(3)]
    assert walked == [*row, f"source-{talks.actors[1].pk}", row[2]]


def test_arrows_stay_within_a_column(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 1).focus()
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(focused(page))
    assert walked == [talks.name(1, 1), talks.name(2, 1), talks.name(2, 1), talks.name(1, 1)]


def test_the_field_in_use_is_the_same_before_and_after_its_answer(talks: Talks, page: Page) -> None:
    field = talks.field(page, 0, 0)
    before = field.element_handle()
    field.fill("a")
    page.evaluate("document.activeElement.dispatchEvent(new Event('change'))")
    expect(talks.state(page, 0, 0)).to_contain_text("Saved")
    assert focused(page) == talks.name(0, 0)
    assert field.evaluate("(now, then) => now === then", before)
    field.press("End")
    field.press("!")
    field.press("Enter")
    expect(talks.state(page, 0, 0)).to_contain_text("Saved")
    assert field.evaluate("(now, then) => now === then", before)
    assert talks.codes() == {(0, 0): "a!"}


def test_what_is_typed_while_an_answer_is_awaited_is_sent_after_it(talks: Talks, page: Page) -> None:
    sent: list[Any] = []

    def hold_the_first(route: Any) -> None:
        sent.append(route)
        if len(sent) > 1:
            route.continue_()

    page.route(CELLS, hold_the_first)
    field = talks.field(page, 0, 0)
    field.focus()
    page.keyboard.type("a\n")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("e\n")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    first = arrived(page, sent)
    page.wait_for_timeout(100)
    assert sent == [first]
    first.continue_()
    expect(talks.state(page, 0, 0)).to_contain_text("Saved")
    until(page, "!localStorage.length")
    assert field.input_value() == ""
    assert talks.codes() == {}
    assert [row.code for row in Cell.history.order_by("history_id")] == ["a", "a"]  # made, emptied


def test_f2_saves_the_cell_and_opens_its_details_and_escape_closes_them(talks: Talks, page: Page) -> None:
    talks.field(page, 1, 0).focus()
    page.keyboard.type("b!")
    page.keyboard.press("F2")
    details = page.locator("tr.details-row")
    expect(details.get_by_role("heading", name="Actor 1 on Issue 0: b!")).to_be_visible()
    assert focused(page) == "summary"
    assert talks.codes() == {(1, 0): "b!"}
    page.keyboard.press("Escape")
    expect(details).to_have_count(0)
    assert focused(page) == talks.name(1, 0)


def test_enter_in_a_line_of_the_details_saves_them_and_ctrl_enter_does_in_a_box(
    talks: Talks, page: Page
) -> None:
    talks.field(page, 1, 0).focus()
    page.keyboard.type("b!")
    page.keyboard.press("F2")
    details = page.locator("tr.details-row")
    details.get_by_label("Summary").fill("A little.")
    details.get_by_label("Accepts to").fill("30")
    page.keyboard.press("Enter")
    expect(details).to_have_count(0)
    assert focused(page) == talks.name(1, 0)
    page.keyboard.press("F2")
    details.get_by_label("Summary").fill("A little more.")
    page.keyboard.press("Control+Enter")
    expect(details).to_have_count(0)
    cell = Cell.objects.get()
    assert (cell.summary, cell.accepts_to) == ("A little more.", 30)


def test_details_that_are_not_saved_stay_open_until_they_are_saved_or_closed(
    talks: Talks, page: Page
) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    talks.field(page, 0, 0).fill("b")
    talks.field(page, 1, 0).fill("b")
    page.keyboard.press("F2")
    details = page.locator("tr.details-row")
    summary = details.get_by_label("Summary")
    summary.fill("Words.")
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.keyboard.press("F2"),
        lambda: talks.field(page, 0, 0).press("F2"),
        lambda: page.get_by_role("button", name="Preview and publish").click(),
    ):
        leave()
        expect(details.get_by_role("alert")).to_contain_text("not saved: save or close them first")
        assert summary.input_value() == "Words."
    details.get_by_role("button", name="Close").click()
    expect(details).to_have_count(0)
    page.keyboard.press("F2")
    summary.fill("Words again.")
    page.goto("/talks/")
    assert asked == ["beforeunload"]


def test_details_are_as_wide_as_the_columns_that_are_shown(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 0).fill("b")
    page.keyboard.press("Control+Enter")
    talks.field(page, 0, 0).press("F2")
    details = page.locator("tr.details-row > td")
    shown = page.locator("table.log thead th:not([hidden])")
    assert details.evaluate("cell => cell.colSpan") == shown.count() == 3
    page.keyboard.press("F4")
    assert details.evaluate("cell => cell.colSpan") == shown.count() > 3


def test_details_are_saved_in_place_and_their_errors_are_shown_there(talks: Talks, page: Page) -> None:
    field = talks.field(page, 1, 0)
    field.focus()
    page.keyboard.type("b!")
    page.keyboard.press("F2")
    details = page.locator("tr.details-row")
    details.get_by_label("Summary").fill("A little.")
    details.get_by_label("Speaker:").fill("Nobody")
    details.get_by_role("button", name="Save details").click()
    expect(details).to_contain_text("Nobody on record is called “Nobody”")
    assert details.get_by_label("Summary").input_value() == "A little."
    details.get_by_label("Speaker:").fill("")
    details.get_by_label("Accepts to").fill("30")
    details.get_by_role("button", name="Save details").click()
    expect(details).to_have_count(0)
    assert focused(page) == talks.name(1, 0)
    cell = Cell.objects.get()
    assert (cell.summary, cell.accepts_to, cell.version) == ("A little.", 30, 2)
    page.keyboard.type("c!\n")
    expect(talks.state(page, 1, 0)).to_contain_text("Saved")
    assert talks.codes() == {(1, 0): "c!"}


def test_details_that_another_changed_meanwhile_are_kept_by_saving_again(
    talks: Talks, page: Page, desk: Any
) -> None:
    talks.field(page, 1, 0).focus()
    page.keyboard.type("b")
    page.keyboard.press("F2")
    details = page.locator("tr.details-row")
    details.get_by_label("Summary").fill("Mine.")
    other = desk(make_researcher("omar"))
    talks.field(other, 1, 0).focus()
    other.keyboard.type("c\n")
    expect(talks.state(other, 1, 0)).to_contain_text("Saved")
    save = details.get_by_role("button", name="Save details")
    save.click()
    expect(details).to_contain_text("Someone changed this cell meanwhile: it now says c")
    assert details.get_by_label("Summary").input_value() == "Mine."
    save.click()
    expect(details).to_have_count(0)
    assert Cell.objects.get().summary == "Mine."


def test_without_a_code_there_are_no_details_yet(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 0).focus()
    page.keyboard.press("F2")
    expect(talks.state(page, 0, 0)).to_contain_text("Type a code first")
    assert focused(page) == talks.name(0, 0)


def test_arrows_pass_over_details_that_are_open(talks: Talks, page: Page) -> None:
    talks.field(page, 0, 0).focus()
    page.keyboard.type("b")
    page.keyboard.press("F2")
    expect(page.locator("tr.details-row")).to_be_visible()
    talks.field(page, 0, 0).focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == talks.name(1, 0)
