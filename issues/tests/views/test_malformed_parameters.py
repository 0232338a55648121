"""Parameters that make no sense: 400 with their name, or the nearest page, and never a 500."""

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from issues.tests.universe import Universe
from issues.tests.views.addresses import READ
from issues.tests.views.page import page_of
from issues.tests.views.releasing import make
from issues.tests.views.visitors import visit_as

LONG = "x" * 5_000


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("changed=2", "changed"),
        ("changed=yes", "changed"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=abc", "page"),
        ("page=1.5", "page"),
        (f"page={'9' * 30}", "page"),
        (f"page={'9' * 5_000}", "page"),
        ("page=10001", "page"),
        (f"summit={LONG}", "summit"),
        (f"against={LONG}", "against"),
        ("known=yesterday", "known"),
        ("known=2031-02-30", "known"),
        ("known=10000-01-01", "known"),
        ("known=0001-01-01T00:00:00%2B14:00", "known"),
        ("known=9999-12-31T23:59:59-14:00", "known"),
        (f"known={LONG}", "known"),
    ],
)
def test_a_malformed_parameter_of_the_matrix_is_named(
    universe: Universe, reader: Client, query: str, named: str
) -> None:
    response = reader.get(f"/lenna/?{query}")

    assert response.status_code == 400
    alert = page_of(response).one("div", role="alert")
    assert alert.one("h2").text == "There is a problem"
    assert [item.one("b").text for item in alert.all("li")] == [named]


def test_all_that_is_wrong_is_told_at_once(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/?summit=nowhere&changed=2&page=x")

    assert response.status_code == 400
    named = [item.one("b").text for item in page_of(response).one("div", role="alert").all("li")]
    assert named == ["summit", "page", "changed"]


@pytest.mark.parametrize(
    "page", ["", "summits/weir/", "issues/flow/", "actors/arden/", "issues/flow/ladder.svg"]
)
@pytest.mark.parametrize("known", ["yesterday", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_cannot_be_is_refused_on_every_page_that_takes_one(
    universe: Universe, reader: Client, page: str, known: str
) -> None:
    response = reader.get(f"/lenna/{page}?known={known}")

    assert response.status_code == 400
    assert "known" in page_of(response).one("main").text


@pytest.mark.parametrize("known", ["0001-01-01", "2025-12-31", "2025-01-01T10:00", "2025-01-01T10:00:00.5Z"])
@pytest.mark.parametrize("page", ["", "summits/weir/", "issues/flow/", "actors/arden/"])
def test_any_time_that_can_be_is_answered(universe: Universe, reader: Client, page: str, known: str) -> None:
    assert reader.get(f"/lenna/{page}?known={known}").status_code == 200


@pytest.mark.parametrize(
    "page",
    ["", "summits/", "summits/weir/", "issues/", "issues/flow/", "actors/", "actors/arden/", "sources/"],
)
@pytest.mark.parametrize(
    "query", ["summit=a%00b", "q=%00", "%00=1", "x=%2500%00", "page=1%00", "a=1&b=%C0%80%00"]
)
def test_nul_in_the_query_is_refused(universe: Universe, reader: Client, page: str, query: str) -> None:
    response = reader.get(f"/lenna/{page}?{query}")

    assert response.status_code == 400
    assert "NUL" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/len%00na/",
        "/lenna/summits/%00/",
        "/lenna/actors/a%00/",
        "/admin/%00/",
        "/lenna/sources/%00",
    ],
)
def test_nul_in_the_path_is_refused(universe: Universe, reader: Client, path: str) -> None:
    response = reader.get(path)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("page", ["", "actors/", "sources/"])
@pytest.mark.parametrize("number", ["2", "10000"])
def test_a_page_beyond_the_last_is_the_last(
    universe: Universe, reader: Client, page: str, number: str
) -> None:
    response = reader.get(f"/lenna/{page}?page={number}")

    assert response.status_code == 200
    assert page_of(response).all("tbody") != []


@pytest.mark.parametrize("page", ["actors/", "sources/"])
@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, "9" * 5_000, "", "١"])
def test_an_absurd_page_of_a_list_breaks_nothing(
    universe: Universe, reader: Client, page: str, number: str
) -> None:
    assert reader.get(f"/lenna/{page}?page={number}").status_code in (200, 400)


@pytest.mark.parametrize(
    "query",
    [
        "summit=%FF%FE",
        "%FF=%FE",
        "summit=weir&summit=ford",
        "summit=",
        "against=&changed=&page=",
        "&&&===",
        "summit[]=weir",
        "a" * 8_000,
        "&".join(f"p{n}={n}" for n in range(900)),
        "summit=weir;changed=1",
        "summit=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
@pytest.mark.parametrize("page", ["", "issues/flow/", "actors/arden/", "sources/", "issues/flow/steps.svg"])
def test_odd_queries_break_nothing(universe: Universe, reader: Client, page: str, query: str) -> None:
    response = reader.get(f"/lenna/{page}?{query}")

    assert response.status_code in (200, 400, 404)
    assert b"<script>alert" not in response.content


def read_addresses(universe: Universe) -> list[str]:
    """Every address at which one reads: pages, files, pictures, pages for frames, releases, a history."""
    made = "/lenna/releases/1.0/"
    return [
        *(reverse(name, args=args(universe)) for name, args in READ.items()),
        *("/", "/search/", f"/history/actor/{universe.arden.pk}/", "/account/tokens/"),
        *("/lenna/embed/matrix/", "/lenna/embed/issues/flow/ladder/", "/lenna/embed/issues/flow/steps/"),
        "/lenna/scenarios/mid-2032/half/probability.svg",
        *("/lenna/releases/", made, f"{made}package.zip", f"{made}changes/"),
        *(f"{made}changes.csv", f"{made}datacite.json"),
    ]


def test_an_unknown_parameter_is_refused_by_name_wherever_one_reads(
    universe: Universe, reader: Client, settings: Any
) -> None:
    settings.PUBLIC_READ, settings.EMBED_SITES = True, ["https://paper.example"]
    for address in read_addresses(universe):
        response = reader.get(f"{address}?actr=x")

        assert response.status_code == 400, address
        assert "There is no parameter “actr” here" in page_of(response).one("main").text, address


@pytest.mark.usefixtures("own_storage")
def test_what_other_sites_add_to_a_link_changes_nothing_wherever_one_reads(
    universe: Universe, reader: Client, settings: Any
) -> None:
    settings.PUBLIC_READ, settings.EMBED_SITES = True, ["https://paper.example"]
    make(visit_as("editor"))
    for address in set(read_addresses(universe)) - {"/", "/lenna/scenarios/mid-2032/half/probability.svg"}:
        plain, linked = reader.get(address), reader.get(f"{address}?utm_source=letter&fbclid=1")

        assert (plain.status_code, linked.status_code) == (200, 200), address
        for answer in (plain, linked):
            answer.getvalue()  # a file is closed when it was read


def test_a_parameter_that_is_given_twice_is_refused_by_name(universe: Universe, reader: Client) -> None:
    for page in ("?summit=weir&summit=ford", "sources.ris?kind=news&kind=report", "changes.csv?q=a&q=b"):
        response = reader.get(f"/lenna/{page}")

        assert response.status_code == 400, page
        assert "is given more than once" in page_of(response).one("main").text, page
    assert reader.get("/lenna/changes.csv?actor=arden&actor=cadria").status_code == 200


def test_what_other_sites_add_to_a_link_is_passed_over(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/?summit=weir&utm_source=letter&fbclid=1")

    assert response.status_code == 200
    (state,) = [
        node.attrs["href"] for node in page_of(response).all("a") if node.text == "Link to this state"
    ]
    assert "utm_" not in state
    assert "fbclid" not in state


def kind_of(link: str) -> tuple[str, frozenset[str]]:
    """Which page a link leads to, and which parameters it gives: what is refused depends on no more."""
    parts = urlsplit(link)
    return resolve(parts.path).url_name or "", frozenset(parse_qs(parts.query, keep_blank_values=True))


@pytest.mark.sqlite
def test_no_link_of_a_page_as_known_asks_for_what_is_refused(universe: Universe, reader: Client) -> None:
    """Links of pages as of now are followed in test_policy."""
    found: dict[tuple[str, frozenset[str]], str] = {}
    known = f"{timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    for page in (page for page in read_addresses(universe) if page.endswith("/")):
        response = reader.get(f"{page}?known={known}")
        if response.status_code == 200:
            links = [node.attrs.get("href", "") for node in page_of(response).all("a")]
            where = (urljoin(page, link.partition("#")[0]) for link in links)
            found |= {kind_of(link): link for link in where if link.startswith("/lenna/")}

    assert len(found) > 50
    assert [link for link in found.values() if reader.get(link).status_code == 400] == []


def test_too_many_parameters_are_refused(universe: Universe, reader: Client, settings: Any) -> None:
    many = "&".join(f"p{n}={n}" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

    assert reader.get(f"/lenna/?{many}").status_code == 400


def test_nul_in_a_cookie_is_refused(universe: Universe) -> None:
    client = Client()
    client.cookies["sessionid"] = "abcdefgh\x00ijkl"

    response = client.get("/lenna/")

    assert response.status_code == 400
    assert "NUL" in response.content.decode()
