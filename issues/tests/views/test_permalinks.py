"""Addresses for ever: a position, a statement, a cell; what took their place, and what was deleted."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Evidence, Position, Summit
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return page_of(answer).one("main").text


def test_a_position_has_a_page_with_its_words_and_what_came_after(universe: Universe, reader: Client) -> None:
    first, last = universe.at("cadria", "flow", "ford"), universe.at("cadria", "flow", "delta")

    text = told(reader, f"/lenna/positions/{first.pk}/")
    assert first.summary in text
    assert "next recorded on this issue at Mill" in text
    assert "Nothing later is recorded" in told(reader, f"/lenna/positions/{last.pk}/")


def test_a_position_is_told_as_it_was_known(universe: Universe, reader: Client) -> None:
    position = universe.at("cadria", "flow", "ford")
    known = timezone.now().isoformat().replace("+", "%2B")
    was = position.summary
    correct(position, {"summary": "Later words."}, by=universe.coder, reason="Misread.")

    assert was in told(reader, f"/lenna/positions/{position.pk}/?known={known}")
    assert "Later words." in told(reader, f"/lenna/positions/{position.pk}/")


def test_a_statement_has_a_page_with_what_rests_on_it(universe: Universe, reader: Client) -> None:
    statement = universe.statements["arden-1"]
    page = page_of(reader.get(f"/lenna/statements/{statement.pk}/"))

    assert statement.quote in page.one("main").text
    bears_on = Evidence.objects.filter(statement=statement, position__isnull=False).first()
    assert bears_on is not None
    assert f"/lenna/positions/{bears_on.position_id}/" in page.links
    assert f"/lenna/sources/{statement.source_id}/" in page.links


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("weir/belmar/flow", "What stands was stated at this summit."),
        ("mill/cadria/flow", "carried from there. At this summit the actor was watched and silent on it."),
        ("delta/belmar/flow", "Nothing stands: the position was withdrawn."),
        ("delta/commission/data", "carried from there. At this summit nothing is recorded"),
        ("delta/fishers/flow", "No position was ever stated, and no silence recorded, up to this summit."),
        ("spring/cadria/treaty", "Nothing stands any more: the issue was closed by then."),
    ],
)
def test_a_cell_says_honestly_what_stands(
    universe: Universe, reader: Client, cell: str, sentence: str
) -> None:
    assert sentence in told(reader, f"/lenna/at/{cell}/")


def test_a_cell_shows_all_that_was_recorded_by_then_and_no_more(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/at/weir/arden/flow/"))
    shown = {node.attrs["id"] for node in page.all("li") if node.attrs.get("id", "").startswith("position-")}

    by_then = [universe.at("arden", "flow", at) for at in ("ford", "mill", "weir", "aside")]
    assert shown == {f"position-{one.pk}" for one in by_then}


@pytest.mark.parametrize("cell", ["x/arden/flow", "weir/x/flow", "weir/arden/x", "weir/ministry/flow"])
def test_a_cell_that_there_is_not_is_a_404(universe: Universe, reader: Client, cell: str) -> None:
    assert reader.get(f"/lenna/at/{cell}/").status_code == 404


def test_pages_lead_to_the_addresses_that_last(universe: Universe, reader: Client) -> None:
    position = universe.at("arden", "flow", "weir")

    assert "/lenna/at/weir/arden/flow/" in page_of(reader.get("/lenna/?summit=weir")).links
    assert f"/lenna/positions/{position.pk}/" in page_of(reader.get("/lenna/issues/flow/")).links
    assert "/lenna/at/delta/cadria/flow/" in page_of(reader.get("/lenna/actors/cadria/")).links
    statement = universe.statements["arden-1"]
    source = page_of(reader.get(f"/lenna/sources/{statement.source_id}/"))
    assert f"/lenna/statements/{statement.pk}/" in source.links


def test_a_cell_as_known_is_that_of_who_had_the_slug_then(universe: Universe, reader: Client) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    cited = f"/lenna/at/weir/arden/flow/?known={known}"
    before = told(reader, cited)
    for issue, slug in ((universe.flow, "spare"), (universe.data, "flow"), (universe.flow, "data")):
        issue.refresh_from_db()
        correct(issue, {"slug": slug}, by=universe.coder, reason="Swapped.")
    for actor, slug in ((universe.arden, "spare"), (universe.belmar, "arden"), (universe.arden, "belmar")):
        actor.refresh_from_db()
        correct(actor, {"slug": slug}, by=universe.coder, reason="Swapped.")
    for summit, slug in ((universe.weir, "spare"), (universe.ford, "weir"), (universe.weir, "ford")):
        summit.refresh_from_db()
        correct(summit, {"slug": slug}, by=universe.coder, reason="Swapped.")

    after = told(reader, cited)

    first = before.partition(".")[0]
    assert "Summer flow" in first
    assert after.partition(".")[0] == first


def test_a_cell_at_a_summit_that_was_not_recorded_then_is_not_there(
    universe: Universe, reader: Client
) -> None:
    known = timezone.now().isoformat().replace("+", "%2B")
    late = Summit(process=universe.process, name="Late", slug="late", starts_on=date(2031, 11, 1))
    add(late, by=universe.coder, reason="Later.")

    assert reader.get("/lenna/at/late/arden/flow/").status_code == 200
    assert reader.get(f"/lenna/at/late/arden/flow/?known={known}").status_code == 404


def again(universe: Universe, position: Position) -> Position:
    """The same position, stored anew."""
    return log_position(
        issue=position.issue,
        actor=position.actor,
        summit=position.summit,
        statements=[universe.statements["arden-1"]],
        summary="Stored anew.",
        by=universe.coder,
        reason="Again.",
    )


def test_a_deleted_position_is_told_as_such_with_the_reason(universe: Universe, reader: Client) -> None:
    position = universe.at("commission", "data", "mill")
    pk = position.pk
    remove(position, by=universe.coder, reason="Recorded of the wrong meeting.")

    answer = reader.get(f"/lenna/positions/{pk}/")

    page = page_of(answer)
    assert answer.status_code == 410
    assert "Recorded of the wrong meeting." in page.one("main").text
    before = next(link for link in page.links if "known=" in link)
    assert reader.get(before).status_code == 200


def test_who_deleted_it_is_told_to_those_who_may_know(universe: Universe, settings: Any) -> None:
    settings.PUBLIC_READ = True
    past(type(universe.process).objects).update(visibility="public")
    position = universe.at("commission", "data", "mill")
    pk = position.pk
    remove(position, by=universe.coder, reason="Wrong.")

    stranger = Client().get(f"/lenna/positions/{pk}/")

    assert stranger.status_code == 410
    assert universe.coder.username not in page_of(stranger).one("main").text
    past(type(universe.process).objects).update(visibility="open")
    assert Client().get(f"/lenna/positions/{pk}/").status_code == 404


def test_a_position_stored_anew_takes_the_place_of_the_deleted_one(
    universe: Universe, reader: Client
) -> None:
    position = universe.at("commission", "data", "mill")
    pk = position.pk
    remove(position, by=universe.coder, reason="Wrong.")
    position.pk = pk
    new = again(universe, position)

    answer = reader.get(f"/lenna/positions/{pk}/?a=1")

    assert (answer.status_code, answer["Location"]) == (301, f"/lenna/positions/{new.pk}/?a=1")


def test_what_never_was_here_is_unknown(universe: Universe, reader: Client) -> None:
    assert reader.get("/lenna/positions/987654/").status_code == 404
    assert reader.get("/lenna/statements/987654/").status_code == 404
