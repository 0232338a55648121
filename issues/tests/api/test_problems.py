"""What cannot be answered is told as problem details: which parameter, and why; never a page."""

import json
from typing import Any

import pytest
from django.test import Client

from issues.tests.api.reading import OF_LENNA, TELLING, V1
from issues.tests.universe import Universe


def refused(answer: Any, status: int) -> dict[str, Any]:
    """The details of a problem, which are what they should be."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    details: dict[str, Any] = json.loads(answer.content)
    assert details["status"] == status
    assert details["type"] == "about:blank"
    assert details["title"]
    assert details["detail"]
    return details


@pytest.mark.parametrize("address", TELLING)
def test_a_parameter_that_there_is_not_is_refused_by_name(
    universe: Universe, reader: Client, address: str
) -> None:
    for form in ("application/json", "text/csv, */*"):
        details = refused(reader.get(f"{address}?actr=arden", headers={"Accept": form}), 400)
        assert [item["name"] for item in details["parameters"]] == ["actr"]
        assert "There is no parameter “actr” here" in details["detail"]


@pytest.mark.parametrize(
    ("asked", "name", "status"),
    [
        ("positions/?kind=nonsense", "kind", 400),
        ("positions/?since=soon", "since", 400),
        ("positions/?page=2", "page", 400),
        ("positions/?format=csv", "format", 400),
        ("positions/?limit=0", "limit", 400),
        ("positions/?limit=1001", "limit", 400),
        ("positions/?limit=ten", "limit", 400),
        ("positions/?cursor=abc", "cursor", 400),
        ("positions/?cursor=99999999999999999999", "cursor", 400),
        ("positions/?cursor=१", "cursor", 400),
        ("positions/?actor=", "actor", 400),
        ("positions/?summit=weir&summit=mill", "summit", 400),
        ("positions/?known=2020-13-01", "known", 400),
        ("positions/?q=" + "a+" * 13, "q", 400),
        ("events/?known=2020-01-01", "known", 400),
        ("events/?summit=weir", "summit", 400),
        ("sources/?kind=nonsense", "kind", 400),
        ("positions/?actor=nobody", "actor", 404),
        ("positions/?known=2999-01-01", "known", 404),
        ("positions/?since=2031-06-01&until=2031-01-01", "until", 404),
        ("positions/?from_summit=weir&to_summit=ford", "to_summit", 404),
        ("standing/?summit=never", "summit", 404),
        ("positions/?actor=nobody&since=soon", "since", 400),
    ],
)
def test_a_value_that_cannot_be_answered_names_its_parameter(
    universe: Universe, reader: Client, asked: str, name: str, status: int
) -> None:
    details = refused(reader.get(f"{OF_LENNA}{asked}"), status)

    assert name in [item["name"] for item in details["parameters"]]
    assert all(item["detail"] for item in details["parameters"])


def test_signs_of_a_format_in_a_name_are_only_signs(universe: Universe, reader: Client) -> None:
    details = refused(reader.get(f"{OF_LENNA}events/?%25(x)s%25d=1"), 400)

    assert details["parameters"][0]["name"] == "%(x)s%d"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", [*TELLING, f"{V1}schema/"])
def test_nothing_is_written_through_it(universe: Universe, reader: Client, address: str, method: str) -> None:
    answer = getattr(reader, method)(address, data="{}", content_type="application/json")

    refused(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png;q=0.5"])
@pytest.mark.parametrize("address", TELLING)
def test_a_form_that_there_is_not_is_refused(
    universe: Universe, reader: Client, address: str, accept: str
) -> None:
    refused(reader.get(address, headers={"Accept": accept}), 406)


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v2/",
        f"{V1}nowhere/",
        f"{V1}processes/nowhere/",
        f"{V1}processes/nowhere/positions/",
        f"{V1}processes/nowhere/positions.csv",
        f"{OF_LENNA}nowhere/",
        f"{OF_LENNA}positions.xlsx",
        f"{OF_LENNA}positions/1/",
        f"{V1}processes/%2e%2e/positions/",
    ],
)
def test_what_is_not_there_is_no_page(universe: Universe, reader: Client, address: str) -> None:
    refused(reader.get(address), 404)
    by_a_browser = reader.get(address, headers={"Accept": "text/html"})
    refused(by_a_browser, by_a_browser.status_code)
    assert by_a_browser.status_code in (404, 406)


def test_a_character_that_no_address_of_ours_has_is_refused(universe: Universe, reader: Client) -> None:
    refused(reader.get(f"{OF_LENNA}positions/?q=a%00b"), 400)


def test_an_address_without_its_slash_leads_on(universe: Universe, reader: Client) -> None:
    answer = reader.get("/api/v1/processes/lenna/positions?actor=arden")

    assert (answer.status_code, answer["Location"]) == (301, f"{OF_LENNA}positions/?actor=arden")
    assert reader.get("/api/v1")["Location"] == V1
