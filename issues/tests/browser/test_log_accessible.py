"""The log sheet and its pages in every state: accessible, in light and dark, on a desk and on a phone."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import set_source
from issues.actions.log_sheet.sheet import finish, open_sheet
from issues.tests.browser.axe import LOOKS, violations
from issues.tests.browser.log_world import CELLS, SHEET, Talks, make_researcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "issues" / "log"


def filled(talks: Talks, name: str, codes: str, *, private: bool = False) -> Any:
    """Someone whose sheet has these codes in its first row, and a source."""
    user = make_researcher(name)
    sheet = open_sheet(summit=talks.summit, by=user, private=private)
    set_source(sheet=sheet, actor=talks.actors[0], source=talks.sources[0], by=user)
    for issue, code in zip(talks.issues, codes.split(), strict=False):
        save_cell(sheet=sheet, actor=talks.actors[0], issue=issue, typed=code, version=0, by=user)
    if private:
        finish(sheet=sheet, by=user)
    return user


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_sheet_with_errors_conflicts_and_details_has_no_violation(
    talks: Talks, desk: Any, scheme: str, width: int
) -> None:
    mara = filled(talks, "mara", "r")
    address = SHEET if width > 700 else f"{SHEET}?actor={talks.actors[0].slug}"
    page: Page = desk(mara, address, width=width, color_scheme=scheme)
    found = {"as it is opened": violations(page)}
    omar = make_researcher("omar")
    sheet = open_sheet(summit=talks.summit, by=omar)
    save_cell(sheet=sheet, actor=talks.actors[0], issue=talks.issues[1], typed="e", version=0, by=omar)
    talks.field(page, 0, 1).focus()
    page.keyboard.type("a\n")
    page.keyboard.type("h\n")
    expect(talks.state(page, 0, 1)).to_have_text("Conflict")
    expect(talks.state(page, 0, 2)).to_contain_text("There is no option h")
    page.route(CELLS, lambda route: route.abort())
    talks.field(page, 0, 0).fill("a")
    talks.field(page, 0, 0).press("Enter")
    expect(talks.state(page, 0, 0)).to_contain_text("Not saved")
    talks.source(page, 0).fill("https://new.example/")
    talks.source(page, 0).press("Enter")
    expect(page.get_by_role("link", name="Complete it")).to_be_visible()
    for box in page.locator("details").all():
        box.evaluate("box => { box.open = true; }")
    found["with errors and a conflict"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Not before: it tries again by itself every ten seconds.
    page.unroute(CELLS)
    page.get_by_role("button", name="Retry").click()
    expect(talks.state(page, 0, 0)).to_contain_text("Saved")
    page.keyboard.press("F2")
    expect(page.locator("tr.details-row")).to_be_visible()
    found["with details"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {state: errors for state, errors in found.items() if errors} == {}


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_its_other_pages_have_no_violation(talks: Talks, desk: Any, scheme: str, width: int) -> None:
    mara = filled(talks, "mara", "a r! n")
    filled(talks, "zoe", "a b n", private=True)
    filled(talks, "abe", "a c t", private=True)
    cell = f"{talks.actors[0].pk}/{talks.issues[0].pk}/"
    page: Page = desk(mara, width=width, color_scheme=scheme)
    found = {}
    for address in (
        f"{SHEET}preview/",
        f"{SHEET}compare/",
        f"{SHEET}details/{cell}",
        f"{SHEET}row/{talks.actors[0].pk}/new-source/",
        f"{SHEET}actors/new/",
        "/talks/summits/new/",
        f"{SHEET}?sheet=own",
    ):
        page.goto(address)
        found[address] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(f"{SHEET}details/{cell}")
    page.get_by_label("Speaker:").fill("Nobody")
    page.get_by_role("button", name="Save details").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody on record is called")
    expect(page.get_by_text("someone new of this name")).to_be_visible()
    page.get_by_role("button", name="Another quotation").click()
    expect(page.get_by_role("group", name="Further quotation 1")).to_be_visible()
    page.get_by_role("button", name="Save details").click()
    found["refused details"] = violations(page)
    page.goto(f"{SHEET}preview/")
    page.get_by_label("Note").fill("Done.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url("**/talks/summits/evening/")
    for address in (f"{SHEET}preview/", SHEET):
        page.goto(address)
        found[f"published {address}"] = violations(page)
    assert {address: errors for address, errors in found.items() if errors} == {}


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_a_refused_save_without_a_script_has_no_violation(
    talks: Talks, desk: Any, scheme: str, width: int
) -> None:
    query = "" if width > 700 else f"?actor={talks.actors[0].slug}"
    page: Page = desk(make_researcher("mara"), SHEET + query, width=width, color_scheme=scheme)
    assert filled(talks, "omar", "e")
    # The form is sent as it would be without the script, which axe itself needs.
    wrong = {talks.name(0, 0): "a", talks.name(0, 1): "h", f"source-{talks.actors[0].pk}": "nonsense"}
    with page.expect_navigation():
        page.evaluate(
            """typed => {
                const form = document.querySelector('form.log-form');
                for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
                form.submit();
            }""",
            wrong,
        )
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.locator(".conflict")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("alert").get_by_role("link", name="There is no option h").click()
    expect(talks.field(page, 0, 1)).to_be_focused()


def test_on_a_phone_one_actor_is_a_page(talks: Talks, desk: Any) -> None:
    page: Page = desk(make_researcher("mara"), width=360, java_script_enabled=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("table.log")).to_be_hidden()
    page.get_by_role("navigation", name="Actors").get_by_role("link", name="Actor 1").click()
    expect(page.locator("input.code:visible")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for place in range(3):
        expect(page.locator("tbody").get_by_text(f"Issue {place}", exact=True)).to_be_visible()
    talks.field(page, 1, 2).fill("a")
    page.get_by_role("button", name="Save").click()
    expect(talks.state(page, 1, 2)).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d UTC\s*$"))
    assert talks.codes() == {(1, 2): "a"}


def test_on_a_phone_with_its_script_the_count_is_of_the_whole_sheet(talks: Talks, desk: Any) -> None:
    mara = filled(talks, "mara", "r r")
    page: Page = desk(mara, f"{SHEET}?actor={talks.actors[1].slug}", width=360)
    talks.field(page, 1, 0).fill("a")
    talks.field(page, 1, 0).press("Enter")
    expect(page.locator("[data-logged]")).to_have_text("3")


def test_the_first_load_is_light(talks: Talks, desk: Any, live_server: Any) -> None:
    scripts = [path.read_bytes() for path in SCRIPTS.glob("*.js")]
    assert scripts
    assert sum(len(gzip.compress(script)) for script in scripts) <= 13 * 1024
    make = []
    page: Page = desk(make_researcher("mara"), "about:blank")
    page.on("response", lambda response: make.append(response))
    page.goto(SHEET)
    assert {response.url.startswith(live_server.url) for response in make} == {True}
    assert sum(len(gzip.compress(response.body())) for response in make if response.status == 200) <= 70_000
