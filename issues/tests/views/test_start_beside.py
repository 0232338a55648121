"""Starting a process beside another, and adding to one that is there."""

from typing import Any

import pytest
from django.test import Client

from issues.models import Actor, Issue, Participation, Position, Process
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.starting import FLOW, sent, told, typed
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return visit_as("researcher")


def test_an_actor_on_record_is_known_by_any_spelling_and_not_made_again(
    client: Client, universe: Universe
) -> None:
    before = Actor.objects.count()

    answer = client.post(
        "/new/",
        typed(
            name="Lakes",
            actors=[{"name": "REPUBLIC OF ARDEN", "role": "party"}, {"name": "fishers", "role": "observer"}],
        ),
    )

    assert answer.status_code == 302
    assert Actor.objects.count() == before
    actors = Process.objects.get(slug="lakes").participations.values_list("actor__slug", flat=True)
    assert list(actors) == ["arden", "fishers"]


def test_of_an_actor_on_record_nothing_else_is_said_than_is_on_record(
    client: Client, universe: Universe
) -> None:
    row = {"name": "Arden", "role": "party", "kind": "coalition", "aliases": "Ardenia"}

    problems = told(client.post("/new/", typed(name="Lakes", actors=[row])))

    assert any("Arden is on record as state" in problem for problem in problems)
    assert any("not as “Ardenia”" in problem for problem in problems)


def test_the_structure_of_another_is_taken_over_but_none_of_its_positions(
    client: Client, universe: Universe
) -> None:
    page = page_of(client.get("/new/?like=lenna"))
    data = sent(page)

    answer = client.post("/new/?like=lenna", data | {"name": "Lenna again"})

    assert answer.status_code == 302
    old, new = universe.process, Process.objects.get(slug="lenna-again")

    def roles(process: Process) -> list[Any]:
        return list(process.participations.values_list("actor", "role"))

    def scales(process: Process) -> list[Any]:
        return [
            (
                one.name,
                one.question,
                one.kind,
                one.low_label,
                one.high_label,
                [str(o) for o in one.options.all()],
            )
            for one in process.issues.all()
        ]

    assert roles(new) == roles(old)
    assert scales(new) == scales(old)
    assert str(new.issues.get(name=old.issues.get(slug="flow").name).reference_point) == "75 most"
    assert not Position.objects.filter(issue__process=new).exists()
    assert not new.summits.exists()


@pytest.mark.parametrize(
    "query", ["like=nowhere", "template=none", "like=lenna&template=treaty", "from=treaty"]
)
def test_what_there_is_not_to_begin_with_is_named(client: Client, universe: Universe, query: str) -> None:
    assert client.get(f"/new/?{query}").status_code in (400, 404)


def test_issues_are_added_to_a_process_on_a_page(client: Client, universe: Universe) -> None:
    parent = FLOW | {"name": "Winter", "parent": universe.flow.name}
    answer = client.post("/lenna/issues/new/", typed(issues=[parent]))

    assert answer["Location"] == "/lenna/issues/"
    winter = Issue.objects.get(slug="winter")
    assert (winter.parent, winter.order) == (
        universe.flow,
        max(one.order for one in universe.process.issues.all()),
    )
    assert (
        "is an issue of this process already"
        in told(client.post("/lenna/issues/new/", typed(issues=[FLOW | {"name": universe.flow.name}])))[0]
    )


def test_actors_are_added_to_a_process_on_a_page(client: Client, universe: Universe) -> None:
    row = {"name": "New", "role": "guarantor", "kind": "organisation"}
    answer = client.post("/lenna/actors/new/", typed(actors=[row]))

    assert answer["Location"] == "/lenna/actors/"
    assert Participation.objects.get(actor__slug="new-2").watched is False
    again = client.post("/lenna/actors/new/", typed(actors=[{"name": "Arden", "role": "party"}]))
    assert "Arden takes part already" in told(again)[0]


@pytest.mark.parametrize("address", ["/lenna/actors/new/", "/lenna/issues/new/"])
def test_nothing_filled_in_is_told(client: Client, universe: Universe, address: str) -> None:
    assert "Nothing is filled in yet." in told(client.post(address, typed()))[0]
