"""Whoever signed a joint statement is named wherever it is cited: pages, files, the feed, the search."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from issues.actions.upkeep.merge import merge
from issues.models import Actor, Participation, Signatory
from issues.queries.reading.words import with_words
from issues.tests.acts import add, correct, remove
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


def signs(universe: Universe, actor: Actor) -> Signatory:
    """Let an actor sign the statement of Arden and Cadria on the treaty."""
    signed: Signatory = add(
        Signatory(statement=universe.statements["joint"], actor=actor), by=universe.coder, reason="It signed."
    )
    return signed


def named(universe: Universe, known: datetime | None = None) -> list[str]:
    """Who signed what Arden's position on the treaty rests on, in the order in which they are named."""
    pk = universe.at("arden", "treaty", "weir").pk
    (evidence,) = with_words([pk], known)[pk].evidence.all()
    return [actor.slug for actor in evidence.statement.joint]


def text(reader: Client, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200
    return page_of(response).text


@pytest.mark.parametrize(
    "address",
    [
        "/lenna/?summit=weir",
        "/lenna/summits/weir/",
        "/lenna/issues/treaty/?summit=weir",
        "/lenna/actors/arden/?summit=weir",
        "/lenna/changes/?issue=treaty",
    ],
)
def test_a_page_names_all_who_signed(universe: Universe, reader: Client, address: str) -> None:
    assert "Joint: Arden, Cadria" in text(reader, address)


def test_the_page_of_a_source_and_of_a_time_name_all_who_signed(universe: Universe, reader: Client) -> None:
    address = f"/lenna/sources/{universe.sources['record'].pk}/"

    assert "Joint: Arden, Cadria" in text(reader, address)


def test_signatories_are_named_in_the_order_of_the_process(universe: Universe) -> None:
    signs(universe, universe.belmar)
    first = Participation.objects.get(process=universe.process, actor=universe.cadria)
    correct(first, {"order": 0}, by=universe.coder, reason="It comes first.")
    for order, actor in enumerate((universe.belmar, universe.arden), start=1):
        part = Participation.objects.get(process=universe.process, actor=actor)
        correct(part, {"order": order}, by=universe.coder, reason="They follow.")

    assert named(universe) == ["cadria", "belmar", "arden"]
    assert named(universe, datetime.now(UTC)) == ["cadria", "belmar", "arden"]


def test_whoever_takes_no_part_comes_last_by_name(universe: Universe) -> None:
    signs(universe, universe.ministry)
    signs(universe, universe.lower_basin)

    assert named(universe)[-2:] == ["lower-basin", "ministry"]


def test_signatories_are_those_of_the_time_that_is_asked_about(universe: Universe) -> None:
    before = datetime.now(UTC)
    signed = signs(universe, universe.belmar)
    between = datetime.now(UTC)
    remove(signed, by=universe.coder, reason="It did not.")

    assert [len(named(universe, time)) for time in (before, between, None)] == [2, 3, 2]


def test_of_signatories_that_were_merged_since_the_keeper_is_named_once(universe: Universe) -> None:
    double = add(
        Actor(name="Arden again", slug="arden-2", kind="state"), by=universe.coder, reason="Recorded twice."
    )
    signs(universe, double)
    then = datetime.now(UTC)
    merge(universe.arden, [double], by=universe.coder, reason="The same.")

    assert sorted(named(universe, then)) == sorted(named(universe)) == ["arden", "cadria"]


def test_the_table_and_the_feed_name_all_who_signed(universe: Universe, reader: Client) -> None:
    table = reader.get("/lenna/changes.csv?issue=treaty")
    feed = reader.get("/lenna/changes.atom?issue=treaty").content.decode()
    rows = table.getvalue().decode() if table.streaming else table.content.decode()

    assert "Joint: Arden, Cadria" in rows
    assert "Joint: Arden, Cadria" in feed


def test_the_brief_as_a_document_names_all_who_signed(universe: Universe, reader: Client) -> None:
    response = reader.get("/lenna/summits/weir/brief.docx")
    content = response.getvalue() if response.streaming else response.content

    assert any("Joint: Arden, Cadria" in part.text for part in Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("name", ["Arden", "Cadria", "Арден"])
def test_a_search_for_any_of_them_finds_the_statement(universe: Universe, reader: Client, name: str) -> None:
    correct(universe.arden, {"aliases": "Арден"}, by=universe.coder, reason="Its own script.")
    correct(
        universe.statements["joint"],
        {"quote": "There is a draft."},
        by=universe.coder,
        reason="Its words.",
    )

    found = text(reader, f"/search/?q={name}&kind=statements")

    assert "There is a draft." in found
    assert "Joint: Arden, Cadria" in found
