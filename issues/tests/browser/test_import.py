"""Bringing a file in, in a real Chromium: accessible at each step and as wide as its window."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from issues.models import Position
from issues.tests.browser.axe import LOOKS, violations
from issues.tests.browser.log_world import Talks, make_researcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_a_file_is_brought_in_without_a_violation(talks: Talks, desk: Any, scheme: str, width: int) -> None:
    process, issue, actor = talks.summit.process, talks.issues[0], talks.actors[0]
    before = Position.objects.count()
    text = f"Who,What,Stance\n{actor.name},{issue.slug},0\nNobody of note,{issue.slug},75\n"
    page: Page = desk(
        make_researcher("mara"),
        f"/{process.slug}/import/",
        width=width,
        color_scheme=scheme,
    )
    found = {"upload": look(page)}
    page.get_by_label("File:", exact=True).set_input_files(
        {"name": "stances.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("stances.csv")
    found["mapping"] = look(page)
    page.get_by_label("Who:").select_option("actor")
    page.get_by_label("What:").select_option("issue")
    page.get_by_label("Summit or occasion:", exact=True).fill(talks.summit.slug)
    page.get_by_label("Positions without a source are inferred, because").fill("By hand.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Stance: 0:", exact=True).select_option("number")
    page.get_by_role("button", name="Save and see the plan").click()
    expect(page.get_by_role("cell", name="refused", exact=True)).to_have_count(1)
    found["plan"] = look(page)
    page.get_by_label("Reason").fill("Stances.")
    page.get_by_label("Bring the others in without the refused rows").check()
    page.get_by_role("button", name="Store exactly this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done: stances.csv")
    found["done"] = look(page)

    assert found == {step: [] for step in found}
    assert Position.objects.count() == before + 1


def look(page: Page) -> list[str]:
    """What is wrong with how a page looks; none of them needs a script."""
    assert page.locator("script").count() == 0
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*violations(page), *(["wider than its window"] if wide else [])]
