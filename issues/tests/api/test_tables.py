"""Every table through the API: the rows and values of its file, in portions, in JSON and CSV."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from issues.actions.scenarios.assess import assess
from issues.exports.tables import TABLES
from issues.models import Membership, Scenario
from issues.tests.acts import correct, log_position, remove
from issues.tests.api.reading import OF_LENNA, TELLING, V1, all_rows, csv_rows, told
from issues.tests.factories import make_user
from issues.tests.past import past
from issues.tests.universe import Universe

STATES = (
    ("positions", "actor=arden&issue=flow"),
    ("positions", "actor=arden&actor=cadria&since=2031-06-01"),
    ("positions", "q=half"),
    ("evidence", "summit=weir"),
    ("changes", "kind=moved"),
    ("standing", "summit=mill"),
    ("matrix", "summit=delta"),
    ("sources", "kind=official"),
)


@pytest.fixture
def universe(universe: Universe) -> Universe:
    """With numbers given to its endings, which are decided, so that everyone is shown them."""
    for given in ((20.0, 50.0, 30.0), (40.0, 40.0, 20.0)):
        numbers = dict(zip(universe.scenarios.values(), given, strict=True))
        assess(universe.scenario_set, numbers, after=universe.weir, rationale="So.", by=make_user())
    past(Scenario.objects).update(resolved="void", resolved_on=date(2031, 12, 31))
    return universe


def of_file(client: Client, name: str, asked: str) -> list[dict[str, Any]]:
    """The rows of the file that is asked for alike."""
    answer = client.get(f"/lenna/data/{name}.json?{asked}")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = json.loads(answer.getvalue())["rows"]
    return rows


def in_any_order(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row) for row in rows)


@pytest.mark.parametrize(("name", "asked"), [*((name, "") for name in TABLES), *STATES])
def test_a_table_is_that_of_its_file(universe: Universe, reader: Client, name: str, asked: str) -> None:
    rows = all_rows(reader, f"{OF_LENNA}{name}/?{asked}")

    assert rows
    assert in_any_order(rows) == in_any_order(of_file(reader, name, asked))


@pytest.mark.parametrize("name", [name for name in TABLES if TABLES[name].takes_known])
def test_a_table_is_that_of_its_file_as_known_too(universe: Universe, reader: Client, name: str) -> None:
    known = f"known={timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    before = in_any_order(of_file(reader, name, known))
    correct(universe.at("arden", "flow", "weir"), {"value": 55.0}, by=universe.coder, reason="Later.")

    assert in_any_order(all_rows(reader, f"{OF_LENNA}{name}/?limit=7&{known}")) == before


@pytest.mark.parametrize("name", TABLES)
def test_portions_together_are_the_whole_each_row_once(universe: Universe, reader: Client, name: str) -> None:
    whole = told(reader, f"{OF_LENNA}{name}/?limit=1000")

    assert whole["next"] is None
    for limit in (max(1, len(whole["results"]) // 3), len(whole["results"])):
        assert all_rows(reader, f"{OF_LENNA}{name}/?limit={limit}") == whole["results"]


def test_what_is_recorded_meanwhile_moves_nothing_from_one_portion_to_another(
    universe: Universe, reader: Client
) -> None:
    whole = all_rows(reader, f"{OF_LENNA}positions/")
    first = told(reader, f"{OF_LENNA}positions/?limit=5")
    log_position(
        issue=universe.data,
        actor=universe.belmar,
        summit=universe.spring,
        statements=[universe.statements["arden-1"]],
        summary="Later.",
        by=universe.coder,
        reason="Later.",
    )
    correct(universe.at("arden", "flow", "ford"), {"note": "Later."}, by=universe.coder, reason="Later.")

    rest = all_rows(reader, first["next"])

    ids = [row["position_id"] for row in [*first["results"], *rest]]
    assert ids[: len(whole)] == [row["position_id"] for row in whole]
    assert len(ids) == len(whole) + 1


def test_a_row_that_is_gone_is_no_reason_to_lose_ones_place(universe: Universe, reader: Client) -> None:
    whole = all_rows(reader, f"{OF_LENNA}memberships/")
    first = told(reader, f"{OF_LENNA}memberships/?limit=1")
    gone = Membership.objects.order_by("pk")[0]
    assert first["results"] == whole[:1]

    remove(gone, by=universe.coder, reason="Never a member.")

    assert all_rows(reader, first["next"]) == whole[1:]


@pytest.mark.parametrize("name", TABLES)
def test_a_list_leaves_as_csv_by_suffix_and_by_accept(universe: Universe, reader: Client, name: str) -> None:
    whole = told(reader, f"{OF_LENNA}{name}/?limit=1000")["results"]
    by_suffix = reader.get(f"{OF_LENNA}{name}.csv?limit=1000")
    by_accept = reader.get(f"{OF_LENNA}{name}/?limit=1000", headers={"Accept": "text/csv"})

    assert by_suffix["Content-Type"] == by_accept["Content-Type"] == "text/csv; charset=utf-8"
    assert by_suffix.content == by_accept.content
    rows = csv_rows(by_suffix)
    assert list(rows[0]) == list(whole[0])
    assert [csv_value(value) for row in whole for value in row.values()] == [
        value.removeprefix("'") if value[:2] in ("'=", "'+", "'-", "'@") else value
        for row in rows
        for value in row.values()
    ]


def csv_value(value: Any) -> str:
    """A value as CSV has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def test_the_suffix_decides_whatever_a_program_says_that_it_accepts(
    universe: Universe, reader: Client
) -> None:
    for suffix, media_type in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        for accept in ("*/*", "application/json", "text/csv", "text/html"):
            answer = reader.get(f"{OF_LENNA}actors.{suffix}", headers={"Accept": accept})
            assert (answer.status_code, answer["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv, application/json;q=0.5", "text/csv"),
        ("application/json;q=0, text/csv", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("application/json;q=0.4, text/*;q=0.6, */*;q=0.9", "text/csv"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("text/html, */*;q=0.8", "application/json"),
        ("application/json; indent=4", "application/json"),
        ("text/csv;q=x", "text/csv"),
        ("", "application/json"),
        ("text/html", None),
        ("*/*;q=0", None),
    ],
)
def test_a_list_leaves_in_the_form_that_a_program_prefers(
    universe: Universe, reader: Client, accept: str, form: str | None
) -> None:
    answer = reader.get(f"{OF_LENNA}actors/", headers={"Accept": accept})

    assert answer.status_code == (200 if form else 406)
    if form:
        assert answer["Content-Type"].partition(";")[0] == form


def test_where_the_rows_go_on_is_in_the_head_of_a_csv_answer_too(universe: Universe, reader: Client) -> None:
    answer = reader.get(f"{OF_LENNA}positions.csv?limit=2&actor=arden&issue=flow&issue=data")
    following = answer["Link"].removeprefix("<").removesuffix('>; rel="next"')

    assert following.startswith(f"http://testserver{OF_LENNA}positions.csv?limit=2&actor=arden&issue=flow&")
    assert {row["actor_slug"] for row in csv_rows(reader.get(following))} == {"arden"}
    assert "Link" not in reader.get(f"{OF_LENNA}summits.csv")


def test_an_answer_says_of_what_it_is(universe: Universe, reader: Client) -> None:
    standing = told(reader, f"{OF_LENNA}standing/?summit=weir&known={timezone.now():%Y-%m-%d}")

    assert (standing["process"], standing["table"], standing["as_of"]) == ("lenna", "standing", "weir")
    assert standing["known_on"].startswith(f"{timezone.now():%Y-%m-%d}T23:59:59")
    assert told(reader, f"{OF_LENNA}events/")["known_on"] is None


def test_the_way_to_a_table_begins_at_the_root(universe: Universe, reader: Client) -> None:
    root = told(reader, V1)
    (process,) = told(reader, root["processes"])["results"]
    lenna = told(reader, process["address"])

    assert lenna == {**process, "tables": lenna["tables"]}
    assert list(lenna["tables"]) == list(TABLES)
    assert all(told(reader, address)["results"] for address in lenna["tables"].values())
    assert csv_rows(reader.get(f"{V1}processes.csv"))[0]["slug"] == "lenna"


@pytest.mark.parametrize("address", TELLING)
def test_the_head_is_that_of_the_answer_and_options_says_what_may_be_done(
    universe: Universe, reader: Client, address: str
) -> None:
    whole, head, options = (getattr(reader, way)(address) for way in ("get", "head", "options"))

    assert head.status_code == options.status_code == 200
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Type")} == {
        name: whole[name] for name in ("ETag", "Content-Type")
    }
    assert options["Allow"] == "GET, HEAD, OPTIONS"
    for form in ("text/csv", "application/json"):
        options = reader.options(address, headers={"Accept": f"{form}, */*"})
        assert (options.status_code, options["Content-Type"]) == (200, "application/json")
