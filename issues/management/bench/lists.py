"""What people at work open: searches, forms, and the admin with its desk, its lists and its forms."""

from functools import partial
from urllib.parse import quote

from django.test import Client

from issues.actions.log_sheet.sheet import open_sheet
from issues.history import ChangeSet, Record
from issues.management.bench.pages import fetch, question, signed_in, stranger
from issues.management.bench.timing import Case, forget_all
from issues.management.bench.writes import stated, summit_to_log, write_cell
from issues.models import RECORDS, Position, Process
from issues.user import User

# As the admin lists them.
A_PAGE, LISTED = 50, 10_000


def searches(process: Process) -> list[Case]:
    """The page of search, for a stranger: what is there, and what is not."""
    position = stated(process)
    words = position.evidence.all()[0].statement
    asked = {
        "home page": "/",
        "search, found nowhere": "/search/?q=nowhere",
        "search, the name of one actor": f"/search/?q={quote(position.actor.name)}",
        "search, the title of one source": f"/search/?q={quote(words.source.title)}",
        "search, words of one quotation": f"/search/?q={quote(' '.join(words.quote.split()[1:5]))}",
        "search, a word of one quotation in fifty": f"/search/?q={quote(words.quote.split()[1])}",
    }
    return _cases(stranger(), asked)


def forms(process: Process, editor: User) -> list[Case]:
    """What is filled in on pages."""
    at, position = f"/{process.slug}/", stated(process)
    words = position.evidence.all()[0].statement
    summit = summit_to_log(process)
    write_cell(open_sheet(summit=summit, by=editor), position, "45", editor)
    log = f"{at}summits/{summit.slug}/log/"
    asked = {
        "log sheet": log,
        "log sheet, details of a cell": f"{log}details/{position.actor_id}/{position.issue_id}/",
        "log sheet, preview of the publication": f"{log}preview/",
        "correct a position": f"{at}positions/{position.pk}/correct/",
        "correct a statement": f"{at}statements/{words.pk}/correct/",
        "correct a source": f"{at}sources/{words.source_id}/correct/",
        "review a position": f"{at}positions/{position.pk}/review/",
        "history of a position": f"/history/position/{position.pk}/",
        "edit a summit": f"{at}summits/{summit.slug}/edit/",
        "new summit": f"{at}summits/new/",
        "new outcome": f"{at}summits/{summit.slug}/outcomes/new/",
        "new event": f"{at}events/new/",
        "new issues": f"{at}issues/new/",
        "new actors": f"{at}actors/new/",
        "new scenario": f"{question(process, editor)}new/",
        "judge": f"{at}consistency/judge/",
        "import a file": f"{at}import/",
        "access": f"{at}access/",
        "new process": "/new/",
    }
    return _cases(signed_in(editor), asked)


def admin_pages(process: Process, editor: User) -> list[Case]:
    """The desk, each list of which there are records, some in other ways, and each form."""
    issue = process.issues.all()[0]
    kinds: list[type[Record] | type[ChangeSet]] = [*RECORDS, ChangeSet]
    there = {kind: first for kind in kinds if (first := kind._default_manager.order_by("pk").first())}
    asked = {"desk": ""}
    for kind in there:
        asked[f"list of {kind._meta.verbose_name_plural}"] = f"issues/{kind._meta.model_name}/"
    last = -(-min(Position.objects.count(), LISTED) // A_PAGE)
    asked |= {
        "positions, the last page": f"issues/position/?p={last}",
        "positions, sorted by actor": "issues/position/?o=1",
        "positions of one issue": f"issues/position/?issue={issue.pk}",
        "positions of a year": "issues/position/?summit__starts_on__year=2020",
        "positions, a word in them": "issues/position/?q=nowhere",
        "sources, a word in them": "issues/source/?q=nowhere",
    }
    for kind, first in there.items():
        if kind is not ChangeSet:
            name, kind_at = kind._meta.verbose_name, f"issues/{kind._meta.model_name}/"
            asked[f"form of a stored {name}"] = f"{kind_at}{first.pk}/change/"
            asked[f"form of a new {name}"] = f"{kind_at}add/"
    return _cases(signed_in(editor), {f"admin: {name}": f"/admin/{at}" for name, at in asked.items()})


def _cases(client: Client, asked: dict[str, str]) -> list[Case]:
    return [
        Case(name, partial(fetch, client, address), prepare=forget_all) for name, address in asked.items()
    ]
