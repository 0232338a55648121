"""What every answer carries: a strict policy, nothing inline, no third party; and no dead link."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from issues.tests.universe import Universe
from issues.tests.views.addresses import READ
from issues.tests.views.page import Node, page_of
from issues.tests.views.visitors import visit_as

pytestmark = pytest.mark.sqlite

SENSITIVE = ("/account/second-factor/", "/account/password/")
ADDRESSES = [
    "/sign-in/",
    "/account/",
    "/account/tokens/",
    "/account/second-factor/",
    "/account/sessions/",
    "/account/password/reset/",
    "/account/invited/nonsense/",
    "/api/v1/docs/",
    "/healthz",
    "/nowhere/",
    "/lenna/?summit=nowhere",
    "/lenna/sources/?kind=x",
    "/lenna/?summit=weir&changed=1",
    "/lenna/?summit=delta&against=ford",
    "/lenna/?summit=spring",
    "/lenna/?known=2025-01-01",
    "/lenna/summits/new/",
    "/lenna/summits/weir/log/",
    "/lenna/summits/weir/log/review/",
    "/lenna/summits/weir/log/compare/",
]


def addresses(universe: Universe) -> list[str]:
    """Every page, in several states."""
    return [*(reverse(name, args=args(universe)) for name, args in READ.items()), *ADDRESSES]


def html(client: Client, address: str) -> tuple[Any, Node | None]:
    """The answer, and its page if it is one."""
    response = client.get(address)
    assert response.status_code < 500
    is_page = response["Content-Type"].startswith("text/html") and response.content
    return response, page_of(response) if is_page else None


@pytest.mark.parametrize("visitor", ["stranger", "account", "viewer", "researcher"])
def test_every_answer_has_the_policy_and_nothing_inline(
    universe: Universe, settings: Any, visitor: str
) -> None:
    settings.PUBLIC_READ = True
    client = visit_as(visitor)
    pages = 0
    for address in addresses(universe):
        response, page = html(client, address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe" not in policy, address
        assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
        if page is None:
            continue
        pages += 1
        for node in page.walk():
            inline = [name for name in node.attrs if name == "style" or name.startswith("on")]
            assert inline == [], (address, node.tag)
            assert node.tag != "style", address
            is_data = node.attrs.get("type") in (
                "application/ld+json",
                "application/json",
            )  # no browser runs it
            assert node.tag != "script" or node.attrs.get("src") or is_data, address
    assert pages > 10


def test_nothing_is_fetched_from_elsewhere(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    client = visit_as("researcher")
    everything = set()
    for address in addresses(universe):
        _, page = html(client, address)
        for node in page.walk() if page else ():
            fetched = node.attrs.get("src") or (node.attrs.get("href") if node.tag == "link" else None)
            everything |= {node.tag} if fetched else set()
            assert not fetched or not urlsplit(fetched).netloc, address
    assert everything >= {"link", "script"}


def test_every_page_has_a_language_a_title_one_heading_and_a_way_past_its_header(
    universe: Universe, reader: Client
) -> None:
    titles = []
    for name, args in READ.items():
        _, page = html(reader, reverse(name, args=args(universe)))
        if page is None:
            continue
        titles.append(page.one("head").one("title").text)
        assert page.one("html").attrs["lang"] == "en"
        assert len(page.all("h1")) == 1
        assert page.one("a", css="skip").attrs["href"] == "#main"
        assert page.one("main").attrs["id"] == "main"
        for table in page.all("table"):
            assert all(head.attrs.get("scope") for head in table.all("th"))
    assert len(set(titles)) == len(titles) == 23


def test_every_link_and_every_anchor_leads_somewhere(universe: Universe, reader: Client) -> None:
    """From the matrix on, all that a reader can reach; pages as of any summit are taken once."""
    pages: dict[str, Node] = {}
    waiting, anchors = ["/lenna/"], set()
    while waiting:
        address = waiting.pop()
        if address in pages or address == "/":
            continue
        response, page = html(reader, address)
        assert response.status_code == 200, address
        pages[address] = page or Node("picture")
        for link in pages[address].links:
            target = urlsplit(link)
            # As known has a walk of its own; to set up a factor one has to have signed in, with a password.
            if target.netloc or "known=" in target.query or target.path.startswith(SENSITIVE):
                continue
            path = target.path or urlsplit(address).path
            goes_on = path + (f"?{target.query}" if target.query and "changes" not in path else "")
            if target.path == "" and not target.query:
                goes_on = address
            if target.path.endswith((".svg", ".png", ".json")):
                goes_on = target.path  # a picture is taken once, as of the latest summit
            anchors.add((goes_on, target.fragment))
            waiting.append(goes_on)
        assert len(pages) < 700
    lost = [
        (address, fragment)
        for address, fragment in anchors
        if fragment and fragment not in {node.attrs.get("id") for node in pages[address].walk()}
    ]
    assert lost == []
    assert {reverse(name, args=args(universe)) for name, args in READ.items() if "-" not in name} <= {
        urlsplit(address).path for address in pages
    }
