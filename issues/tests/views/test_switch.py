"""The process that one is in stays in the head of every page, and leads to the others."""

from typing import Any

import pytest
from django.test import Client

from issues.history import Way, recording
from issues.tests.acts import correct
from issues.tests.factories import make_process, make_statement, make_summit
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.tests.views.visitors import visit_as


def get(client: Client, address: str, status: int = 200) -> Node:
    answer = client.get(address)
    assert answer.status_code == status, address
    return page_of(answer)


def another(slug: str, *, visibility: str = "public") -> None:
    with recording(by=None, reason="made", kind=Way.COMMAND):
        make_process(slug=slug, visibility=visibility)


def menu(page: Node) -> list[str]:
    return page.one("header").one("nav", css="menu").links


def to_switch_to(page: Node) -> list[str]:
    switches = page.one("header").all("details", css="switch")
    return [link.text for link in switches[0].all("a")] if switches else []


def test_of_one_process_there_is_the_name_and_nothing_to_switch(reader: Client, universe: Universe) -> None:
    page = get(reader, "/lenna/")
    link = page.one("header").one("a", css="switch")
    assert (link.text, link.attrs["href"]) == (universe.process.name, "/lenna/")
    assert to_switch_to(page) == []


def test_of_sixty_each_is_a_link_and_a_private_one_is_nobodys_else(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    with recording(by=None, reason="made", kind=Way.COMMAND):
        for number in range(60):
            make_process(name=f"Talks {number:02}", visibility="public")
        make_process(name="Secret talks", visibility="open")

    for address in ("/lenna/", "/lenna/changes/", "/account/tokens/", "/search/"):
        answer = Client().get(address)
        if answer.status_code != 200:
            continue
        names = to_switch_to(page_of(answer))
        assert len(names) == 61, address
        assert "Secret talks" not in names
    current = get(Client(), "/lenna/").one("header").all("a", **{"aria-current": "true"})
    assert [link.attrs["href"] for link in current] == ["/lenna/"]


def test_search_in_a_process_keeps_its_menu_and_finds_in_it_alone(reader: Client, universe: Universe) -> None:
    with recording(by=None, reason="made", kind=Way.COMMAND):
        other = make_process(slug="other", name="Other talks", visibility="public")
        make_statement(quote="Half a lake.", occasion=make_summit(process=other))

    (box,) = get(reader, "/lenna/").all("form", role="search")
    assert box.one("input", name="process").attrs["value"] == "lenna"
    page = get(reader, "/search/?q=half&process=lenna")
    assert "/lenna/people/" in menu(page)
    assert "Half a lake." not in page.text
    assert "/search/?q=half" in [link.replace("?", "/search/?", 1) for link in page.links]
    chosen = page.one("main").one("select", name="process").all("option", selected="")
    assert [option.attrs["value"] for option in chosen] == ["lenna"]
    everywhere = get(reader, "/search/?q=half")
    assert "Half a lake." in everywhere.text
    assert everywhere.one("header").all("nav", css="menu") == []


@pytest.mark.parametrize("slug", ["nowhere", "secret"])
def test_search_in_a_process_that_is_not_there_to_read_is_refused_by_name(
    universe: Universe, settings: Any, slug: str
) -> None:
    settings.PUBLIC_READ = True
    another("secret", visibility="open")
    page = get(Client(), f"/search/?q=half&process={slug}", 400)
    assert f"There is no process “{slug}”." in page.text


def test_a_history_keeps_the_menu_of_the_process_that_it_was_asked_from(
    reader: Client, universe: Universe
) -> None:
    another("other")
    for address in (
        "/lenna/people/mira-sol/",
        "/lenna/actors/arden/",
        f"/lenna/sources/{universe.sources['record'].pk}/",
        f"/lenna/statements/{universe.statements['arden-1'].pk}/",
        "/lenna/issues/flow/",
        "/lenna/summits/weir/",
    ):
        histories = [link for link in get(reader, address).one("main").links if link.startswith("/history/")]
        assert histories, address
        for link in dict.fromkeys(histories):
            assert "/lenna/people/" in menu(get(reader, link)), link


def test_a_history_that_processes_share_is_read_in_the_one_that_is_asked_for(
    reader: Client, universe: Universe
) -> None:
    with recording(by=None, reason="made", kind=Way.COMMAND):
        at = make_summit(process=make_process(slug="other", visibility="public"))
        make_statement(quote="Here as well.", speaker=universe.minister, occasion=at)
    address = f"/history/person/{universe.minister.pk}/"

    assert "/other/people/mira-sol/" in get(reader, f"{address}?process=other").links
    assert "/lenna/people/mira-sol/" in get(reader, f"{address}?process=lenna").links
    assert get(reader, address).one("header").all("nav", css="menu") == []
    get(reader, f"{address}?process=nowhere", 404)
    another("third")
    get(reader, f"{address}?process=third", 404)


def test_taking_back_stays_in_the_process_that_was_asked_for(universe: Universe) -> None:
    another("other")
    correct(universe.minister, {"name": "Mira Dam"}, by=universe.coder, reason="Married.")
    editor = visit_as("superuser")
    address = f"/history/person/{universe.minister.pk}/?process=lenna"

    restores = [link for link in get(editor, address).links if "/restore/" in link]
    assert restores
    assert {link.partition("?")[2] for link in restores} == {"process=lenna"}
    page = get(editor, restores[0])
    assert "/lenna/people/" in menu(page)
    assert address in page.links
    opened = page.one("input", name="opened_version").attrs["value"]
    answer = editor.post(restores[-1], {"reason": "Not married.", "opened_version": opened})
    assert (answer.status_code, answer["Location"]) == (302, address)
