"""The page of moves: its filter is its address, its errors are said, its feed can be subscribed to."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issues.models import Statement
from issues.tests.acts import correct
from issues.tests.crowd import make_crowd
from issues.tests.universe import Universe
from issues.tests.views.page import Node, page_of
from issues.user import User

pytestmark = pytest.mark.django_db

ADDRESSES = ("changes/", "changes/?tab=record", "changes.csv", "changes.atom", "changes.json")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
# fmt: off
PARAMETERS = (
    "tab", "page", "issue", "actor", "kind", "q", "direction", "red_line", "role", "track", "basis",
    "confidence", "summit", "from_summit", "to_summit", "since", "until", "unreviewed", "way", "person",
    "change_set", "before", "speaker", "source_kind", "without",
)
VALUES = (
    "moves", "record", "flow", "arden", "moved", "softened", "drawn", "party", "weir", "mill", "2031-09-10",
    "2031-09-10T12:00Z", "1", "0", "-1", "∞", "1e9", "9999-12-31", "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00+23:59", "9" * 30, "null", "%00", "%", "'", "\x01", "page", "admin",
    "mira-sol", "official", "source",
)
# fmt: on


@pytest.fixture
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def get(address: str, status: int = 200, client: Client | None = None) -> Node:
    response = (client or Client()).get(address)
    assert response.status_code == status
    return page_of(response)


def sentences(page: Node) -> list[str]:
    """What the sentences say on the screen, without the numbers of the endnotes on paper."""
    shown = []
    for node in page.all("p", css="sentence"):
        node.children = [child for child in node.children if getattr(child, "tag", "") != "sup"]
        shown.append(node.text)
    return shown


def feed(address: str) -> ET.Element:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 -- our own


def entries(address: str, tag: str) -> list[str]:
    return [node.findtext(f"a:{tag}", "", ATOM) for node in feed(address).findall("a:entry", ATOM)]


def test_a_move_is_a_sentence_with_its_marks_and_its_first_quotation(
    public: None, universe: Universe
) -> None:
    page = get("/lenna/changes/?kind=moved&actor=arden&issue=flow")
    assert sentences(page) == ["Arden on Summer flow at Weir meeting, 10 September 2031: 75 → 50"]
    (item,) = page.one("ol", css="changes").all("li")
    assert item.one("p", css="marks").text == "→← Softened, −25"
    assert item.one("blockquote").text == "“Half, if the data are shared.”"
    assert "Lenna Commission, December 2031" in item.all("cite")[0].text
    assert item.one("details").all("blockquote") == []


def test_what_was_said_outside_the_room_is_told_so(public: None, universe: Universe) -> None:
    page = get("/lenna/changes/?summit=aside&issue=data")
    assert sentences(page) == [
        "Arden on Data sharing, Arden's press office, 10 September 2031: 0 stands not at the table"
    ]


def test_the_page_counts_the_kinds_and_leads_to_table_and_feed_of_the_same_filter(
    public: None, universe: Universe
) -> None:
    page = get("/lenna/changes/?tab=moves&kind=moved&kind=silent&page=1&q=")
    assert page.one("p", css="feed-meta").text.startswith("10 changes: 7 moved, 3 silent.")
    assert {"/lenna/changes.csv?kind=moved&kind=silent", "/lenna/changes.atom?kind=moved&kind=silent"} < set(
        page.links
    )
    assert (
        page.one("link", type="application/atom+xml").attrs["href"]
        == "/lenna/changes.atom?kind=moved&kind=silent"
    )


def test_the_form_keeps_what_was_asked(public: None, universe: Universe) -> None:
    page = get("/lenna/changes/?kind=moved&actor=belmar&actor=cadria&q=May&since=2031-01-01&summit=")
    ticked = {node.attrs["value"] for node in page.all("input", type="checkbox") if "checked" in node.attrs}
    assert ticked == {"moved", "belmar", "cadria"}
    assert page.one("form", css="feed-filter").one("input", name="q").attrs["value"] == "May"
    assert page.one("input", name="since").attrs["value"] == "2031-01-01"


def test_an_error_is_said_and_linked_to_its_field_and_nothing_is_shown(
    public: None, universe: Universe
) -> None:
    page = get("/lenna/changes/?kind=jumped&since=yesterday&page=0", 400)
    summary = page.one("div", css="errors")
    assert page.one("title").text.startswith("Error:")
    assert [item.text for item in summary.all("li")] == [
        "Page: Ensure this value is greater than or equal to 1.",
        "Kind: There is no “jumped” to choose here.",
        "From day: “yesterday” is no date. Write it like 2027-03-01.",
    ]
    ids = {node.attrs.get("id") for node in page.walk()}
    assert {link.removeprefix("#") for link in summary.links} <= ids
    assert page.all("ol", css="changes") == []


def test_an_empty_result_names_the_filters_and_offers_to_clear_them(public: None, universe: Universe) -> None:
    page = get("/lenna/changes/?kind=withdrawn&actor=arden&actor=cadria&q=dragon")
    (said,) = [node for node in page.all("p") if node.text.startswith("No change matches")]
    assert said.text == "No change matches actor Arden or Cadria, kind withdrawn, words dragon"
    assert {node.attrs["href"] for node in page.all("a") if node.text == "Clear"} == {"/lenna/changes/"}


def test_pages_of_fifty_keep_every_value_of_the_filter(public: None) -> None:
    make_crowd(summits=30, actors=5)
    page = get("/crowd/changes/?actor=crowd-001&actor=crowd-002&actor=crowd-003")
    assert len(sentences(page)) == 50
    (following,) = list(page.all("a", rel="next"))
    assert following.attrs["href"] == "?actor=crowd-001&actor=crowd-002&actor=crowd-003&page=2"
    assert len(sentences(get("/crowd/changes/?page=4&actor=crowd-001&actor=crowd-002&actor=crowd-003"))) == 30


@pytest.mark.parametrize("size", [3, 30])
def test_the_page_takes_the_same_queries_whatever_is_stored(
    public: None, size: int, django_assert_num_queries: Any
) -> None:
    make_crowd(summits=size, actors=5)
    # the process; its summits, issues, options, participations, positions; tracks, speakers; words in four;
    # the processes to switch to
    with django_assert_num_queries(14):
        get("/crowd/changes/")


def test_entries_of_the_feed_keep_their_ids_when_the_record_is_corrected(
    public: None, universe: Universe
) -> None:
    address = "/lenna/changes.atom?kind=moved&issue=flow"
    ids, titles = entries(address, "id"), entries(address, "title")
    title = "Arden on Summer flow at Weir meeting, 10 September 2031: 75 → 50, softened, 62.5 → 37.5"
    assert any(item.startswith(title) for item in titles)
    assert len(set(ids)) == 3
    position = universe.at("arden", "flow", "weir")
    correct(position, {"option": None, "value": 52.0}, by=universe.coder, reason="Misread.")
    correct(universe.flow, {"name": "Flow"}, by=universe.coder, reason="Shorter.")
    assert entries(address, "id") == ids
    title = "Arden on Flow at Weir meeting, 10 September 2031: 75 → 52, softened, 62.5 → 39.5"
    assert any(item.startswith(title) for item in entries(address, "title"))


def test_the_feed_names_its_filter_and_itself(public: None, universe: Universe) -> None:
    root = feed("/lenna/changes.atom?actor=arden&kind=moved&kind=silent")
    assert root.findtext("a:title", "", ATOM) == (
        "Waters of the Lenna: changes (Actor: Arden; Kind: moved, silent)"
    )
    (own,) = [node for node in root.findall("a:link", ATOM) if node.get("rel") == "self"]
    assert own.get("href") == "http://testserver/lenna/changes.atom?actor=arden&kind=moved&kind=silent"


def test_a_character_that_no_feed_may_hold_does_not_break_it(public: None, universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    correct(position, {"summary": "Half \x0b may <b>stay</b>."}, by=universe.coder, reason="Pasted.")
    (summary,) = entries("/lenna/changes.atom?kind=moved&actor=arden&issue=flow", "summary")
    assert "Half � may &lt;b&gt;stay&lt;/b&gt;." in summary


def test_a_bad_filter_gives_no_feed(public: None, universe: Universe) -> None:
    get("/lenna/changes.atom?kind=jumped", 400)


def test_words_are_marked_with_their_language(public: None, universe: Universe) -> None:
    page = get("/lenna/changes/?q=no+water+without")
    quote = page.one("blockquote")
    assert (quote.attrs["lang"], quote.attrs["dir"]) == ("ar", "auto")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("role", "public_read", "status"),
    [
        (None, False, 302),
        (None, True, 200),
        ("Viewers", False, 200),
        ("Researchers", False, 200),
        ("Editors", True, 200),
        ("", False, 200),
    ],
)
def test_who_may_read_the_process_may_read_its_changes(
    universe: Universe, settings: Any, address: str, role: str | None, public_read: bool, status: int
) -> None:
    settings.PUBLIC_READ = public_read
    client = Client()
    if role is not None:
        user = User.objects.create_user("someone")
        user.groups.set(Group.objects.filter(name=role))
        client.force_login(user)
    # A page leads a stranger to where one signs in; a file says in words that it refuses.
    refused = 302 if address.startswith("changes/") else 401
    assert client.get(f"/lenna/{address}").status_code == (refused if status == 302 else status)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_process_that_is_not_public_is_not_shown_to_strangers(
    universe: Universe, settings: Any, address: str
) -> None:
    settings.PUBLIC_READ = True
    correct(universe.process, {"visibility": "open"}, by=universe.coder, reason="Not yet.")
    assert Client().get(f"/lenna/{address}").status_code == 404
    assert Client().post(f"/lenna/{address}").status_code == 405


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    address=st.sampled_from(ADDRESSES),
    query=st.lists(st.tuples(st.sampled_from(PARAMETERS), st.sampled_from(VALUES) | st.text()), max_size=6),
)
def test_no_address_breaks_a_page(
    public: None, universe: Universe, address: str, query: list[tuple[str, str]]
) -> None:
    path, _, tab = address.partition("?tab=")
    response = Client().get(f"/lenna/{path}", [*query, *([("tab", tab)] if tab else [])])
    assert response.status_code in (200, 400, 404)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_quotation_of_markup_is_text(public: None, universe: Universe) -> None:
    statement = Statement.objects.get(ref="arden-2")
    correct(statement, {"quote": "<script>alert(1)</script>"}, by=universe.coder, reason="As printed.")
    page = get("/lenna/changes/?kind=moved&actor=arden&issue=flow")
    assert page.all("script") == []
