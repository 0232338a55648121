"""What a form says is wrong."""

from typing import Any

from issues.tests.views.page import page_of


def errors(response: Any) -> list[str]:
    """What the summary of errors says; each leads to its field."""
    page = page_of(response)
    box = page.one("div", css="errors")
    ids = {node.attrs["id"] for node in page.walk() if "id" in node.attrs}
    assert {link[1:] for link in box.links} <= ids
    assert page.one("title").text.startswith("Error:")
    return [item.text for item in box.all("li")]
