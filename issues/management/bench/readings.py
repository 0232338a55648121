"""Reading a process and folding it, beside other ways to the same answer; all are checked to agree."""

from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from django.test import Client

from issues.domain.consistency import search
from issues.domain.fold import Folded
from issues.history import sign_of
from issues.management.bench.by_hand import Changes, Standing, changes, standing, standing_then
from issues.management.bench.data import before_corrections
from issues.management.bench.results import CHANGED, KNOWN, READ, REMEMBERED, STANDS
from issues.management.bench.timing import Case, forget_all
from issues.models import Option, Position, Process
from issues.queries.reading.process import read
from issues.queries.reading.remembered import remembered

STOOD = "window SQL over the history through the driver: what stood"
LOOP = "an N+1 loop: a query a cell, and one for each option and summit"
PANDAS = "pandas over the exported CSV: what stands"
LIBRARY = "simple-history’s `as_of`, and a loop over it"
WITHOUT = "leaves out directions, red lines, salience and days that are not known"
WITHOUT_THEN = f"options as they are today; leaves out every change, too; {WITHOUT}"


class OtherAnswer(RuntimeError):
    """Two ways to the same question gave different answers."""


def readings(process: Process) -> list[Case]:
    """Our reading of a process, now and then, each beside SQL by hand."""
    known, key = before_corrections(process), process.pk
    whole, then = read(process).whole, placements(read(process, known).whole)
    check(STANDS, standing(key), placements(whole))
    check(CHANGED, changes(key), (kinds(whole), placements(whole)))
    check(STOOD, standing_then(key, known), then)
    if then == placements(whole):
        raise OtherAnswer("Nothing that stands was corrected: what was known before cannot be told apart.")
    signed = Process.objects.annotate(sign=sign_of("pk"))
    return [
        Case(READ, lambda: read(process).whole),
        Case(REMEMBERED, lambda: remembered(signed.get(pk=key)).whole),
        Case(STANDS, partial(standing, key), READ, f"leaves out every change, too; {WITHOUT}", queries=1),
        Case(CHANGED, partial(changes, key), READ, WITHOUT, queries=1),
        Case(KNOWN, lambda: read(process, known).whole),
        Case(STOOD, partial(standing_then, key, known), KNOWN, WITHOUT_THEN, queries=1),
    ]


def others(process: Process) -> list[Case]:
    """What people do who write no SQL, each beside our reading."""
    known = before_corrections(process)
    now, then = placements(read(process).whole), placements(read(process, known).whole)
    check(LOOP, n_plus_one(process), now)
    check(LIBRARY, as_of(process, known), then)
    file = positions_file(process)
    pandas = f"the file is in memory, its export not timed; leaves out every change, too; {WITHOUT}"
    found = by_pandas(file)
    if found is not None:
        names = dict(process.issues.values_list("pk", "slug"))
        actors = dict(process.participations.values_list("actor_id", "actor__slug"))
        check(PANDAS, found, {(actors[a], names[i]): place for (a, i), place in now.items()})
    return [
        Case(LOOP, partial(n_plus_one, process), READ, f"fetches the same; {WITHOUT}"),
        *([] if found is None else [Case(PANDAS, partial(by_pandas, file), READ, pandas, queries=0)]),
        Case("export of the positions as CSV", partial(positions_file, process), prepare=forget_all),
        Case(LIBRARY, partial(as_of, process, known), KNOWN, WITHOUT_THEN),
    ]


def check(name: str, given: object, right: object) -> None:
    """Raises OtherAnswer where another way gives another answer than the fold."""
    if given != right:
        raise OtherAnswer(f"{name}: it gives another answer than the fold.")


def placements(folded: Folded) -> Standing:
    """Where everyone stands who does."""
    return {cell: one.value for cell, one in folded.standing.items() if one.value is not None}


def kinds(folded: Folded) -> Changes:
    """What each position did."""
    return {change.entry.id: (change.kind.value, change.delta) for change in folded.changes}


def n_plus_one(process: Process) -> Standing:
    """What stands, as it is written before anybody counts queries."""
    found: Standing = {}
    for issue in process.issues.all():
        for item in process.participations.all():
            said = [
                (position.summit.starts_on, position.summit.sequence, position.state, position.placement)
                for position in Position.objects.filter(issue=issue, actor=item.actor_id)
            ]
            _last(found, (item.actor_id, issue.pk), said)
    return found


def as_of(process: Process, known: datetime) -> Standing:
    """What stood, by what the library gives for a time."""
    options = dict(Option.objects.filter(issue__process=process).values_list("pk", "value"))
    summits = {summit.pk: summit for summit in process.summits.all()}
    rows: Any = Position.history
    cells: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for one in rows.as_of(known).filter(issue__process=process):
        held, placement = summits[one.summit_id], options.get(one.option_id, 0)
        if one.value is not None:
            placement = one.value
        said = (held.starts_on, held.sequence, one.state, placement)
        cells.setdefault((one.actor_id, one.issue_id), []).append(said)
    found: Standing = {}
    for cell, some in cells.items():
        _last(found, cell, some)
    return found


def _last(found: Standing, cell: tuple[int, int], said: list[tuple[Any, ...]]) -> None:
    spoken = [one for one in said if one[2] != "silent"]
    if spoken:
        *_, state, placement = max(spoken, key=lambda one: one[:2])
        if state == "stated":
            found[cell] = placement


def positions_file(process: Process) -> bytes:
    """The positions of a public process, silence too, as a stranger exports them."""
    answer = Client(HTTP_HOST="localhost").get(f"/{process.slug}/data/positions.csv")
    if answer.status_code != 200:
        raise RuntimeError(f"The export answered {answer.status_code}.")
    return b"".join(answer)


def by_pandas(file: bytes) -> dict[tuple[str, str], float] | None:
    """What stands, by the slugs of actor and issue; None where pandas is not installed."""
    try:
        import pandas
    except ImportError:
        return None
    rows = pandas.read_csv(BytesIO(file))
    spoken = rows[rows["state"] != "silent"].sort_values("first_day", kind="stable")
    last = spoken.groupby(["actor_slug", "issue_slug"]).tail(1)
    last = last[last["state"] == "stated"]
    return dict(zip(zip(last["actor_slug"], last["issue_slug"], strict=True), last["placement"], strict=True))


def consistent(sizes: list[int]) -> None:
    """Look at every combination of a space in which everything was judged."""
    impacts = {
        (i, x, j, y): (3 * i + 2 * x + 5 * j + y) % 7 - 3
        for i, of in enumerate(sizes)
        for j, on in enumerate(sizes)
        if i != j
        for x in range(of)
        for y in range(on)
    }
    search(sizes, impacts)
