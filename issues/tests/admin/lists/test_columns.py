"""Lists that answer questions: what rests on a source, what of a meeting is logged, what an issue lacks."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from issues.history import Record, Way, recording
from issues.models import Actor, Issue, Person, Source, Summit
from issues.queries.upkeep.coverage import coverages
from issues.tests.admin.conftest import address
from issues.tests.factories import (
    make_evidence,
    make_issue,
    make_office,
    make_participation,
    make_person,
    make_position,
    make_process,
    make_source,
    make_statement,
    make_summit,
)
from issues.tests.universe import Universe


def row_of(client: Client, record: Record) -> str:
    """What the list says of a record, as read."""
    page = client.get(address(type(record), "changelist"), {"q": getattr(record, "name", "")})
    row = page.content.decode().split(f'value="{record.pk}"')[1].split("</tr>")[0]
    return " ".join(unescape(strip_tags(row.replace("</td>", " | ").replace("</th>", " | "))).split())


def listed(client: Client, model: type[Record], **query: str) -> list[Record]:
    page = client.get(address(model, "changelist"), query)
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


@pytest.fixture
def sources(db: None) -> tuple[Source, Source, Source]:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        used = make_source(key="used", archive_url="https://archive.example/1")
        said, bare = make_source(key="said"), make_source(key="bare")
        make_statement(source=said)
        first, second = make_statement(source=used), make_statement(source=used)
        for statement in (first, first, second):
            make_evidence(statement=statement, position=make_position())
    return used, said, bare


def test_a_source_says_what_rests_on_it_and_whether_a_copy_is_kept(editor: Client, sources) -> None:
    used, said, bare = (row_of(editor, source) for source in sources)
    assert "3 in 2 statements | archived" in used
    assert "0 in 1 statement | missing" in said
    assert "no statement | missing" in bare


def test_sources_are_filtered_by_use_copy_and_kind(editor: Client, sources) -> None:
    used, said, bare = sources
    assert listed(editor, Source, use="some") == [used]
    assert set(listed(editor, Source, use="none")) == {said, bare}
    assert listed(editor, Source, archive_url__isempty="0") == [used]
    assert len(listed(editor, Source, kind__exact=used.kind)) == 3
    assert editor.get(address(Source, "changelist"), {"use": "often"}).status_code == 302


def test_a_meeting_says_how_much_of_it_is_logged(editor: Client, universe: Universe) -> None:
    logged = coverages(Summit.objects.all())
    # Flow: all four. Data: Arden, Belmar and Cadria. Treaty: nobody.
    assert (len(logged[universe.ford.pk].logged), len(logged[universe.ford.pk].expected)) == (7, 12)
    assert "leaders | held | 7 of 12 |" in row_of(editor, universe.ford)
    assert "statement | held | - |" in row_of(editor, universe.aside)
    assert "leaders | planned | - |" in row_of(editor, universe.spring)


def test_summits_are_filtered_by_track_and_by_meetings(editor: Client, universe: Universe) -> None:
    meetings = listed(editor, Summit, occasion="meeting")
    assert len(meetings) == 5
    assert listed(editor, Summit, occasion="other") == [universe.aside]
    assert len(listed(editor, Summit, track__id__exact=str(universe.ford.track_id))) == 5


def test_an_issue_says_what_it_lacks_and_whether_it_is_open(editor: Client, universe: Universe) -> None:
    assert "| 5 | 75 most | open |" in row_of(editor, universe.flow)
    assert "| 3 | missing | open |" in row_of(editor, universe.data)
    assert "| 3 | missing | open until 31 December 2031 |" in row_of(editor, universe.treaty)
    assert "| no scale | - | open |" in row_of(editor, universe.preamble)


def test_issues_are_filtered_by_whether_they_are_open(editor: Client, db: None) -> None:
    today = timezone.now().date()
    with recording(by=None, reason="x", kind=Way.COMMAND):
        process = make_process()
        over = make_issue(process=process, name="Over", closed_on=today - timedelta(days=1))
        last_day = make_issue(process=process, name="Last day", closed_on=today)
        future = make_issue(process=process, name="To come", opened_on=today + timedelta(days=9))
    own = {"process__id__exact": str(process.pk)}
    assert listed(editor, Issue, open="no", **own) == [over]
    assert set(listed(editor, Issue, open="yes", **own)) == {last_day, future}
    assert "closed on" in row_of(editor, over)
    assert "opens on" in row_of(editor, future)


def test_an_actor_says_its_roles_and_a_person_the_offices(editor: Client, universe: Universe) -> None:
    assert "party in Waters of the Lenna" in row_of(editor, universe.arden)
    assert "mediator in Waters of the Lenna" in row_of(editor, universe.commission)
    assert "Minister of Water, Ministry of Water (2030–)" in row_of(editor, universe.minister)
    assert "Мира Сол" in row_of(editor, universe.minister)


def test_the_columns_cost_the_same_however_many_rows(editor: Client, db: None) -> None:
    def make() -> None:
        with recording(by=None, reason="x", kind=Way.COMMAND):
            process, person = make_process(), make_person()
            make_office(person=person)
            position = make_position(issue=make_issue(process=process), summit=make_summit(process=process))
            make_participation(process=process, actor=position.actor)
            make_evidence(position=position)

    def cost(model: type[Record]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address(model, "changelist")).status_code == 200
        return len(captured)

    models = (Source, Summit, Issue, Actor, Person)
    for _ in range(3):
        make()
    [cost(model) for model in models]
    few = {model: cost(model) for model in models}
    for _ in range(12):
        make()
    assert {model: cost(model) for model in models} == few
