"""From a version in the history to the page as our record was known just before it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.scenarios.assess import assess
from issues.history import Record, recording
from issues.models import (
    Evidence,
    Judgement,
    Scenario,
    ScenarioOutcome,
)
from issues.tests.acts import correct
from issues.tests.universe import Universe
from issues.tests.views.page import page_of
from issues.tests.views.test_known_everywhere import with_known

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(admin_client: Client) -> Client:
    return admin_client


def before_each_edit(reader: Client, kind: str, pk: int) -> list[str]:
    """Where the versions of a history lead, newest first: the pages as known just before each edit."""
    page = page_of(reader.get(f"/history/{kind}/{pk}/"))
    return [link.attrs["href"] for link in page.all("a") if "as known just before this edit" in link.text]


def test_a_version_leads_to_what_was_known_just_before_it(universe: Universe, reader: Client) -> None:
    position = universe.at("arden", "flow", "ford")
    summaries = ["First words.", "Second words.", "Third words."]
    for summary in summaries:
        position.refresh_from_db()
        correct(position, {"summary": summary}, by=universe.coder, reason="Again.")

    before = before_each_edit(reader, "position", position.pk)

    for place, address in enumerate(before[:3]):
        text = reader.get(address.partition("#")[0]).content.decode()
        shown = [summary for summary in summaries if summary in text]
        assert shown == summaries[1 - place : 2 - place] if place < 2 else not shown, address
    assert before[0].endswith(f"#position-{position.pk}")


WHERE: dict[str, Callable[[Universe], Record]] = {
    "/lenna/issues/flow/": lambda u: u.flow.options.get(value=50.0),
    "/lenna/summits/weir/": lambda u: u.outcomes["half"],
    "/lenna/": lambda u: u.process,
    "/lenna/scenarios/mid-2032/half/": lambda u: ScenarioOutcome.objects.filter(scenario__slug="half")[0],
    "/lenna/sources/{}/": lambda u: u.sources["record"],
    "/lenna/consistency/": lambda u: Judgement.objects.all()[0],
    "/lenna/actors/arden/": lambda u: u.arden,
    "/lenna/issues/treaty/": lambda u: Evidence.objects.filter(position=u.at("cadria", "treaty", "delta"))[0],
}


@pytest.mark.parametrize("page", WHERE)
def test_every_kind_of_record_leads_to_its_page(universe: Universe, reader: Client, page: str) -> None:
    record = WHERE[page](universe)

    (*_, first) = before_each_edit(reader, str(record._meta.model_name), record.pk)

    assert first.partition("?")[0] == page.format(record.pk)
    assert reader.get(first.partition("#")[0]).status_code == 200


def test_before_an_ending_was_put_there_is_no_page_of_it(universe: Universe, reader: Client) -> None:
    ending = universe.scenarios["half"]
    assert before_each_edit(reader, "scenario", ending.pk) == []
    correct(ending, {"narrative": "It rains."}, by=universe.coder, reason="Told.")
    (address,) = before_each_edit(reader, "scenario", ending.pk)
    assert "It rains" not in reader.get(address).text


def test_numbers_of_an_open_round_are_not_shown_as_known_when_it_was_closed(
    universe: Universe, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    for name in ("amina", "omar"):
        numbers = dict(zip(universe.scenarios.values(), (71.0, 20.0, 9.0), strict=True))
        assess(
            universe.scenario_set,
            numbers,
            after=universe.weir,
            rationale="So.",
            by=type(universe.coder).objects.create_user(name),
        )
    scenarios = list(universe.scenarios.values())
    resolve_all(universe, scenarios, "did_not")
    closed = timezone.now()
    assert "71%" in page_of(Client().get("/lenna/scenarios/mid-2032/")).text
    resolve_all(universe, scenarios, "")

    for address in ("/lenna/scenarios/mid-2032/", with_known("/lenna/scenarios/mid-2032/", closed)):
        assert "71%" not in page_of(Client().get(address)).text, address


def resolve_all(universe: Universe, scenarios: list[Scenario], how: str) -> None:
    for scenario in scenarios:
        scenario.refresh_from_db()
        changes = {"resolved": how, "resolved_on": date(2031, 12, 20) if how else None}
        with recording(by=universe.coder, reason="As it seemed."):
            for name, value in changes.items():
                setattr(scenario, name, value)
            scenario.save()
