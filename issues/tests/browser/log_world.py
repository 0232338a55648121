"""Small negotiations to log in a real browser, and the people who log them; and keys and clicks counted."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page

from issues.actions.demo.accounts import PASSWORD
from issues.history import Way, recording
from issues.models import Actor, Cell, Issue, Process, Source, Summit
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_source,
    make_statement,
    make_summit,
)
from issues.user import User

SHEET = "/talks/summits/evening/log/"
CELLS = "**/log/cell/**"  # where a cell is saved
SAVED = re.compile(r"^Saved \d\d:\d\d UTC$")  # what it then says of itself


@dataclass
class Talks:
    """A process in which every actor stands at 50 on every issue, and an evening's summit to log."""

    process: Process
    actors: list[Actor]
    issues: list[Issue]
    sources: list[Source]
    summit: Summit

    def codes(self) -> dict[tuple[int, int], str]:
        """What is stored on the sheets of the evening, by the places of actor and issue."""
        actors = [actor.pk for actor in self.actors]
        issues = [issue.pk for issue in self.issues]
        cells = Cell.objects.filter(sheet__summit=self.summit)
        return {(actors.index(cell.actor_id), issues.index(cell.issue_id)): cell.code for cell in cells}

    def name(self, actor: int, issue: int) -> str:
        """The name of a cell's field."""
        return f"code-{self.actors[actor].pk}-{self.issues[issue].pk}"

    def field(self, page: Page, actor: int, issue: int) -> Locator:
        """The field of a cell."""
        return page.locator(f"#{self.name(actor, issue)}")

    def state(self, page: Page, actor: int, issue: int) -> Locator:
        """What a cell says of itself."""
        return page.locator(f"#{self.name(actor, issue)}-state")

    def source(self, page: Page, actor: int) -> Locator:
        """The field of a row's source."""
        return page.locator(f"#source-{self.actors[actor].pk}")


def make_talks(size: int) -> Talks:
    """As many actors, issues and known sources as ``size`` says."""
    with recording(by=None, reason="The talks.", kind=Way.COMMAND):
        process = make_process(name="Talks", slug="talks")
        first = make_summit(process=process, slug="first", name="First meeting", starts_on=date(2031, 1, 1))
        summit = make_summit(process=process, slug="evening", name="Evening", starts_on=date(2031, 2, 1))
        actors = [make_party(process, name=f"Actor {n}") for n in range(size)]
        issues = [make_issue(process=process, name=f"Issue {n}", order=n) for n in range(size)]
        sources = [make_source(title=f"Release {n}", key=f"release-{n}") for n in range(size)]
        for actor, source in zip(actors, sources, strict=True):
            statement = make_statement(source=source, occasion=first)
            for issue in issues:
                half = issue.options.get(value=50)
                position = make_position(issue=issue, actor=actor, summit=first, option=half, summary="Half.")
                make_evidence(statement=statement, position=position)
    return Talks(process, actors, issues, sources, summit)


def make_researcher(name: str, *, signs_in: bool = False) -> User:
    """Someone who logs; with a password, which takes long to make, only if they sign in by the form."""
    user = User.objects.create_user(name, password=PASSWORD if signs_in else None)
    user.groups.add(Group.objects.get(name="Researchers"))
    return user


def sign_in_quietly(context: BrowserContext, user: User, address: str) -> None:
    """Sign in without the form."""
    client = Client()
    client.force_login(user)
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    context.add_cookies([cookie])


def until(page: Page, holds: str) -> None:
    """Wait until an expression holds; Playwright's own way would need a policy that allows ``eval``."""
    for _ in range(400):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{holds} did not come true.")


def arrived(page: Page, held: list[Any]) -> Any:
    """Wait for the first request that is held back."""
    for _ in range(400):
        if held:
            return held[0]
        page.wait_for_timeout(50)
    raise AssertionError("No request was sent.")


@dataclass
class Hands:
    """A pair of hands at a page: every key and every click is counted."""

    page: Page
    keys: int = 0
    clicks: int = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def click(self, target: Locator) -> None:
        """Click once."""
        target.click()
        self.clicks += 1


def typed(talks: Talks, page: Page, actor: int, issue: int, code: str) -> Any:
    """Commit a cell; returns what it says of itself."""
    talks.field(page, actor, issue).focus()
    page.keyboard.type(f"{code}\n")
    return talks.state(page, actor, issue)
