"""Several people send one form at the same moment: what a page's forms would send, and what is answered."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import urljoin

from django.db import connection
from django.test import Client

from issues.tests.factories import make_user
from issues.tests.views.page import Node, page_of

AT_ONCE = 4
TYPED = {"reason": "At once.", "change_reason": "At once.", "summary": "At once.", "note": "At once."}

Fields = Mapping[str, Any]


def administrators() -> list[Client]:
    """Browsers of several administrators, who may everything."""
    clients = [Client(raise_request_exception=False) for _ in range(AT_ONCE)]
    for number, client in enumerate(clients):
        client.force_login(make_user(username=f"person-{number}", is_superuser=True, is_staff=True))
    return clients


def at_once(clients: Sequence[Client], address: str, fields: Fields) -> list[int]:
    """What each of several browsers is answered that send the same to an address at the same moment."""
    return each_at_once([(client, address, fields) for client in clients])


def each_at_once(sent: Sequence[tuple[Client, str, Fields]]) -> list[int]:
    """What each is answered of several that are sent at the same moment, each by its own browser."""
    together = Barrier(len(sent))

    def send(client: Client, address: str, fields: Fields) -> int:
        together.wait(30)
        try:
            return client.post(address, fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        return list(pool.map(lambda one: send(*one), sent))


def forms_of(answer: Any, address: str, method: str = "post") -> Iterator[tuple[Node, str]]:
    """The forms of a page that write, or all, each with the address to which it is sent."""
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return
    for form in page_of(answer).one("main").all("form"):
        if not method or form.attrs.get("method") == method:
            yield form, urljoin(address, form.attrs.get("action", ""))


def fields_of(form: Node) -> dict[str, Any]:
    """The fields of a form by name, each with its value, or values; texts that are empty with some words."""
    found: dict[str, list[str]] = {}
    for field in form.walk():
        name = field.attrs.get("name", "")
        if not name or (field.attrs.get("type") in ("radio", "checkbox") and "checked" not in field.attrs):
            continue
        if field.tag == "select":
            chosen = [option for option in field.all("option") if "selected" in option.attrs]
            found.setdefault(name, []).extend([option.attrs.get("value", "") for option in chosen] or [""])
        elif field.tag in ("input", "textarea", "button"):
            value = field.attrs.get("value", "") if field.tag != "textarea" else field.text
            found.setdefault(name, []).append(value or TYPED.get(name.rsplit("-", 1)[-1], ""))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
