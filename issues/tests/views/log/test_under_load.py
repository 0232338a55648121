"""Twenty people on one sheet, over real HTTP, on a server in processes of its own: nothing typed is lost."""

import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from issues.management.bench.server import HOST, PATIENCE, served
from issues.models import Actor, Cell, Issue, Process, Sheet, Summit
from issues.tests.crowd import make_crowd
from issues.tests.views.log.desk import someone

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = 20
SECONDS = float(os.environ.get("LOAD_SECONDS", "10"))
CODES = ("r", "a", "e!", "45", "n", "55", "t?", "c", "")


@dataclass
class Typist:
    """One person at the sheet: two cells of their own, and one for which all contend."""

    session: str
    sheet: str
    cells: list[str]
    contended: str
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    stored: dict[str, tuple[str, int]] = field(default_factory=dict)
    written: list[tuple[str, int]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def ask(self, server: HTTPConnection, method: str, address: str, **fields: Any) -> tuple[int, bytes]:
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
            "Accept": "application/json" if method == "POST" else "text/html",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        server.request(method, address, urlencode(fields) if fields else None, headers)
        answer = server.getresponse()
        body = answer.read()
        self.answers.append(answer.status)
        return answer.status, body

    def type(self, server: HTTPConnection, cell: str, code: str) -> None:
        """Commit a cell at the version that was seen; a conflict shows another, which is seen then."""
        _, version = self.stored.get(cell, ("", 0))
        status, body = self.ask(server, "POST", cell, code=code, version=version)
        told = json.loads(body)
        if status == 200:
            self.stored[cell] = (code, told["version"])
            self.written.append((cell, told["version"]))
        elif status == 409:
            self.stored[cell] = (told["conflict"]["code"], told["conflict"]["version"])

    def work(self, port: int, until: float) -> None:
        with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as server:
            for turn in count():
                for cell in self.cells:
                    self.type(server, cell, CODES[turn % len(CODES)])
                self.type(server, self.contended, f"{secrets.randbelow(101)}")
                if turn % 5 == 0:
                    assert b"log-form" in self.ask(server, "GET", self.sheet)[1]
                if monotonic() > until:
                    return


@pytest.fixture
def process(transactional_db: None) -> Process:
    return make_crowd(summits=3, actors=11, issues=4)


def typists(process: Process, summit: Summit) -> list[Typist]:
    """Twenty people, each signed in, with cells that nobody else writes to."""

    def address(actor: Actor, issue: Issue) -> str:
        return reverse("log-cell", args=[process.slug, summit.slug, actor.pk, issue.pk])

    actors = list(Actor.objects.filter(participations__process=process).order_by("pk"))
    issues = list(Issue.objects.filter(process=process, kind="preference").order_by("pk"))
    own = [address(actor, issue) for actor in actors[1:] for issue in issues]
    found = []
    for number in range(PEOPLE):
        client = Client()
        client.force_login(someone(f"person-{number}"))
        session = client.cookies["sessionid"].value
        sheet = reverse("log", args=[process.slug, summit.slug])
        found.append(Typist(session, sheet, own[2 * number : 2 * number + 2], address(actors[0], issues[0])))
    return found


def test_twenty_people_on_one_sheet_lose_nothing_and_meet_no_error(process: Process, tmp_path: Path) -> None:
    summit = Summit.objects.filter(process=process).latest("starts_on")
    people = typists(process, summit)
    connection.close()

    log = tmp_path / "log"
    with log.open("w") as errors, served(workers=2, threads=4, errors=errors, DEBUG="true") as server:
        until = monotonic() + SECONDS
        with ThreadPoolExecutor(PEOPLE) as pool:
            list(pool.map(lambda person: person.work(server.port, until), people))

    assert "locked" not in log.read_text()
    assert "Traceback" not in log.read_text()
    answers = [status for person in people for status in person.answers]
    assert set(answers) <= {200, 409}
    assert answers.count(200) > PEOPLE  # how many more is a matter of the machine
    # Whoever was told that a cell is saved finds it as they left it, and was never told of a conflict.
    assert Sheet.objects.filter(summit=summit).count() == 1
    stored = {
        reverse("log-cell", args=[process.slug, summit.slug, cell.actor_id, cell.issue_id]): (
            cell.code,
            cell.version,
        )
        for cell in Cell.objects.filter(sheet__summit=summit)
    }
    for person in people:
        for cell in person.cells:
            code, version = person.stored[cell]
            assert stored.get(cell, ("", 0)) == (code, version if code else 0)
    # In the cell for which all contend nobody wrote over what they had not seen: no version is there twice.
    told = [version for person in people for cell, version in person.written if cell == person.contended]
    at = resolve(people[0].contended).kwargs
    history = Cell.history.filter(actor=at["actor"], issue=at["issue"])
    versions = list(history.order_by("history_id").values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    assert set(told) <= set(versions)
    assert len(versions) > 1
