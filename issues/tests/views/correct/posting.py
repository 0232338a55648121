"""Filling in the forms of a page as a reader would: as they are shown, with some fields typed over."""

from typing import Any

from django.test import Client

from issues.tests.views.page import Node, page_of


def shown(page: Node) -> dict[str, Any]:
    """What the form of a page would send as it is."""
    form = next(node for node in page.all("form") if "stacked" in node.attrs.get("class", ""))
    sent: dict[str, Any] = {}
    for node in form.walk():
        name = node.attrs.get("name", "")
        if not name or "__prefix__" in name:
            continue
        if node.tag == "textarea":
            sent[name] = "".join(str(child) for child in node.children).removeprefix("\n")
        elif node.tag == "select":
            chosen = [one for one in node.all("option") if "selected" in one.attrs] or node.all("option")
            sent[name] = chosen[0].attrs["value"] if chosen else ""
        elif node.tag == "input" and node.attrs.get("type") in ("checkbox", "radio"):
            if "checked" in node.attrs:
                value, before = node.attrs.get("value", "on"), sent.get(name)
                sent[name] = (
                    value if before is None else [*([before] if isinstance(before, str) else before), value]
                )
        elif node.tag == "input":
            sent[name] = node.attrs.get("value", "")
    return sent


def send(client: Client, address: str, page: Node | None = None, **typed: Any) -> Any:
    """Type over some fields of a page's form and send it; ``page`` is it as it was opened before."""
    opened = page or page_of(client.get(address))
    names = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(address, {**shown(opened), **names})
