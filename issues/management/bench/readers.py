"""Two hundred readers over HTTP: alone, beside twenty people who type, and while the record changes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from itertools import count
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryFile
from threading import Event
from time import perf_counter, sleep
from typing import Any

from issues.actions.record.correct import correct
from issues.history import Way, recording
from issues.management.bench.data import measured
from issues.management.bench.load import people_at_cells, together
from issues.management.bench.over_http import Asking
from issues.management.bench.pages import STREAMED, addresses
from issues.management.bench.server import HOST, PATIENCE, served
from issues.management.bench.writes import stated
from issues.models import Position
from issues.user import User

READERS = 200
# Seconds that a reader looks at a page, and a writer at a cell, on the average.
READS, TYPES = 2.0, 1.0
# Seconds between corrections of a position, each of which makes what was kept of its process old.
CORRECTS = 20.0
TURNS, SECONDS = 3, 20.0
ALONE, BESIDE, CHANGED = "alone", "beside", "changed"


def p95_of_readers(editor: User, seconds: float = SECONDS) -> dict[str, Any]:
    """Milliseconds that readers waited, half of them and 95 of 100 at most, and how many were answered.

    In turns alone, beside 20 people at the log sheet, and with a correction now and then as well. Pages that
    a reader has read before are asked for as a browser does, with their ETag. Raises RuntimeError on an
    answer that is none.
    """
    pages = [at for name, at in addresses(measured(), editor).items() if STREAMED not in name]
    people, _ = people_at_cells()
    times: dict[str, list[float]] = {ALONE: [], BESIDE: [], CHANGED: []}
    with (
        TemporaryFile("w") as told,
        served(workers=2, errors=told, DEBUG="false", PUBLIC_READ="true") as server,
    ):
        write = partial(together, server.port, people, pause=TYPES)
        _reading(server.port, pages, seconds / 2)  # so that what is kept is there
        for _ in range(TURNS):  # in turns, because a machine is not as fast at all times
            times[ALONE] += _reading(server.port, pages, seconds)
            times[BESIDE] += _reading(server.port, pages, seconds, write)
            times[CHANGED] += _reading(server.port, pages, seconds, write, partial(_correcting, editor))
    told_of = {
        name: {"half": median(took) * 1000, "p95": quantiles(took, n=20)[-1] * 1000, "answered": len(took)}
        for name, took in times.items()
    }
    return {"readers": READERS, "writers": len(people), "seconds": seconds * TURNS, **told_of}


def _reading(
    port: int, pages: Sequence[str], seconds: float, *meanwhile: Callable[[Callable[[], bool]], object]
) -> list[float]:
    """How long each page took while other things go on."""
    over = Event()
    with ThreadPoolExecutor(READERS + len(meanwhile)) as pool:
        others = [pool.submit(act, over.is_set) for act in meanwhile]
        readers = [pool.submit(_read, port, pages, Random(n), over) for n in range(READERS)]  # noqa: S311
        sleep(seconds)
        over.set()
        for other in others:
            other.result()
        return [took for reader in readers for took in reader.result()]


def _read(port: int, pages: Sequence[str], random: Random, over: Event) -> list[float]:
    """Read one page after another, each looked at for a while."""
    took, tags = [], dict[str, str]()
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        asking = Asking(connection)
        while not over.wait(random.uniform(0, 2 * READS)):
            page = random.choice(pages)
            start = perf_counter()
            tags[page] = asking.read(page, tags.get(page, ""))
            took.append(perf_counter() - start)
    return took


def _correcting(editor: User, is_over: Callable[[], bool]) -> None:
    position, numbers = stated(measured()), count()
    while not is_over():
        with recording(by=editor, reason="Measured.", kind=Way.PAGE):
            correct(Position.objects.get(pk=position.pk), {"summary": f"As was said {next(numbers)} times."})
        until = perf_counter() + CORRECTS
        while perf_counter() < until and not is_over():
            sleep(0.1)
