"""Twenty people typing at once: the autosave of the log sheet beside the barest view that writes a row.

Both run over real HTTP on the same server, in processes of its own, with the same sessions, in turns.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from json import loads
from random import random
from statistics import quantiles
from tempfile import TemporaryFile
from threading import Event
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from issues.actions.log_sheet.sheet import open_sheet
from issues.history import Way, recording
from issues.management.bench.data import measured
from issues.management.bench.plain import PLAIN
from issues.management.bench.server import HOST, PATIENCE, served
from issues.models import Actor, Issue, Place, Summit
from issues.user import User

# As an evening goes: much is reaffirmed; no two in a row alike, because the same words are stored once.
CODES = ("r", "a", "r", "n", "r", "e", "r!", "45")
PEOPLE = 20
SECONDS = 16.0
TURNS = 8


@dataclass
class Person:
    """Someone who writes into one field, again and again, as fast as the answers come."""

    address: str
    fields: dict[str, str]
    session: str
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    version: str = "0"
    written: int = 0

    def write(self, connection: HTTPConnection) -> float:
        """Write once; returns the seconds it took. Raises RuntimeError on any answer but 200."""
        self.written += 1
        code = CODES[self.written % len(CODES)]
        body = urlencode({"code": code, "version": self.version, **self.fields})
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        start = perf_counter()
        connection.request("POST", self.address, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        took = perf_counter() - start
        if answer.status != 200:
            raise RuntimeError(f"Under load the server answered {answer.status}: {text[:200]!r}")
        if answer.headers.get_content_type() == "application/json":
            self.version = str(loads(text)["version"])
        return took


@dataclass
class People:
    """Twenty people at the log sheet of a server, each at a cell of their own."""

    port: int
    people: list[Person]

    def longest_while(self, act: Callable[[], object]) -> tuple[float, int]:
        """The longest wait in seconds for a cell while something is done, and how many were answered."""
        over = Event()
        with ThreadPoolExecutor(1) as aside:
            typing = aside.submit(together, self.port, self.people, over.is_set)
            try:
                act()
            finally:
                over.set()
            taken = typing.result()
        return max(taken), len(taken)


@contextmanager
def writing() -> Iterator[People]:
    """Twenty people at the last summit of the process that is measured, on a server of its own."""
    with (
        TemporaryFile("w") as told,
        served("issues.management.bench.wsgi", errors=told, DEBUG="false") as server,
    ):
        yield People(server.port, people_at_cells()[0])


def people_at_cells() -> tuple[list[Person], str]:
    """Twenty people, each at a cell, and the session that they share."""
    process = measured()
    summit = Summit.objects.filter(process=process).order_by("-starts_on")[0]
    researcher, _ = User.objects.get_or_create(username="bench-researcher")
    researcher.user_permissions.add(Permission.objects.get(codename="add_position"))
    typed = open_sheet(summit=summit, by=researcher).cells.values_list("actor_id", "issue_id", "version")
    versions = {(actor, issue): str(version) for actor, issue, version in typed}
    cells = [
        (
            reverse("log-cell", args=[process.slug, summit.slug, actor, issue]),
            versions.get((actor, issue), "0"),
        )
        for actor in Actor.objects.filter(participations__process=process).values_list("pk", flat=True)
        for issue in Issue.objects.filter(process=process).values_list("pk", flat=True)
    ][-PEOPLE:]
    client = Client()
    client.force_login(researcher)
    session = client.cookies["sessionid"].value
    return [Person(address, {}, session, version=version) for address, version in cells], session


def p95_under_load(seconds: float = SECONDS) -> dict[str, tuple[float, int]]:
    """The 95th percentile in milliseconds, and how many requests were answered, of either view."""
    typing, session = people_at_cells()
    with recording(by=None, reason="Made for the benchmark.", kind=Way.COMMAND):
        rows = Place.objects.bulk_create([Place(name=f"Place {number}") for number in range(PEOPLE)])
    people = {
        "autosave": typing,
        "plain": [Person(PLAIN, {"pk": f"{row.pk}"}, session) for row in rows],
    }
    times: dict[str, list[float]] = {name: [] for name in people}
    with (
        TemporaryFile("w") as told,
        served("issues.management.bench.wsgi", errors=told, DEBUG="false") as server,
    ):
        for _ in range(TURNS):  # in turns, because a machine is not as fast at all times
            for name, some in people.items():
                until = monotonic() + seconds / TURNS / len(people)
                times[name] += together(server.port, some, partial(_is_past, until))
    return {name: (quantiles(taken, n=20)[-1] * 1000, len(taken)) for name, taken in times.items()}


def _is_past(time: float) -> bool:
    return monotonic() >= time


def together(
    port: int, people: Sequence[Person], is_over: Callable[[], bool], *, pause: float = 0
) -> list[float]:
    """Let people write at once until it is over; returns how long each answer took.

    ``pause`` is how many seconds each of them thinks before writing, on the average.
    """

    def typing(person: Person) -> list[float]:
        times = []
        with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
            while not is_over():
                sleep(2 * pause * random())  # noqa: S311
                times.append(person.write(connection))
        return times

    with ThreadPoolExecutor(len(people)) as pool:
        return [took for times in pool.map(typing, people) for took in times]
