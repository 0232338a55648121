"""``docs/benchmarks.md`` out of runs, SQLite and PostgreSQL beside each other. No Django."""

from collections.abc import Iterable, Sequence

from issues.management.bench import results
from issues.management.bench.beside import beside
from issues.management.bench.bounds import BOUNDS, Measured
from issues.management.bench.markdown import number, rows
from issues.management.bench.results import CLOCK, Line, Run

HEAD = """\
# Benchmarks

Written by `make bench`; `make bench LARGE=1` measures 1,000,000 positions, too, and `make \
bench-check` compares two runs. [CONTRIBUTING](../CONTRIBUTING.md) says how. Trust ratios, not \
figures.
"""
HOW = """\
Figures are medians in milliseconds by number of positions stored, in processes of 25 issues × 8 \
actors × 20 summits, each with quotations, sources and a history in which one position in twenty was \
corrected. The world grows from size to size, and the same process of 4,000 positions is read in \
each.

What runs in one process is told by what it took of the processors: our process, and PostgreSQL’s \
which serves it. Groups that are marked “by the clock” are told by the time that passed.

A case is run in turns with the yardstick of its group, and “÷” is how many of those it takes: the \
window SQL that says what stands; over HTTP, `/healthz`. What stands beside as *instead* gives the \
same answer, which is checked before anything is timed, or says what it leaves out. For the first \
reader everything is forgotten that a server keeps.
"""
AT_LARGEST = """\
At the largest size of each run, beside which the deep process of 50 × 20 × 50 stands. Our copy is \
of pages alone: what is streamed (CSV) is never kept.
"""
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ORDER = (
    results.READING,
    results.FIRST,
    results.NEXT,
    results.HTTP,
    results.SEARCH,
    results.FORMS,
    results.ADMIN,
    results.WRITES,
    results.COMPUTED,
    results.DEEP,
)


def table(runs: Sequence[Run]) -> str:
    """The whole page, of one run or of several on different databases."""
    parts = [HEAD, "\n".join(map(_about, runs)), HOW, _bounds(runs)]
    parts += [_group(runs, name) for name in ORDER if any(run.group(name) for run in runs)]
    parts += [part for run in runs for part in beside(run, name_of(run))]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def name_of(run: Run) -> str:
    """The database of a run, as people call it."""
    return NAMES.get(run.database, run.database)


def _about(run: Run) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    made = ", ".join(f"{size:,} after {number(seconds)} s" for size, seconds in run.made.items())
    return f"- {name_of(run)}, {run.date}: {versions}; {run.machine}. Positions made: {made}."


def _bounds(runs: Sequence[Run]) -> str:
    held = []
    for bound in BOUNDS:
        told = [_held(bound.measure(run), bound.most, bound.unit) for run in runs]
        held.append([bound.words, _with_unit(bound.most, bound.unit), *told])
    return f"## Bounds\n\n{AT_LARGEST}\n" + rows(["what", "at most", *map(name_of, runs)], held)


def _held(found: Measured | None, most: float, unit: str) -> str:
    if found is None:
        return "not measured"
    value = _with_unit(found.value, unit)
    held = value if found.value <= most else f"**{value}** missed"
    return f"{held} ({found.of})" if found.of else held


def _with_unit(value: float, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def _group(runs: Sequence[Run], group: str) -> str:
    names = _in_order([line for run in runs for line in run.group(group)])
    heads = ["what", "queries"]
    for run in runs:
        sizes = _sizes(run, group)
        heads += [f"{name_of(run)}, {size:,}" for size in sizes]
        heads += ["÷"] + ([f"{sizes[-1]:,} ÷ {sizes[0]:,}"] if len(sizes) > 1 else [])
    told, notes = [], dict[str, int]()
    for name in names:
        lines = [run.line(group, name) for run in runs]
        there = next(line for line in lines if line is not None)
        cells = [_label(there, notes), _queries(lines)]
        for run, line in zip(runs, lines, strict=True):
            cells += _figures(line, _sizes(run, group))
        told.append(cells)
    clock = any(line.by == CLOCK for run in runs for line in run.group(group))
    title = f"{group} (by the clock)" if clock else group
    under = "".join(f"\n{number}. {note[0].upper()}{note[1:]}." for note, number in notes.items())
    return f"## {title}\n\n" + rows(heads, told) + (f"{under}\n" if under else "")


def _in_order(lines: Iterable[Line]) -> list[str]:
    """The names of lines as they were timed, each with its alternatives below it."""
    beside = {line.name: line.beside for line in lines}
    alone = [name for name, other in beside.items() if other not in beside]
    return [
        name for one in alone for name in (one, *(name for name, other in beside.items() if other == one))
    ]


def _label(line: Line, notes: dict[str, int]) -> str:
    """The name of a line, with the number of what is to be said of it."""
    label = f"&nbsp;&nbsp;instead: {line.name}" if line.beside else line.name
    if line.note:
        label += f" [{notes.setdefault(line.note, len(notes) + 1)}]"
    return label


def _queries(lines: Iterable[Line | None]) -> str:
    seen = {one.queries for line in lines if line for one in line.at.values() if one.queries is not None}
    if not seen:
        return ""
    least, most = min(seen), max(seen)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _figures(line: Line | None, sizes: Sequence[int]) -> list[str]:
    """What a line cost at each size, in yardsticks at the last, and how it grew."""
    there = [size for size in sizes if line and size in line.at]
    if line is None or not there:
        return [""] * (len(sizes) + 1 + (len(sizes) > 1))
    cells = [number(line.cost(size)) if size in there else "" for size in sizes]
    cells.append(number(line.ratio(there[-1])))
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        both = first in line.at and last in line.at
        cells.append(number(line.cost(last) / line.cost(first)) if both else "")
    return cells


def _sizes(run: Run, group: str) -> list[int]:
    return sorted({size for line in run.group(group) for size in line.at})
