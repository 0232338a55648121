"""A statement known to the month, in the month of a meeting: on no page, in no file is it told as a move."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.test import Client
from docx import Document

from issues.history import Way, recording
from issues.models import Process
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_party,
    make_position,
    make_process,
    make_summit,
)
from issues.tests.views.page import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public(settings: object) -> None:
    settings.PUBLIC_READ = True  # type: ignore[attr-defined]


@pytest.fixture
def talks() -> Process:
    """Two parties: at the spring meeting 25 and 100, on 10 July 50, and 75 some day of July."""
    with recording(by=None, reason="test", kind=Way.COMMAND):
        process = make_process(name="Talks", slug="talks", visibility="public")
        issue = make_issue(process=process, name="Links", slug="links")
        ours, theirs = (make_party(process, name=name, slug=name.lower()) for name in ("Ours", "Theirs"))
        spring, meeting, article = (
            make_summit(process=process, name=name, slug=name.lower(), starts_on=day, **fields)
            for name, day, fields in (
                ("Spring", date(2023, 4, 1), {}),
                ("Meeting", date(2023, 7, 10), {}),
                ("Article", date(2023, 7, 1), {"starts_on_precision": "month", "kind": "statement"}),
            )
        )
        for actor, summit, value in (
            (ours, spring, 25.0),
            (theirs, spring, 100.0),
            (ours, meeting, 50.0),
            (ours, article, 75.0),
        ):
            make_evidence(position=make_position(issue=issue, actor=actor, summit=summit, value=value))
    return process


def text(address: str) -> str:
    return page_of(Client().get(address)).one("main").text


def test_the_page_of_the_meeting_counts_no_move_and_gives_no_direction(talks: Process) -> None:
    page = text("/talks/summits/meeting/")

    assert "no position is known to have moved on the scale; of 1 it is not known what it came after." in page
    assert "Order uncertain 1" in page
    assert "25 and 50" in page
    for asserted in ("25 → 50", "Softened", "Hardened", "Moved", "+25"):
        assert asserted not in page


@pytest.mark.parametrize(
    "address",
    [
        "/talks/summits/article/",
        "/talks/?summit=article",
        "/talks/?summit=article&against=meeting",
        "/talks/?summit=meeting&against=article",
        "/talks/issues/links/",
        "/talks/changes/",
    ],
)
def test_no_page_asserts_which_came_first(talks: Process, address: str) -> None:
    page = text(address)

    assert "Order uncertain" in page
    for asserted in ("50 → 75", "25 → 50", "Softened", "Hardened"):
        assert asserted not in page


def test_a_comparison_says_that_it_is_not_known_what_came_first(talks: Process) -> None:
    page = text("/talks/?summit=article&against=meeting")

    assert "nothing is known to differ but the words; of 1 position it is not known what came first." in page


def test_the_files_assert_it_neither(talks: Process) -> None:
    lines = Client().get("/talks/changes.csv").getvalue().decode("utf-8-sig")
    rows = [row for row in csv.DictReader(StringIO(lines)) if row["actor"] == "Ours"]
    feed = Client().get("/talks/changes.atom").content.decode()
    word = Document(BytesIO(Client().get("/talks/summits/meeting/brief.docx").content))

    told = {row["summit"]: (row["date"], row["order_known"], row["direction"], row["delta"]) for row in rows}
    assert told == {
        "Spring": ("2023-04-01", "yes", "", ""),
        "Meeting": ("2023-07-10", "no", "", ""),
        "Article": ("2023-07", "no", "", ""),
    }
    assert "July 2023: 50 and 75, order uncertain" in feed
    for asserted in ("50 → 75", "25 → 50", "softened", "hardened"):
        assert asserted not in feed
        assert asserted not in "\n".join(paragraph.text for paragraph in word.paragraphs).lower()


def test_the_article_stands_after_the_meeting_of_its_month(talks: Process) -> None:
    assert "75 on the scale" in text("/talks/?summit=article")
    assert "50 on the scale" in text("/talks/?summit=meeting")


def test_the_feed_counts_no_move_of_them_and_finds_them_by_what_they_are(talks: Process) -> None:
    assert "No change matches" in text("/talks/changes/?kind=moved")
    assert "2 changes: 2 order uncertain." in text("/talks/changes/?kind=uncertain")
    assert "4 changes: 2 new, 2 order uncertain." in text("/talks/changes/")
