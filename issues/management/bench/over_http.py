"""The same pages through a server, beside what it answers when asked how it is."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from tempfile import TemporaryFile

from issues.management.bench.pages import STREAMED
from issues.management.bench.results import AGAIN, HEALTH, SECOND
from issues.management.bench.server import HOST, PATIENCE, served
from issues.management.bench.timing import Case

LIVE = "`/healthz/live`, which asks nothing"


class Asking:
    """A connection that is kept, as a browser keeps it."""

    def __init__(self, connection: HTTPConnection) -> None:
        self.connection = connection

    def get(self, address: str, status: int = 200, tag: str = "") -> str:
        """Ask and read the whole answer; returns its ETag. Raises RuntimeError on another answer."""
        return self._ask(address, tag, (status,))

    def read(self, address: str, tag: str = "") -> str:
        """Read a page, or hear that it is what one has; returns its ETag. Raises RuntimeError otherwise."""
        return self._ask(address, tag, (200, 304))

    def _ask(self, address: str, tag: str, expected: tuple[int, ...]) -> str:
        headers = {"Accept-Encoding": "gzip", **({"If-None-Match": tag} if tag else {})}
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status not in expected:
            raise RuntimeError(f"{address} answered {answer.status} over HTTP.")
        return answer.headers.get("ETag", "")

    def health(self) -> None:
        """Ask the server how it is."""
        self.get("/healthz")


@contextmanager
def asking() -> Iterator[Asking]:
    """A server on the database of this process, and somebody who asks it."""
    with (
        TemporaryFile("w") as told,  # each request, which nobody reads here
        served(workers=1, errors=told, DEBUG="false", PUBLIC_READ="true") as server,
        closing(HTTPConnection(HOST, server.port, timeout=PATIENCE)) as connection,
    ):
        yield Asking(connection)


def over_http(asking: Asking, found: dict[str, str]) -> list[Case]:
    """Each page that is told by an ETag, for who has it and for who has it not but asks after another."""
    tags = {name: asking.get(address) for name, address in found.items()}
    return [
        Case(HEALTH, asking.health, queries=None),
        Case(LIVE, partial(asking.get, "/healthz/live"), queries=None),
        *(
            Case(f"{name}, {AGAIN}", partial(asking.get, found[name], 304, tag), queries=None)
            for name, tag in tags.items()
            if tag
        ),
        *(
            Case(f"{name}, {SECOND}", partial(asking.get, found[name]), queries=None)
            for name, tag in tags.items()
            if tag and STREAMED not in name
        ),
    ]
