"""What a run measures once: people at once, a file brought in, a process after very many pages. No Django."""

from typing import Any

from issues.management.bench.markdown import number, rows
from issues.management.bench.results import Run


def beside(run: Run, database: str) -> list[str]:
    """Each in a part of its own, of what the run measured."""
    parts = {"load": _typed, "readers": _read, "file": _brought, "memory": _held}
    written = [write(run.beside[name]) for name, write in parts.items() if name in run.beside]
    return [f"## {title}, {database}\n\n{text}" for title, text in written]


def _typed(load: dict[str, Any]) -> tuple[str, str]:
    cell, row = load["cell"], load["row"]
    title = f"{load['people']} people at once"
    text = (
        "Each writes into a field of their own over HTTP, on two processes of gunicorn, the two views in "
        f"turns for {load['seconds']:g} seconds. No request failed.\n\n"
        + rows(
            ["what", "answered", "p95, ms", "ratio"],
            [
                ["a cell of the log sheet", f"{cell[1]:,}", number(cell[0]), number(cell[0] / row[0])],
                ["&nbsp;&nbsp;beside: write one row", f"{row[1]:,}", number(row[0]), "1.0"],
            ],
        )
    )
    return title, text


def _read(told: dict[str, Any]) -> tuple[str, str]:
    title = f"{told['readers']} readers and {told['writers']} writers"
    cases = {
        "nobody writes": "alone",
        f"{told['writers']} people at the log sheet": "beside",
        "the same, and a position is corrected now and then": "changed",
    }
    first = told["alone"]["p95"]
    text = (
        f"Over HTTP on two processes of gunicorn, the three in turns for {told['seconds']:g} seconds. A "
        "reader looks at a page of the process for two seconds on the average, and asks for what they have "
        "read with its ETag; a writer types a cell a second; every twenty seconds a position is corrected, "
        "so that no page that was kept still holds. No request failed.\n\n"
        + rows(
            ["readers, while", "answered", "half, ms", "p95, ms", "ratio"],
            [
                [
                    words,
                    f"{told[key]['answered']:,}",
                    number(told[key]["half"]),
                    number(told[key]["p95"]),
                    number(told[key]["p95"] / first),
                ]
                for words, key in cases.items()
            ],
        )
    )
    return title, text


def _brought(told: dict[str, float]) -> tuple[str, str]:
    lines = [
        [
            what,
            number(told[key]),
            f"{told['positions'] / told[key]:,.0f}",
            number(told["alone"] / told[key]),
        ]
        for what, key in (
            ("read, check and plan the file", "planned"),
            ("store it, as one change set", "stored"),
            ("&nbsp;&nbsp;beside: `bulk_create_with_history` of the same records alone", "alone"),
            ("undo it, as one", "undone"),
        )
    ]
    text = (
        "Each with a statement, evidence and their history.\n\n"
        + rows(["what", "seconds", "positions/s", "times as fast as the library"], lines)
        + f"\nPeople logging cells over HTTP meanwhile ({told['answered']:,} cells, none refused) waited "
        f"at the longest, in seconds: {told['idle']:.2f} with nothing beside, {told['storing']:.2f} while "
        f"{told['amid']:,} positions came in, {told['undoing']:.2f} while they were undone. A process that "
        f"reads, plans and stores a file of {told['large']:,} positions takes {told['peak']:,.0f} MB at most "
        f"(resident), {told['before']:,.0f} of which are Django and its libraries.\n"
    )
    return f"A file of {told['positions']:,} new positions", text


def _held(told: dict[str, float]) -> tuple[str, str]:
    lines = [
        ["nothing yet", number(told["began"])],
        [f"{told['after']:,} pages", number(told["first"])],
        [f"{told['pages']:,} pages", number(told["last"])],
        ["the most of all in between", number(told["most"])],
    ]
    text = "Of one process of the server, resident; pages of all processes, drawn at random.\n\n" + rows(
        ["after", "MB"], lines
    )
    return f"Memory after {told['pages']:,} pages", text
