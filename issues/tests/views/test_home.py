"""The first page, and a negotiation that is started from a spreadsheet."""

import pytest
from django.test import Client

from issues.history import ChangeSet, Way, recording
from issues.models import Process
from issues.tests.factories import make_process, make_user
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.django_db


def test_a_name_starts_a_process_and_leads_to_its_first_file() -> None:
    client = visit_as("researcher")
    page = page_of(client.get("/"))
    assert "Start from a spreadsheet" in page.text

    answer = client.post("/", {"name": "Waters of the Lenna"})

    assert (answer.status_code, answer["Location"]) == (302, "/waters-of-the-lenna/import/")
    assert client.get(answer["Location"]).status_code == 200
    assert ChangeSet.objects.get().reason == "Started from a spreadsheet."


def test_a_second_of_one_name_gets_a_slug_of_its_own_and_none_takes_an_address_of_ours() -> None:
    client = visit_as("researcher")

    for name in ("Search", "Search", "…"):
        assert client.post("/", {"name": name}).status_code == 302
    assert sorted(Process.objects.values_list("slug", flat=True)) == ["process", "search-2", "search-3"]


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x00b"])
def test_a_name_that_cannot_be_is_told_at_its_field(name: str) -> None:
    answer = visit_as("researcher").post("/", {"name": name})

    assert answer.status_code in (400, 422)
    assert not Process.objects.exists()


@pytest.mark.parametrize("visitor", ["stranger", "account", "viewer"])
def test_who_may_not_make_a_process_is_not_asked_and_makes_none(visitor: str) -> None:
    client = visit_as(visitor)

    assert "Start from a spreadsheet" not in client.get("/").content.decode()
    assert client.post("/", {"name": "Lakes"}).status_code in (401, 403)
    assert not Process.objects.exists()


def test_who_only_reads_is_told_who_makes_one(settings: object, client: Client) -> None:
    settings.PUBLIC_READ = True  # type: ignore[attr-defined]
    make_user()

    assert "Researchers make one, from a spreadsheet" in client.get("/").content.decode()


def test_more_processes_than_a_page_holds_are_leafed_through(settings: object, client: Client) -> None:
    settings.PUBLIC_READ = True  # type: ignore[attr-defined]
    with recording(by=None, reason="made", kind=Way.COMMAND):
        for number in range(60):
            make_process(name=f"Talks {number:02}", visibility="public")

    first, second = (page_of(client.get(f"/?page={number}")).one("main") for number in (1, 2))

    names = [heading.text for page in (first, second) for heading in page.all("h2")]
    assert names == [f"Talks {number:02}" for number in range(60)]
    assert len(first.all("h2")) == 50
    assert "51–60 of 60 processes" in second.text
    assert client.get("/?page=x").status_code == 400
