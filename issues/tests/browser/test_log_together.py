"""Two people on one sheet: different cells merge, in the same cell both values are shown and one chooses."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.models import Cell, SheetRow
from issues.tests.browser.log_world import Talks, make_researcher, make_talks, until

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talks() -> Talks:
    return make_talks(2)


@pytest.fixture
def both(talks: Talks, desk: Any) -> tuple[Page, Page]:
    """Mara's and Omar's window on the same sheet, both opened while it was empty."""
    return desk(make_researcher("mara")), desk(make_researcher("omar"))


def typed(talks: Talks, page: Page, actor: int, issue: int, code: str, state: str = "Saved") -> None:
    field = talks.field(page, actor, issue)
    field.focus()
    page.keyboard.type(f"{code}\n")
    expect(talks.state(page, actor, issue)).to_contain_text(state)


def conflict(talks: Talks, page: Page) -> Any:
    return page.locator(f"#cell-{talks.actors[0].pk}-{talks.issues[0].pk} .conflict")


@pytest.fixture
def conflicting(talks: Talks, both: tuple[Page, Page]) -> tuple[Page, Page]:
    """Omar typed e where Mara types a."""
    mara, omar = both
    typed(talks, omar, 0, 0, "e")
    typed(talks, mara, 0, 0, "a", "Conflict")
    return both


def history() -> list[tuple[str, str]]:
    return [(row.code, row.history_user.username) for row in Cell.history.order_by("history_id")]


def test_different_cells_merge_though_one_sends_the_whole_sheet(
    talks: Talks, both: tuple[Page, Page]
) -> None:
    mara, omar = both
    typed(talks, omar, 0, 0, "e")
    talks.source(omar, 0).fill("1")
    talks.source(omar, 0).press("Enter")
    expect(omar.locator(f"#source-{talks.actors[0].pk}-state")).to_contain_text("Release 0")
    typed(talks, mara, 1, 1, "a")
    mara.get_by_role("button", name="Preview and publish").click()
    mara.wait_for_url("**/log/preview/")
    assert talks.codes() == {(0, 0): "e", (1, 1): "a"}
    assert SheetRow.objects.get().source == talks.sources[0]


def test_the_same_cell_shows_both_values_with_who_and_when_and_chooses_nothing(
    talks: Talks, conflicting: tuple[Page, Page]
) -> None:
    mara, _ = conflicting
    row = conflict(talks, mara)
    words = row.locator("p").inner_text()
    assert re.fullmatch(r"Was 50 · First meeting\. You: a\. omar, \d\d:\d\d UTC: e", words)
    assert [button.inner_text() for button in row.get_by_role("button").all()] == [
        "Keep mine",
        "Use omar’s",
        "Mark disputed",
    ]
    assert not row.evaluate("row => row.contains(document.activeElement)")
    assert talks.field(mara, 0, 0).input_value() == "a"
    assert talks.codes() == {(0, 0): "e"}


def test_keep_mine(talks: Talks, conflicting: tuple[Page, Page]) -> None:
    mara, omar = conflicting
    conflict(talks, mara).get_by_role("button", name="Keep mine").click()
    expect(talks.state(mara, 0, 0)).to_contain_text("Saved")
    expect(conflict(talks, mara)).to_have_count(0)
    assert mara.evaluate("document.activeElement.name") == talks.name(0, 0)
    assert talks.codes() == {(0, 0): "a"}
    assert history() == [("e", "omar"), ("a", "mara")]
    typed(talks, omar, 0, 0, "b", "Conflict")


def test_use_theirs(talks: Talks, conflicting: tuple[Page, Page]) -> None:
    mara, _ = conflicting
    conflict(talks, mara).get_by_role("button", name="Use omar’s").click()
    expect(talks.state(mara, 0, 0)).to_contain_text("Taken over")
    expect(conflict(talks, mara)).to_have_count(0)
    assert talks.field(mara, 0, 0).input_value() == "e"
    assert history() == [("e", "omar")]
    assert mara.evaluate("localStorage.length") == 0
    typed(talks, mara, 0, 0, "b")
    assert talks.codes() == {(0, 0): "b"}


def test_mark_disputed(talks: Talks, conflicting: tuple[Page, Page]) -> None:
    mara, _ = conflicting
    conflict(talks, mara).get_by_role("button", name="Mark disputed").click()
    expect(talks.state(mara, 0, 0)).to_contain_text("Saved")
    cell = Cell.objects.get()
    assert (cell.code, cell.disputed, cell.note) == ("a", True, "omar typed e.")
    mara.get_by_role("button", name="Preview and publish").click()
    expect(mara.get_by_text("≠ disputed").first).to_be_visible()


def test_the_keyboard_alone_chooses(talks: Talks, conflicting: tuple[Page, Page]) -> None:
    mara, _ = conflicting
    talks.field(mara, 0, 0).focus()
    while mara.evaluate("document.activeElement.textContent") != "Keep mine":
        mara.keyboard.press("Tab")
    mara.keyboard.press("Enter")
    expect(talks.state(mara, 0, 0)).to_contain_text("Saved")
    assert talks.codes() == {(0, 0): "a"}


def test_a_conflict_that_is_left_open_is_there_on_the_next_visit(
    talks: Talks, conflicting: tuple[Page, Page]
) -> None:
    mara, _ = conflicting
    mara.reload()
    expect(talks.state(mara, 0, 0)).to_have_text("Conflict")
    assert talks.field(mara, 0, 0).input_value() == "a"
    expect(conflict(talks, mara)).to_contain_text("omar")
    assert talks.codes() == {(0, 0): "e"}


def test_a_second_window_of_the_same_person_does_not_send_for_the_first(
    talks: Talks, conflicting: tuple[Page, Page]
) -> None:
    mara, _ = conflicting
    second = mara.context.new_page()
    second.goto(mara.url)
    expect(talks.state(second, 0, 0)).to_have_text("Conflict")
    second.evaluate("window.dispatchEvent(new Event('online'))")
    second.wait_for_timeout(300)
    assert talks.codes() == {(0, 0): "e"}
    assert mara.evaluate("localStorage.length") == 1


def test_an_emptied_cell_conflicts_with_what_was_typed_into_it(talks: Talks, both: tuple[Page, Page]) -> None:
    mara, omar = both
    typed(talks, omar, 0, 0, "e")
    mara.reload()
    talks.field(omar, 0, 0).fill("")
    talks.field(omar, 0, 0).press("Enter")
    expect(talks.state(omar, 0, 0)).to_contain_text("Saved")
    until(omar, "!localStorage.length")
    typed(talks, mara, 0, 0, "a", "Conflict")
    expect(conflict(talks, mara)).to_contain_text("emptied")
    conflict(talks, mara).get_by_role("button", name="Keep mine").click()
    expect(talks.state(mara, 0, 0)).to_contain_text("Saved")
    assert talks.codes() == {(0, 0): "a"}


def test_what_another_types_comes_as_it_is_typed(talks: Talks, desk: Any) -> None:
    mara, omar = desk(make_researcher("mara"), looks=True), desk(make_researcher("omar"))
    talks.field(mara, 1, 1).focus()
    for issue in (0, 1):
        typed(talks, omar, 1, issue, "e")
    mara.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(talks.field(mara, 1, 0)).to_have_value("e")
    expect(talks.state(mara, 1, 0)).to_have_text(re.compile(r"^omar \d\d:\d\d UTC$"))
    # The field in use is left alone, and told of.
    expect(talks.state(mara, 1, 1)).to_have_text("Meanwhile omar: e")
    assert talks.field(mara, 1, 1).input_value() == ""
    assert mara.locator("[data-logged]").inner_text() == "1"
    mara.keyboard.type("a\n")
    expect(talks.state(mara, 1, 1)).to_have_text("Conflict")
    # What came is what is corrected, without a conflict.
    typed(talks, mara, 1, 0, "a")
    expect(talks.state(mara, 1, 0)).to_have_text(re.compile(r"^Saved"))
    assert talks.codes() == {(1, 0): "a", (1, 1): "e"}


def test_two_sources_for_one_row_are_a_conflict_too(talks: Talks, both: tuple[Page, Page]) -> None:
    mara, omar = both
    for page, number in ((omar, "1"), (mara, "2")):
        talks.source(page, 0).fill(number)
        talks.source(page, 0).press("Enter")
        expect(page.locator(f"#source-{talks.actors[0].pk}-state")).not_to_have_text(
            re.compile("^(Saving)?$")
        )
    row = mara.locator(f"#row-{talks.actors[0].pk} .conflict")
    expect(row).to_contain_text("You: 2. omar, ")
    expect(row).to_contain_text(talks.sources[0].key)
    assert row.get_by_role("button").count() == 2
    row.get_by_role("button", name="Use omar’s").click()
    expect(talks.source(mara, 0)).to_have_value(talks.sources[0].key)
    assert SheetRow.objects.get().source == talks.sources[0]
