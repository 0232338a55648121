"""The list of positions: where each lies, what changed, on what evidence, who edited it; and its filters."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from issues.admin.position.list import placed
from issues.history import Way, recording
from issues.models import Participation, Position, Process
from issues.tests.admin.conftest import address, open_and_save
from issues.tests.factories import make_evidence, make_position, make_track
from issues.tests.past import past
from issues.user import User


@pytest.fixture
def story(world: SimpleNamespace) -> SimpleNamespace:
    """The actor moves and draws a red line; the other takes a position without a number, then is silent."""
    with recording(by=None, reason="story", kind=Way.COMMAND):
        past(Participation.objects.filter(actor=world.other)).update(role="mediator")
        world.second.track = make_track(process=world.process, name="Geneva")
        world.second.save()
        world.moved = make_position(
            issue=world.issue,
            actor=world.actor,
            summit=world.second,
            option=world.issue.options.get(value=25),
            red_line="declared",
            accepts_to=40,
            disputed=True,
        )
        make_evidence(position=world.moved)
        make_evidence(position=world.moved)
        make_evidence(position=world.moved, stance="disputes")
        world.words = make_position(issue=world.issue, actor=world.other, summit=world.first)
        world.silent = make_position(
            issue=world.issue, actor=world.other, summit=world.second, state="silent"
        )
    return world


def cells_of(client: Client, position: Position) -> str:
    page = client.get(address(Position, "changelist")).content.decode()
    return page.split(f'value="{position.pk}"')[1].split("</tr>")[0]


def test_a_row_says_where_what_and_on_what(editor: Client, story) -> None:
    row = cells_of(editor, story.moved)
    for words in ("25 little", "moved −25, red line drawn", "declared: accepts … to 40", "2, 1 against"):
        assert words in row
    assert "──●────────" in row
    assert "disputed" in row
    assert "new" in cells_of(editor, story.position)
    assert "text only" in cells_of(editor, story.words)
    assert "silent" in cells_of(editor, story.silent)


def test_a_row_says_who_edited_it_last(editor: Client, story) -> None:
    assert "a command" in cells_of(editor, story.position)
    open_and_save(editor, address(story.position), summary="Other.", change_reason="x")
    assert "editor, " in cells_of(editor, story.position)


def test_a_value_finer_than_its_option_is_told_as_such(story) -> None:
    story.moved.value = 30
    assert "30, near 25 little" in placed(story.moved)
    assert ">───●───────<" in placed(story.moved)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("process={process.pk}", "position moved words silent"),
        ("process={elsewhere}", ""),
        ("issue={issue.pk}&actor={actor.pk}", "position moved"),
        ("summit={second.pk}", "moved silent"),
        ("track={second.track.pk}", "moved silent"),
        ("role=mediator", "words silent"),
        ("role=observer", ""),
        ("placement=unplaced", "words"),
        ("placement=placed", "position moved"),
        ("red_line__exact=declared", "moved"),
        ("evidence=none", "words silent"),
        ("evidence=some", "position moved"),
        ("disputed__exact=1", "moved"),
        ("state__exact=silent", "silent"),
        ("review=open", "moved words silent"),
        ("review=done", "position"),
        ("summit__starts_on__year=1999", ""),
        ("q=руритания", "position moved"),
    ],
)
def test_filters(editor: Client, story, query: str, expected: str) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        story.elsewhere = Process.objects.create(name="Seas", slug="seas").pk
    past(Position.objects.filter(pk=story.position.pk)).update(
        reviewed_by=User.objects.get(username="editor"), reviewed_at=timezone.now()
    )
    found = editor.get(address(Position, "changelist") + "?" + query.format(**vars(story))).context["cl"]
    assert {position.pk for position in found.result_list} == {
        getattr(story, name).pk for name in expected.split()
    }


def test_long_filters_are_offered_within_one_process(editor: Client, story) -> None:
    def offered(query: str = "") -> set[str]:
        page = editor.get(address(Position, "changelist") + query)
        return {spec.title for spec in page.context["cl"].filter_specs}

    long = {"issue", "actor", "summit", "track"}
    assert long <= offered()
    with recording(by=None, reason="x", kind=Way.COMMAND):
        Process.objects.create(name="Seas", slug="seas")
    assert not long & offered()
    assert long <= offered(f"?process={story.process.pk}")


@pytest.mark.parametrize("order", [f"{sign}{column}" for column in (4, 6, 9, 10, 11) for sign in ("", "-")])
def test_columns_can_be_sorted(editor: Client, story, order: str) -> None:
    page = editor.get(address(Position, "changelist") + f"?o={order}")
    assert page.context["cl"].result_count == 4
