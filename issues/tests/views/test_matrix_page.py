"""The matrix: the sentence, the cells, the words behind them, another summit, changes only."""

import pytest
from django.test import Client

from issues.models import Position
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.universe_said import ARABIC, EMOJI, HEBREW
from issues.tests.views.page import Node, matrix_cell, page_of


def matrix(reader: Client, query: str = "") -> Node:
    """The matrix page."""
    response = reader.get(f"/lenna/{query}")
    assert response.status_code == 200
    return page_of(response)


@pytest.mark.parametrize(
    ("summit", "sentence"),
    [
        (
            "ford",
            "At Ford meeting, none of 7 positions moved on the scale; Cadria drew a red line on Summer flow.",
        ),
        (
            "mill",
            "On Data sharing Arden and Cadria end 90 points apart; before 90. At Mill meeting, 2 of 9 "
            "positions moved on the scale (Arden and Cadria).",
        ),
        (
            "weir",
            "On Summer flow Arden, Belmar and Cadria end 33.33 points apart on average; before 50. "
            "At Weir meeting and in parallel to it, 2 of 10 positions moved on the scale (Arden and Belmar); "
            "the coder derived a red line of Cadria on Data sharing; Arden drew a red line on Data "
            "sharing from words said away from the table.",
        ),
        ("spring", "Nothing has been logged at Spring meeting yet."),
    ],
)
def test_the_headline_is_a_sentence(universe: Universe, reader: Client, summit: str, sentence: str) -> None:
    assert matrix(reader, f"?summit={summit}").all("p", css="lede")[0].text == sentence


def test_without_a_summit_it_is_as_of_the_last_that_was_held(universe: Universe, reader: Client) -> None:
    page = matrix(reader)

    assert page.one("p", css="as-of-line").text.startswith("Positions as of Delta meeting")
    assert page.all("title")[0].text == "Waters of the Lenna as of Delta meeting · Redlines"


def test_actors_are_rows_and_issues_are_columns_with_the_ends_of_their_scales(
    universe: Universe, reader: Client
) -> None:
    table = matrix(reader, "?summit=weir").one("table")
    heads = [head.text for head in table.all("th", scope="col")]
    groups = [head.text for head in table.all("th", scope="rowgroup")]
    rows = [head.one("bdi").text for head in table.all("th", scope="row")]

    assert heads[1] == "Summer flow 0 none100 all"
    assert len(heads) == 5
    assert groups == ["Parties", "Mediators and others"]
    assert rows == ["Arden", "Belmar", "Cadria", "Commission", "Delta Fishers"]
    assert table.one("caption").text


def test_a_cell_says_where_the_actor_stands_and_stood_and_what_changed(
    universe: Universe, reader: Client
) -> None:
    cell = matrix_cell(matrix(reader, "?summit=weir"), "Arden", "Summer flow")

    assert "50 on the scale of 0 to 100, was 75." in cell.text
    assert "Softened, −25" in cell.one("p", css="marks").text
    assert cell.one("p", css="says").text == "No more than was said inside."
    assert cell.one("p", css="age").text == "50 from Weir meeting"


def test_the_words_and_their_source_are_in_the_cell(universe: Universe, reader: Client) -> None:
    cell = matrix_cell(matrix(reader, "?summit=ford"), "Arden", "Summer flow")
    (statement,) = cell.all("div", css="statement")
    record, first = universe.sources["record"], universe.statements["arden-1"]

    assert statement.one("blockquote").text == "“Most of the summer flow stays behind the dam.”"
    assert f"/lenna/sources/{record.pk}/#statement-{first.pk}" in statement.links
    assert "Mira Sol (Ministry of Water), 10 March 2031" in statement.one("cite").text
    assert "Lenna Commission, December 2031" in statement.one("cite").text
    assert "p. 3" in statement.one("cite").text


def test_the_words_said_elsewhere_lead_to_their_own_occasion(universe: Universe, reader: Client) -> None:
    cell = matrix_cell(matrix(reader, "?summit=weir"), "Arden", "Summer flow")

    assert [link.text for link in cell.all("a") if "/summits/" in link.attrs["href"]] == [
        "Arden's press office",
        "Weir meeting",
    ]


def test_red_lines_are_told_in_words_with_their_limits(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=weir")
    flow = matrix_cell(page, "Cadria", "Summer flow").text
    data = matrix_cell(page, "Cadria", "Data sharing").text
    arden = matrix_cell(page, "Arden", "Data sharing").text

    assert "Red line tightened" in flow
    assert "Red line: refuses anything above 25." in flow
    assert "Red line derived" in data
    assert "Red line (derived): refuses anything below 50." in data
    assert "Red line: limits not stated." in arden


def test_what_is_carried_says_since_when(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=delta")

    assert "since 10 June 2031" in matrix_cell(page, "Belmar", "Data sharing").text
    assert "Red line (derived) since 10 September 2031" in matrix_cell(page, "Cadria", "Data sharing").text


def test_silence_withdrawal_and_nothing_look_different(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=delta")

    silent = matrix_cell(page, "Arden", "Summer flow")
    assert "Silent" in silent.one("p", css="marks").text
    assert "Watched, and said nothing on this issue." in silent.text
    assert "Withdrawn" in matrix_cell(page, "Belmar", "Summer flow").text
    assert "was 50" in matrix_cell(page, "Belmar", "Summer flow").text
    assert matrix_cell(page, "Delta Fishers", "Summer flow").text == "Summer flow Not stated"
    assert "Not placed" in matrix_cell(page, "Commission", "Summer flow").text


def test_a_position_under_dispute_shows_both_sides_the_supporting_first(
    universe: Universe, reader: Client
) -> None:
    cell = matrix_cell(matrix(reader, "?summit=weir"), "Belmar", "Summer flow")
    supports, disputes = cell.all("div", css="statement")

    assert "Disputed" in cell.one("p", css="marks").text
    assert "Half is no tragedy." in supports.text
    assert "Disputes this" in disputes.text
    assert "Belmar never said half." in disputes.text


def test_right_to_left_words_carry_their_language_and_direction(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=weir")
    arabic = matrix_cell(page, "Cadria", "Preamble").one("blockquote")
    hebrew = matrix_cell(page, "Cadria", "Summer flow").all("p", css="original")[0].one("span")

    assert (arabic.text, arabic.attrs["lang"], arabic.attrs["dir"]) == (f"“{ARABIC}”", "ar", "auto")
    assert (hebrew.text, hebrew.attrs["lang"], hebrew.attrs["dir"]) == (f"“{HEBREW}”", "he", "auto")
    assert "No water for one without the other." in matrix_cell(page, "Cadria", "Preamble").text


def test_an_emoji_is_shown_as_written(universe: Universe, reader: Client) -> None:
    assert EMOJI in matrix_cell(matrix(reader, "?summit=weir"), "Delta Fishers", "Preamble").text


def test_changes_only_leaves_the_others_out_and_offers_everything(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=delta&changed=1")
    rows = [head.one("bdi").text for head in page.one("table").all("th", scope="row")]

    assert rows == ["Arden", "Belmar", "Cadria"]
    assert "?summit=delta" in page.one("p", css="as-of-line").links
    assert "dimmed" in matrix_cell(page, "Arden", "Treaty text").attrs["class"]


def test_no_change_at_all_is_said(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=spring&changed=1")

    assert page.all("table") == []
    assert "Nothing changed here." in page.one("main").text


def test_a_comparison_tells_both_sides(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=delta&against=ford")

    assert "compared with Ford meeting" in page.one("p", css="as-of-line").text
    assert "Moved −25" in matrix_cell(page, "Arden", "Summer flow").text
    assert "No longer placed" in matrix_cell(page, "Belmar", "Summer flow").text
    assert "Withdrawal" in matrix_cell(page, "Belmar", "Summer flow").text
    assert "Red line differs" in matrix_cell(page, "Cadria", "Summer flow").text
    assert "Placed since" in matrix_cell(page, "Commission", "Data sharing").text


def test_what_did_not_differ_is_said_too(universe: Universe, reader: Client) -> None:
    carried = matrix_cell(matrix(reader, "?summit=delta&against=weir"), "Belmar", "Data sharing")
    restated = matrix_cell(matrix(reader, "?summit=mill&against=ford"), "Belmar", "Summer flow")

    assert "As at Weir meeting" in carried.text
    assert "Restated since" in restated.text


def test_a_withdrawal_from_the_end_of_the_scale_shows_where_it_was(
    universe: Universe, reader: Client
) -> None:
    last = universe.at("cadria", "flow", "delta")
    past(Position.objects.filter(pk=last.pk)).update(state="withdrawn", option=None, red_line="not_addressed")

    cell = matrix_cell(matrix(reader, "?summit=spring&against=weir"), "Cadria", "Summer flow")

    assert "Not placed, was 0." in cell.text


def test_the_changes_below_are_told_red_lines_first_with_the_actors_words(
    universe: Universe, reader: Client
) -> None:
    told = matrix(reader, "?summit=weir").one("ol", css="changes").all("li")

    marks = [item.all("p", css="marks")[0].text for item in told]
    assert [mark.startswith("▌Red line") for mark in marks] == [True] * 3 + [False] * 5
    belmar = next(item for item in told if "Belmar on Summer flow" in item.text)
    assert "25 → 50" in belmar.text
    assert belmar.all("blockquote")[0].text == "“Half is no tragedy.”"


def test_sources_are_numbered_for_paper(universe: Universe, reader: Client) -> None:
    notes = matrix(reader, "?summit=weir").one("section", css="endnotes")

    assert [item.text.split(",")[0] for item in notes.all("li")].count("Gazette") == 1


def test_the_rail_leads_to_each_meeting_and_keeps_the_question(universe: Universe, reader: Client) -> None:
    rail = matrix(reader, "?summit=weir&changed=1").one("nav", css="rail")

    assert [link.attrs["aria-label"] for link in rail.all("a")] == [
        "As of Ford meeting",
        "As of Mill meeting",
        "As of Weir meeting",
        "As of Delta meeting",
        "As of Spring meeting",
    ]
    assert "?summit=ford&changed=1" in rail.links


def test_it_is_stepped_through_occasion_by_occasion(universe: Universe, reader: Client) -> None:
    page = matrix(reader, "?summit=weir")

    assert page.one("a", rel="prev").attrs["href"] == "?summit=mill"
    assert page.one("a", rel="next").attrs["href"] == "?summit=aside"


def test_a_comparison_says_in_its_sentence_what_differs(universe: Universe, reader: Client) -> None:
    page = page_of(reader.get("/lenna/?summit=weir&against=ford"))
    lede = page.all("p", css="lede")[0].text
    assert lede.startswith("Between Ford meeting and Weir meeting, ")
    assert "farthest Arden on Summer flow (75 → 50)" in lede or "farthest" in lede
    same = page_of(reader.get("/lenna/?summit=ford&against=ford"))
    assert "nothing but the words differs" in same.all("p", css="lede")[0].text
