"""A researcher at the log sheet: a browser without script, and what the sheet's script would send."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.row import set_source
from issues.actions.log_sheet.sheet import open_sheet
from issues.models import Actor, Cell, Issue, Sheet, Summit
from issues.tests.acts import apart
from issues.tests.factories import make_user
from issues.user import User

JSON = {"HTTP_ACCEPT": "application/json"}


@dataclass
class Desk:
    """One person's browser at the sheet of one summit, the shared one unless it is their ``own``."""

    user: User
    client: Client
    summit: Summit
    own: bool = False

    def address(self, page: str = "log", *keys: Any) -> str:
        """The address of a page of the sheet."""
        keys = tuple(getattr(key, "pk", key) for key in keys)
        matches = reverse(page, args=[self.summit.process.slug, self.summit.slug, *keys])
        return matches + ("?sheet=own" if self.own else "")

    def get(self, page: str = "log", *keys: Any) -> Any:
        """Open a page."""
        return self.client.get(self.address(page, *keys))

    def post(self, page: str, *keys: Any, **fields: Any) -> Any:
        """Send a form."""
        return self.client.post(self.address(page, *keys), fields)

    def send(self, actor: Actor, issue: Issue, code: str, version: object = 0, **fields: Any) -> Any:
        """Commit a cell, as the script does."""
        where = self.address("log-cell", actor, issue)
        return self.client.post(where, {"code": code, "version": version, **fields}, **JSON)

    def send_source(self, actor: Actor, typed: str, version: object = 0) -> Any:
        """Commit the source of a row, as the script does."""
        where = self.address("log-source", actor)
        return self.client.post(where, {"source": typed, "version": version}, **JSON)

    def save(self, typed: dict[str, str], page: Any = None) -> Any:
        """Type over fields of the whole form, as it is now or as it was on ``page``, and press Save."""
        return self.client.post(self.address(), fields_of(page or self.get()) | typed)

    # What is there already, put there past the pages

    @apart()
    def sheet(self) -> Sheet:
        """The sheet itself."""
        return open_sheet(summit=self.summit, by=self.user, private=self.own)

    @apart()
    def typed(self, actor: Actor, issue: Issue, code: str, version: int = 0, **details: Any) -> Cell:
        """A cell that is typed already."""
        cell = save_cell(
            sheet=self.sheet(),
            actor=actor,
            issue=issue,
            typed=code,
            version=version,
            by=self.user,
            details=details,
        )
        assert cell is not None
        return cell

    @apart()
    def sourced(self, actor: Actor, source: Any) -> None:
        """A row that has a source already."""
        set_source(sheet=self.sheet(), actor=actor, source=source, by=self.user)

    @apart()
    def cell(self, actor: Actor, issue: Issue) -> Cell | None:
        """What is stored in a cell."""
        return Cell.objects.filter(sheet=self.sheet(), actor=actor, issue=issue).first()

    @apart()
    def codes(self) -> dict[tuple[str, str], str]:
        """What is stored on the sheet, by actor and issue."""
        cells = Cell.objects.filter(sheet=self.sheet()).select_related("actor", "issue")
        return {(cell.actor.slug, cell.issue.slug): cell.code for cell in cells}


def desk_of(user: User, summit: Summit, *, own: bool = False) -> Desk:
    """Somebody's desk."""
    client = Client()
    client.force_login(user)
    return Desk(user, client, summit, own)


def someone(name: str, group: str = "Researchers") -> User:
    """A person with a role."""
    user = make_user(username=name)
    user.groups.add(Group.objects.get(name=group))
    return user


class _Fields(HTMLParser):
    @apart()
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.inside = False

    @apart()
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = "log-form" in (given.get("class") or "")
        elif tag == "input" and self.inside and given.get("name"):
            self.fields[str(given["name"])] = given.get("value") or ""

    @apart()
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def fields_of(page: Any) -> dict[str, str]:
    """Every field of the sheet's form with what it says."""
    parser = _Fields()
    parser.feed(page.content.decode())
    return parser.fields


def words(page: Any) -> str:
    """The text of a page as it is read, blanks run together."""

    class Text(HTMLParser):
        found: list[str]
        skipped = 0

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.skipped += tag in {"head", "script", "style"}

        def handle_endtag(self, tag: str) -> None:
            self.skipped -= tag in {"head", "script", "style"}

        def handle_data(self, data: str) -> None:
            if not self.skipped:
                self.found.append(data)

    parser = Text()
    parser.found = []
    parser.feed(page.content.decode())
    return " ".join("".join(parser.found).split())
