"""“Cite this”: each page names the state that it shows, in the formats of reference managers."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.test import Client
from django.utils import timezone

from issues.tests.acts import correct
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


def addresses(universe: Universe) -> dict[str, str]:
    """Pages that can be cited, with what each says that it shows."""
    position = universe.at("cadria", "flow", "ford")
    statement = universe.statements["arden-1"]
    return {
        "/lenna/": "matrix as of Delta meeting",
        "/lenna/?summit=weir&against=ford": "matrix as of Weir meeting",
        "/lenna/issues/flow/": "Summer flow as of Delta meeting",
        "/lenna/actors/arden/?summit=mill": "Republic of Arden as of Mill meeting",
        "/lenna/actors/arden/?against=cadria": "Arden and Cadria as of Delta meeting",
        "/lenna/summits/weir/": "Weir meeting",
        f"/lenna/positions/{position.pk}/": "position of Cadria on Summer flow at Ford meeting",
        f"/lenna/statements/{statement.pk}/": f"statement {statement.ref} in {statement.source}",
        "/lenna/at/weir/arden/flow/": "Arden on Summer flow as of Weir meeting",
        "/lenna/analysis/": "analysis as of Delta meeting",
        "/lenna/summits/": "summits",
        "/lenna/issues/": "issues",
        "/lenna/actors/": "actors",
        "/lenna/sources/": "sources",
        "/lenna/consistency/": "consistency of outcomes as of Delta meeting",
        "/lenna/scenarios/": "endings as of Delta meeting",
        "/lenna/scenarios/mid-2032/half/": "ending Half for data as of Delta meeting",
        "/lenna/changes/?actor=arden&kind=moved": "changes (Actor: Arden; Kind: moved)",
    }


def cited(page: Any) -> Any:
    return page.one("details", css="cite")


def test_each_page_says_how_it_is_cited(universe: Universe, reader: Client, settings: Any) -> None:
    settings.SITE_TITLE = "The Lenna tracker"
    today = datetime.now(tz=UTC)
    for address, shows in addresses(universe).items():
        page = page_of(reader.get(address))
        text = cited(page).one("p", css="citation").text

        assert text.startswith(f"The Lenna tracker. (n.d.). Waters of the Lenna: {shows}, as known on "), text
        assert f"{today:%B} {today.day}, {today.year}" in text  # when it was read
        assert "http://testserver" + address.partition("?")[0] in text


def test_the_address_that_is_cited_opens_the_state_that_was_cited(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/"))
    (state,) = [node.attrs["href"] for node in cited(page).all("a") if node.text == "Link to this state"]
    asked = parse_qs(urlsplit(state).query)
    assert asked["summit"] == ["delta"]
    was = page_of(reader.get(state)).one("table").text

    position = universe.at("arden", "data", "delta")
    correct(position, {"option": None, "value": 99.0}, by=universe.coder, reason="Misread.")
    universe.arden.refresh_from_db()
    correct(universe.arden, {"slug": "upper-arden"}, by=universe.coder, reason="Renamed.")

    assert page_of(reader.get(state)).one("table").text == was
    assert page_of(reader.get("/lenna/")).one("table").text != was


def test_a_page_as_known_is_cited_as_known_then(universe: Universe, reader: Client) -> None:
    now = datetime.now(tz=UTC).isoformat()
    page = page_of(reader.get(f"/lenna/issues/flow/?known={now.replace('+', '%2B')}"))

    assert now.replace("+00:00", "Z").replace(":", "%3A") in cited(page).one("p", css="citation").text


def test_the_files_say_the_same(universe: Universe, reader: Client) -> None:
    for address in addresses(universe):
        page = page_of(reader.get(address))
        links = {node.text: node.attrs["href"] for node in cited(page).all("a")}
        answers = {name: reader.get(links[name]) for name in ("Text", "BibTeX", "RIS", "CSL-JSON")}
        assert {answer.status_code for answer in answers.values()} == {200}
        told = {name: answer.content.decode() for name, answer in answers.items()}

        (csl,) = json.loads(told["CSL-JSON"])
        (ris,) = rispy.loads(told["RIS"])
        (entry,) = parse_string(told["BibTeX"]).entries
        bib = {field.key: field.value for field in entry.fields}
        assert csl["type"] == "webpage"
        assert csl["URL"] == ris["urls"][0] == bib["url"]
        assert csl["title"] == ris["title"]
        assert csl["author"] == [{"literal": "Redlines"}]
        today = datetime.now(tz=UTC).date()
        assert csl["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}
        assert bib["urldate"] == today.isoformat()
        assert ris["access_date"] == f"{today:%Y/%m/%d}/"
        assert csl["URL"] in told["Text"]
        assert 'filename="lenna-' in answers["RIS"]["Content-Disposition"]


def test_a_format_that_there_is_not_is_refused_by_name(universe: Universe, reader: Client) -> None:
    answer = reader.get("/lenna/?cite=endnote")

    assert answer.status_code == 400
    assert "cite: " in page_of(answer).one("main").text


def test_what_is_cited_is_as_private_as_its_page(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    universe.process.refresh_from_db()
    correct(universe.process, {"visibility": "open"}, by=universe.coder, reason="Not yet.")

    assert Client().get("/lenna/?cite=ris").status_code == 404


def test_names_of_any_kind_are_cited_whole(universe: Universe, reader: Client) -> None:
    universe.process.refresh_from_db()
    name = "A & B {c} <b>“d”</b> 100% \\ مياه\r\n#1"
    correct(universe.process, {"name": name}, by=universe.coder, reason="Odd.")
    one_line = " ".join(name.split())

    page = page_of(reader.get("/lenna/"))
    assert page.all("b", css="citation") == []
    assert one_line in cited(page).one("p", css="citation").text
    (csl,) = reader.get("/lenna/?cite=json").json()
    assert csl["title"].startswith(one_line)
    (ris,) = rispy.loads(reader.get("/lenna/?cite=ris").content.decode())
    assert ris["title"].startswith(one_line)
    assert len(parse_string(reader.get("/lenna/?cite=bib").content.decode()).entries) == 1


def test_reference_managers_read_it_of_the_page(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/issues/flow/"))
    told = {
        node.attrs.get("name") or node.attrs.get("property"): node.attrs.get("content")
        for node in page.all("meta")
    }

    assert told["citation_title"] == told["DC.title"] == told["og:title"]
    assert told["citation_title"].startswith("Waters of the Lenna: Summer flow as of Delta meeting")
    assert told["DC.publisher"] == told["og:site_name"] == "Redlines"
    assert told["DC.date"] == datetime.now(tz=UTC).date().isoformat()
    assert told["DC.identifier"].startswith("http://testserver/lenna/issues/flow/?known=")


@pytest.mark.parametrize("address", ["/lenna/", "/lenna/data/"])
def test_search_engines_read_the_data_set(universe: Universe, reader: Client, address: str) -> None:
    universe.process.refresh_from_db()
    correct(
        universe.process, {"summary": "</script><script>alert(1)</script>"}, by=universe.coder, reason="Odd."
    )
    page = page_of(reader.get(address))
    (script,) = [node for node in page.all("script") if node.attrs.get("type") == "application/ld+json"]
    data = json.loads(script.text)

    assert (data["@type"], data["name"]) == ("Dataset", "Waters of the Lenna")
    assert len(data["description"]) >= 50
    assert data["description"].endswith("</script><script>alert(1)</script>")
    assert data["identifier"] == f"tag:testserver,2026:{universe.process.uuid}"
    assert len([node for node in page.all("script") if "src" not in node.attrs]) == 1
    for file in data["distribution"]:
        assert reader.get(urlsplit(file["contentUrl"]).path).status_code == 200


def test_what_is_being_recorded_meanwhile_is_not_in_what_was_cited(
    universe: Universe, reader: Client
) -> None:
    """What was begun before a page was read, and is committed after it, lies after what is cited."""
    begun = timezone.now()
    page = page_of(reader.get("/lenna/"))
    (state,) = [node.attrs["href"] for node in cited(page).all("a") if node.text == "Link to this state"]

    position = universe.at("arden", "data", "delta")
    correct(position, {"option": None, "value": 99.0}, by=universe.coder, reason="Misread.")

    known = datetime.fromisoformat(parse_qs(urlsplit(state).query)["known"][0])
    assert known < begun
    assert page_of(reader.get(state)).one("table").text == page.one("table").text


def test_a_page_is_cited_alike_until_something_is_recorded(universe: Universe, reader: Client) -> None:
    first, second = (cited(page_of(reader.get("/lenna/"))).text for _ in range(2))

    assert first == second


def test_a_page_of_now_alone_refuses_by_name_to_be_cited(universe: Universe, reader: Client) -> None:
    answer = reader.get("/lenna/changes/?tab=record&cite=bib")

    assert answer.status_code == 400
    assert "There is no parameter “cite” here" in page_of(answer).one("main").text


@pytest.mark.parametrize(
    "address",
    [
        "?cite=bib",
        "changes.csv",
        "changes.atom",
        "changes.json",
        "sources.ris",
        "sources.bib",
        "sources.json",
        "summits/brief.docx",
    ],
)
def test_a_file_that_is_not_public_is_refused_in_words(
    universe: Universe, settings: Any, address: str
) -> None:
    settings.PUBLIC_READ = False
    answer = Client().get(f"/lenna/{address}")

    assert (answer.status_code, answer["Content-Type"]) == (401, "text/plain; charset=utf-8")
