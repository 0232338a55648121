"""The workbook to fill: what is chosen in it comes in as it is."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from issues.importing.mapping import Mapping
from issues.importing.opened import opened, planned
from issues.importing.stored import stored
from issues.tests.acts import correct
from issues.tests.universe import Universe


@pytest.fixture
def book(universe: Universe, admin_client: Client) -> Any:
    # A name that a spreadsheet would take for a formula.
    correct(universe.data, {"name": "=Data, shared"}, by=universe.coder, reason="Renamed.")
    answer = admin_client.get("/lenna/import/positions.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="lenna-positions.xlsx"'
    return load_workbook(BytesIO(answer.content))


def column(sheet: Worksheet, place: int = 1) -> list[Any]:
    return [row[place - 1] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_it_offers_the_names_on_record(universe: Universe, book: Any) -> None:
    assert book.sheetnames == ["positions", "issues", "actors", "summits", "options", "how to"]
    assert "=Data, shared" in column(book["issues"])
    assert book["issues"]["A3"].data_type == "s"
    assert {"Arden", "Belmar"} <= set(column(book["actors"]))
    assert "Weir meeting" in column(book["summits"])
    assert {"half", "monthly"} <= set(column(book["options"], 2))
    offered = {item.formula1 for item in book["positions"].data_validations.dataValidation}
    assert "'actors'!$A$2:$A$" in " ".join(offered)


def test_what_is_filled_in_is_what_would_be_stored(universe: Universe, book: Any) -> None:
    sheet = book["positions"]
    head = [cell.value for cell in sheet[1]]
    filled = {
        "issue": "=Data, shared",
        "actor": "Belmar",
        "summit": "Spring meeting",
        "option": "monthly",
        "quote": "Every month.",
        "source_url": "https://example.org/spring",
        "source_title": "Communiqué",
        "source_publisher": "Belmar",
        "source_date": "2032-03",
        "source_kind": "official",
    }
    for name, value in filled.items():
        cell = sheet.cell(2, head.index(name) + 1, value)
        cell.data_type = "s"
    written = BytesIO()
    book.save(written)

    now = stored(universe.process)
    file = opened(written.getvalue(), Mapping(make={"source": {"kind": "news"}}), now)
    plan = planned(file, now)

    assert [(item.result, item.problems) for item in plan.items] == [("new", ())]
    (item,) = plan.items
    assert item.names == ("Belmar", "=Data, shared", "Spring meeting")
