"""The cast of the admin tests, and a form filled in as a browser would post it."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from issues.history import Record, Way, recording
from issues.models import RECORDS
from issues.tests.factories import (
    MAKERS,
    make_evidence,
    make_issue,
    make_participation,
    make_party,
    make_position,
    make_process,
    make_statement,
    make_summit,
    make_user,
)
from issues.user import User

ROLES = {"viewer": "Viewers", "researcher": "Researchers", "editor": "Editors"}


def client_of(user: User | None) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def someone(name: str) -> User:
    """A member of the cast: a role, or staff without a group."""
    user = make_user(username=name, is_staff=True)
    if name in ROLES:
        user.groups.add(Group.objects.get(name=ROLES[name]))
    return user


@pytest.fixture
def viewer(db: None) -> Client:
    return client_of(someone("viewer"))


@pytest.fixture
def researcher(db: None) -> Client:
    return client_of(someone("researcher"))


@pytest.fixture
def editor(db: None) -> Client:
    return client_of(someone("editor"))


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """A process with two parties, an issue, two summits, and a position that rests on one statement."""
    with recording(by=None, reason="the world", kind=Way.COMMAND):
        process = make_process(name="Peace", slug="peace")
        issue = make_issue(process=process, name="Borders")
        actor = make_party(process, name="Ruritania", aliases="Руритания\nرورىتانيا")
        other = make_party(process, name="Graustark")
        first, second = make_summit(process=process), make_summit(process=process)
        statement, another = make_statement(), make_statement()
        half = issue.options.get(value=50)
        position = make_position(
            issue=issue, actor=actor, summit=first, option=half, summary="Half of it.", note="As read."
        )
        evidence = make_evidence(position=position, statement=statement)
    return SimpleNamespace(**{k: v for k, v in locals().items() if k != "db"})


@pytest.fixture
def one_of_each(db: None) -> dict[type[Record], Record]:
    """A valid record of every kind."""
    with recording(by=None, reason="one of each", kind=Way.COMMAND):
        made: dict[type[Record], Any] = {model: MAKERS[model]() for model in RECORDS}
        for position in {made[k] for k in made if k.__name__ == "Position"}:
            make_participation(process=position.issue.process, actor=position.actor)
            make_evidence(position=position)
    return made


def address(record: Any, page: str = "change", *args: Any) -> str:
    """The address of an admin page of a record, or of its model for a list or a new record."""
    options = record._meta
    keys = [] if page in {"changelist", "add"} else [record.pk]
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[*keys, *args])


class FormReader(HTMLParser):
    """Reads from the page what a browser would post: what is not on it is not posted."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self._select, self._textarea, self._first = "", "", True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "select":
            self._select, self._first = name, True
        elif tag == "option" and self._select:
            if self._first or "selected" in given:
                self.posted[self._select] = given.get("value") or ""
            self._first = False
        elif tag == "textarea":
            self._textarea = name
            self.posted[name] = ""
        elif tag == "input" and name and _is_posted(given):
            self.posted[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.posted[self._textarea] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""


def _is_posted(given: dict[str, str | None]) -> bool:
    kind = given.get("type")
    return kind not in {"submit", "search"} and (kind != "checkbox" or "checked" in given)


def filled(response: Any, **typed: Any) -> dict[str, Any]:
    """What a browser would post from the form on this page, with some fields typed over."""
    reader = FormReader()
    form = response.content.decode().split('_form" novalidate>')[1].split("</form>")[0]
    reader.feed(form)
    return {name: value for name, value in reader.posted.items() if "__prefix__" not in name} | typed


def open_and_save(client: Client, url: str, **typed: Any) -> Any:
    """Open a form, type over some of its fields and save it."""
    return client.post(url, filled(client.get(url), **typed))


def errors_of(response: Any) -> dict[str, list[str]]:
    """What the form says is wrong, by field; rows of inlines by their full field names."""
    assert response.status_code == 200, response.status_code
    found: dict[str, list[str]] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
        for message in inline.formset.non_form_errors():
            found.setdefault(inline.formset.prefix, []).append(message)
    for form in forms:
        for name, messages in form.errors.items():
            found.setdefault(form.add_prefix(name), []).extend(messages)
    return found
