"""What is timed: our readings, pages and writes, each beside an alternative where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count

from django.db.models import OuterRef, QuerySet, Subquery
from django.test import Client

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.actions.scenarios.build import Settled, add_scenario, add_set
from issues.domain.consistency import search
from issues.history import ChangeSet
from issues.models import RECORDS, Actor, Issue, Position, Process, Scenario, ScenarioSet, Summit
from issues.queries.pages.matrix import add_words, matrix
from issues.queries.reading.entries import entries_of
from issues.queries.reading.process import read
from issues.user import User


@dataclass
class Case:
    """Something to run many times; ``beside`` says what it is an alternative to, or nothing."""

    name: str
    run: Callable[[], object]
    beside: str = ""
    repeats: int = 7


def cases() -> list[Case]:
    """The cases on the world that is there, on its last process."""
    process = Process.objects.order_by("-pk")[0]
    summit = Summit.objects.filter(process=process).order_by("-starts_on")[0]
    editor = User.objects.get(username="bench")
    client = Client(HTTP_HOST="localhost")
    client.force_login(editor)
    page = f"/{process.slug}/"
    question = _scenarios(process, editor)
    position = Position.objects.filter(issue__process=process).values_list("pk", flat=True)[0]
    actor = Actor.objects.filter(participations__process=process)[0]
    narrow = f"kind=moved&actor={actor.slug}&unreviewed=1"
    reading = "read the positions of a process, narrow, and fold them"
    return [
        Case(reading, lambda: read(process).whole),
        Case("the same with model instances", lambda: _instances(process), beside=reading),
        Case("the last position of each cell by a subquery", lambda: _subquery(process), beside=reading),
        Case("a query a cell", lambda: _query_a_cell(process), beside=reading, repeats=3),
        Case(
            "entries alone",
            partial(_entries, process),
            beside=reading,
        ),
        Case("matrix with its words", lambda: _matrix(process, summit)),
        Case("matrix page", lambda: _get(client, page)),
        Case("summit page", lambda: _get(client, f"{page}summits/{summit.slug}/")),
        Case("issue page", lambda: _get(client, f"{page}issues/issue-0/")),
        Case("change feed, positions moved", lambda: _get(client, f"{page}changes/")),
        Case("change feed, filtered by actor and kind", lambda: _get(client, f"{page}changes/?{narrow}")),
        Case("change feed, a word in what was said", lambda: _get(client, f"{page}changes/?q=quotation")),
        Case("change feed, record edited", lambda: _get(client, f"{page}changes/?tab=record")),
        Case("change feed as CSV", lambda: _get(client, f"{page}changes.csv")),
        Case("change feed as Atom", lambda: _get(client, f"{page}changes.atom")),
        Case("history of a position", lambda: _get(client, f"/history/position/{position}/")),
        Case("search, a word that nothing has", lambda: _get(client, "/search/?q=nowhere"), repeats=3),
        Case("log sheet page", lambda: _get(client, f"{page}summits/{summit.slug}/log/")),
        Case("scenario page, 8 scenarios", lambda: _get(client, question)),
        Case("issues in figures page", lambda: _get(client, f"{page}analysis/")),
        Case("consistent bundles of 59,049 (10 issues × 3)", lambda: _consistent([3] * 10)),
        Case("consistent bundles of 1,000,000 (6 issues × 10)", lambda: _consistent([10] * 6), repeats=3),
        *_lists(client, process),
        *_writes(process, editor),
    ]


def _scenarios(process: Process, editor: User) -> str:
    """The address of a set of eight scenarios that each settle every issue."""
    question = {"slug": "bench", "question": "How?", "closes_on": date(2040, 1, 1), "exclusive": False}
    scenario_set = ScenarioSet(process=process, **question)
    add_set(scenario_set, by=editor, reason="bench")
    issues = list(Issue.objects.filter(process=process).exclude(kind="text"))
    for number in range(8):
        settled: dict[Issue, Settled] = dict.fromkeys(issues, (None, 12.5 * number, ""))
        add_scenario(Scenario(set=scenario_set, name=f"Ending {number}"), settled, by=editor, reason="bench")
    return scenario_set.get_absolute_url()


def _consistent(sizes: list[int]) -> None:
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


def _writes(process: Process, editor: User) -> list[Case]:
    """Committing a cell of the log sheet, beside the barest write that there is."""
    summit = Summit.objects.filter(process=process).order_by("starts_on")[0]
    sheet = open_sheet(summit=summit, by=editor)
    actor = Actor.objects.filter(participations__process=process)[0]
    issue = Issue.objects.filter(process=process)[0]
    values = count()
    state = {"version": 0}

    def autosave() -> None:
        cell = save_cell(
            sheet=sheet,
            actor=actor,
            issue=issue,
            typed=f"{next(values) % 100}",
            version=state["version"],
            by=editor,
        )
        state["version"] = cell.version if cell else 0

    def plain() -> None:
        QuerySet(Process).filter(pk=process.pk).update(summary=f"{next(values)}")

    name = "commit a cell of the log sheet, with its history"
    return [Case(name, autosave, repeats=31), Case("update one row", plain, beside=name, repeats=31)]


def _entries(process: Process) -> None:
    entries_of(Position.objects.filter(issue__process=process))


def _matrix(process: Process, summit: Summit) -> None:
    add_words(matrix(read(process), summit).rows)


def _instances(process: Process) -> object:
    return list(Position.objects.filter(issue__process=process).select_related("option", "summit"))


def _subquery(process: Process) -> object:
    latest = Position.objects.filter(issue=OuterRef("issue"), actor=OuterRef("actor"))
    latest = latest.order_by("-summit__starts_on", "-summit__sequence")
    newest = Subquery(latest.values("pk")[:1])
    return list(Position.objects.filter(issue__process=process, pk=newest).select_related("option"))


def _query_a_cell(process: Process) -> None:
    for actor in Actor.objects.filter(participations__process=process):
        for issue in Issue.objects.filter(process=process):
            Position.objects.filter(actor=actor, issue=issue).order_by("-summit__starts_on").first()


def _lists(client: Client, process: Process) -> list[Case]:
    """Each list of the admin of which there are records, and that of positions in other ways."""
    issue = Issue.objects.filter(process=process)[0]
    asked = {
        f"list of {model._meta.verbose_name_plural}": f"{model._meta.model_name}/"
        for model in [*RECORDS, ChangeSet]
        if model._default_manager.exists()
    }
    asked |= {
        "positions, the last page": f"position/?p={-(-Position.objects.count() // 50)}",
        "positions, sorted by actor": "position/?o=1",
        "positions of one issue": f"position/?issue={issue.pk}",
        "positions of a year": "position/?summit__starts_on__year=2020",
    }
    return [
        Case(f"admin: {name}", partial(_get, client, f"/admin/issues/{at}")) for name, at in asked.items()
    ]


def _get(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    b"".join(response)  # what is streamed is written only when it is read
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
