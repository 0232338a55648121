"""The brief for Word: the same content as the printed page, its sources numbered."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from issues.history import Way, recording
from issues.tests.acts import correct
from issues.tests.universe import Universe

pytestmark = pytest.mark.sqlite

ADDRESS = "/lenna/summits/weir/brief.docx"


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def opened(address: str = ADDRESS) -> list[str]:
    """The paragraphs of the document."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    return [paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs]


def test_it_says_what_the_page_says(universe: Universe) -> None:
    text = "\n".join(opened())
    for words in (
        "Weir meeting",
        "positions moved",
        "Outcomes, by account",
        "The summit as a whole",
        "Summer flow (contested)",
        "Agreed at 50, according to Arden: Outcome: half.",
        "What changed",
        "Arden on Summer flow: 75 → 50. ",
        "Conditional: ",
        "not at the table: Arden's press office",
        "cells of the watched actors are logged.",
        "Who sat at the table",
        "Arden: Mira Sol",
        "In parallel, not at the table",
        "What happened before it",
        "The bridge is closed",
        "Sources",
    ):
        assert words in text, words


def test_every_number_leads_to_a_source_and_every_source_is_cited(universe: Universe) -> None:
    paragraphs = opened()
    start = paragraphs.index("Sources")
    numbered = [re.match(r"(\d+)\. ", line) for line in paragraphs[start + 1 :]]
    assert [match and int(match[1]) for match in numbered] == list(range(1, len(numbered) + 1))
    cited = {
        int(number)
        for line in paragraphs[:start]
        for found in re.findall(r"\[([\d, ]+)\]$", line)
        for number in found.split(", ")
    }
    assert cited == set(range(1, len(numbered) + 1))


def test_its_changes_are_those_of_the_page(universe: Universe) -> None:
    page = Client().get("/lenna/summits/weir/").context["brief"]
    titles = [f"{heading.title} ({len(heading.changes)})" for heading in page.headings]
    assert [line for line in opened() if line in titles] == titles


def test_an_empty_summit_says_so(universe: Universe) -> None:
    text = "\n".join(opened("/lenna/summits/spring/brief.docx"))
    assert "No outcome has been recorded." in text
    assert "Nothing has been logged at this summit." in text
    assert "Sources" not in text


def test_characters_that_no_document_can_hold_are_replaced(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    words = "Bell \x07, form feed \x0c, نص <b>&amp;</b> 🕊️."
    correct(position, {"summary": words}, by=universe.coder, reason="x")
    text = "\n".join(opened())
    assert "نص <b>&amp;</b> 🕊️" in text
    assert "\x07" not in text


def test_as_known_on_a_date_it_says_so(universe: Universe) -> None:
    position = universe.at("arden", "flow", "weir")
    before = position.history.get().history_date
    with recording(by=None, reason="x", kind=Way.COMMAND):
        correct(position, {"summary": "Later words."}, by=None, reason="x")
    text = "\n".join(opened(f"{ADDRESS}?known={before.isoformat().replace('+', '%2B')}"))
    assert "As our record was known on" in text
    assert "Later words." not in text
    assert "Later words." in "\n".join(opened())
    assert Client().get(f"{ADDRESS}?known=x").status_code == 400
    assert Client().get("/lenna/summits/nowhere/brief.docx").status_code == 404


def test_its_number_of_queries_is_that_of_the_page(universe: Universe) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get(address)
        return len(captured)

    cost(ADDRESS)
    assert cost(ADDRESS) <= cost("/lenna/summits/weir/")


def test_the_file_is_named_after_the_summit(universe: Universe) -> None:
    assert 'filename="lenna-weir.docx"' in Client().get(ADDRESS)["Content-Disposition"]
