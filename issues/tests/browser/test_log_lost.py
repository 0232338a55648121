"""Nothing typed is lost: cut network, closed tab, expired login."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from issues.actions.demo.accounts import PASSWORD
from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.tests.browser.log_world import CELLS, SAVED, SHEET, Talks, make_researcher, typed

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_cut_network_keeps_the_cell_and_offers_to_try_again(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    page.route(CELLS, lambda route: route.abort())
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_contain_text("Not saved – retry")
    assert talks.field(page, 0, 0).input_value() == "a"
    assert talks.codes() == {}
    page.unroute(CELLS)
    state.get_by_role("button", name="Retry").click()
    expect(state).to_have_text(SAVED)
    assert page.evaluate("document.activeElement.name") == talks.name(0, 0)
    assert talks.codes() == {(0, 0): "a"}


def test_an_error_of_the_server_keeps_the_cell_too(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    page.route(CELLS, lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    expect(typed(talks, page, 0, 0, "a")).to_contain_text("Not saved – retry")


def test_back_on_the_network_it_sends_by_itself(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    page.context.set_offline(True)
    first, second = typed(talks, page, 0, 0, "a"), typed(talks, page, 1, 1, "b")
    expect(first).to_contain_text("Not saved")
    expect(second).to_contain_text("Not saved")
    page.context.set_offline(False)
    expect(first).to_have_text(SAVED)
    expect(second).to_have_text(SAVED)
    assert talks.codes() == {(0, 0): "a", (1, 1): "b"}


def test_a_network_that_comes_back_unannounced_is_tried_every_ten_seconds(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara, "/talks/")
    page.clock.install()
    page.goto(SHEET)
    page.route(CELLS, lambda route: route.abort())
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_contain_text("Not saved")
    page.unroute(CELLS)
    page.clock.fast_forward(10_500)
    expect(state).to_have_text(SAVED)


def test_a_closed_tab_keeps_what_was_not_sent_for_the_next_visit(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    page.route("**/log/**", lambda route: route.abort())
    expect(typed(talks, page, 0, 0, "a")).to_contain_text("Not saved")
    talks.source(page, 1).focus()
    page.keyboard.type("2\n")
    expect(page.locator(f"#source-{talks.actors[1].pk}-state")).to_contain_text("Not saved")
    page.close()
    assert talks.codes() == {}
    again = page.context.new_page()
    again.goto(SHEET)
    expect(talks.state(again, 0, 0)).to_have_text(SAVED)
    expect(talks.source(again, 1)).to_have_value(talks.sources[1].key)
    assert talks.codes() == {(0, 0): "a"}
    assert again.evaluate("localStorage.length") == 0


def test_what_a_closed_tab_kept_does_not_overwrite_what_came_since(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara)
    page.route(CELLS, lambda route: route.abort())
    expect(typed(talks, page, 0, 0, "a")).to_contain_text("Not saved")
    page.close()
    omar = make_researcher("omar")
    sheet = open_sheet(summit=talks.summit, by=omar)
    save_cell(sheet=sheet, actor=talks.actors[0], issue=talks.issues[0], typed="e", version=0, by=omar)
    again = page.context.new_page()
    again.on("dialog", lambda dialog: dialog.accept())
    again.goto(SHEET)
    expect(talks.state(again, 0, 0)).to_have_text("Conflict")
    assert talks.field(again, 0, 0).input_value() == "a"
    again.get_by_role("button", name="Preview and publish").click()
    expect(again.get_by_role("alert")).to_contain_text("someone typed “e” meanwhile")
    assert talks.codes() == {(0, 0): "e"}


def test_leaving_with_something_unsent_asks_first_and_submitting_does_not(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.route(CELLS, lambda route: route.abort())
    expect(typed(talks, page, 0, 0, "n")).to_contain_text("Not saved")
    page.get_by_role("button", name="Preview and publish").click()
    page.wait_for_url("**/log/preview/")
    assert asked == []
    assert talks.codes() == {(0, 0): "n"}
    page.goto(SHEET)
    expect(typed(talks, page, 0, 1, "n")).to_contain_text("Not saved")
    page.goto("/talks/")
    assert asked == ["beforeunload"]


def test_an_expired_login_says_so_keeps_the_words_and_saves_after_signing_in_again(
    talks: Talks, desk: Any
) -> None:
    page = desk(make_researcher("mara", signs_in=True))
    page.context.clear_cookies(name="sessionid")
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_contain_text("Not saved – your login has expired: sign in")
    assert talks.field(page, 0, 0).input_value() == "a"
    with page.expect_popup() as opened:
        state.get_by_role("link", name="sign in").click()
    other = opened.value
    other.get_by_label("User name or address").fill("mara")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.wait_for_url(f"**{SHEET}")
    other.close()
    talks.field(page, 0, 1).focus()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state).to_have_text(SAVED)
    assert talks.codes() == {(0, 0): "a"}
    # The form of the page carries the token of the new login.
    typed(talks, page, 0, 1, "n")
    page.get_by_role("button", name="Preview and publish").click()
    page.wait_for_url("**/log/preview/")
    assert talks.codes() == {(0, 0): "a", (0, 1): "n"}


def test_without_a_script_the_whole_sheet_is_saved_by_one_button(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara, java_script_enabled=False)
    talks.source(page, 0).fill("1")
    talks.field(page, 0, 0).fill("a")
    talks.field(page, 1, 1).fill("h")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("1 cell saved; what follows is not.")
    expect(talks.field(page, 1, 1)).to_have_value("h")
    expect(talks.state(page, 0, 0)).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d UTC\s*$"))
    assert talks.codes() == {(0, 0): "a"}
