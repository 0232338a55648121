"""The history of a position tells of its evidence and linked issues too, in one list by time."""

import re
from html import unescape
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from issues.actions.correct import correct
from issues.history import Way, recording
from issues.models import Evidence, Position, PositionLink
from issues.tests.admin.conftest import address, open_and_save
from issues.tests.factories import make_evidence, make_issue, make_position, make_statement


def told(client: Client, position: Position, **query: object) -> list[str]:
    """The lines of the history page, without their times."""
    page = client.get(address(position, "history"), query)
    assert page.status_code == 200
    rows = page.content.decode().split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    return [
        " ".join(unescape(strip_tags(re.sub(r"<th.*?</th>", "", row, flags=re.S))).split()) for row in rows
    ]


def test_what_was_added_removed_and_restated_is_told_in_one_list(
    editor: Client, world: SimpleNamespace
) -> None:
    url, issue = address(world.position), make_in(world)
    link = {"links-TOTAL_FORMS": "1", "links-0-issue": issue.pk}
    open_and_save(editor, url, **{"evidence-1-statement": world.another.pk}, **link, change_reason="Two.")
    rows = {"evidence-0-stance": "disputes", "evidence-1-stance": "supports"}
    open_and_save(editor, url, **rows, summary="All of it.", change_reason="Reread.")
    open_and_save(editor, url, **{"evidence-0-DELETE": "on"}, change_reason="Not at all.")
    first, second = str(world.statement), str(world.another)
    lines = told(editor, world.position)
    assert lines[0] == f"editor Not at all. Evidence removed: {first}, disputes"
    assert sorted(lines[1:3]) == [
        f"editor Reread. Evidence changed: {first}, disputes Stance: supports → disputes",
        "editor Reread. Summary: Half of it. → All of it.",
    ]
    assert sorted(lines[3:5]) == [
        f"editor Two. Evidence added: {second}, supports",
        "editor Two. Linked issue added: Bridges",
    ]
    assert lines[5:] == [
        f"a command the world Evidence added: {first}, supports",
        "a command the world Recorded",
    ]


def make_in(world: SimpleNamespace) -> object:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        return make_issue(process=world.process, name="Bridges")


def test_evidence_that_moves_is_told_on_both_positions(editor: Client, world: SimpleNamespace) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        other = make_position(issue=world.issue, actor=world.other, summit=world.first)
        moving = make_evidence(position=world.position)
        correct(moving, {"position": other}, by=None, reason="Of the other.")
    for position in (world.position, other):
        assert "Position: Ruritania on Borders" in told(editor, position)[0]
    stance = {"stance": "disputes"}
    with recording(by=None, reason="y", kind=Way.COMMAND):
        make_evidence(position=other)
        correct(Evidence.objects.get(pk=moving.pk), stance, by=None, reason="Against.")
    assert "Stance" in told(editor, other)[0]
    assert "Stance" not in " ".join(told(editor, world.position))


def test_each_line_leads_to_its_version(editor: Client, world: SimpleNamespace) -> None:
    page = editor.get(address(world.position, "history")).content.decode()
    links = re.findall(r'<th scope="row"><a href="([^"]+)"', page)
    assert len(links) == 2
    assert "/evidence/" in links[0]
    assert all(editor.get(link).status_code == 200 for link in links)


def test_a_deleted_position_tells_of_its_evidence(editor: Client, world: SimpleNamespace) -> None:
    key = world.position.pk
    with recording(by=None, reason="Twice.", kind=Way.COMMAND):
        Position.objects.get(pk=key).delete()
    lines = told(editor, Position(pk=key))
    assert any("Evidence removed" in line for line in lines)
    assert any(line.endswith("Deleted") for line in lines)


def test_pages_and_queries_do_not_grow_with_the_history(editor: Client, world: SimpleNamespace) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get(address(world.position, "history"))
        return len(captured)

    with recording(by=None, reason="x", kind=Way.COMMAND):
        position = Position.objects.get()
        issues = [make_issue(process=world.process) for _ in range(25)]
        PositionLink(position=position, issue=issues[0]).save()
        position.note = "0"
        position.save()
    cost()
    few = cost()
    assert few <= 24
    with recording(by=None, reason="x", kind=Way.COMMAND):
        for number in range(1, 25):
            make_evidence(position=position, statement=make_statement())
            PositionLink(position=position, issue=issues[number]).save()
            position.note = str(number)
            position.save()
    assert cost() == few
    first, second = told(editor, world.position), told(editor, world.position, p=2)
    assert (len(first), len(second)) == (50, 26)
    assert second[-1] == "a command the world Recorded"
