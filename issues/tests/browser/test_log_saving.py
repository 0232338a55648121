"""What a cell says of itself, and that nothing typed is lost: cut network, closed tab, expired login."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import join
from issues.actions.log_sheet.sheet import open_sheet
from issues.models import SheetRow
from issues.tests.browser.log_world import (
    CELLS,
    SAVED,
    SHEET,
    Talks,
    arrived,
    typed,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_saving_then_saved_with_the_time(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    held: list[Any] = []
    page.route(CELLS, lambda route: held.append(route))
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_have_text("Saving")
    arrived(page, held).continue_()
    expect(state).to_have_text(SAVED)
    assert page.locator("[data-logged]").inner_text() == "1"
    assert not talks.field(page, 0, 0).get_attribute("aria-invalid")


def test_a_wrong_code_is_answered_in_the_cell_and_a_right_one_clears_it(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara)
    state = typed(talks, page, 0, 0, "h")
    expect(state).to_have_text("There is no option h: this issue has a to e.")
    assert talks.field(page, 0, 0).get_attribute("aria-invalid") == "true"
    assert talks.field(page, 0, 0).input_value() == "h"
    expect(typed(talks, page, 0, 0, "a")).to_have_text(SAVED)
    assert talks.field(page, 0, 0).get_attribute("aria-invalid") is None


def test_refused_words_are_not_sent_again_by_leaving_the_field(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if "/log/cell/" in request.url else None)
    state = typed(talks, page, 2, 2, "h")  # the last field: Enter stays there
    expect(state).to_contain_text("There is no option h")
    talks.field(page, 0, 0).focus()
    page.wait_for_timeout(100)
    assert len(sent) == 1
    assert talks.field(page, 2, 2).get_attribute("aria-invalid") == "true"


def test_typing_what_is_stored_again_clears_the_error(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    expect(typed(talks, page, 0, 0, "a")).to_have_text(SAVED)
    expect(typed(talks, page, 0, 0, "120")).to_contain_text("120 is outside")
    expect(typed(talks, page, 0, 0, "a")).to_have_text("Unchanged")
    assert talks.field(page, 0, 0).get_attribute("aria-invalid") is None


def test_a_source_shows_its_name_and_an_unknown_address_its_form(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    talks.source(page, 0).focus()
    page.keyboard.type("2\n")
    state = page.locator(f"#source-{talks.actors[0].pk}-state")
    expect(state).to_contain_text("Gazette: Release 1")
    expect(talks.source(page, 0)).to_have_value(talks.sources[1].key)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("https://new.example/x?utm_source=y\n")
    expect(state).to_contain_text("Not on record yet. Complete it")
    state.get_by_role("link", name="Complete it").click()
    expect(page.get_by_label("Address:", exact=True)).to_have_value("https://new.example/x?utm_source=y")
    page.get_by_label("Title").fill("New")
    page.get_by_label("Publisher").fill("Courier")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/log/#row-*")
    expect(talks.source(page, 0)).to_have_value("courier")
    assert SheetRow.objects.get().source.url == "https://new.example/x"


def test_a_row_that_joins_another_shows_its_new_source(talks: Talks, mara: Any, desk: Any) -> None:
    sheet = open_sheet(summit=talks.summit, by=mara)
    save_cell(sheet=sheet, actor=talks.actors[0], issue=talks.issues[0], typed="r", version=0, by=mara)
    join(sheet=sheet, lead=talks.actors[0], others=[talks.actors[1]], by=mara)
    page = desk(mara)
    talks.source(page, 0).focus()
    page.keyboard.type("2\n")
    expect(talks.source(page, 1)).to_have_value(talks.sources[1].key)
    talks.source(page, 1).focus()
    page.keyboard.type("3\n")
    expect(page.locator(f"#source-{talks.actors[1].pk}-state")).to_contain_text("Release 2")
    assert page.locator(".conflict").count() == 0


def test_it_goes_on_in_the_row_that_one_comes_back_to(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara, f"{SHEET}#row-{talks.actors[1].pk}")
    until(page, f"document.activeElement.id === 'source-{talks.actors[1].pk}'")


def test_what_the_letters_mean_is_told_in_the_column_in_use(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    hint = page.locator("[data-hint]")
    expect(hint).to_be_hidden()
    talks.field(page, 2, 1).focus()
    expect(hint.locator("li")).to_have_count(5)
    expect(hint.locator("li").first).to_contain_text("a 0")
    page.get_by_role("button", name="Preview and publish").click()
    page.wait_for_url("**/log/preview/")  # it did not move away from under the pointer


def test_the_way_to_the_details_comes_and_goes_with_the_code(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    details = page.locator(f"#cell-{talks.actors[0].pk}-{talks.issues[0].pk}").get_by_role("link")
    expect(details).to_have_count(0)
    expect(typed(talks, page, 0, 0, "a")).to_have_text(SAVED)
    details.click()
    expect(page.locator("tr.details-row")).to_be_visible()
    assert page.url.endswith(SHEET)
    page.keyboard.press("Escape")
    talks.field(page, 0, 0).fill("")
    talks.field(page, 0, 0).press("Enter")
    expect(details).to_have_count(0)


def test_the_live_region_speaks_once_for_many_cells_and_names_what_is_wrong(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara, "/talks/")
    page.clock.install()
    page.goto(SHEET)
    # It speaks when time has passed, which it does not while the answers come in.
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => heard.push(
            document.querySelector('[data-announce]').textContent)).observe(
            document.querySelector('[data-announce]'), {childList: true}); }"""
    )
    talks.field(page, 0, 0).focus()
    page.keyboard.type("r\nh\nr\n")
    talks.field(page, 1, 0).focus()
    page.keyboard.type("r\nr\n")
    for actor, issue in ((0, 0), (0, 2), (1, 0), (1, 1)):
        expect(talks.state(page, actor, issue)).to_have_text(SAVED)
    expect(talks.state(page, 0, 1)).to_contain_text("There is no option h")
    page.clock.run_for(3000)
    (heard,) = page.evaluate("heard")
    assert heard.startswith("4 fields saved. ")
    assert heard.endswith("Actor 0, Issue 1: There is no option h: this issue has a to e.")
    expect(typed(talks, page, 2, 2, "r")).to_have_text(SAVED)
    page.clock.run_for(3000)
    assert re.fullmatch(r"Actor 2, Issue 2: Saved \d\d:\d\d UTC", page.evaluate("heard[1]"))
    assert page.locator("[data-announce]").get_attribute("aria-live") == "polite"
