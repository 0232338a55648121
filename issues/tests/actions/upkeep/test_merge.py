"""Merging duplicates: everything moves to the keeper in one change set, and undoing it gives all back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import undo
from issues.actions.upkeep.merge import merge
from issues.history import ChangeSet, StaleVersion, Way, recording
from issues.models import (
    DRAFTS,
    RECORDS,
    Actor,
    Membership,
    Position,
    Sheet,
    SheetRow,
    Statement,
)
from issues.models.merge_proposal import MERGEABLE
from issues.queries.upkeep.merge_plan import plan_merge
from issues.queries.upkeep.references import relations
from issues.tests.actions.upkeep.merging import (
    double_of,
    everything,
    history_size,
    into,
    no_breach_anywhere,
)
from issues.tests.factories import (
    make_participation,
    make_position,
    make_sheet_row,
    make_source,
    make_statement,
    make_summit,
)
from issues.tests.universe import Universe


def test_every_reference_to_what_can_be_merged_is_from_our_records() -> None:
    for model in MERGEABLE.values():
        known = {(relation.model, relation.name) for relation in relations(model)}
        # What a sheet sets aside goes with whom it names: it says what is shown first, and of nobody a thing.
        named = [found for found in model._meta.related_objects if found.field.name != "actors_aside"]
        assert known == {(found.related_model, found.field.name) for found in named}
        assert all(kind in (*RECORDS, *DRAFTS) for kind, _ in known)


def test_the_twin_is_referred_to_in_every_way(universe: Universe, twin: Actor) -> None:
    moving = {
        (moving.relation.model, moving.relation.name) for moving in plan_merge(universe.arden, [twin]).moving
    }
    every = {(relation.model, relation.name) for relation in relations(Actor)}
    assert every - moving == {(Membership, "coalition")}


def test_every_reference_moves_to_the_keeper(universe: Universe, twin: Actor) -> None:
    into(universe, universe.arden, twin)
    assert not Actor.objects.filter(pk=twin.pk).exists()
    for relation in relations(Actor):
        assert not relation.of([twin.pk]).exists()
    assert Position.objects.filter(actor=universe.arden, summit=universe.spring).exists()
    assert Actor.objects.get(pk=universe.ministry.pk).part_of == universe.arden
    assert no_breach_anywhere()


def test_the_names_of_the_duplicate_become_aliases(universe: Universe, twin: Actor) -> None:
    kept = into(universe, universe.arden, twin)
    assert set(kept.aliases.splitlines()) >= {twin.name, "Ard.", "Ardenia", "Арден"}
    assert len(kept.aliases.splitlines()) == len(set(kept.aliases.splitlines()))
    assert kept.name not in kept.aliases.splitlines()


def test_it_is_one_change_set_of_the_admin(universe: Universe, twin: Actor) -> None:
    before = ChangeSet.objects.count()
    into(universe, universe.arden, twin)
    made = ChangeSet.objects.first()
    assert ChangeSet.objects.count() == before + 1
    assert (made.user, made.reason, made.kind) == (universe.coder, "The same.", Way.ADMIN)
    for row in (Position.history.first(), Actor.history.filter(id=twin.pk).first()):
        assert row.change_set == made


def test_undoing_it_gives_the_same_rows_back_and_history_grows(universe: Universe, twin: Actor) -> None:
    before, size = everything(), history_size()
    into(universe, universe.arden, twin)
    assert everything() != before
    merged_size = history_size()
    undo(ChangeSet.objects.first(), by=universe.coder, reason="They are two.")
    assert everything() == before
    assert size < merged_size < history_size()


def test_a_stale_record_is_refused(universe: Universe, twin: Actor) -> None:
    stale = Actor.objects.get(pk=twin.pk)
    with recording(by=universe.coder, reason="x"):
        twin.name = "Other"
        twin.save()
    with pytest.raises(StaleVersion):
        into(universe, universe.arden, stale)
    assert Actor.objects.filter(pk=twin.pk).exists()


def test_without_a_reason_nothing_is_merged(universe: Universe, twin: Actor) -> None:
    with pytest.raises(ValidationError):
        merge(universe.arden, [twin], by=universe.coder, reason=" ")
    assert Actor.objects.filter(pk=twin.pk).exists()


@pytest.mark.parametrize("count", [0, 5])
def test_only_two_to_five_are_merged(universe: Universe, count: int) -> None:
    losers = [double_of(universe, universe.fishers, slug=f"fishers-{n}") for n in range(count)]
    with pytest.raises(ValidationError):
        into(universe, universe.fishers, *losers)


def test_nothing_is_merged_into_itself(universe: Universe) -> None:
    with pytest.raises(ValidationError):
        into(universe, universe.arden, universe.arden)
    assert Actor.objects.filter(pk=universe.arden.pk).exists()


def test_three_are_merged_at_once(universe: Universe, twin: Actor) -> None:
    third = double_of(universe, universe.arden, slug="arden-3", name="Arden III")
    with recording(by=universe.coder, reason="x"):
        make_statement(organ=third)
    kept = into(universe, universe.arden, twin, third)
    assert {twin.name, "Arden III"} <= set(kept.aliases.splitlines())
    assert not Statement.objects.filter(organ=third.pk).exists()


@pytest.mark.parametrize("keeper_is_above", [True, False])
def test_one_that_is_part_of_the_other_is_refused(universe: Universe, keeper_is_above: bool) -> None:
    pair = (universe.arden, universe.ministry)
    keeper, loser = pair if keeper_is_above else pair[::-1]
    with pytest.raises(ValidationError, match="is part of “Arden”"):
        into(universe, keeper, loser)


def test_one_that_is_part_of_the_other_by_way_of_a_third_is_refused(universe: Universe) -> None:
    office = double_of(universe, universe.ministry, part_of=universe.ministry, name="Press office")
    for keeper, loser in ((universe.arden, office), (office, universe.arden)):
        with pytest.raises(ValidationError, match="“Press office” is part of “Arden”"):
            into(universe, keeper, loser)


@pytest.mark.parametrize("keeper_is_above", [True, False])
def test_a_member_is_not_merged_with_its_coalition(universe: Universe, keeper_is_above: bool) -> None:
    pair = (universe.lower_basin, universe.belmar)
    keeper, loser = pair if keeper_is_above else pair[::-1]
    with pytest.raises(ValidationError, match="own member"):
        into(universe, keeper, loser)


def test_a_members_row_is_not_moved_to_what_is_no_coalition(universe: Universe) -> None:
    with pytest.raises(ValidationError, match="is not a coalition"):
        into(universe, universe.fishers, universe.lower_basin)
    assert Membership.objects.filter(coalition=universe.lower_basin).count() == 2


def test_a_row_of_a_coders_own_sheet_moves_and_keeps_its_secret(universe: Universe) -> None:
    twin = double_of(universe, universe.arden)
    with recording(by=universe.coder, reason="x"):
        own = Sheet.objects.create(summit=universe.spring, coder=universe.coder)
        source = make_source()
        make_sheet_row(sheet=own, actor=twin, source=source)
        make_sheet_row(sheet=own, actor=universe.arden)
    with pytest.raises(ValidationError) as refused:
        into(universe, universe.arden, twin)
    assert "a coder’s own sheet" in str(refused.value)
    assert str(own) not in str(refused.value)
    clash = plan_merge(universe.arden, [twin]).clashes[0]
    row = SheetRow.objects.get(actor=twin)
    into(universe, universe.arden, twin, stands={clash.key: row.pk})
    assert SheetRow.objects.get(sheet=own).source == source


def test_planning_costs_the_same_for_few_and_many_references(
    universe: Universe, django_assert_max_num_queries: Any
) -> None:
    twin = double_of(universe, universe.arden)
    with recording(by=universe.coder, reason="x"):
        make_participation(actor=twin, process=universe.process, role="party")
        for _ in range(20):
            summit = make_summit(process=universe.process)
            make_position(issue=universe.flow, actor=twin, summit=summit, state="silent")
    with django_assert_max_num_queries(40):
        plan = plan_merge(universe.arden, [twin])
        [str(row) for moving in plan.moving for row in moving.rows]


def test_a_plan_changes_nothing(universe: Universe, twin: Actor) -> None:
    before = everything()
    plan_merge(universe.arden, [twin])
    assert everything() == before
