"""Search: any spelling or script, grouped by kind, marked, and only what the reader may see."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from issues.actions.access import give
from issues.history import Way, recording
from issues.models import Place, Process
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_statement,
    make_summit,
    make_user,
)
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of


def find(client: Client, q: str, status: int = 200, **query: Any) -> Node:
    answer = client.get("/search/", {"q": q, **query})
    assert answer.status_code == status
    return page_of(answer)


def groups(page: Node) -> dict[str, list[str]]:
    return {
        section.one("h2").text: [hit.all("p")[0].text for hit in section.one("ul", css="hits").all("li")]
        for section in page.all("section")
    }


@pytest.mark.parametrize(
    ("q", "kind", "name"),
    [
        ("arden", "Actors", "Republic of Arden"),
        ("REPUBLIC ARDEN", "Actors", "Republic of Arden"),
        ("мира сол", "People", "Mira Sol"),
        ("МИРА", "People", "Mira Sol"),
        ("vyrhaus", "Places", "Weirhouse"),
        ("Vyrhäus", "Places", "Weirhouse"),
        ("summer flow", "Issues", "Summer flow"),
        ("how often data", "Issues", "Data sharing"),
        ("weir meeting", "Summits and other occasions", "Weir meeting"),
        ("joint record", "Sources", None),
        ("no drop", "Quotations and reports", "No drop may stay"),
    ],
)
def test_a_spelling_finds_it(reader: Client, universe: Universe, q: str, kind: str, name: str | None) -> None:
    found = groups(find(reader, q))
    if name is None:
        assert found == {} or kind in found
    else:
        assert any(name in hit for hit in found[kind]), found


def test_every_hit_leads_to_a_page_that_exists(reader: Client, universe: Universe) -> None:
    for q in ("arden", "flow", "mira", "weir", "half", "no", "lenna", "draft", "envoy", "vyrhaus"):
        for link in page_of(reader.get("/search/", {"q": q})).one("main").links:
            if link.startswith("/lenna"):
                assert reader.get(link).status_code == 200, link


def test_a_name_is_found_by_all_its_spellings_in_all_texts(reader: Client, universe: Universe) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        place = Place.objects.get(name="Weirhouse")
        place.aliases = "Vyrhaus\nВирхаус"
        place.save()
        statement = make_statement(quote="We met at Vyrhaus again.", occasion=universe.weir)
    page = find(reader, "вирхаус")
    assert "Also searched for its other spellings: Weirhouse, Vyrhaus." in page.text
    assert any("Vyrhaus" in hit for hit in groups(page)["Quotations and reports"])
    (link,) = [link for link in page.links if link.endswith(f"#statement-{statement.pk}")]
    assert reader.get(link).status_code == 200


def test_what_was_found_is_marked_and_escaped(reader: Client, universe: Universe) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_statement(quote="<script>alert(1)</script> the <b>dam</b> stays", occasion=universe.weir)
    answer = reader.get("/search/", {"q": "<b>dam"})
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert re.search(r"<mark\s*>&lt;b&gt;dam</mark>", page)


def test_a_long_quotation_is_shown_around_the_words(reader: Client, universe: Universe) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_statement(quote="x " * 5000 + "needle" + " y" * 5000, occasion=universe.weir)
    (hit,) = groups(find(reader, "needle"))["Quotations and reports"]
    assert len(hit) < 700
    assert hit.startswith("… x")
    assert "needle" in hit


def test_nothing_found_offers_the_nearest_names(reader: Client, universe: Universe) -> None:
    page = find(reader, "Bellmar")
    assert "Nothing was found for “Bellmar”" in page.text
    assert "Similar names:" in page.text
    assert "Belmar" in [node.text for node in page.one("main").all("a")]


def test_an_empty_search_says_what_can_be_found(reader: Client, universe: Universe) -> None:
    for q in ("", "   ", "“”", ",,,"):
        assert find(reader, q).one("h1").text == "Search"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"q": "x" * 10_000}, "Search for at most 200 characters."),
        ({"q": " ".join("abcdefghijklmnop")}, "Search for at most 12 words."),
        ({"q": "x", "before": "0"}, "After"),
        ({"q": "x", "kind": "nonsense"}, "Kind"),
        ({"q": "x", "before": "9" * 30}, "After"),
        ({"q": "x", "since": "soon"}, "From: This is no date."),
        ({"q": "x", "since": "2031-02-01", "until": "2031-01-01"}, "Until: This is before the first day."),
        ({"q": "x", "process": "nowhere"}, "There is no process “nowhere”."),
    ],
)
def test_what_cannot_be_asked_is_said(
    reader: Client, universe: Universe, query: dict[str, str], says: str
) -> None:
    answer = reader.get("/search/", query)
    assert answer.status_code == 400
    assert says in page_of(answer).one("div", css="errors").text


def test_a_nul_is_refused_plainly(reader: Client, universe: Universe) -> None:
    assert reader.get("/search/", {"q": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("q", ["%", "_", "\\", "'", '"', "🕊️", "ا", "a' OR 1=1 --", "\u202e", "\ud7ff"])
def test_odd_signs_are_words_like_any_other(reader: Client, universe: Universe, q: str) -> None:
    assert reader.get("/search/", {"q": q}).status_code == 200


def test_a_kind_is_paged(reader: Client, universe: Universe) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for number in range(60):
            make_statement(quote=f"Needle {number}.", occasion=universe.weir)
    first = find(reader, "needle")
    assert len(groups(first)["Quotations and reports"]) == 8
    (more,) = [node.attrs["href"] for node in first.all("a") if node.text.startswith("More")]
    one = page_of(reader.get(f"/search/{more}"))
    (more,) = [node.attrs["href"] for node in one.all("a", rel="next")]
    two = page_of(reader.get(f"/search/{more}"))
    shown = groups(one)["Quotations and reports"], groups(two)["Quotations and reports, continued"]
    assert [len(some) for some in shown] == [50, 10]
    assert len({hit for some in shown for hit in some}) == 60
    assert "60 found" in first.text
    assert two.all("a", rel="next") == []


def test_the_queries_do_not_grow_with_what_is_found(reader: Client, universe: Universe) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            reader.get("/search/", {"q": "needle"})
        return len(captured)

    def sow(number: int) -> None:
        with recording(by=None, reason="x", kind=Way.COMMAND):
            for _ in range(number):
                issue = make_issue(process=universe.process, name="Needle")
                summit = make_summit(process=universe.process, name="Needle")
                party = make_party(universe.process, name="Needle")
                position = make_position(issue=issue, summit=summit, actor=party, summary="A needle.")
                make_evidence(position=position, statement=make_statement(quote="Needle."))

    sow(1)
    cost()
    few = cost()
    sow(12)
    assert cost() == few <= 46


@pytest.mark.parametrize("public_read", [False, True])
def test_only_what_the_reader_may_see_is_found(
    reader: Client, universe: Universe, settings: Any, public_read: bool
) -> None:
    settings.PUBLIC_READ = public_read
    with recording(by=None, reason="x", kind=Way.COMMAND):
        secret = make_process(name="Secret talks", slug="secret")
        issue = make_issue(process=secret, name="Hidden needle")
        summit = make_summit(process=secret, name="Needle at night")
        party = make_party(secret, name="Needleland", aliases="Nadelland")
        position = make_position(issue=issue, summit=summit, actor=party, summary="A needle.")
        make_evidence(position=position, statement=make_statement(quote="Needle."))
    account = Client()
    account.force_login(make_user(username="account"))

    assert len(groups(find(reader, "needle"))) == 5
    assert len(groups(find(account, "needle"))) == 5
    give(process=secret, user=make_user(), role="owner", by=None, reason="Theirs.")
    past(Process.objects.filter(pk=secret.pk)).update(visibility="private")
    for client in (Client(), account, reader):
        answer = client.get("/search/", {"q": "needle"})
        if public_read or client in (account, reader):
            text = page_of(answer).one("main").text
            assert "Nothing was found" in text
            assert "Needleland" not in text
            assert "Needleland" not in page_of(client.get("/search/", {"q": "needlelend"})).text
        else:
            assert answer.status_code == 302


def test_every_page_has_one_search_box(reader: Client, universe: Universe) -> None:
    for address in ("/lenna/", "/lenna/sources/", "/lenna/actors/arden/", "/search/", "/search/?q=arden"):
        (box,) = page_of(reader.get(address)).all("form", role="search")
        assert box.attrs["action"] == "/search/"
