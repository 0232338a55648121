"""People who read and mend the record, in the world of ``universe.py``."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from issues.history import Record, Way, recording
from issues.tests.acts import correct
from issues.tests.factories import make_user
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def client_of(name: str, group: str) -> Client:
    """A browser in which someone of this group is signed in."""
    user = make_user(username=name)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def viewer(universe: Universe) -> Client:
    return client_of("vera", "Viewers")


@pytest.fixture
def researcher(universe: Universe) -> Client:
    return client_of("rosa", "Researchers")


@pytest.fixture
def editor(universe: Universe) -> Client:
    return client_of("edda", "Editors")


def change(record: Record, reason: str = "Reread.", by: Any = None, **values: Any) -> Record:
    """Change a record by hand, as a sitting of its own; returns it as it is stored."""
    record.refresh_from_db()
    with recording(by=by, reason=reason, kind=Way.PAGE if by else Way.COMMAND):
        correct(record, values, by=by, reason=reason)
    record.refresh_from_db()
    return record


def address(record: Record, *more: Any) -> str:
    """The history of a record, or of one of its rows: ``address(record, row.pk, "undo")``."""
    path = "".join(f"{part}/" for part in more)
    return f"/history/{record._meta.model_name}/{record.pk}/{path}"


def lines(client: Client, url: str, **query: Any) -> list[str]:
    """What the history says, a sentence a version with its fields, the newest first."""
    answer = client.get(url, query)
    assert answer.status_code == 200
    found = page_of(answer).one("ol", css="versions-list")
    return [line_of(node) for node in found.children if isinstance(node, Node)]


def line_of(node: Node) -> str:
    fields = [item.text.replace(" → became ", " → ") for item in node.all("li")[1:]]
    return " | ".join([node.one("p", css="sentence").text, *fields])
