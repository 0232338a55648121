"""Several people send one form at the same moment: it is told or stored, and never an error of ours.

Every writing address of the table is sent what its own page would send, and nothing at all, by four at once.
"""

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from issues.tests.factories import make_user
from issues.tests.snapshot import Snapshot
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG
from issues.tests.views.page import Node, page_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AT_ONCE = 4
TYPED = {"reason": "At once.", "change_reason": "At once.", "summary": "At once.", "note": "At once."}


@pytest.fixture
def committed(kept_universe: tuple[bytes, Snapshot], transactional_db: None) -> Universe:
    """The world where others see it: it is no transaction that is taken back."""
    universe, snapshot = kept_universe
    with transaction.atomic():  # its rows refer to each other
        snapshot.put_back()
    world: Universe = pickle.loads(universe)  # noqa: S301 -- our own, of this run
    return world


@pytest.fixture
def people(committed: Universe) -> list[Client]:
    """Browsers of several administrators, who may everything."""
    clients = [Client(raise_request_exception=False) for _ in range(AT_ONCE)]
    for number, client in enumerate(clients):
        client.force_login(make_user(username=f"person-{number}", is_superuser=True))
    return clients


def test_no_writing_address_fails_where_several_write_at_once(
    committed: Universe, people: list[Client]
) -> None:
    sent: dict[str, list[int]] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, (_, args) in LOG.items():
            address = reverse(name, args=args(committed))
            for number, fields in enumerate(what_is_sent(people[0], address)):
                together = Barrier(AT_ONCE)
                answers = pool.map(
                    lambda client, send=(address, fields, together): _send(client, *send), people
                )
                sent[f"{name} {number}"] = list(answers)

    assert len(sent) > len(LOG)
    assert {where: codes for where, codes in sent.items() if max(codes) >= 500} == {}
    # Something was done, and something was told to be too late or wrong.
    assert any(302 in codes for codes in sent.values())
    assert any({409, 422, 400} & {*codes} for codes in sent.values())


def what_is_sent(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """What each form of a page would send as it stands there, with a reason; and nothing."""
    yield {}
    page = client.get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return
    for form in page_of(page).one("main").all("form"):
        if form.attrs.get("method") == "post" and not form.attrs.get("action"):
            yield dict(fields_of(form))


def fields_of(form: Node) -> Iterator[tuple[str, Any]]:
    """The fields of a form by name, each with its value; texts that are empty with some words."""
    for field in form.walk():
        name = field.attrs.get("name", "")
        if not name or (field.attrs.get("type") in ("radio", "checkbox") and "checked" not in field.attrs):
            continue
        if field.tag == "select":
            chosen = [option for option in field.all("option") if "selected" in option.attrs]
            yield name, chosen[0].attrs.get("value", "") if chosen else ""
        elif field.tag in ("input", "textarea", "button"):
            value = field.attrs.get("value", "") if field.tag != "textarea" else field.text
            yield name, value or TYPED.get(name.rsplit("-", 1)[-1], "")


def _send(client: Client, address: str, fields: dict[str, Any], together: Barrier) -> int:
    """Send it when all are ready; the status that comes back."""
    together.wait(30)
    try:
        return client.post(address, fields).status_code
    finally:
        connection.close()
