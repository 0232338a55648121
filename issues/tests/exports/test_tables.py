"""Every table of the record as a file: whole, exact, described, and refused in so many words."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from issues.domain.formula import as_written
from issues.exports import files as exported
from issues.exports.tables import TABLES, Narrowed
from issues.management.bench.timing import forget_all
from issues.models import Evidence, Issue, Position
from issues.tests.acts import correct
from issues.tests.crowd import make_crowd
from issues.tests.exports.reading_tables import give_numbers, rows, text
from issues.tests.past import past
from issues.tests.universe import Universe


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_the_same_in_every_form_and_describes_its_columns(
    universe: Universe, reader: Client, name: str
) -> None:
    give_numbers(universe)
    as_csv = rows(reader, f"{name}.csv")
    as_json = json.loads(text(reader, f"{name}.json"))
    book = load_workbook(BytesIO(reader.get(f"/lenna/data/{name}.xlsx").getvalue()), read_only=True)
    described = json.loads(text(reader, f"{name}.metadata.json"))
    head, *as_workbook = book[name].iter_rows(values_only=True)

    assert as_csv, f"the universe has no {name}"
    columns = [column["name"] for column in described["tableSchema"]["columns"]]
    assert list(as_csv[0]) == list(as_json["rows"][0]) == list(head) == columns
    assert len(as_csv) == len(as_json["rows"]) == len(as_workbook)
    for one, other, third in zip(as_csv, as_json["rows"], as_workbook, strict=True):
        assert [_told(value) for value in other.values()] == [as_written(value) for value in one.values()]
        cells = [*third, *[None] * (len(columns) - len(third))]
        assert [_told(value) for value in cells] == [_told(value) for value in other.values()]
    assert as_json["header"]["table"] == name
    assert all(column["dc:description"] for column in described["tableSchema"]["columns"])


def _told(value: Any) -> str:
    """A value as CSV has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def test_every_statement_of_every_position_is_a_row(universe: Universe, reader: Client) -> None:
    told = rows(reader, "evidence.csv")
    cited = {(int(row["position_id"]), row["source_key"], row["statement"]) for row in told}

    bears = Evidence.objects.filter(position__issue__process=universe.process)
    assert cited == set(bears.values_list("position", "statement__source__key", "statement__ref"))
    assert {row["stance"] for row in told} == {"supports", "disputes"}


def test_the_matrix_is_that_of_its_page(universe: Universe, reader: Client) -> None:
    matrix = {row["actor_slug"]: row for row in rows(reader, "matrix.csv?summit=weir")}
    standing = rows(reader, "standing.csv?summit=weir")

    assert (matrix["arden"]["flow"], matrix["belmar"]["flow"]) == ("50", "50")
    assert matrix["fishers"]["treaty"] == ""
    for row in standing:
        assert matrix[row["actor_slug"]][row["issue_slug"]] == row["placement"]
    assert {row["state"] for row in standing} >= {"placed", "nothing on record"}
    assert {row["as_of"] for row in standing} == {"weir"}


@pytest.mark.parametrize("slug", ["actor", "actor_slug"])
def test_an_issue_that_is_called_as_a_column_takes_no_name_from_the_matrix(
    universe: Universe, reader: Client, slug: str
) -> None:
    past(Issue.objects.filter(pk=universe.flow.pk)).update(slug=slug)

    (arden,) = [row for row in rows(reader, "matrix.csv?summit=weir") if row["actor_slug"] == "arden"]
    assert (arden["actor"], arden[f"issue:{slug}"]) == (str(universe.arden), "50")
    told = reader.get("/api/v1/processes/lenna/matrix/?summit=weir").json()["results"]
    assert [row[f"issue:{slug}"] for row in told if row["actor"] == str(universe.arden)] == [50]
    described = json.loads(text(reader, "matrix.metadata.json"))["tableSchema"]["columns"]
    assert [column["name"] for column in described[:3]] == ["actor_slug", "actor", f"issue:{slug}"]


def test_a_filter_of_the_changes_narrows_the_file(universe: Universe, reader: Client) -> None:
    kept = rows(reader, "positions.csv?actor=arden&issue=flow")

    assert {(row["actor_slug"], row["issue_slug"]) for row in kept} == {("arden", "flow")}
    assert len(kept) == Position.objects.filter(actor=universe.arden, issue=universe.flow).count()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("positions.csv?actr=arden", "There is no parameter “actr” here"),
        ("positions.csv?page=2", "There is no parameter “page” here"),
        ("positions.csv?actor=nobody", "nobody"),
        ("standing.csv?summit=never", "There is no summit “never”"),
        ("events.csv?known=2020-01-01", "cannot be asked as known"),
        ("events.csv?summit=weir", "There is no parameter “summit” here; there are bom, known"),
        ("sources.json?kind=nonsense", "nonsense"),
        ("positions.csv?known=2999-01-01", "is still to come"),
    ],
)
def test_what_cannot_be_answered_is_an_error_and_no_table(
    universe: Universe, reader: Client, address: str, why: str
) -> None:
    answer = reader.get(f"/lenna/data/{address}")

    assert answer.status_code == (404 if "never" in address else 400)
    assert why in answer.content.decode()


def test_an_unknown_table_or_form_is_not_found(universe: Universe, reader: Client) -> None:
    assert reader.get("/lenna/data/everything.csv").status_code == 404
    assert reader.get("/lenna/data/positions.ods").status_code == 404


def test_a_stranger_gets_what_is_public_and_else_an_error(
    universe: Universe, settings: Any, client: Client
) -> None:
    answer = client.get("/lenna/data/positions.csv")
    assert (answer.status_code, answer["Content-Type"]) == (401, "text/plain; charset=utf-8")

    settings.PUBLIC_READ = True
    assert len(rows(client, "positions.csv")) == Position.objects.count()


def test_a_file_is_named_for_what_it_is(universe: Universe, reader: Client) -> None:
    known = timezone.now()

    def name(address: str) -> str:
        answer = reader.get(f"/lenna/data/{address}")
        answer.getvalue()
        return str(answer["Content-Disposition"]).split('"')[1]

    assert name("events.xlsx") == "lenna-events.xlsx"
    assert name("standing.csv?summit=mill") == "lenna-standing-as-of-mill.csv"
    assert name("positions.csv?summit=mill&actor=arden") == "lenna-positions-at-mill-filtered.csv"
    asked = f"changes.json?known={known:%Y-%m-%dT%H:%M:%S}Z"
    assert name(asked) == f"lenna-changes-known-{known:%Y-%m-%dT%H%M}.json"


def test_a_spreadsheet_may_ask_for_its_mark(universe: Universe, reader: Client) -> None:
    assert not text(reader, "actors.csv").startswith("\ufeff")
    assert text(reader, "actors.csv?bom=1").startswith("\ufeff")


def test_what_a_workbook_cannot_hold_is_replaced_and_counted(universe: Universe, reader: Client) -> None:
    position = universe.at("arden", "flow", "ford")
    correct(position, {"note": "a\x0bb\x1f" + "x" * 40_000}, by=universe.coder, reason="Pasted.")

    content = reader.get("/lenna/data/positions.xlsx?actor=arden&issue=flow&summit=ford").getvalue()
    book = load_workbook(BytesIO(content), read_only=True)
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True) if row and len(row) > 1}

    assert about["characters replaced or cut"] == str(2 + 40_004 - 32_767)


def test_rows_that_a_workbook_cannot_hold_are_counted(
    universe: Universe, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "MOST_ROWS", 2)
    there = len(rows(reader, "actors.csv"))

    book = load_workbook(BytesIO(reader.get("/lenna/data/actors.xlsx").getvalue()), read_only=True)

    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True) if row and len(row) > 1}
    assert len(list(book["actors"].iter_rows())) == 1 + 2
    assert about["rows left out: a sheet holds no more, the CSV file does"] == str(there - 2)


def test_days_are_as_exact_as_they_are_known(universe: Universe, reader: Client) -> None:
    correct(universe.ford, {"starts_on_precision": "month"}, by=universe.coder, reason="As printed.")

    (ford,) = (row for row in rows(reader, "summits.csv") if row["slug"] == "ford")
    assert (ford["date"], ford["first_day"]) == ("2031-03", "2031-03-01")


@pytest.mark.parametrize("name", [name for name in TABLES if TABLES[name].narrowed != Narrowed.BY_CHANGES])
def test_more_rows_take_no_more_queries(
    name: str, reader: Client, django_assert_max_num_queries: Any
) -> None:
    make_crowd(summits=2, actors=3, issues=2, name="few")
    make_crowd(summits=4, actors=30, issues=5, name="many")

    def asked(process: str) -> int:
        forget_all()
        with CaptureQueriesContext(connection) as queries:
            reader.get(f"/{process}/data/{name}.csv").getvalue()
        return len(queries)

    asked("few")
    assert asked("many") <= asked("few") + 1


def test_a_table_of_now_does_not_read_what_was_said(universe: Universe, reader: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        reader.get("/lenna/data/summits.csv").getvalue()

    assert not [one for one in queries if 'FROM "issues_position"' in one["sql"]]
