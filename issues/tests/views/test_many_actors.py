"""Another process: 200 actors on 7 issues, read page by page; and one that is still empty."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from issues.history import Way, recording
from issues.models import Process
from issues.tests.crowd import make_crowd
from issues.tests.factories import make_issue, make_participation, make_process, make_summit, make_track
from issues.tests.views.page import Node, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def plastics() -> Process:
    """A treaty on plastics."""
    return make_crowd(summits=2, actors=200, issues=6, name="plastics")


@pytest.fixture
def empty() -> Process:
    """A process in which nothing has been entered yet."""
    with recording(by=None, reason="A new process.", kind=Way.COMMAND):
        return make_process(name="Lakes", slug="lakes", visibility="public")


def rows(page: Node) -> list[str]:
    """The actors in the table of a page."""
    return [head.one("bdi").text for body in page.all("tbody") for head in body.all("th", scope="row")]


def get(client: Client, address: str) -> Node:
    """A page that is there."""
    response = client.get(address)
    assert response.status_code == 200
    return page_of(response)


def test_the_matrix_is_paged_in_thirties(plastics: Process, reader: Client) -> None:
    shown = {number: rows(get(reader, f"/plastics/?page={number}")) for number in (1, 2, 7)}

    assert {number: (len(names), names[0], names[-1]) for number, names in shown.items()} == {
        1: (30, "plastics 000", "plastics 001"),  # the only mediator comes last
        2: (30, "plastics 030", "plastics 059"),
        7: (20, "plastics 180", "plastics 199"),
    }


def test_a_page_says_which_actors_it_shows_and_keeps_the_question(plastics: Process, reader: Client) -> None:
    summit = plastics.summits.order_by("starts_on")[0].slug
    nav = get(reader, f"/plastics/?summit={summit}&page=2").one("nav", css="pagination")

    assert "31–60 of 200 actors" in nav.text
    assert nav.links == [f"?summit={summit}&page=1", f"?summit={summit}&page=3"]


def test_another_summit_starts_at_the_first_page(plastics: Process, reader: Client) -> None:
    page = get(reader, "/plastics/?page=2")

    steps = [*page.one("nav", css="rail").links, *page.one("span", css="steps").links]
    assert len(steps) == 3
    assert [link for link in steps if "page=" in link] == []


def test_thirty_actors_need_no_pages(reader: Client) -> None:
    make_crowd(summits=2, actors=30)

    page = get(reader, "/crowd/")

    assert len(rows(page)) == 30
    assert page.all("nav", css="pagination") == []


def test_every_page_of_a_large_process_answers(plastics: Process, reader: Client) -> None:
    issue = plastics.issues.order_by("order")[0].slug
    summit = plastics.summits.order_by("-starts_on")[0].slug

    for page in ("summits/", f"summits/{summit}/", "issues/", f"issues/{issue}/", "actors/", "sources/"):
        get(reader, f"/plastics/{page}")
    get(reader, "/plastics/actors/plastics-199/")


def test_the_list_of_actors_is_paged_in_hundreds(plastics: Process, reader: Client) -> None:
    assert len(rows(get(reader, "/plastics/actors/"))) == 100
    assert rows(get(reader, "/plastics/actors/?page=2"))[-1] == "plastics 199"


def test_an_issue_shows_thirty_actors_a_page_and_all_in_its_ladder(plastics: Process, reader: Client) -> None:
    issue = plastics.issues.order_by("order")[0].slug
    page = get(reader, f"/plastics/issues/{issue}/?page=2")

    charts = page.one("div", css="charts").all("figure")
    assert [charts[0].one("bdi").text, charts[-1].one("bdi").text] == ["plastics 030", "plastics 059"]
    assert len(charts) == len(page.one("table").all("thead")[0].all("th")) - 1 == 30
    assert "31–60 of 200 actors" in page.all("nav", css="pagination")[0].text
    ladders = page.all("svg", css="ladder")
    assert len(ladders) == 2  # for a desk, and for a phone
    for ladder in ladders:
        assert "and 33 more" in ladder.text


def test_a_summit_tells_what_changed_of_thirty_actors_a_page(plastics: Process, reader: Client) -> None:
    summit = plastics.summits.order_by("-starts_on")[0].slug

    first, last = (get(reader, f"/plastics/summits/{summit}/?page={number}") for number in (1, 7))

    told = [
        [n for n in range(200) if f"/plastics/actors/plastics-{n:03}/" in page.links]
        for page in (first, last)
    ]
    assert told == [list(range(30)), list(range(180, 200))]
    assert "181–200 of 200 actors" in last.one("nav", css="pagination").text
    assert "1200 of 1200 positions moved" in first.one("p", css="lede").text


@pytest.mark.parametrize("page", ["issues/{issue}/", "summits/{summit}/", ""])
def test_a_page_of_many_actors_is_as_heavy_as_one_of_thirty(reader: Client, page: str) -> None:
    sizes = []
    for actors in (30, 200):
        process = make_crowd(summits=3, actors=actors, name=f"crowd-{actors}")
        shown = page.format(
            issue=process.issues.order_by("order")[0].slug,
            summit=process.summits.order_by("starts_on")[1].slug,
        )
        sizes.append(len(reader.get(f"/{process.slug}/{shown}").content))

    # The ladder, the grey lines and what is not logged are those of everyone.
    assert sizes[1] < 1.5 * sizes[0]


@pytest.mark.parametrize("page", ["issues/{issue}/", "summits/{summit}/", "actors/", "sources/", ""])
def test_a_page_that_is_no_number_is_named(reader: Client, page: str) -> None:
    crowd = make_crowd(summits=1, actors=2)
    issue, summit = crowd.issues.order_by("order")[0].slug, crowd.summits.get().slug
    response = reader.get(f"/crowd/{page.format(issue=issue, summit=summit)}?page=abc")

    assert response.status_code == 400
    assert "page: Enter a whole number." in page_of(response).one("div", role="alert").text


def test_an_empty_process_shows_the_path_to_its_matrix(empty: Process, reader: Client) -> None:
    main = get(reader, "/lakes/").one("main")

    assert "The matrix appears once this process has actors, issues and a first summit." in main.text
    assert [item.text for item in main.one("ol", css="path").all("li")] == [
        "No actors yet",
        "No issues yet",
        "No summit yet",
    ]


def test_what_is_there_already_is_ticked_off(empty: Process, reader: Client) -> None:
    with recording(by=None, reason="A start.", kind=Way.COMMAND):
        make_issue(process=empty)
        make_participation(process=empty)
        make_participation(process=empty)

    steps = get(reader, "/lakes/").one("main").one("ol", css="path").all("li")

    assert [(step.text, step.attrs["class"]) for step in steps] == [
        ("✓ 2 actors", "done"),
        ("✓ 1 issue", "done"),
        ("No summit yet", ""),
    ]


def test_a_summit_that_is_only_planned_is_named(empty: Process, reader: Client) -> None:
    with recording(by=None, reason="A start.", kind=Way.COMMAND):
        summit = make_summit(process=empty, status="planned", starts_on=date(2032, 3, 1))

    step = get(reader, "/lakes/").one("main").one("ol", css="path").all("li")[2]

    assert step.text == f"No summit has been held yet; {summit.name}, 1 March 2032, is planned."
    assert step.links == [summit.get_absolute_url()]


def test_an_empty_process_leads_who_may_to_the_forms(empty: Process, admin_client: Client) -> None:
    links = get(admin_client, "/lakes/").one("ol", css="path").links

    assert links == [f"/lakes/{page}/" for page in ("actors/new", "issues/new", "summits/new", "import")]
    assert [admin_client.get(link).status_code for link in links] == [200] * 4


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("summits/", "No summit has been recorded."),
        ("issues/", "No issue has been recorded."),
        ("actors/", "Nobody takes part yet."),
        ("sources/", "No source is cited yet."),
    ],
)
def test_every_list_of_an_empty_process_says_that_it_is_empty(
    empty: Process, reader: Client, page: str, words: str
) -> None:
    assert words in get(reader, f"/lakes/{page}").one("main").text


def test_pages_without_any_summit_say_that_nothing_is_logged(empty: Process, reader: Client) -> None:
    with recording(by=None, reason="A start.", kind=Way.COMMAND):
        issue = make_issue(process=empty)
        actor = make_participation(process=empty).actor
        make_track(process=empty)

    assert "No statements logged" in get(reader, f"/lakes/issues/{issue.slug}/").one("main").text
    assert "Not yet logged" in get(reader, f"/lakes/actors/{actor.slug}/").one("main").text
    assert reader.get(f"/lakes/issues/{issue.slug}/ladder.svg").status_code == 404
    assert "not measurable" in get(reader, "/lakes/issues/").one("main").text


def test_a_first_summit_without_words_has_a_matrix_of_nothing_stated(empty: Process, reader: Client) -> None:
    with recording(by=None, reason="A start.", kind=Way.COMMAND):
        make_issue(process=empty)
        make_participation(process=empty)
        summit = make_summit(process=empty)

    page = get(reader, "/lakes/")

    assert f"Nothing has been logged at {summit.name} yet." in page.one("main").text
    assert page.one("td", css="cell").text.endswith("Not stated")


def test_several_processes_are_listed_those_one_may_read(
    empty: Process, settings: Any, reader: Client
) -> None:
    settings.PUBLIC_READ = True
    with recording(by=None, reason="A secret.", kind=Way.COMMAND):
        make_process(name="Secret", slug="secret")
        make_process(name="Rivers", slug="rivers", visibility="public", summary="Of rivers.")

    mine = get(reader, "/").one("ul", css="cards")
    everyones = get(Client(), "/").one("ul", css="cards")

    assert [item.one("h2").text for item in mine.all("li")] == ["Lakes", "Rivers", "Secret"]
    assert [item.one("h2").text for item in everyones.all("li")] == ["Lakes", "Rivers"]
    assert "Of rivers." in everyones.text


def test_without_any_process_the_start_says_how_to_make_one(reader: Client, admin_client: Client) -> None:
    assert "There is no process to read yet." in get(reader, "/").one("main").text
    assert get(admin_client, "/").one("main").links == ["/new/"]
