"""Scenarios in Chromium: accessible for those who build and assess; sliders that show their figure."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from issues.tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("server")]

CASE = "/armenia-azerbaijan/"
SET = f"{CASE}scenarios/end-of-2023/"
PAGES = [
    f"{CASE}scenarios/",
    f"{CASE}scenarios/new/",
    SET,
    f"{SET}?summit=brussels-2023-05-14",
    f"{SET}moscow-signing/",
    f"{SET}other/",
    f"{SET}new/?start=compromise",
    f"{SET}moscow-signing/edit/",
    f"{SET}moscow-signing/signs/new/",
    f"{SET}assess/",
    f"{SET}resolve/",
    f"{CASE}consistency/",
    f"{CASE}consistency/judge/",
    f"{CASE}consistency/judge/?from=transport-links&on=treaty-venue",
    f"{CASE}issues/lachin-access/forecast/?salience-russia=90",
]
FORMS = [f"{CASE}scenarios/new/", f"{SET}new/", f"{SET}assess/", f"{SET}resolve/"]


def test_no_page_for_researchers_has_an_accessibility_violation(
    open_page: Any, sessions: dict[str, Any]
) -> None:
    page = open_page("/sign-in/")
    # The administrator has given no numbers, so those of others are hidden.
    page.context.add_cookies([sessions["admin"]])
    found: dict[str, list[str]] = {}
    for path in PAGES:
        page.goto(path)
        found[path] = faults(page)
    assert {path: errors[:5] for path, errors in found.items() if errors} == {}


def test_no_form_that_was_refused_has_an_accessibility_violation(
    open_page: Any, sessions: dict[str, Any]
) -> None:
    page = open_page("/sign-in/")
    page.context.add_cookies([sessions["researcher"]])
    found: dict[str, list[str]] = {}
    for path in FORMS:
        page.goto(path)
        page.locator("main form[method=post]").evaluate("form => { form.noValidate = true; }")
        page.locator("main form[method=post] input[type=number]").evaluate_all(
            "fields => fields.forEach(field => { field.value = '101'; })"
        )
        page.locator("main form[method=post] button").click()
        expect(page, path).to_have_title(re.compile(r"^\s*Error:"))
        found[path] = faults(page)
        for link in page.locator(".errors a").all():
            expect(page.locator(str(link.get_attribute("href")))).to_have_count(1)
    assert {path: errors[:5] for path, errors in found.items() if errors} == {}


def test_the_headline_names_the_endings_that_meet_the_fewest_red_lines(open_page: Any) -> None:
    page = open_page(SET, java_script_enabled=False)

    lede = page.locator(".lede").first
    assert lede.inner_text().startswith(
        "Western track goes on without a text and Moscow resets the table are known to cross the fewest red"
    )
    box = lede.bounding_box()
    assert box["y"] + box["height"] < 450
    row = page.get_by_role("row", name="Western track goes on without a text").first
    assert "fewest" in row.inner_text()
    assert row.bounding_box()["y"] < 900


def test_a_number_leads_to_its_distances_and_a_line_to_its_quotation(open_page: Any) -> None:
    page = open_page(SET, java_script_enabled=False)

    quotation = page.get_by_text("It is unacceptable to have any provisions about Karabakh").first
    expect(quotation).to_be_visible()
    page.get_by_role("row", name="Treaty signed in Moscow").get_by_role(
        "link", name="75 of 100: Russia"
    ).click()

    expect(page).to_have_url(re.compile("/moscow-signing/#distances$"))
    expect(page.get_by_role("row", name="Treaty venue 25")).to_be_visible()


def test_the_figure_beside_a_slider_follows_it_and_the_forecast_is_a_plain_form(open_page: Any) -> None:
    page = open_page(f"{CASE}issues/transport-links/forecast/")
    slider = page.get_by_label("Salience of EU")
    shown = page.locator("output[for='salience-european-union']")
    expect(shown).to_have_text("50")

    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(shown).to_have_text("60")
    page.get_by_role("button", name="Forecast").click()

    expect(page).to_have_url(re.compile("salience-european-union=60"))
    expect(shown).to_have_text("60")
    expect(page.locator(".lede")).to_contain_text("as supposed below")


def test_the_total_follows_the_probabilities_as_they_are_typed(
    open_page: Any, sessions: dict[str, Any]
) -> None:
    page = open_page("/sign-in/")
    page.context.add_cookies([sessions["admin"]])
    page.goto(f"{SET}assess/")
    total = page.locator("[data-total]")
    expect(total).to_have_text(re.compile(r"Total: 0 of 100\s+· 100 still to give"), use_inner_text=True)

    numbers = page.locator("input[type=number]")
    for place, value in enumerate(("30", "20", "60")):
        numbers.nth(place).fill(value)

    expect(total).to_have_text(re.compile(r"Total: 110 of 100\s+· 10 too many"), use_inner_text=True)
    numbers.nth(2).fill("50")
    expect(total).to_have_text(re.compile(r"Total: 100 of 100\s+· ✓ adds up"), use_inner_text=True)


def test_where_one_ending_happened_the_others_are_filled_in_at_once(
    open_page: Any, sessions: dict[str, Any]
) -> None:
    page = open_page("/sign-in/")
    page.context.add_cookies([sessions["admin"]])
    page.goto(f"{SET}resolve/")
    choices = page.locator("select[name^=resolution-]")

    choices.nth(1).select_option("happened")

    assert choices.evaluate_all("all => all.map(one => one.value)") == [
        "did_not",
        "happened",
        *["did_not"] * 3,
    ]
    expect(page.locator("#filled")).to_contain_text("Treaty agreed on the Western track, Western track")
    choices.nth(1).select_option("")
    assert set(choices.evaluate_all("all => all.map(one => one.value)")) == {""}
    expect(page.locator("#filled")).to_be_hidden()


def test_the_grid_of_judgements_is_edited_by_keyboard_like_a_sheet(
    open_page: Any, sessions: dict[str, Any]
) -> None:
    page = open_page("/sign-in/")
    page.context.add_cookies([sessions["admin"]])
    page.goto(f"{CASE}consistency/judge/")
    fields = page.locator(".impacts input")
    assert fields.count() == 40 * 40 - 8 * 25

    fields.first.focus()  # 0 of the first issue on 0 of the second
    page.keyboard.type("2")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    page.keyboard.type("3")
    filled = "all => all.filter(one => one.value).map(one => one.value)"
    assert fields.evaluate_all(filled) == ["2", "-1", "3"]
    assert page.evaluate("document.activeElement.value") == "3"
    fields.first.focus()
    page.evaluate(
        """() => {
        const data = new DataTransfer();
        data.setData("text/plain", "1\\t0\\n-2\\t-3\\n");
        const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(paste);
    }"""
    )
    assert fields.evaluate_all(filled) == ["1", "0", "-2", "-3"]
