"""Undoing a change set: what stands in the way is told by name, and nothing is touched."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from issues.actions.take_back.undo_change_set import LaterChange
from issues.history import ChangeSet
from issues.models import (
    Actor,
    Cell,
    Evidence,
    Issue,
    Option,
    Participation,
    Position,
    Statement,
)
from issues.tests.actions.log_sheet.drafting import Desk, another, at_desk
from issues.tests.actions.take_back.undoing import adds_evidence, corrects, newest, published, rows, undone
from issues.tests.actions.upkeep.merging import everything
from issues.tests.acts import add, correct, log_position, remove
from issues.tests.universe import Universe


def refused(desk: Desk, change_set: ChangeSet) -> LaterChange:
    """What stands in the way, once it is seen that nothing was changed."""
    before = everything(), rows()
    with pytest.raises(LaterChange) as refusal:
        undone(desk, change_set)
    assert (everything(), rows()) == before
    change_set.refresh_from_db()
    assert change_set.undone_by is None
    return refusal.value


# What stands in the way.


def removes(desk: Desk) -> None:
    remove(desk.position("cadria", "preamble"), by=another(desk).by, reason="Reread.")


def corrects_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    correct(words, {"locator": "p. 9"}, by=another(desk).by, reason="Reread.")


def rests_a_position_on_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    evidence = Evidence(position=desk.universe.at("arden", "flow", "weir"), statement=words)
    add(evidence, by=another(desk).by, reason="Reread.")


def replies_to_the_words(desk: Desk) -> None:
    words = Statement.objects.filter(occasion=desk.universe.spring).first()
    reply = Statement(
        source=desk.universe.sources["gazette"], ref="reply", quote="Indeed not.", in_reply_to=words
    )
    add(reply, by=another(desk).by, reason="Reread.")


def reopens(desk: Desk) -> None:
    another(desk).reopen(reason="Reread.")


@pytest.mark.parametrize(
    ("later", "names"),
    [
        (corrects, "position “Arden on Summer flow at Spring meeting”, by omar: Reread."),
        (removes, "position “Cadria on Preamble at Spring meeting”, by omar: Reread."),
        (corrects_the_words, ", by omar: Reread."),
        (adds_evidence, "gazette arden-3 supports Arden on Summer flow at Spring meeting"),
        (rests_a_position_on_the_words, "supports Arden on Summer flow at Weir meeting"),
        (replies_to_the_words, "gazette reply"),
        (reopens, "sheet “Sheet of Spring meeting”, by omar: Reread."),
    ],
)
def test_a_later_change_stands_in_the_way_by_its_name(
    desk: Desk, later: Callable[[Desk], None], names: str
) -> None:
    change_set = published(desk)
    later(desk)

    refusal = refused(desk, change_set)

    assert any(names in record for record in refusal.records)
    assert names in str(refusal)


def test_a_later_change_that_was_undone_stands_in_the_way_until_that_too_is_seen(desk: Desk) -> None:
    # Undoing a correction is another version of the record: the order in which things are undone is theirs.
    change_set = published(desk)
    adds_evidence(desk)
    later = newest()
    refused(desk, change_set)

    undone(desk, later)
    undone(desk, change_set)

    assert not Position.objects.filter(summit=desk.universe.spring).exists()


def test_what_others_typed_on_the_sheet_meanwhile_is_no_later_change_of_it(universe: Universe) -> None:
    desk = at_desk(universe)
    desk.row("arden", "record", flow="b")
    cell = Cell.objects.get()
    typed = cell.history.latest().change_set
    another(desk).write("belmar", "flow", "c")

    undone(desk, typed)

    assert [item.actor for item in Cell.objects.all()] == [universe.belmar]


# What would break a rule.


def test_a_name_that_another_took_meanwhile_is_refused_in_words(desk: Desk) -> None:
    world = desk.universe
    correct(world.fishers, {"slug": "delta-fishers"}, by=desk.by, reason="Longer.")
    change_set = newest()
    add(Actor(name="Other fishers", slug="fishers", kind="organisation"), by=desk.by, reason="Another.")
    before = everything(), rows()

    with pytest.raises(ValidationError) as refusal:
        undone(desk, change_set)

    assert "Delta Fishers" in " ".join(refusal.value.messages)
    assert (everything(), rows()) == before


def test_what_referred_to_something_removed_meanwhile_is_refused_in_words(desk: Desk) -> None:
    position = desk.universe.at("cadria", "flow", "ford")
    none = position.option
    correct(position, {"option": None, "value": 5.0}, by=desk.by, reason="A little.")
    change_set = newest()
    remove(none, by=desk.by, reason="Nobody wants it.")
    before = everything(), rows()

    with pytest.raises(ValidationError) as refusal:
        undone(desk, change_set)

    assert str(position) in " ".join(refusal.value.messages)
    assert (everything(), rows()) == before


def test_an_option_that_became_the_reference_point_is_not_taken_from_its_issue(desk: Desk) -> None:
    data = desk.universe.data
    option = add(Option(issue=data, value=75.0, label="weekly"), by=desk.by, reason="Finer.")
    change_set = newest()
    correct(data, {"reference_point": option}, by=another(desk).by, reason="It holds now.")

    refusal = refused(desk, change_set)

    assert any("Data sharing" in record for record in refusal.records)
    assert Issue.objects.get(pk=data.pk).reference_point == option


def test_a_participation_with_positions_since_is_not_undone(desk: Desk) -> None:
    world = desk.universe
    add(Participation(process=world.process, actor=world.lower_basin, role="party"), by=desk.by, reason="x")
    change_set = newest()
    log_position(
        issue=world.flow,
        actor=world.lower_basin,
        summit=world.spring,
        statements=[world.statements["report"]],
        by=desk.by,
        reason="x",
    )
    before = everything(), rows()

    with pytest.raises(ValidationError, match="has positions in this process"):
        undone(desk, change_set)

    assert (everything(), rows()) == before
