"""Long pages lead to each actor and each issue in them."""

from types import SimpleNamespace
from typing import Any

from django.template import Context, Template
from django.test import Client

from issues.templatetags.jump import LONG, jump
from issues.tests.universe import Universe
from issues.tests.views.page import page_of


class Named(str):
    """A record that is known by its name alone."""

    @property
    def pk(self) -> int:
        return hash(self)


def said(*pairs: tuple[str, str]) -> list[Any]:
    return [
        SimpleNamespace(actor=Named(actor), issue=Named(issue), position=SimpleNamespace(pk=key))
        for key, (actor, issue) in enumerate(pairs, 1)
    ]


def test_a_long_list_leads_to_the_first_of_each_actor_and_issue() -> None:
    long = said(("Belmar", "Flow"), ("Arden", "Flow"), ("Arden", "Data"), *[("Belmar", "Data")] * LONG)
    ways = jump(long)["ways"]
    assert ways == {
        "actors": [("Arden", 2, 2), ("Belmar", 1, LONG + 1)],
        "issues": [("Data", 3, LONG + 1), ("Flow", 1, 2)],
    }
    page = Template("{% load jump %}{% jump long %}").render(Context({"long": long}))
    assert page.count('href="#position-') == 4


def test_namesakes_are_two_ways() -> None:
    class Namesake(Named):
        @property
        def pk(self) -> int:
            return -1

    long = said(("Arden", "Flow"), *[("Arden", "Data")] * LONG)
    long[0].actor = Namesake("Arden")
    assert jump(long)["ways"]["actors"] == [("Arden", 1, 1), ("Arden", 2, LONG)]


def test_what_is_seen_at_once_or_is_all_of_one_has_no_ways() -> None:
    assert jump(said(*[("Arden", "Flow"), ("Belmar", "Data")] * (LONG // 2)))["ways"] == {}
    assert set(jump(said(*[("Arden", f"Issue {n}") for n in range(LONG + 1)]))["ways"]) == {"issues"}


def test_the_matrix_leads_to_each_of_its_rows(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/"))
    rows = {node.attrs["id"] for node in page.all("th", scope="row") if "id" in node.attrs}
    ways = [one.removeprefix("#") for one in page.one("nav", css="jump").links]
    assert len(ways) > 2
    assert set(ways) == rows
