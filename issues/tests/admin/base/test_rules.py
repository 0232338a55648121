"""The rules of the actions, on the forms of the admin."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from issues.actions.rules.check import NO_EVIDENCE
from issues.forms.refusals import TAKEN
from issues.history import Recording, Way, recording
from issues.models import Actor, Evidence, Issue, Membership, Option, Participation, Position
from issues.tests.admin.conftest import address, errors_of, filled, open_and_save
from issues.tests.factories import make_actor, make_evidence, make_issue, make_option
from issues.user import User


def writing() -> AbstractContextManager[Recording]:
    """A recording for what a test sets up; a request opens its own."""
    return recording(by=None, reason="test", kind=Way.COMMAND)


def new_position(client: Client, world, **typed: object) -> Any:
    url = address(Position, "add")
    chosen = {"summit": world.second.pk, "actor": world.actor.pk, "issue": world.issue.pk}
    return client.post(url, filled(client.get(url), **(chosen | typed)))


def test_a_position_is_recorded_with_its_evidence(researcher: Client, world) -> None:
    response = new_position(
        researcher,
        world,
        option=world.half.pk,
        **{"evidence-0-statement": world.statement.pk, "links-TOTAL_FORMS": 0},
    )
    assert response.status_code == 302
    made = Position.objects.get(summit=world.second)
    assert (made.option, made.evidence.count()) == (world.half, 1)


def test_a_stated_position_without_evidence_is_refused(researcher: Client, world) -> None:
    assert errors_of(new_position(researcher, world)) == {"evidence": [NO_EVIDENCE]}
    disputing = {"evidence-0-statement": world.statement.pk, "evidence-0-stance": "disputes"}
    assert errors_of(new_position(researcher, world, **disputing)) == {"evidence": [NO_EVIDENCE]}
    assert Position.objects.count() == 1


def test_an_inferred_or_silent_position_needs_none(researcher: Client, world) -> None:
    assert new_position(researcher, world, basis="inferred", note="By its votes.").status_code == 302
    assert (
        new_position(researcher, world, actor=world.other.pk, state="silent", basis="stated").status_code
        == 302
    )


def test_the_last_evidence_cannot_be_removed(researcher: Client, world) -> None:
    response = open_and_save(
        researcher, address(world.position), change_reason="Gone.", **{"evidence-0-DELETE": "on"}
    )
    assert errors_of(response) == {"evidence": [NO_EVIDENCE]}
    assert Evidence.objects.count() == 1


def test_the_last_evidence_may_be_replaced(researcher: Client, world) -> None:
    response = open_and_save(
        researcher,
        address(world.position),
        change_reason="Better source.",
        **{"evidence-0-DELETE": "on", "evidence-1-statement": world.another.pk},
    )
    assert response.status_code == 302
    assert world.position.evidence.get().statement == world.another


def test_the_last_evidence_cannot_turn_or_leave(editor: Client, world) -> None:
    turned = open_and_save(editor, address(world.evidence), change_reason="x", stance="disputes")
    assert "last evidence" in errors_of(turned)["__all__"][0]
    with recording(by=None, reason="test", kind=Way.COMMAND):
        other = make_evidence().position
    moved = open_and_save(editor, address(world.evidence), change_reason="x", position=other.pk)
    assert "last evidence" in errors_of(moved)["__all__"][0]


def test_breaches_stand_on_their_fields(researcher: Client, world) -> None:
    with writing():
        elsewhere, stranger = make_issue(), make_actor()
    response = new_position(
        researcher, world, actor=stranger.pk, **{"evidence-0-statement": world.statement.pk}
    )
    assert errors_of(response)["actor"] == [f"{stranger} does not take part in this process."]
    response = new_position(
        researcher, world, issue=elsewhere.pk, **{"evidence-0-statement": world.statement.pk}
    )
    assert "summit" in errors_of(response)


def test_an_option_of_another_issue_is_refused(researcher: Client, world) -> None:
    with writing():
        foreign = make_issue().options.first()
    assert "option" in errors_of(new_position(researcher, world, option=foreign.pk))


@pytest.mark.parametrize(("kind", "rows", "is_right"), [("preference", 1, False), ("preference", 2, True)])
def test_a_scaled_issue_has_two_options_or_more(
    editor: Client, world, kind: str, rows: int, is_right: bool
) -> None:
    response = new_issue(editor, world, kind=kind, rows=rows)
    assert (response.status_code == 302) is is_right
    if not is_right:
        assert "2 to 13 options" in errors_of(response)["options"][0]


def new_issue(client: Client, world, *, kind: str, rows: int) -> Any:
    url = address(Issue, "add")
    typed: dict[str, Any] = {"options-TOTAL_FORMS": max(rows, 3)}
    for row in range(max(rows, 3)):
        filled_in = row < rows
        typed[f"options-{row}-value"] = row * 5 if filled_in else ""
        typed[f"options-{row}-label"] = f"Step {row}" if filled_in else ""
    fields = {"process": world.process.pk, "name": "Seas", "slug": "seas", "question": "Whose?", "kind": kind}
    return client.post(url, filled(client.get(url), **(fields | typed)))


def test_a_scaled_issue_has_thirteen_options_at_most(editor: Client, world) -> None:
    assert new_issue(editor, world, kind="stage", rows=13).status_code == 302
    Option.objects.all()
    response = new_issue(editor, world, kind="stage", rows=14)
    assert "2 to 13 options" in errors_of(response)["options"][0]


def test_a_text_issue_has_no_options(editor: Client, world) -> None:
    assert errors_of(new_issue(editor, world, kind="text", rows=2))
    assert new_issue(editor, world, kind="text", rows=0).status_code == 302


def test_an_issue_keeps_its_reference_point(editor: Client, world) -> None:
    response = open_and_save(
        editor,
        address(world.issue),
        change_reason="As agreed.",
        reference_point=world.issue.options.get(value=25).pk,
    )
    assert response.status_code == 302
    response = open_and_save(
        editor, address(world.issue), change_reason="Fewer.", **{"options-1-DELETE": "on"}
    )
    assert "reference point" in " ".join(errors_of(response)["options"])


def test_an_option_in_use_cannot_be_removed_from_its_issue(editor: Client, world) -> None:
    response = open_and_save(
        editor, address(world.issue), change_reason="Fewer.", **{"options-2-DELETE": "on"}
    )
    assert response.status_code == 200
    assert Option.objects.filter(pk=world.half.pk).exists()


def test_another_option_can_be_added_up_to_thirteen(editor: Client, world) -> None:
    with writing():
        for value in range(1, 9):
            make_option(issue=world.issue, value=value)
    url = address(Option, "add")
    response = editor.post(url, filled(editor.get(url), issue=world.issue.pk, label="More", value="91"))
    assert "2 to 13 options" in errors_of(response)["__all__"][0]


def test_a_participant_with_positions_stays(editor: Client, world) -> None:
    row = list(world.process.participations.all()).index(
        Participation.objects.get(process=world.process, actor=world.actor)
    )
    response = open_and_save(
        editor,
        address(world.process),
        change_reason="Left.",
        **{f"participations-{row}-DELETE": "on"},
    )
    assert "has positions in this process" in errors_of(response)["participations"][0]
    other = open_and_save(
        editor,
        address(world.process),
        change_reason="Left.",
        **{f"participations-{1 - row}-DELETE": "on"},
    )
    assert other.status_code == 302
    assert Participation.objects.count() == 1


def test_the_same_member_twice_without_a_date_is_refused(editor: Client, world) -> None:
    with writing():
        coalition = make_actor(kind="coalition")
    rows = {f"memberships-{row}-member": world.actor.pk for row in (0, 1)}
    rows |= {f"memberships-{row}-{end}_precision": "day" for row in (0, 1) for end in ("since", "until")}
    typed = {"memberships-TOTAL_FORMS": 2, **rows, "change_reason": "Joined."}
    response = open_and_save(editor, address(coalition), **typed)
    assert "the same" in errors_of(response)["memberships"][0]
    assert not Membership.objects.exists()


def test_a_state_has_no_members(editor: Client, world) -> None:
    typed = {"memberships-TOTAL_FORMS": 1, "memberships-0-member": world.other.pk, "change_reason": "x"}
    assert errors_of(open_and_save(editor, address(world.actor), **typed))
    assert not Membership.objects.exists()


def test_what_the_database_alone_refuses_is_said_and_nothing_typed_is_lost(
    editor: Client, world, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Actor, *args: object, **kwargs: object) -> None:
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(Actor, "save", refuse)
    response = open_and_save(editor, address(world.actor), name="Elbonia", change_reason="Renamed.")
    assert errors_of(response)["__all__"] == [TAKEN]
    assert response.context["adminform"].form["name"].value() == "Elbonia"
    assert User.objects.count() == 1
