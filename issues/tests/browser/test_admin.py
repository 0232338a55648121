"""The admin in a real Chromium: accessible on every page, and two people on one position."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from issues.history import Way, recording
from issues.models import RECORDS, Position
from issues.tests.browser.axe import COLOURS, STANDARD, violations
from issues.tests.factories import MAKERS, make_evidence, make_participation
from issues.user import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def records() -> dict[type, Any]:
    """One record of every kind, and an editor."""
    editor = User.objects.create_user("editor", password=None, is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    with recording(by=editor, reason="Made.", kind=Way.COMMAND):
        made: dict[type, Any] = {model: MAKERS[model]() for model in RECORDS}
        position = made[Position]
        make_participation(process=position.issue.process, actor=position.actor)
        make_evidence(position=position)
    return made


def window(chromium: Browser, server: Any, scheme: str = "light", **options: Any) -> BrowserContext:
    """A browser window in which the editor is signed in."""
    client = Client()
    client.force_login(User.objects.get(username="editor"))
    context = chromium.new_context(base_url=server.url, color_scheme=scheme, **options)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}]
    )
    return context


def test_no_page_of_the_admin_has_an_accessibility_violation(
    records: dict[type, Any], chromium: Browser, live_server: Any
) -> None:
    context = window(chromium, live_server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    found = {}
    for address in ["/admin/", *(a for model in RECORDS for a in addresses(model, records[model].pk))]:
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found[address] = violations(page, STANDARD)
        page.emulate_media(color_scheme="dark")
        page.evaluate("document.getAnimations().forEach(fading => fading.finish())")
        found[f"{address}, dark"] = violations(page, COLOURS)
    context.close()
    assert {address: errors for address, errors in found.items() if errors} == {}


def addresses(model: type[Any], pk: int) -> list[str]:
    """The pages of a record: its list and form; of a position every page, the others share the templates."""
    start = f"/admin/issues/{model._meta.model_name}/"
    if model is not Position:
        return [start, f"{start}{pk}/change/"]
    return [start, f"{start}add/", *(f"{start}{pk}/{page}/" for page in ("change", "history", "delete"))]


def test_of_two_people_on_one_position_the_second_sees_the_first_and_chooses(
    records: dict[type, Any], chromium: Browser, live_server: Any
) -> None:
    address = f"/admin/issues/position/{records[Position].pk}/change/"
    first, second = (window(chromium, live_server).new_page() for _ in range(2))
    for page, words in ((first, "The first sentence."), (second, "The second sentence.")):
        page.goto(address)
        page.locator("#id_summary").fill(words)
        page.locator("[name=change_reason]").fill(f"I wrote: {words}")
    first.get_by_role("button", name="Save", exact=True).click()
    first.wait_for_url("**/position/")
    second.get_by_role("button", name="Save", exact=True).click()
    second.wait_for_selector(".errornote")
    said = second.locator(".errornote, .errorlist").all_inner_texts()
    assert any("The first sentence." in words for words in said)
    assert second.locator("#id_summary").input_value() == "The second sentence."
    assert Position.objects.get(pk=records[Position].pk).summary == "The first sentence."
    second.get_by_role("button", name="Save", exact=True).click()
    second.wait_for_url("**/position/")
    assert Position.objects.get(pk=records[Position].pk).summary == "The second sentence."
    reasons = Position.history.filter(id=records[Position].pk).values_list("change_set__reason", flat=True)
    assert "I wrote: The first sentence." in reasons


def test_a_position_is_corrected_by_the_keyboard_alone(
    records: dict[type, Any], chromium: Browser, live_server: Any
) -> None:
    page = window(chromium, live_server).new_page()
    page.goto(f"/admin/issues/position/{records[Position].pk}/change/")
    page.locator("#id_summary").focus()
    page.keyboard.type("By the keyboard.")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "change_reason":
            break
    page.keyboard.type("Read again.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/position/")
    assert Position.objects.get(pk=records[Position].pk).summary == "By the keyboard."
