"""A form is one change set with its author and reason, or nothing at all."""

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from issues.history import ChangeSet, Way
from issues.models import Evidence, Issue, Position, Process
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.past import past
from issues.user import User


def newest() -> ChangeSet:
    return ChangeSet.objects.order_by("pk").last()


def test_a_change_with_its_inlines_is_one_change_set(editor: Client, world) -> None:
    before = ChangeSet.objects.count()
    response = open_and_save(
        editor,
        address(world.position),
        summary="Less than half.",
        change_reason="Misread the text.",
        **{"evidence-1-statement": world.another.pk},
    )
    assert response.status_code == 302
    assert ChangeSet.objects.count() == before + 1
    made = newest()
    assert (made.user.username, made.reason, made.kind) == ("editor", "Misread the text.", Way.ADMIN)
    row = Position.history.filter(id=world.position.pk).latest("history_id")
    assert (row.change_set, row.summary, row.history_change_reason) == (
        made,
        "Less than half.",
        "Misread the text.",
    )
    assert Evidence.history.filter(change_set=made).count() == 1


def test_a_change_without_a_reason_is_refused(editor: Client, world) -> None:
    response = open_and_save(editor, address(world.position), summary="New.", change_reason="  ")
    assert "change_reason" in errors_of(response)
    assert Position.objects.get().summary == "Half of it."


def test_a_new_record_has_a_reason_without_typing_one(editor: Client, world) -> None:
    page = editor.get(address(Process, "add"))
    response = editor.post(address(Process, "add"), filled(page, name="Seas", slug="seas"))
    assert response.status_code == 302
    assert newest().reason == "Recorded in the admin"
    editor.post(address(Process, "add"), filled(page, name="Air", slug="air", change_reason=""))
    assert newest().reason == "Recorded in the admin"


def test_saving_without_a_change_leaves_no_trace(editor: Client, world) -> None:
    counts = (ChangeSet.objects.count(), Position.history.count(), LogEntry.objects.count())
    response = open_and_save(editor, address(world.position), change_reason="Nothing.")
    assert response.status_code == 302
    assert (ChangeSet.objects.count(), Position.history.count(), LogEntry.objects.count()) == counts
    assert Position.objects.get().version == world.position.version


def test_line_ends_of_a_browser_are_no_change(editor: Client, world) -> None:
    rows = world.actor.history.count()
    open_and_save(editor, address(world.actor), aliases="Руритания\r\nرورىتانيا", change_reason="None.")
    assert world.actor.history.count() == rows


def test_only_the_changed_row_of_an_inline_is_stored(editor: Client, world) -> None:
    response = open_and_save(
        editor, address(world.issue), change_reason="Wording.", **{"options-2-label": "one half"}
    )
    assert response.status_code == 302
    rows = [row.history_type for option in world.issue.options.all() for row in option.history.all()]
    assert rows.count("~") == 1
    assert Issue.history.count() == 1


def test_a_correction_takes_back_the_review(editor: Client, world) -> None:
    reviewer = User.objects.get(username="editor")
    for typed in (
        {"summary": "Other."},
        {"evidence-0-stance": "supports", "evidence-0-statement": "another"},
    ):
        past(Position.objects).update(reviewed_by=reviewer, reviewed_at=timezone.now())
        typed = {k: world.another.pk if v == "another" else v for k, v in typed.items()}
        response = open_and_save(editor, address(world.position), change_reason="Corrected.", **typed)
        assert response.status_code == 302
        assert Position.objects.get().reviewed_by is None


def test_new_evidence_takes_the_review_back(editor: Client, world) -> None:
    past(Position.objects).update(reviewed_by=User.objects.get(username="editor"), reviewed_at=timezone.now())
    open_and_save(
        editor,
        address(world.position),
        change_reason="More.",
        **{"evidence-1-statement": world.another.pk},
    )
    assert world.position.evidence.count() == 2
    assert Position.objects.get().reviewed_by is None


def test_change_sets_cannot_be_made_changed_or_deleted(editor: Client, world) -> None:
    made = newest()
    assert editor.get(address(made)).status_code == 200
    for page in ("add", "change", "delete"):
        target = ChangeSet if page == "add" else made
        assert editor.post(address(target, page), {"reason": "Other", "post": "yes"}).status_code == 403
    made.refresh_from_db()
    assert made.reason == "the world"
