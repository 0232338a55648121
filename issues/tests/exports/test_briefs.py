"""Briefs of a span of summits, an issue and an actor; how every brief writes what runs to the left."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from lxml import etree

from issues.management.bench.timing import forget_all
from issues.models import Actor, Issue, Outcome, Process, Source, Statement, Summit
from issues.tests.past import past
from issues.tests.universe import Universe
from issues.tests.views.page import page_of

pytestmark = pytest.mark.sqlite

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPAN = "/lenna/summits/brief.docx?from=mill&to=weir"
ISSUE = "/lenna/issues/flow/brief.docx?summit=weir"
ACTOR = "/lenna/actors/arden/brief.docx?summit=weir"
SUMMIT = "/lenna/summits/weir/brief.docx"
BRIEFS = (SUMMIT, SPAN, ISSUE, ACTOR)
LEFTWARDS = "نهر أردن"


@pytest.fixture(autouse=True)
def public(settings: Any) -> None:
    settings.PUBLIC_READ = True


def body(address: str) -> Any:
    """The body of the document at an address."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return etree.fromstring(ZipFile(BytesIO(answer.content)).read("word/document.xml"))


def paragraphs(address: str) -> list[str]:
    """The paragraphs of a document, those in tables among them."""
    return ["".join(part.itertext(f"{W}t")) for part in body(address).iter(f"{W}p")]


def runs(paragraph: Any) -> list[tuple[str, bool]]:
    """The runs of a paragraph, each with whether it runs to the left."""
    return [
        ("".join(run.itertext(f"{W}t")), run.find(f"{W}rPr/{W}rtl") is not None)
        for run in paragraph.iter(f"{W}r")
    ]


def test_a_span_tells_what_changed_from_a_summit_to_another(universe: Universe) -> None:
    told = paragraphs(SPAN)
    text = "\n".join(told)

    assert (
        told[0] == "Waters of the Lenna, from Mill meeting, 10 June 2031 to Weir meeting, 10 September 2031"
    )
    assert re.search(r"\n\d+ of \d+ positions moved on the scale\.\n", text)
    assert told.index("Mill meeting, 10 June 2031") < told.index("Weir meeting, 10 September 2031")
    assert "Arden on Summer flow: 75 → 50. " in text
    assert "Agreed at 50, according to Arden: Outcome: half." in text
    assert "How far apart the parties were before it and are at its end" in text
    assert "Ford meeting" not in "\n".join(line for line in told if line.startswith("Ford"))
    assert "Delta meeting" not in told
    assert "Sources" in told


def test_the_distances_of_a_span_are_those_of_the_pages(universe: Universe) -> None:
    before = Client().get("/lenna/issues/flow/?summit=ford").context["timeline"].distance.value
    after = Client().get("/lenna/issues/flow/?summit=weir").context["timeline"].distance.value

    assert f"Summer flow: {before:.4g} → {after:.4g} points, 3 parties" in paragraphs(SPAN)


def test_a_span_is_of_the_whole_without_ends_and_refuses_what_is_none(universe: Universe) -> None:
    whole = paragraphs("/lenna/summits/brief.docx")[0]
    assert whole.startswith("Waters of the Lenna, from Ford meeting")
    for query, status, words in (
        ("from=weir&to=mill", 400, "“Mill meeting” lies before “Weir meeting”."),
        ("from=nowhere", 404, "There is no summit “nowhere” in this process."),
        ("fro=weir", 400, "There is no parameter “fro” here"),
    ):
        answer = Client().get(f"/lenna/summits/brief.docx?{query}")
        assert answer.status_code == status, query
        assert words in page_of(answer).text
    past(Summit.objects).update(status="planned")
    assert Client().get("/lenna/summits/brief.docx").status_code == 404


def test_the_events_of_a_span_are_those_that_may_have_happened_in_it(universe: Universe) -> None:
    assert any("The bridge is closed" in line for line in paragraphs(SPAN))
    assert not any("The bridge is closed" in line for line in paragraphs(SPAN.replace("weir", "mill")))


def test_an_issue_tells_who_stands_where_and_everything_said(universe: Universe) -> None:
    told = paragraphs(ISSUE)
    page = Client().get("/lenna/issues/flow/?summit=weir").context

    assert told[0] == "Summer flow"
    assert "As of Weir meeting, 10 September 2031." in told
    assert f"{page['timeline'].distance.value:.4g} points apart" in "\n".join(told)
    assert "Zone of possible agreement: 0 to 25." in told
    for line in page["timeline"].lines:
        place = told.index(str(line.actor))
        assert told[place + 1] == (f"{line.now:.4g}" if line.now is not None else "in words")
    assert len([line for line in told if re.match(r"(Arden|Belmar|Cadria|Commission)[:.]", line)]) == len(
        page["said"]
    )
    assert "Sources" in told


def test_an_actor_tells_where_it_stands_and_everything_that_it_said(universe: Universe) -> None:
    told = paragraphs(ACTOR)

    assert told[0] == "Republic of Arden"
    assert told[told.index("Summer flow") + 1] == "50"
    assert told[told.index("Preamble") + 1] == "not stated"
    assert any(line.startswith("Ford meeting, 10 March 2031: 75") for line in told)
    assert "Delta meeting" not in "\n".join(told)
    assert any("Mira Sol" in line for line in told)


@pytest.mark.parametrize("address", BRIEFS)
def test_every_number_leads_to_a_source_and_every_source_is_cited(universe: Universe, address: str) -> None:
    told = paragraphs(address)
    start = told.index("Sources")
    numbered = [int(line.split(". ")[0]) for line in told[start + 1 :]]
    cited = {
        int(number)
        for line in told[:start]
        for found in re.findall(r" \[([\d, ]+)\]$", line)
        for number in found.split(", ")
    }

    assert numbered == list(range(1, len(numbered) + 1))
    assert cited == set(numbered)


@pytest.mark.parametrize("address", BRIEFS)
def test_archived_copies_stand_in_the_notes(universe: Universe, address: str) -> None:
    past(Source.objects).update(archive_url="https://archive.example/copy")

    told = paragraphs(address)

    notes = told[told.index("Sources") + 1 :]
    assert notes
    assert all(line.endswith(", archived copy: https://archive.example/copy") for line in notes)


def test_archived_copies_stand_in_the_notes_of_a_printed_page(universe: Universe) -> None:
    past(Source.objects).update(archive_url="https://archive.example/copy")

    notes = page_of(Client().get("/lenna/summits/weir/")).one("section", css="endnotes")

    assert notes.all("li")
    for note in notes.all("li"):
        assert note.text.endswith(", archived copy: https://archive.example/copy")


@pytest.mark.parametrize("address", BRIEFS)
def test_a_quotation_with_its_own_marks_gets_no_others(universe: Universe, address: str) -> None:
    past(Statement.objects).update(quote="«نصف النهر»", language="ar")
    past(Source.objects).update(title="„Der Fluss“")

    told = "\n".join(paragraphs(address))

    assert "\n«نصف النهر»\n" in told
    assert "“«" not in told
    assert ", „Der Fluss“, " in told


def test_pages_do_not_double_the_marks_either(universe: Universe) -> None:
    past(Statement.objects).update(quote="«نصف النهر»", original_quote="„Die Hälfte“")

    page = page_of(Client().get("/lenna/summits/weir/"))

    assert {node.text for node in page.all("blockquote")} == {"«نصف النهر»"}
    assert "In the original: „Die Hälfte“" in page.text
    assert page.all("q") == []


@pytest.mark.parametrize("address", BRIEFS)
def test_words_that_run_to_the_left_are_paragraphs_that_do(universe: Universe, address: str) -> None:
    past(Statement.objects).update(quote=f"{LEFTWARDS} 2031 (Lenna)", language="ar")

    quotes = [part for part in body(address).iter(f"{W}p") if "Lenna)" in "".join(part.itertext(f"{W}t"))]

    assert quotes
    for part in quotes:
        assert part.find(f"{W}pPr/{W}bidi") is not None
        assert runs(part) == [(f"“{LEFTWARDS} 2031 (", True), ("Lenna", False), (")”", True)]
        assert part.find(f"{W}r/{W}rPr/{W}lang").get(f"{W}bidi") == "ar"


@pytest.mark.parametrize("address", BRIEFS)
def test_a_date_beside_names_that_run_to_the_left_does_not_jump(universe: Universe, address: str) -> None:
    """Each name is a run of its own between isolates, and no digit of ours is in such a run."""
    for model in (Actor, Issue, Summit, Process):
        past(model.objects).update(name=LEFTWARDS)
    past(Actor.objects).update(short_name="")
    past(Source.objects).update(publisher=LEFTWARDS, title=LEFTWARDS)
    past(Outcome.objects).update(text=LEFTWARDS)

    found = 0
    for part in body(address).iter(f"{W}p"):
        pieces = runs(part)
        text = "".join(piece for piece, _ in pieces)
        if part.find(f"{W}pPr/{W}bidi") is not None or LEFTWARDS not in text:
            continue
        found += 1
        for piece, leftwards in pieces:
            assert leftwards == (LEFTWARDS in piece), text
            assert not leftwards or re.fullmatch(f"\u2068“?{LEFTWARDS}”?\u2069", piece), text
        assert text.count("\u2068") == text.count("\u2069") == text.count(LEFTWARDS)
    assert found > 3
    title = next(body(address).iter(f"{W}p"))
    assert title.find(f"{W}pPr/{W}bidi") is not None or "\u2068" in "".join(title.itertext())


def test_what_is_put_into_runs_and_paragraphs_is_in_the_order_of_the_schema(universe: Universe) -> None:
    past(Statement.objects).update(quote=LEFTWARDS, language="ar", original_quote=LEFTWARDS)
    past(Actor.objects).update(name=LEFTWARDS, short_name="")
    order = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "highlight", "rtl", "lang"]

    for properties in body(SUMMIT).iter(f"{W}rPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=order.index)
    for properties in body(SUMMIT).iter(f"{W}pPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=["pStyle", "bidi", "spacing", "jc"].index)


def test_a_table_repeats_its_head_on_every_page(universe: Universe) -> None:
    for address in (ISSUE, ACTOR):
        (table,) = Document(BytesIO(Client().get(address).content)).tables
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None


@pytest.mark.parametrize("address", BRIEFS)
def test_as_known_on_a_date_it_says_so(universe: Universe, address: str) -> None:
    known = universe.at("cadria", "flow", "weir").history.get().history_date
    mark = "&" if "?" in address else "?"

    told = paragraphs(f"{address}{mark}known={known.isoformat().replace('+', '%2B')}")

    assert any(line.startswith("As our record was known on") for line in told)


def test_a_brief_asks_no_more_for_more_summits(universe: Universe) -> None:
    def cost(address: str) -> int:
        forget_all()
        with CaptureQueriesContext(connection) as captured:
            Client().get(address)
        return len(captured)

    cost(SPAN)
    assert cost("/lenna/summits/brief.docx?to=delta") <= cost(SPAN) <= 25
    assert cost(ISSUE) <= cost("/lenna/issues/flow/?summit=weir")


def test_pages_lead_to_their_briefs(universe: Universe) -> None:
    for page, brief in (
        ("/lenna/issues/flow/?summit=weir", ISSUE),
        ("/lenna/actors/arden/?summit=weir", ACTOR),
        ("/lenna/summits/weir/", SUMMIT),
    ):
        assert brief in page_of(Client().get(page)).links
    for page in ("/lenna/summits/", "/lenna/changes/?from_summit=mill"):
        forms = page_of(Client().get(page)).all("form", action="/lenna/summits/brief.docx")
        assert len(forms) == 1, page


def test_each_file_is_named_after_what_it_tells(universe: Universe) -> None:
    for address, name in (
        (SPAN, "lenna-mill-weir.docx"),
        (ISSUE, "lenna-flow.docx"),
        (ACTOR, "lenna-arden.docx"),
    ):
        assert f'filename="{name}"' in Client().get(address)["Content-Disposition"]
