"""Addresses of what does not exist: a 404 with a sentence that says what."""

import pytest
from django.test import Client

from issues import urls as own
from issues.history import Way, recording
from issues.models.process import TAKEN
from issues.tests.factories import make_issue, make_process, make_source, make_summit
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from tracker import urls as site

LONG = "x" * 5_000


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/nowhere/", "There is no process “nowhere”."),
        ("/nowhere/issues/flow/", "There is no process “nowhere”."),
        ("/LENNA/", "There is no process “LENNA”."),
        ("/lenna/summits/nowhere/", "There is no summit “nowhere” in Waters of the Lenna."),
        ("/lenna/issues/nowhere/", "There is no issue “nowhere” in Waters of the Lenna."),
        ("/lenna/issues/nowhere/ladder.svg", "There is no issue “nowhere” in Waters of the Lenna."),
        ("/lenna/actors/nowhere/", "“nowhere” does not take part in Waters of the Lenna."),
        ("/lenna/actors/ministry/", "“ministry” does not take part in Waters of the Lenna."),
        ("/lenna/sources/999999/", "No source 999999 is cited in Waters of the Lenna."),
        ("/lenna/issues/preamble/ladder.svg", "There is nothing to draw yet."),
        ("/lenna/issues/treaty/steps.svg?summit=ford", "There is nothing to draw yet."),
        (f"/{LONG}/", f"There is no process “{LONG}”."),
        (f"/lenna/summits/{LONG}/", f"There is no summit “{LONG}” in Waters of the Lenna."),
        ("/lenna/summits/<script>/", "There is no summit “<script>” in Waters of the Lenna."),
        ("/lenna/actors/%FF%FE/", "“%FF%FE” does not take part in Waters of the Lenna."),
        ("/%F0%9F%90%9F/", "There is no process “🐟”."),
    ],
)
def test_what_does_not_exist_is_named(
    universe: Universe, reader: Client, address: str, sentence: str
) -> None:
    response = reader.get(address)

    assert response.status_code == 404
    assert sentence in page_of(response).one("main").text


@pytest.mark.parametrize(
    "address",
    [
        "/lenna/sources/123456789012345678/",
        "/lenna/sources/1234567890123456789/",
        f"/lenna/sources/{'9' * 30}/",
        "/lenna/sources/-1/",
        "/lenna/sources/abc/",
        "/lenna/sources/١/",
        "/lenna/nowhere/",
        "/lenna/issues/flow/ladder.gif",
        "/lenna/issues/flow/ladder.svg/",
        "/lenna//",
        "/../etc/passwd",
        "/lenna/%2e%2e/",
    ],
)
def test_an_address_that_leads_nowhere_is_a_404(universe: Universe, reader: Client, address: str) -> None:
    response = reader.get(address)

    assert response.status_code == 404
    assert page_of(response).one("h1").text == "There is no such page"


@pytest.mark.parametrize("parameter", ["summit", "against"])
def test_an_unknown_summit_in_the_query_is_named_with_its_parameter(
    universe: Universe, reader: Client, parameter: str
) -> None:
    response = reader.get(f"/lenna/?{parameter}=nowhere")
    page = page_of(response)

    assert response.status_code == 404
    assert page.one("div", role="alert").one("li").text == (
        f"{parameter}: There is no summit “nowhere” in this process."
    )
    assert "/lenna/" in page.one("main").links
    assert page.all("title")[0].text.startswith("Error:")


@pytest.mark.parametrize("page", ["issues/flow/", "actors/arden/", "issues/flow/ladder.svg"])
def test_an_unknown_summit_is_a_404_on_every_page_as_of_one(
    universe: Universe, reader: Client, page: str
) -> None:
    response = reader.get(f"/lenna/{page}?summit=nowhere")

    assert response.status_code == 404
    assert "summit: There is no summit “nowhere”" in page_of(response).one("main").text


def test_what_belongs_to_another_process_is_not_found_in_this_one(universe: Universe, reader: Client) -> None:
    with recording(by=None, reason="another process", kind=Way.COMMAND):
        other = make_process()
        make_issue(process=other, slug="elsewhere")
        make_summit(process=other, slug="elsewhere")
        source = make_source()

    assert [
        reader.get(address).status_code
        for address in (
            "/lenna/issues/elsewhere/",
            "/lenna/summits/elsewhere/",
            "/lenna/?summit=elsewhere",
            f"/lenna/sources/{source.pk}/",
            f"/{other.slug}/actors/arden/",
            f"/{other.slug}/?summit=weir",
        )
    ] == [404] * 6


def test_the_slash_at_the_end_is_added(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/summits?x=1")

    assert (response.status_code, response["Location"]) == (301, "/lenna/summits/?x=1")


def test_no_process_can_take_the_address_of_another_page() -> None:
    first = {str(item.pattern).split("/")[0] for item in [*site.urlpatterns, *own.urlpatterns]}  # type: ignore[attr-defined]

    # The page of a process ends in a slash, and so is no address of the figures.
    assert {word for word in first if word and "<" not in word} - {"metrics"} <= set(TAKEN)
