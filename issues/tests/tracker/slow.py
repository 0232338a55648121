"""An application that answers as slowly as it is asked to, but for its health."""

from collections.abc import Callable, Iterable
from time import sleep
from typing import Any

HALVES = (b"the first half ", b"and the second")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A body in two halves, some time apart."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield HALVES[0]
    if environ["PATH_INFO"] == "/slow":
        sleep(1.5)
    yield HALVES[1]
