"""Merging duplicates where both say something: what stands is asked, or refused in words."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet, recording
from issues.models import (
    Actor,
    Attendance,
    Issue,
    Membership,
    Participation,
    Position,
)
from issues.queries.upkeep.merge_plan import plan_merge
from issues.tests.actions.upkeep.merging import (
    everything,
    into,
    no_breach_anywhere,
)
from issues.tests.acts import log_position
from issues.tests.factories import (
    make_attendance,
    make_membership,
)
from issues.tests.universe import Universe


def test_equal_rows_that_say_nothing_more_simply_go(universe: Universe, twin: Actor) -> None:
    with recording(by=universe.coder, reason="x"):
        make_attendance(summit=universe.weir, actor=twin, person=universe.minister)
        make_membership(member=universe.arden, coalition=universe.lower_basin)
    clashes = plan_merge(universe.arden, [twin]).clashes
    assert all(clash.is_harmless for clash in clashes)
    assert {type(clash.rows[0]) for clash in clashes} == {Participation, Attendance, Membership}
    into(universe, universe.arden, twin)
    assert Participation.objects.filter(actor=universe.arden).count() == 1
    assert Attendance.objects.filter(actor=universe.arden, summit=universe.weir).count() == 1
    assert Membership.objects.filter(member=universe.arden).count() == 1


def test_two_positions_on_one_issue_at_one_summit_are_refused_with_names(
    universe: Universe, twin: Actor
) -> None:
    _second_position(universe, twin)
    with pytest.raises(ValidationError, match="stay: “Arden on Summer flow at Ford meeting” and"):
        into(universe, universe.arden, twin)
    assert Actor.objects.filter(pk=twin.pk).exists()


def _second_position(universe: Universe, twin: Actor, issue: Issue | None = None) -> Position:
    return log_position(
        issue=issue or universe.flow,
        actor=twin,
        summit=universe.ford,
        statements=[universe.statements["report"]],
        by=universe.coder,
        reason="x",
        summary="Another reading.",
    )


@pytest.mark.parametrize("chosen", ["keeper's", "loser's"])
def test_the_one_that_stands_is_chosen_and_both_stay_in_history(
    universe: Universe, twin: Actor, chosen: str
) -> None:
    mine, theirs = universe.at("arden", "flow", "ford"), _second_position(universe, twin)
    stays, goes = (mine, theirs) if chosen == "keeper's" else (theirs, mine)
    clash = next(
        clash for clash in plan_merge(universe.arden, [twin]).clashes if isinstance(clash.rows[0], Position)
    )
    before = everything()
    into(universe, universe.arden, twin, stands={clash.key: stays.pk})
    kept = Position.objects.get(issue=universe.flow, summit=universe.ford, actor=universe.arden)
    assert kept.pk == stays.pk
    assert kept.evidence.exists()
    assert {row.history_type for row in Position.history.filter(id=goes.pk)} >= {"+", "-"}
    assert no_breach_anywhere()
    undo(ChangeSet.objects.first(), by=universe.coder, reason="They are two.")
    assert everything() == before


@pytest.mark.parametrize("name", ["", "nothing", "the clash"])
def test_a_choice_that_is_none_decides_nothing(universe: Universe, twin: Actor, name: str) -> None:
    _second_position(universe, twin)
    clash = next(clash for clash in plan_merge(universe.arden, [twin]).clashes if clash.may_choose)
    other = universe.at("arden", "flow", "mill")
    stands = {clash.key if name == "the clash" else name: other.pk}
    with pytest.raises(ValidationError):
        into(universe, universe.arden, twin, stands=stands)


def test_two_roles_in_one_process_are_asked_about(universe: Universe, twin: Actor) -> None:
    with recording(by=universe.coder, reason="x"):
        role = Participation.objects.get(actor=twin)
        role.role = "observer"
        role.save()
    with pytest.raises(ValidationError, match="say which stands"):
        into(universe, universe.arden, twin)
    clash = plan_merge(universe.arden, [twin]).clashes[0]
    into(universe, universe.arden, twin, stands={clash.key: role.pk})
    assert Participation.objects.get(actor=universe.arden).role == "observer"
    assert no_breach_anywhere()


@pytest.mark.parametrize("role_of", ["keeper", "loser"])
@pytest.mark.parametrize("position_of", ["keeper", "loser"])
def test_of_two_clashes_each_is_decided_by_itself(
    universe: Universe, twin: Actor, role_of: str, position_of: str
) -> None:
    with recording(by=universe.coder, reason="x"):
        theirs = Participation.objects.get(actor=twin)
        theirs.role = "observer"
        theirs.save()
    roles = {"keeper": Participation.objects.get(actor=universe.arden), "loser": theirs}
    said = {"keeper": universe.at("arden", "flow", "ford"), "loser": _second_position(universe, twin)}
    of_role, of_position = (
        next(clash for clash in plan_merge(universe.arden, [twin]).clashes if isinstance(clash.rows[0], kind))
        for kind in (Participation, Position)
    )
    stands = {of_role.key: roles[role_of].pk, of_position.key: said[position_of].pk}

    into(universe, universe.arden, twin, stands=stands)

    assert Participation.objects.get(actor=universe.arden).pk == roles[role_of].pk
    (kept,) = Position.objects.filter(actor=universe.arden, issue=universe.flow, summit=universe.ford)
    assert kept.pk == said[position_of].pk
    assert no_breach_anywhere()


@pytest.mark.parametrize("decided", ["participation", "position"])
def test_of_two_clashes_the_one_that_is_left_open_is_named_and_nothing_is_merged(
    universe: Universe, twin: Actor, decided: str
) -> None:
    with recording(by=universe.coder, reason="x"):
        theirs = Participation.objects.get(actor=twin)
        theirs.role = "observer"
        theirs.save()
    _second_position(universe, twin)
    choosable = [clash for clash in plan_merge(universe.arden, [twin]).clashes if clash.may_choose]
    by_kind = {clash.rows[0]._meta.model_name: clash for clash in choosable}
    assert by_kind.keys() == {"participation", "position"}
    clash, before = by_kind.pop(decided), everything()
    (still_open,) = by_kind.values()

    with pytest.raises(ValidationError) as refused:
        into(universe, universe.arden, twin, stands={clash.key: clash.rows[0].pk})

    (message,) = refused.value.messages
    assert all(f"“{row}”" in message for row in still_open.rows)
    assert everything() == before


def test_two_positions_on_two_issues_are_two_clashes(universe: Universe, twin: Actor) -> None:
    said = {"flow": _second_position(universe, twin), "data": _second_position(universe, twin, universe.data)}
    clashes = {
        clash.rows[0].issue.slug: clash
        for clash in plan_merge(universe.arden, [twin]).clashes
        if isinstance(clash.rows[0], Position)
    }
    assert clashes.keys() == {"flow", "data"}
    mine = universe.at("arden", "flow", "ford")

    into(
        universe,
        universe.arden,
        twin,
        stands={clashes["flow"].key: mine.pk, clashes["data"].key: said["data"].pk},
    )

    at_ford = Position.objects.filter(actor=universe.arden, summit=universe.ford)
    assert {item.issue.slug: item.pk for item in at_ford} == {"flow": mine.pk, "data": said["data"].pk}
