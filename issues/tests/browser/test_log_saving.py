"""What a cell says of itself, and that nothing typed is lost: cut network, closed tab, expired login."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.actions.accounts import PASSWORD
from issues.actions.cell import save_cell
from issues.actions.row import join
from issues.actions.sheet import open_sheet
from issues.models import SheetRow
from issues.tests.browser.log_world import SHEET, Talks, make_researcher, make_talks, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CELLS = "**/log/cell/**"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def talks() -> Talks:
    return make_talks(3)


@pytest.fixture
def mara(talks: Talks) -> Any:
    return make_researcher("mara")


def typed(talks: Talks, page: Page, actor: int, issue: int, code: str) -> Any:
    """Commit a cell; returns what it says of itself."""
    talks.field(page, actor, issue).focus()
    page.keyboard.type(f"{code}\n")
    return talks.state(page, actor, issue)


def test_saving_then_saved_with_the_time(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara)
    held: list[Any] = []
    page.route(CELLS, lambda route: held.append(route))
    state = typed(talks, page, 0, 0, "a")
    expect(state).to_have_text("Saving")
    held[0].continue_()
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
    expect(page.get_by_label("Address")).to_have_value("https://new.example/x?utm_source=y")
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
    page.get_by_role("button", name="Review and publish").click()
    page.wait_for_url("**/log/review/")  # it did not move away from under the pointer


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
    again.get_by_role("button", name="Review and publish").click()
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
    page.get_by_role("button", name="Review and publish").click()
    page.wait_for_url("**/log/review/")
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
    other.get_by_label("Username").fill("mara")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(f"**{SHEET}")
    other.close()
    talks.field(page, 0, 1).focus()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state).to_have_text(SAVED)
    assert talks.codes() == {(0, 0): "a"}
    # The form of the page carries the token of the new login.
    typed(talks, page, 0, 1, "n")
    page.get_by_role("button", name="Review and publish").click()
    page.wait_for_url("**/log/review/")
    assert talks.codes() == {(0, 0): "a", (0, 1): "n"}


def test_without_a_script_the_whole_sheet_is_saved_by_one_button(talks: Talks, mara: Any, desk: Any) -> None:
    page = desk(mara, java_script_enabled=False)
    talks.source(page, 0).fill("1")
    talks.field(page, 0, 0).fill("a")
    talks.field(page, 1, 1).fill("h")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("1 cell saved; what follows is not.")
    expect(talks.field(page, 1, 1)).to_have_value("h")
    expect(talks.state(page, 0, 0)).to_have_text("Saved")
    assert talks.codes() == {(0, 0): "a"}


def test_the_live_region_speaks_once_for_many_cells_and_names_what_is_wrong(
    talks: Talks, mara: Any, desk: Any
) -> None:
    page = desk(mara)
    page.evaluate(
        """() => { window.heard = []; new MutationObserver(() => heard.push(
            document.querySelector('[data-announce]').textContent)).observe(
            document.querySelector('[data-announce]'), {childList: true}); }"""
    )
    talks.field(page, 0, 0).focus()
    page.keyboard.type("r\nh\nr\n")
    talks.field(page, 1, 0).focus()
    page.keyboard.type("r\nr\n")
    until(page, "heard.length > 0")
    page.wait_for_timeout(300)
    (heard,) = page.evaluate("heard")
    assert heard.startswith("4 fields saved. ")
    assert heard.endswith("Actor 0, Issue 1: There is no option h: this issue has a to e.")
    expect(typed(talks, page, 2, 2, "r")).to_have_text(SAVED)
    until(page, "heard.length > 1")
    assert re.fullmatch(r"Actor 2, Issue 2: Saved \d\d:\d\d", page.evaluate("heard[1]"))
    assert page.locator("[data-announce]").get_attribute("aria-live") == "polite"
