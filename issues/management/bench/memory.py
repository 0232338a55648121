"""What a server process holds after very many pages: whether it keeps what it should have let go."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import Any

from issues.management.bench.over_http import Asking
from issues.management.bench.server import HOST, PATIENCE, served
from issues.models import Evidence

PAGES = 10_000
# What a server keeps on purpose, pages and readings, is there after so many.
SETTLED = PAGES // 5
SAMPLE = 2_000


def memory_after(pages: int = PAGES, settled: int = SETTLED) -> dict[str, Any]:
    """Megabytes (resident) of a process of the server: begun, settled, after all pages, and at its highest.

    The pages are of any processes, drawn anew each time, and most of them are read for the first time.
    """
    held = []
    with (
        TemporaryFile("w") as told,
        served(workers=1, errors=told, DEBUG="false", PUBLIC_READ="true") as server,
        closing(HTTPConnection(HOST, server.port, timeout=PATIENCE)) as connection,
    ):
        asking, (worker,) = Asking(connection), _children(server.process.pid)
        began = _resident(worker)
        for number, page in enumerate(islice(_drawn(Random(1)), pages), start=1):  # noqa: S311
            asking.read(page)
            if number >= settled and number % max(1, settled // 10) == 0:
                held.append(_resident(worker))
    found = {"began": began, "first": held[0], "last": held[-1], "most": max(held)}
    return {"pages": pages, "after": settled, **found}


def _drawn(random: Random) -> Iterator[str]:
    """Addresses without an end, of all processes alike."""
    keys = Evidence._base_manager.order_by("pk").values_list("pk", flat=True)
    some = random.sample(list(keys), min(SAMPLE, len(keys)))
    cited = list(
        Evidence._base_manager.filter(pk__in=some).values_list(
            "position__issue__process__slug", "position_id", "statement_id", "statement__source_id"
        )
    )
    while True:
        slug, position, statement, source = random.choice(cited)
        at, n = f"/{slug}/", random.randrange(8)
        yield random.choice(
            (
                at,
                *(f"{at}{page}/" for page in ("summits", "issues", "actors", "changes", "sources", "data")),
                f"{at}summits/round-{n}/",
                f"{at}issues/issue-{n}/",
                f"{at}changes/?tab=record",
                f"{at}positions/{position}/",
                f"{at}statements/{statement}/",
                f"{at}sources/{source}/",
                f"/search/?q={random.choice('bdfgklmnprstvz')}{random.choice('aeiou')}{n}",
            )
        )


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024
