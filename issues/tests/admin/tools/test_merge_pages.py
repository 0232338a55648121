"""“Merge into one…”: a preview of all that moves, a choice where two clash, a reason, and the right to it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from issues.history import ChangeSet, Way, recording
from issues.models import Actor, Position, Source
from issues.tests.admin.conftest import ROLES, address, client_of, someone
from issues.tests.factories import (
    make_actor,
    make_evidence,
    make_participation,
    make_person,
    make_position,
    make_source,
    make_statement,
)


def asked(client: Client, *records: Any, **typed: Any) -> Any:
    """Choose these records in their list and ask to merge them."""
    chosen = {"action": "merge_selected", "_selected_action": [record.pk for record in records]}
    return client.post(address(records[0], "changelist"), chosen | typed)


def confirmed(client: Client, page: Any, *records: Any, **typed: Any) -> Any:
    """Post the page back as a browser would, with a reason and what else is typed."""
    seen = {f"seen-{item['record'].pk}": item["record"].version for item in page.context["records"]}
    keeper = page.context["keeper"].pk
    posted = {"previewed": keeper, "keeper": keeper, "confirm": "1", "change_reason": "The same."} | seen
    return asked(client, *records, **posted | typed)


@pytest.fixture
def twin(world: SimpleNamespace) -> Actor:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        twin = make_actor(name="Ruritanian Republic")
        make_participation(process=world.process, actor=twin, role="party")
        make_position(issue=world.issue, actor=twin, summit=world.second, state="silent")
    return twin


@pytest.fixture
def second_opinion(world: SimpleNamespace, twin: Actor) -> Position:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        position = make_position(
            issue=world.issue, actor=twin, summit=world.first, summary="Another reading."
        )
        make_evidence(position=position)
    return position


def test_the_preview_names_all_that_moves_and_changes_nothing(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    before = ChangeSet.objects.count()
    page = asked(editor, world.actor, twin).content.decode()
    assert f"Ruritanian Republic on Borders at {world.second}" in page
    assert "Ruritanian Republic, party" in page
    assert 'name="change_reason"' in page
    assert Actor.objects.filter(pk=twin.pk).exists()
    assert ChangeSet.objects.count() == before


def test_the_one_with_most_references_is_proposed_and_another_can_be_chosen(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        make_statement(organ=twin)
    assert asked(editor, world.actor, twin).context["keeper"] == twin
    page = asked(editor, world.actor, twin, keeper=world.actor.pk, preview="1")
    assert page.context["keeper"] == world.actor


def test_it_merges_after_a_reason_in_one_change_set(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    before = ChangeSet.objects.count()
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    refused = confirmed(editor, page, world.actor, twin, change_reason=" ")
    assert refused.context["reason_form"].errors
    assert "Error:" in refused.content.decode()
    assert ChangeSet.objects.count() == before
    answer = confirmed(editor, page, world.actor, twin)
    told = editor.get(answer["Location"]).content.decode()
    assert f"/changeset/{ChangeSet.objects.first().pk}/undo/" in told
    assert not Actor.objects.filter(pk=twin.pk).exists()
    assert "Ruritanian Republic" in Actor.objects.get(pk=world.actor.pk).aliases
    made = ChangeSet.objects.first()
    assert ChangeSet.objects.count() == before + 1
    assert (made.user.username, made.reason, made.kind) == ("editor", "The same.", Way.ADMIN)


def test_choosing_another_keeper_shows_its_preview_before_anything_happens(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    answer = confirmed(editor, page, world.actor, twin, keeper=twin.pk)
    assert answer.status_code == 200
    assert answer.context["keeper"] == twin
    assert Actor.objects.filter(pk=twin.pk).exists()


def test_a_clash_is_named_and_asked_about(
    editor: Client, world: SimpleNamespace, twin: Actor, second_opinion: Position
) -> None:
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    assert "Which position stands?" in page.content.decode()
    assert "summary: Another reading." in page.content.decode()
    refused = confirmed(editor, page, world.actor, twin)
    assert "Both cannot stay" in refused.content.decode()
    assert Actor.objects.filter(pk=twin.pk).exists()
    stands = {f"stands-{page.context['clashes'][0]['key']}": second_opinion.pk}
    assert confirmed(editor, page, world.actor, twin, **stands).status_code == 302
    assert Position.objects.get(summit=world.first, issue=world.issue) == second_opinion
    assert Position.history.filter(id=world.position.pk, history_type="-").exists()


def test_what_was_chosen_stays_chosen_after_an_error(
    editor: Client, world: SimpleNamespace, twin: Actor, second_opinion: Position
) -> None:
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    stands = {f"stands-{page.context['clashes'][0]['key']}": second_opinion.pk}
    refused = confirmed(editor, page, world.actor, twin, change_reason="", **stands)
    rows = refused.context["clashes"][0]["rows"]
    assert [row["stands"] for row in rows] == [False, True]


def test_what_differs_stands_side_by_side_and_is_chosen(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    (name,) = [choice for choice in page.context["choices"] if choice["name"] == "name"]
    assert [(value["words"], value["stands"]) for value in name["values"]] == [
        (world.actor.name, True),
        (twin.name, False),
    ]
    assert 'name="field-name"' in page.content.decode()

    refused = confirmed(editor, page, world.actor, twin, change_reason="", **{"field-name": twin.pk})
    (name,) = [choice for choice in refused.context["choices"] if choice["name"] == "name"]
    assert [value["stands"] for value in name["values"]] == [False, True]
    other = confirmed(editor, page, world.actor, twin, keeper=twin.pk, **{"field-name": world.actor.pk})
    (name,) = [choice for choice in other.context["choices"] if choice["name"] == "name"]
    assert [value["words"] for value in name["values"] if value["stands"]] == [twin.name]

    assert "choose the value" in str(
        confirmed(editor, page, world.actor, twin, **{"field-name": "x"}).content.decode()
    )
    told = confirmed(editor, page, world.actor, twin, **{"field-aliases": twin.pk}).content.decode()
    assert "“aliases”: the records do not differ in this field" in told
    assert confirmed(editor, page, world.actor, twin, **{"field-name": twin.pk}).status_code == 302
    kept = Actor.objects.get(pk=world.actor.pk)
    assert kept.name == "Ruritanian Republic"
    assert "Ruritania" in kept.aliases.splitlines()


def test_a_change_in_the_meantime_is_refused_and_shown(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    page = asked(editor, world.actor, twin, keeper=world.actor.pk)
    with recording(by=None, reason="x", kind=Way.COMMAND):
        fresh = Actor.objects.get(pk=twin.pk)
        fresh.name = "Republic of Ruritania"
        fresh.save()
    answer = confirmed(editor, page, world.actor, twin)
    assert "while you had this page open" in answer.content.decode()
    assert Actor.objects.filter(pk=twin.pk).exists()
    assert confirmed(editor, answer, world.actor, twin).status_code == 302


def test_what_cannot_be_merged_says_why_and_offers_no_button(
    editor: Client, world: SimpleNamespace, twin: Actor
) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        twin.part_of = world.actor
        twin.save()
    page = asked(editor, world.actor, twin)
    assert "is part of" in page.content.decode()
    assert 'name="confirm"' not in page.content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_two_to_five_are_merged(editor: Client, count: int) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        actors = [make_actor() for _ in range(count)]
    answer = asked(editor, *actors)
    assert answer.status_code == 302
    assert "Choose 2 to 5" in editor.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("make", [make_person, make_source])
def test_people_and_sources_are_merged_too(editor: Client, make: Any) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        one, other = make(), make()
    page = asked(editor, one, other, keeper=one.pk)
    assert confirmed(editor, page, one, other).status_code == 302
    assert list(type(one).objects.filter(pk__in=[one.pk, other.pk])) == [one]


@pytest.mark.parametrize("role", ["anonymous", "staff without a group", *ROLES])
def test_only_editors_merge(world: SimpleNamespace, twin: Actor, role: str) -> None:
    client = Client() if role == "anonymous" else client_of(someone(role))
    listed = client.get(address(Actor, "changelist"))
    may = role == "editor"
    if listed.status_code == 200:
        assert (b"merge_selected" in listed.content) is may
    for typed in ({}, _typed(world, twin)):
        answer = asked(client, world.actor, twin, **typed)
        assert (answer.status_code == 200 and b"Which one is kept" in answer.content) is (may and not typed)
    assert Actor.objects.filter(pk=twin.pk).exists() is not may


def _typed(world: SimpleNamespace, twin: Actor) -> dict[str, Any]:
    kept = {"keeper": world.actor.pk, "previewed": world.actor.pk, "confirm": "1"}
    seen = {f"seen-{record.pk}": record.version for record in (world.actor, twin)}
    return kept | seen | {"change_reason": "Mine."}


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30, "1 OR 1=1"])
def test_odd_values_break_nothing(editor: Client, value: str) -> None:
    with recording(by=None, reason="x", kind=Way.COMMAND):
        one, other = make_source(), make_source()
    names = ("keeper", "previewed", f"seen-{one.pk}", f"seen-{other.pk}", "stands-statement-1", "stands-")
    answer = asked(editor, one, other, confirm="1", change_reason="x", **dict.fromkeys(names, value))
    assert answer.status_code == 200
    assert Source.objects.filter(pk__in=[one.pk, other.pk]).count() == 2
