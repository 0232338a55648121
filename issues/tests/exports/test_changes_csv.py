"""The change feed as CSV: what the page shows, whole, and safe in a spreadsheet."""

import csv
from io import StringIO

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from issues.exports.files import BOM, safe
from issues.tests.acts import correct
from issues.tests.crowd import make_crowd
from issues.tests.universe import Universe
from issues.tests.universe_said import ARABIC, LONG

pytestmark = pytest.mark.django_db

# What names a row in addresses and for tools; the numbers are of the installation.
IDS = ("position_id", "summit_slug", "actor_slug", "issue_slug", "first_day")


@pytest.fixture(autouse=True)
def public(settings: object) -> None:
    settings.PUBLIC_READ = True  # type: ignore[attr-defined]


def rows(query: str = "", process: str = "lenna") -> list[dict[str, str]]:
    response = Client().get(f"/{process}/changes.csv{query}")
    assert response.status_code == 200
    assert response.streaming
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith(BOM)
    return list(csv.DictReader(StringIO(text.removeprefix(BOM), newline="")))


def test_a_row_tells_the_change_its_coding_and_its_words(universe: Universe) -> None:
    (row,) = rows("?kind=moved&actor=arden&issue=flow")
    assert {name: value for name, value in row.items() if value and name not in IDS} == {
        "date": "2031-09-10",
        "date_precision": "day",
        "summit": "Weir meeting",
        "at_table": "yes",
        "actor": "Arden",
        "issue": "Summer flow",
        "kind": "moved",
        "placement_before": "75",
        "placement": "50",
        "delta": "-25",
        "direction": "softened",
        "order_known": "yes",
        "distance_before": "62.5",
        "distance": "37.5",
        "measured_against": "Belmar 25; Cadria 0",
        "agreed_jointly": "no",
        "gap_before": "50",
        "gap": "33.3333",
        "red_line_change": "not_addressed",
        "red_line": "not_addressed",
        "option": "half",
        "summary": "Half may stay.",
        "condition": "if the data are shared",
        "basis": "stated",
        "confidence": "moderate",
        "disputed": "no",
        "reviewed": "no",
        "corrected": "no",
        "statements": "1",
        "quote": "Half, if the data are shared.",
        "language": "en",
        "publisher": "Lenna Commission",
        "source": "Record of the meetings",
        "source_date": "2031-12",
        "source_url": "https://commission.example/record",
        "archive_url": "https://archive.example/record",
        "sentence": "Arden on Summer flow at Weir meeting, 10 September 2031: 75 → 50, softened, 62.5 → 37.5 "
        "points from 12.5, the median of where the other parties stood before (Belmar 25 and Cadria 0).",
    }


def test_every_script_and_length_survives(universe: Universe) -> None:
    quotes = {row["quote"] for row in rows("?issue=preamble")}
    assert {ARABIC, LONG} <= quotes


def test_it_has_every_change_of_the_filter_and_not_only_a_page() -> None:
    make_crowd(summits=30, actors=5)
    assert len(rows(process="crowd")) == 300
    assert len(rows("?page=2&actor=crowd-003", process="crowd")) == 60


def test_a_text_like_a_formula_is_defused_and_a_number_is_not(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    correct(position, {"summary": '=HYPERLINK("x")'}, by=universe.coder, reason="Test.")
    (row,) = rows("?kind=moved&actor=arden&issue=flow")
    assert (row["summary"], row["delta"]) == ('\'=HYPERLINK("x")', "-25")


@given(st.text())
def test_no_text_is_left_that_starts_a_formula(text: str) -> None:
    made = str(safe(text))
    assert not made.startswith(("=", "@", "\t", "\r"))
    assert not (made.startswith(("+", "-")) and set("(|![") & set(made))
    assert made in (text, f"'{text}")


@pytest.mark.parametrize(("value", "cell"), [(-12.5, -12.5), (25.0, 25), (None, ""), (True, "yes"), (3, 3)])
def test_numbers_are_untouched(value: object, cell: object) -> None:
    assert safe(value) == cell


def test_a_bad_filter_gives_no_file(universe: Universe) -> None:
    response = Client().get("/lenna/changes.csv?kind=jumped")
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
