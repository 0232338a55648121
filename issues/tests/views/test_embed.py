"""Pages for a frame on another site: bare, for everyone the same, and framed by whom the setting names."""

from typing import Any

import pytest
from django.test import Client

from issues.models import Process
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.visitors import visit_as

EMBEDDED = ("matrix/", "issues/flow/ladder/", "issues/flow/steps/")
SITES = ["https://example.org", "https://*.press.example"]


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def embedded(page: str, client: Client | None = None, query: str = "summit=weir") -> Any:
    """The answer for a frame."""
    answer = (client or Client()).get(f"/lenna/embed/{page}?{query}")
    assert answer.status_code == 200, page
    return answer


@pytest.mark.parametrize("page", EMBEDDED)
def test_it_is_the_picture_with_caption_source_and_link_and_no_more(universe: Universe, page: str) -> None:
    shown = page_of(embedded(page))

    assert shown.one("html").attrs["lang"] == "en"
    assert "Summer flow" in shown.text
    assert "Arden" in shown.text
    assert "As of Weir meeting, 10 September 2031." in shown.text
    assert "Source: Redlines, Waters of the Lenna. As recorded on" in shown.text
    assert shown.one("link", rel="canonical").attrs["href"] in shown.links
    assert shown.one("base").attrs == {"target": "_top"}
    for chrome in ("header", "footer", "nav", "form", "script"):
        assert shown.all(chrome) == [], chrome
    assert len(shown.all("h1")) == len(shown.all("main")) == 1


@pytest.mark.parametrize("page", EMBEDDED)
def test_nobody_may_frame_it_until_the_setting_names_them(
    universe: Universe, settings: Any, page: str
) -> None:
    answer = embedded(page)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"

    settings.EMBED_SITES = SITES
    answer = embedded(page)

    assert "frame-ancestors https://example.org https://*.press.example" in answer["Content-Security-Policy"]
    assert "'none'" in answer["Content-Security-Policy"].split("object-src")[1]
    assert "X-Frame-Options" not in answer.headers


def test_no_other_page_is_framed_by_them(universe: Universe, settings: Any) -> None:
    settings.EMBED_SITES = SITES
    for address in ("/lenna/", "/lenna/issues/flow/", "/lenna/matrix.svg", "/sign-in/"):
        answer = Client().get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Frame-Options"] == "DENY", address


@pytest.mark.parametrize("page", EMBEDDED)
def test_it_is_the_same_for_everyone_and_sets_no_cookie(universe: Universe, page: str) -> None:
    answers = [
        embedded(page, visit_as(visitor)) for visitor in ("stranger", "account", "editor", "superuser")
    ]

    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("page", EMBEDDED)
def test_only_public_processes_are_embedded_whoever_asks(
    universe: Universe, settings: Any, page: str
) -> None:
    visitors = [visit_as(visitor) for visitor in ("stranger", "superuser")]
    for public_read, visibility in ((False, "public"), (True, "open"), (True, "private"), (False, "open")):
        settings.PUBLIC_READ = public_read
        past(Process.objects).update(visibility=visibility)
        for client in visitors:
            assert client.get(f"/lenna/embed/{page}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(universe: Universe, method: str) -> None:
    assert getattr(Client(), method)("/lenna/embed/matrix/").status_code == 405


def test_it_can_be_of_a_summit_and_of_a_time_and_of_nothing_else(universe: Universe) -> None:
    assert "As of Ford meeting" in page_of(embedded("matrix/", query="summit=ford")).text
    for query, status in (("known=soon", 400), ("sumit=ford", 400), ("summit=nowhere", 404), ("page=0", 400)):
        assert Client().get(f"/lenna/embed/matrix/?{query}").status_code == status, query
    for page in ("issues/nowhere/ladder/", "issues/preamble/ladder/", "issues/nowhere/steps/"):
        assert Client().get(f"/lenna/embed/{page}").status_code == 404, page


def test_a_page_leads_to_it_where_strangers_may_read(universe: Universe, settings: Any) -> None:
    address = "/lenna/embed/issues/flow/ladder/?summit=weir"
    assert address in page_of(Client().get("/lenna/issues/flow/?summit=weir")).links

    settings.PUBLIC_READ = False

    assert address not in page_of(visit_as("viewer").get("/lenna/issues/flow/?summit=weir")).links
