"""A statement is cited with the archived copy that it was read from, not with whichever is the newest."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from docx import Document

from issues.models import Snapshot, Statement
from issues.tests.acts import add, correct
from issues.tests.universe import Universe

COPY = "https://archive.example.org/as-read"


@pytest.fixture
def read_from_a_copy(universe: Universe) -> Statement:
    """Words at the ford that were read from a copy that is not the newest of its source."""
    statement = universe.statements["arden-1"]
    statement.refresh_from_db()
    copy = Snapshot(source=statement.source, url=COPY)
    add(copy, by=universe.coder, reason="A copy.")
    correct(statement, {"snapshot": copy}, by=universe.coder, reason="Read there.")
    statement.refresh_from_db()
    assert statement.source.archive_url not in ("", COPY)
    return statement


@pytest.mark.parametrize("name", ["statements", "evidence", "positions", "changes"])
def test_files_tell_the_copy_that_words_were_read_from(
    read_from_a_copy: Statement, admin_client: Client, name: str
) -> None:
    answer = admin_client.get(f"/lenna/data/{name}.csv")

    rows = list(csv.DictReader(StringIO(answer.getvalue().decode(), newline="")))
    source = read_from_a_copy.source
    own = [row["archive_url"] for row in rows if row["quote"] == read_from_a_copy.quote]
    others = {row["archive_url"] for row in rows if row["quote"] != read_from_a_copy.quote}
    assert own
    assert set(own) == {COPY}
    assert source.archive_url in others
    assert COPY not in others


def test_a_brief_tells_the_copy_that_words_were_read_from(
    read_from_a_copy: Statement, admin_client: Client
) -> None:
    summit = read_from_a_copy.evidence.filter(position__isnull=False)[0].position.summit
    brief = Document(BytesIO(admin_client.get(f"/lenna/summits/{summit.slug}/brief.docx").getvalue()))
    page = admin_client.get(f"/lenna/summits/{summit.slug}/").content.decode()

    (note,) = [line.text for line in brief.paragraphs if COPY in line.text]
    assert "archived copy: " in note
    assert COPY in page.partition('class="endnotes')[2]
