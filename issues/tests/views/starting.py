"""What a browser sends to begin a process, and what the page answers."""

from typing import Any

from issues.tests.views.page import Node, page_of

LISTS = ("actors", "issues", "meetings")
PARTY = {"role": "party", "kind": "state"}
FLOW = {
    "name": "Flow",
    "question": "How much may the dam hold back?",
    "low_label": "none",
    "high_label": "all",
    "options": "a quarter\nhalf\nmost",
}


def typed(**lists: Any) -> dict[str, Any]:
    """What a browser sends: fields beside the lists, and the rows of each list with blank ones behind."""
    data = {name: text for name, text in lists.items() if name not in LISTS}
    for name in LISTS:
        rows: list[dict[str, str]] = [*lists.get(name, ()), {}]
        data |= {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": 0}
        for place, row in enumerate(rows):
            begun = {"kind": "preference"} if name == "issues" else {}
            begun = {"kind": "leaders"} if name == "meetings" else begun
            data |= {f"{name}-{place}-{field}": text for field, text in (begun | row).items()}
    return data


def told(response: Any) -> list[str]:
    """The problems that a page names."""
    assert response.status_code == 422
    return [item.text for item in page_of(response).one("div", css="errors").all("li")]


def value_of(page: Node, name: str) -> str:
    """What stands in a field."""
    (field,) = [node for node in page.walk() if node.attrs.get("name") == name]
    if field.tag == "select":
        return next((one.attrs["value"] for one in field.all("option") if "selected" in one.attrs), "")
    return field.attrs.get("value", "") if field.tag == "input" else field._raw().removeprefix("\n")


def sent(page: Node) -> dict[str, str]:
    """The rows of a page's lists, as a browser would send them."""
    (form,) = page.all("form", method="post", css="stacked")
    named = [node.attrs["name"] for node in form.walk() if node.attrs.get("name", "").startswith(LISTS)]
    return {name: value_of(page, name) for name in named if "__prefix__" not in name}
