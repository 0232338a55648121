"""The feeds of changes: valid by the rules of RFC 4287 and JSON Feed 1.1, with ids that last."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from issues.tests.acts import correct
from issues.tests.universe import Universe

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}){0,2}:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+")


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def atom(address: str = "/lenna/changes.atom", **asked: Any) -> ET.Element:
    answer = Client().get(address, follow=True, **asked)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)  # noqa: S314 -- our own


def ids(address: str = "/lenna/changes.atom", **asked: Any) -> list[str]:
    root = atom(address, **asked)
    return [node.text or "" for node in root.iter(f"{{{ATOM['a']}}}id")]


def test_a_feed_has_all_that_the_format_asks_for(universe: Universe) -> None:
    root = atom("/lenna/changes.atom?actor=arden&q=half")

    for owner in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(owner.findall(f"a:{name}", ATOM)) == 1, name
        assert TAG.fullmatch(owner.findtext("a:id", "", ATOM)), owner.findtext("a:id", "", ATOM)
        assert RFC_3339.fullmatch(owner.findtext("a:updated", "", ATOM))
        assert owner.findtext("a:author/a:name", "", ATOM)
        assert owner.findtext("a:title", "", ATOM)
        (alternate,) = [link for link in owner.findall("a:link", ATOM) if link.get("rel") == "alternate"]
        assert urlsplit(alternate.get("href") or "").netloc
    (own,) = [link for link in root.findall("a:link", ATOM) if link.get("rel") == "self"]
    assert own.get("href") == "http://testserver/lenna/changes.atom?actor=arden&q=half"
    published = [node.text or "" for node in root.iter(f"{{{ATOM['a']}}}published")]
    assert published
    assert all(RFC_3339.fullmatch(text) for text in published)
    found = ids("/lenna/changes.atom")
    assert len(found) == len(set(found)) > 10


def test_a_feed_without_entries_is_valid_too(universe: Universe) -> None:
    root = atom("/lenna/changes.atom?q=dragon")

    assert root.findall("a:entry", ATOM) == []
    assert root.findtext("a:author/a:name", "", ATOM) == "Redlines"


def test_a_feed_without_entries_is_as_old_as_the_record(universe: Universe) -> None:
    """It says the same at each fetch, not the time of the fetch."""
    begun = type(universe.process).history.earliest("history_date").history_date.replace(microsecond=0)

    for _ in range(2):
        said = datetime.fromisoformat(atom("/lenna/changes.atom?q=dragon").findtext("a:updated", "", ATOM))
        assert said.replace(microsecond=0) == begun
    answers = [Client().get(f"/lenna/changes.{form}?q=dragon") for form in ("atom", "json")]
    assert {parsedate_to_datetime(answer["Last-Modified"]) for answer in answers} == {begun}


def test_ids_survive_every_renaming(universe: Universe) -> None:
    address = "/lenna/changes.atom?actor=arden&issue=flow&summit=weir"
    before = ids(address)
    for record, slug in ((universe.process, "river"), (universe.arden, "upper"), (universe.flow, "water")):
        record.refresh_from_db()
        correct(record, {"slug": slug, "name": slug.title()}, by=universe.coder, reason="Renamed.")

    assert ids("/river/changes.atom?actor=upper&issue=water&summit=weir") == before
    assert ids(address) == before  # by the old address


def test_ids_are_those_of_the_installation_and_the_process(universe: Universe, settings: Any) -> None:
    uuid = universe.process.uuid
    by_host = ids(headers={"host": "testserver"})
    assert by_host[0] == f"tag:testserver,2026:{uuid}/changes"

    settings.TAG_AUTHORITY = "redlines.example,2026-11-30"
    set_ids = ids()
    assert set_ids[0] == f"tag:redlines.example,2026-11-30:{uuid}/changes"
    position = universe.at("cadria", "flow", "delta")
    assert f"tag:redlines.example,2026-11-30:{uuid}/position/{position.pk}" in set_ids
    assert set(by_host).isdisjoint(set_ids)


def test_filters_that_ask_for_other_things_are_other_feeds(universe: Universe) -> None:
    addresses = ["", "?actor=arden", "?actor=belmar", "?issue=flow", "?q=half", "?kind=moved"]
    found = [ids(f"/lenna/changes.atom{query}")[0] for query in addresses]

    assert len(set(found)) == len(found)
    asked = ids("/lenna/changes.atom?kind=moved&actor=arden")[0]
    assert ids("/lenna/changes.atom?actor=arden&kind=moved&q=")[0] == asked


def test_the_json_feed_says_the_same(universe: Universe) -> None:
    answer = Client().get("/lenna/changes.json?actor=arden")
    feed, root = answer.json(), atom("/lenna/changes.atom?actor=arden")

    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == root.findtext("a:title", "", ATOM)
    assert feed["home_page_url"] == "http://testserver/lenna/changes/?actor=arden"
    assert feed["feed_url"] == "http://testserver/lenna/changes.json?actor=arden"
    entries = root.findall("a:entry", ATOM)
    assert [item["id"] for item in feed["items"]] == [node.findtext("a:id", "", ATOM) for node in entries]
    for item in feed["items"]:
        assert urlsplit(item["url"]).netloc
        assert Client().get(urlsplit(item["url"]).path).status_code == 200
        assert item["content_html"] or item["title"]
        assert datetime.fromisoformat(item["date_published"]) <= datetime.fromisoformat(item["date_modified"])
        assert item["authors"] == [{"name": "Arden"}]


def test_pages_lead_to_both_feeds_of_what_they_are_about(universe: Universe) -> None:
    for page, query in (
        ("/lenna/changes/?kind=moved", "?kind=moved"),
        ("/lenna/actors/arden/", "?actor=arden"),
        ("/lenna/issues/flow/", "?issue=flow"),
    ):
        content = Client().get(page).content.decode()
        assert f'href="/lenna/changes.atom{query}"' in content, page
        assert f'href="/lenna/changes.json{query}"' in content, page


def test_a_bad_filter_gives_no_feed(universe: Universe) -> None:
    assert Client().get("/lenna/changes.json?kind=jumped").status_code == 400
