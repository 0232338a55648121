"""The front page is of the last occasion that was held and of which something is published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from issues.models import Position, Summit
from issues.queries.pages.summit_brief import neighbours
from issues.queries.reading.process import read
from issues.tests.acts import log_position, remove
from issues.tests.factories import make_summit
from issues.tests.universe import Universe
from issues.tests.views.page import page_of


def latest(universe: Universe) -> str:
    summit = read(universe.process).latest
    return summit.slug if summit else ""


def say_something(universe: Universe, at: Summit) -> None:
    words = {"statements": [universe.statements["arden-1"]], "summary": "Words.", "by": universe.coder}
    log_position(issue=universe.flow, actor=universe.belmar, summit=at, reason="Said.", **words)


@pytest.mark.parametrize("status", ["planned", "not_held"])
def test_what_was_not_held_is_never_the_front_page(universe: Universe, recorded: Any, status: str) -> None:
    late = make_summit(process=universe.process, starts_on=date(2032, 5, 1), status=status)
    say_something(universe, late)

    assert latest(universe) == "delta"


def test_what_nothing_is_published_of_is_never_the_front_page(universe: Universe, recorded: Any) -> None:
    late = make_summit(process=universe.process, starts_on=date(2032, 5, 1), slug="late")
    assert latest(universe) == "delta"

    say_something(universe, late)
    assert latest(universe) == "late"


def test_a_statement_parallel_to_a_meeting_stands_for_it(universe: Universe, recorded: Any) -> None:
    late = make_summit(process=universe.process, starts_on=date(2032, 5, 1), slug="late")
    aside = make_summit(
        process=universe.process, starts_on=date(2032, 5, 1), sequence=2, slug="press", parallel_to=late
    )
    say_something(universe, aside)
    assert latest(universe) == "late"


def test_a_statement_does_not_bring_a_meeting_that_is_to_come(universe: Universe, recorded: Any) -> None:
    aside = make_summit(
        process=universe.process,
        starts_on=date(2032, 3, 10),
        sequence=2,
        slug="press",
        parallel_to=universe.spring,
    )
    say_something(universe, aside)
    assert latest(universe) == "press"


def test_while_nothing_is_published_it_is_the_last_that_was_held(universe: Universe) -> None:
    reading = read(universe.process, datetime(2020, 1, 1, tzinfo=UTC))
    assert reading.latest == universe.delta


def test_next_leads_to_what_is_published(universe: Universe, recorded: Any) -> None:
    make_summit(process=universe.process, starts_on=date(2031, 10, 1), slug="unlogged")
    reading = read(universe.process)

    before, after = neighbours(reading, universe.weir)
    assert (before and before.slug, after and after.slug) == ("mill", "aside")
    assert neighbours(reading, universe.delta)[1] is None
    before, after = neighbours(reading, universe.spring)
    assert (before and before.slug, after) == ("delta", None)


def test_the_matrix_begins_there(universe: Universe, recorded: Any, settings: Any) -> None:
    settings.PUBLIC_READ = True
    make_summit(process=universe.process, starts_on=date(2032, 5, 1), slug="late", name="Late meeting")

    (chosen,) = page_of(Client().get("/lenna/")).one("select", id="id_summit").all("option", selected="")
    assert "Delta meeting" in chosen.text


def test_taken_back_it_is_the_front_page_no_longer(universe: Universe) -> None:
    for position in list(Position.objects.filter(summit=universe.delta)):
        remove(position, by=universe.coder, reason="All wrong.")
    assert latest(universe) == "weir"
