"""The first page: each line counts what its list shows, for those who may see it, in few queries."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import QuerySet
from django.test import Client

from issues.actions.log_sheet.cell import save_cell
from issues.actions.log_sheet.sheet import open_sheet
from issues.admin.tools.dashboard import GROUPS, capped
from issues.history import Way, recording
from issues.models import RECORDS, Process
from issues.tests.admin.conftest import ROLES, client_of, someone
from issues.tests.factories import (
    make_actor,
    make_issue,
    make_party,
    make_person,
    make_position,
    make_process,
    make_source,
    make_summit,
    make_user,
)
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

DESK = "/admin/"


def lines_of(page: Any) -> list[Any]:
    """Every line of the desk."""
    processes = [line for item in page.context["desk"] for line in item["lines"]]
    return [*processes, *page.context["shared_lines"]]


@pytest.fixture
def busy(universe: Universe) -> Universe:
    """The universe with something of each kind that needs attention, and a second process."""
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_position(
            issue=universe.data, actor=universe.belmar, summit=universe.weir, summary="Without evidence."
        )
        make_issue(process=universe.process, options={0.0: "only"})
        for make in (make_actor, make_person):
            make(name="Twin"), make(name="TWIN")
        make_source(url="https://x.example/a"), make_source(url="http://x.example/a")
        other = make_process()
        make_position(issue=make_issue(process=other), actor=make_party(other), disputed=True)
    sheet = open_sheet(summit=universe.spring, by=universe.coder)
    save_cell(sheet=sheet, actor=universe.arden, issue=universe.flow, typed="n", version=0, by=universe.coder)
    return universe


def test_each_line_counts_what_its_list_shows(busy: Universe, db: None) -> None:
    client = client_of(someone("editor"))
    lines = [line for line in lines_of(client.get(DESK)) if line.url.startswith("/admin/")]
    assert len(lines) >= 12
    for line in lines:
        listed = client.get(line.url)
        assert listed.status_code == 200, line
        assert str(listed.context["cl"].result_count) == line.count, line


def test_it_leads_to_the_log_sheets(busy: Universe, db: None) -> None:
    client = client_of(someone("researcher"))
    page = unescape(client.get(DESK).content.decode())
    assert "of 16 cells of the last meeting not logged: Delta meeting" in page
    assert "sheet not published: Spring meeting" in page
    links = [line.url for line in lines_of(client.get(DESK)) if not line.url.startswith("/admin/")]
    assert len(links) >= 2
    assert all(client.get(link).status_code == 200 for link in links)


def test_the_application_list_stays_below(busy: Universe, db: None) -> None:
    page = client_of(someone("editor")).get(DESK).content.decode()
    assert (
        page.index("What needs attention") < page.rindex("Everything on record") < page.rindex("Evidence</a>")
    )


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_each_role_sees_what_it_may(busy: Universe, role: str) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    page = client.get(DESK)
    if role == "anonymous":
        assert page.status_code == 302
        return
    lines = lines_of(page)
    assert bool(lines) is (role in ROLES)
    assert ("sheet not published" in page.content.decode()) is (role in {"researcher", "editor"})
    assert all(client.get(line.url).status_code == 200 for line in lines)


def test_a_process_in_order_says_so(db: None) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        process = make_process(name="Quiet")
        make_issue(process=process, kind="text")
        make_party(process)
        make_summit(process=process, kind="statement")
    assert "Nothing needs attention." in client_of(someone("editor")).get(DESK).content.decode()


def test_an_empty_process_is_told_what_it_needs(db: None) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_process(name="Empty")
    page = " ".join(client_of(someone("editor")).get(DESK).content.decode().split())
    assert "It cannot be logged yet: it has no issues, no actors, no summit." in page
    assert "Nothing needs attention." not in page


def test_a_thousand_is_enough() -> None:
    assert [capped(count) for count in (7, 1000, 1001)] == ["7", "1,000", "1,000+"]


def test_the_page_costs_the_same_for_one_process_and_for_many(
    busy: Universe, django_assert_max_num_queries: Any, db: None
) -> None:
    client = client_of(someone("editor"))
    client.get(DESK)
    with django_assert_max_num_queries(31):
        client.get(DESK)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(6):
            process = make_process()
            make_position(issue=make_issue(process=process), summit=make_summit(process=process))
    with django_assert_max_num_queries(31):
        page = client.get(DESK)
    assert len(page.context["desk"]) == 3


def on_desk(page: Any) -> list[str]:
    """The slugs of the processes of which the desk tells."""
    return [item["process"].slug for item in page.context["desk"]]


def test_it_tells_of_those_in_which_something_was_recorded_last_and_names_the_others(db: None) -> None:
    for slug in ("a", "b", "c", "d", "e"):
        with recording(by=None, reason="x", kind=Way.COMMAND):
            make_process(slug=slug, name=slug)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_issue(process=Process.objects.get(slug="a"))
    client = client_of(someone("editor"))

    page = client.get(DESK)

    assert on_desk(page) == ["a", "e", "d"]
    assert [process.slug for process in page.context["others"]] == ["c", "b", "lenna"]
    others = page_of(page).one("section", **{"aria-labelledby": "others"})
    assert others.links[0] == "/admin/?process=c"
    assert on_desk(client.get("/admin/?process=b")) == ["b"]
    (link,) = [
        link for link in page_of(client.get("/admin/issues/process/?q=b")).links if "?process=" in link
    ]
    assert link == "/admin/?process=b"


def test_a_process_that_is_not_there_to_read_has_no_desk(db: None) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_process(slug="hidden")
    QuerySet(Process).filter(slug="hidden").update(visibility="private")
    client = client_of(someone("editor"))
    assert client.get("/admin/?process=hidden").status_code == 404
    assert client.get("/admin/?process=nowhere").status_code == 404
    assert client.get("/admin/?process=%00").status_code == 400


def test_of_very_many_some_are_named_and_the_list_has_all(db: None) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for _ in range(40):
            make_process()
    page = client_of(someone("editor")).get(DESK)
    assert (len(page.context["desk"]), len(page.context["others"])) == (3, 30)
    assert "/admin/issues/process/" in page_of(page).one("section", **{"aria-labelledby": "others"}).links


def test_names_are_escaped(db: None) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        process = make_process(name="<script>alert(1)</script>")
        make_issue(process=process)
    page = client_of(someone("editor")).get(DESK).content.decode()
    assert "<script>alert" not in page
    assert re.search(r"&lt;script&gt;alert", page)


def test_every_kind_of_record_stands_in_one_group(db: None) -> None:
    user = make_user(username="super", is_staff=True, is_superuser=True)
    groups = client_of(user).get(DESK).context["app_list"]
    listed = [model["object_name"] for group in groups for model in group["models"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {model.__name__ for model in admin.site._registry}
    assert {kind for kinds in GROUPS.values() for kind in kinds} <= set(listed)
    upkeep = {model["object_name"] for model in groups[-1]["models"]}
    assert groups[-1]["name"] == "Upkeep"
    assert not upkeep & {model.__name__ for model in RECORDS}


def test_what_the_evening_of_a_summit_needs_comes_first(db: None) -> None:
    page = client_of(someone("researcher")).get(DESK)
    first = page.context["app_list"][0]
    assert [model["object_name"] for model in first["models"]] == [
        "Summit",
        "Source",
        "Statement",
        "Position",
    ]
    words = page.content.decode()
    assert words.index("/issues/summit/add/") < words.index("/issues/position/add/") < words.index(">Actors<")


def test_the_list_of_one_application_has_the_same_groups(db: None) -> None:
    page = client_of(someone("editor")).get("/admin/issues/")
    assert [group["name"] for group in page.context["app_list"]] == list(GROUPS)
    assert page.context["title"] == "Everything on record"
