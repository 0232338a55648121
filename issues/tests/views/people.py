"""People as their pages tell them."""

from typing import Any

from django.test import Client

from issues.models import Statement
from issues.tests.acts import add
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of

MIRA = "/lenna/people/mira-sol/"


def get(client: Client, address: str, status: int = 200) -> Node:
    answer = client.get(address)
    assert answer.status_code == status, address
    return page_of(answer)


def rows(page: Node) -> list[list[str]]:
    """Name, office, statements and the last of them, of each person of the list."""
    table = page.one("table").one("tbody")
    return [[cell.text for cell in row.children if isinstance(cell, Node)] for row in table.all("tr")]


def statements(page: Node) -> list[str]:
    """What is said in each statement, in order."""
    return [item.one("blockquote").text for item in page.one("ol", css="cited").all("li") if item.all("cite")]


def say(universe: Universe, quote: str, **fields: Any) -> Statement:
    ref = f"s{Statement.objects.count()}"
    said = Statement(source=universe.sources["record"], ref=ref, quote=quote, **fields)
    add(said, by=universe.coder, reason="Heard.")
    return said
