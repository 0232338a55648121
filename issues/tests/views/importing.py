"""What the tests of the import pages upload, and what they read and post of a form."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from issues.tests.views.page import Node, page_of

HEADS = "issue,actor,summit,option,quote,source"
GOOD = f"{HEADS}\nflow,Arden,spring,half,So.,record\nflow,Cadria,spring,most,So.,record\n"
WIDE = "Who,Summer flow,Data sharing\nArden,1,NA\nBelmar,7,4\n"


def upload(client: Client, content: str | bytes, name: str = "positions.csv", **fields: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/lenna/import/", {"file": SimpleUploadedFile(name, data), **fields})


def typed(page: Node) -> dict[str, str]:
    """What the form of a page would post as it stands."""
    form = next(one for one in page.all("form", method="post") if one.all("select") or one.all("textarea"))
    found: dict[str, str] = {}
    for field in form.all("input"):
        kind = field.attrs.get("type", "text")
        if "name" in field.attrs and (kind != "checkbox" or "checked" in field.attrs):
            found[field.attrs["name"]] = field.attrs.get("value", "on" if kind == "checkbox" else "")
    for field in form.all("select"):
        chosen = [one for one in field.all("option") if "selected" in one.attrs] or field.all("option")[:1]
        found[field.attrs["name"]] = chosen[0].attrs["value"]
    found.pop("csrfmiddlewaretoken", None)
    return found


def field_of(page: Node, label: str) -> str:
    """The name of the field under a label."""
    (of,) = [one.attrs["for"] for one in page.all("label") if one.text.rstrip(":") == label]
    return next(one.attrs["name"] for one in page.walk() if one.attrs.get("id") == of)


def column(page: Node, place: int) -> list[str]:
    """The texts of one column of the plan: the first cell says the result, the last what or why not."""
    return [row.all("td")[place].text for row in page.one("tbody").all("tr")]


def confirmed(client: Client, address: str) -> dict[str, str]:
    """What confirms a plan as it stands."""
    return {"seen": seen(client, f"{address}plan/"), "reason": "Spring."}


def seen(client: Client, address: str) -> str:
    return page_of(client.get(address)).one("input", name="seen").attrs["value"]
