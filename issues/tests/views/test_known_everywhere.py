"""Every figure as our record was known: a page asked as of a time shows nothing of what came later.

Each page is read as known at a time, then everything is edited, and it is read again: it must be the same.
"""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from issues.actions.scenarios.assess import assess
from issues.history import Record
from issues.models import (
    Attendance,
    Event,
    Evidence,
    Judgement,
    Option,
    Participation,
    Scenario,
    ScenarioOutcome,
)
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.universe import Universe
from issues.tests.views.addresses import LOG, READ
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db

# What is new each time that it is asked for.
ANEW = (
    r"csrfmiddlewaretoken\" value=\"[^\"]*|<updated>[^<]*</updated>|\"written_at\": \"[^\"]*\"|<meta [^>]*>"
    r"|<details class=\"cite\">[\s\S]*?</details>|<script type=\"application/ld\+json\">[\s\S]*?</script>"
)
# A workbook holds what the same table holds as CSV, and the time at which it was written; of a
# package as known there is a test of its own.
PACKED = {"data-xlsx", "download-package"}
# Beside the table of addresses: pages in a state of theirs.
STATES = (
    "/lenna/?summit=weir",
    "/lenna/?summit=spring",
    "/lenna/?summit=delta&against=ford&changed=1",
    "/lenna/?summit=mill&unreviewed=1",
    "/lenna/summits/delta/",
    "/lenna/summits/delta/brief.docx",
    "/lenna/summits/mill/",
    "/lenna/summits/spring/",
    "/lenna/issues/flow/?summit=ford",
    "/lenna/issues/data/",
    "/lenna/issues/treaty/",
    "/lenna/actors/cadria/?summit=delta",
    "/lenna/actors/arden/?summit=delta&against=cadria",
    "/lenna/changes/?q=half",
    "/lenna/changes/?actor=cadria&role=party&kind=moved&confidence=high",
    "/lenna/changes/?unreviewed=1&since=2031-06-01",
    "/lenna/changes.csv?issue=flow",
    "/lenna/changes.atom?actor=arden",
    "/lenna/scenarios/mid-2032/dam/",
    "/lenna/consistency/?find=1",
    "/lenna/sources/?q=commission",
    "/lenna/data/changes.csv",
    "/lenna/data/evidence.csv",
    "/lenna/data/matrix.csv?summit=delta",
    "/lenna/data/positions.csv?actor=arden",
    "/lenna/data/sources.csv?kind=official",
    "/lenna/data/standing.csv",
)


@pytest.fixture
def reader(admin_client: Client) -> Client:
    return admin_client


def addresses(universe: Universe) -> list[str]:
    """Every page and file of a process, from the table of addresses, and some in a state of theirs."""
    return [
        *(reverse(name, args=args(universe)) for name, args in READ.items() if name not in PACKED),
        *STATES,
    ]


def told(client: Client, address: str, known: datetime | None = None) -> str:
    """What a page or a file says, but for what is new each time it is asked for."""
    answer = client.get(with_known(address, known))
    assert answer.status_code == 200, address
    content = answer.getvalue()
    if address.partition("?")[0].endswith(".docx"):
        return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    text = content.decode()
    return re.sub(ANEW, "", text)


def with_known(address: str, known: datetime | None) -> str:
    """An address with the time of the record."""
    if known is None:
        return address
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}known={known.isoformat().replace('+', '%2B')}"


def edit_everything(universe: Universe) -> None:
    """One edit of each kind of thing that a page tells a figure or words of."""
    by = universe.coder

    def edit(record: Record, **changes: Any) -> None:
        record.refresh_from_db()
        correct(record, changes, by=by, reason="Later.")

    edit(universe.flow.options.get(value=50.0), value=55.0)
    edit(universe.flow.options.get(value=100.0), label="the whole river")
    edit(universe.flow, reference_point=universe.flow.options.get(value=0.0))
    add(Option(issue=universe.data, value=80.0, label="daily"), by=by, reason="Later.")
    edit(universe.at("arden", "data", "ford"), value=22.0, option=None, summary="Later words.", note="Later.")
    edit(universe.at("cadria", "flow", "ford"), accepts_to=40.0, confidence="low")
    remove(
        Evidence.objects.filter(position=universe.at("belmar", "flow", "weir"), stance="disputes").get(),
        by=by,
        reason="Later.",
    )
    remove(universe.at("commission", "data", "mill"), by=by, reason="Later.")
    edit(
        universe.statements["arden-1"],
        quote="Later: half the river.",
        locator="p. 99",
        said_on=date(2031, 3, 9),
    )
    log_position(
        issue=universe.data,
        actor=universe.belmar,
        summit=universe.spring,
        statements=[universe.statements["arden-1"]],
        option=universe.data.options.get(value=0.0),
        summary="Later at the spring.",
        by=by,
        reason="Later.",
    )
    edit(universe.outcomes["half"], text="Later: otherwise.", placement=10.0)
    edit(Event.objects.get(ref="bridge"), title="Later bridge")
    seat = Attendance(summit=universe.delta, actor=universe.fishers, person=universe.envoy)
    add(seat, by=by, reason="Later.")
    edit(Participation.objects.get(process=universe.process, actor=universe.arden), capability=9.0)
    edit(
        ScenarioOutcome.objects.get(scenario__slug="half", issue=universe.data),
        option=universe.data.options.get(value=100.0),
    )
    edit(Scenario.objects.get(slug="dam"), narrative="Later told.", name="Later dam")
    edit(universe.scenarios["half"].signposts.get(), text="Later gauge.")
    edit(Judgement.objects.all()[0], impact=-3, reason="Later.")


def test_nothing_of_later_is_shown_as_known_before(universe: Universe, reader: Client) -> None:
    numbers = dict(zip(universe.scenarios.values(), (20.0, 50.0, 30.0), strict=True))
    assess(universe.scenario_set, numbers, after=universe.weir, rationale="So.", by=universe.coder)
    known = timezone.now()
    before = {address: told(reader, address, known) for address in addresses(universe)}
    now = {address: told(reader, address) for address in before}

    edit_everything(universe)

    for address, text in before.items():
        assert told(reader, address, known) == text, address
        assert "Later" not in text, address
    # These say no figure: the tables that there are, what their columns mean, which sources were cited, when
    # a summit was.
    without = {"rail-picture", "data", "data-description", "sources-ris", "sources-bib", "sources-json"}
    figures = {name: args for name, args in READ.items() if name not in {*without, *PACKED}}
    read = {reverse(name, args=args(universe)) for name, args in figures.items()}
    assert {address for address in read if told(reader, address) == now[address]} == set()


def test_each_page_says_that_it_is_read_as_known(universe: Universe, reader: Client) -> None:
    known = timezone.now()
    for address in addresses(universe):
        answer = reader.get(with_known(address, known))
        if answer["Content-Type"].startswith("text/html"):
            assert "As our record was known on" in page_of(answer).text, address


def of_now(universe: Universe) -> list[str]:
    """The pages that tell of now alone."""
    position = universe.at("arden", "flow", "ford")
    version = position.history.get().pk
    return [
        *(reverse(name, args=args(universe)) for name, (method, args) in LOG.items() if method == "get"),
        "/",
        "/search/?q=dam",
        "/account/",
        "/account/tokens/",
        "/lenna/changes/?tab=record",
        f"/history/position/{position.pk}/",
        f"/history/position/{position.pk}/{version}/undo/",
    ]


def test_a_page_that_tells_of_now_says_so_where_it_is_asked_as_known(
    universe: Universe, reader: Client
) -> None:
    for address in of_now(universe):
        answer = reader.get(with_known(address, timezone.now()))

        assert answer.status_code == 400, address
        assert "known: This page tells of now" in page_of(answer).text, address


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(minutes=1)], ids=["a-day", "a-minute"])
def test_a_time_that_is_still_to_come_is_refused_everywhere(
    universe: Universe, reader: Client, later: timedelta
) -> None:
    moment = timezone.now() + later
    typed = moment.date().isoformat() if later.days else moment.isoformat().replace("+", "%2B")
    for address in [*addresses(universe), *of_now(universe)]:
        answer = reader.get(f"{address}{'&' if '?' in address else '?'}known={typed}")

        assert answer.status_code == 400, address
        assert "is still to come" in page_of(answer).text, address


def test_today_is_a_day_to_ask_about(universe: Universe, reader: Client) -> None:
    assert reader.get(f"/lenna/?known={datetime.now(tz=UTC).date()}").status_code == 200


@pytest.mark.parametrize("typed", ["soon", "2027-02-30", "2026-13-01T00:00", "%00"])
def test_a_malformed_time_is_refused_everywhere(universe: Universe, reader: Client, typed: str) -> None:
    for address in [*addresses(universe), *of_now(universe)]:
        assert reader.get(f"{address}{'&' if '?' in address else '?'}known={typed}").status_code == 400, (
            address
        )


def test_a_form_keeps_a_time_within_a_day(universe: Universe, reader: Client) -> None:
    known = timezone.now()
    matrix = page_of(reader.get(with_known("/lenna/", known))).one("input", id="id_known")
    assert matrix.attrs["value"] == known.isoformat()
    assert page_of(reader.get("/lenna/?known=2026-01-01")).one("input", id="id_known").attrs == {
        "type": "date",
        "name": "known",
        "id": "id_known",
        "value": "2026-01-01",
    }
    for address in ("/lenna/changes/", "/lenna/sources/", "/lenna/issues/flow/"):
        kept = page_of(reader.get(with_known(address, known))).all("input", name="known")
        assert {field.attrs["value"] for field in kept} == {known.isoformat()}, address
