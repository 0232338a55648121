"""Signatories taken away and brought back: a joint statement has two or more, or none."""

import pytest
from django.core.exceptions import ValidationError

from issues.actions.record import correct as correcting
from issues.actions.rules.check import unfinished
from issues.actions.take_back.undo_change_set import undo
from issues.actions.take_back.undo_edit import undo_edit
from issues.history import ChangeSet, recording
from issues.models import Signatory, Statement
from issues.tests.acts import add, correct, remove, restore_deleted
from issues.tests.universe import Universe


def joint(universe: Universe) -> Statement:
    """The statement of Arden and Cadria on the treaty."""
    return universe.statements["joint"]


def named(universe: Universe) -> list[str]:
    return sorted(item.actor.slug for item in joint(universe).signatories.all())


def third(universe: Universe) -> Signatory:
    signatory: Signatory = add(
        Signatory(statement=joint(universe), actor=universe.belmar),
        by=universe.coder,
        reason="It signed.",
    )
    return signatory


def both_away(universe: Universe) -> ChangeSet:
    with recording(by=universe.coder, reason="Nobody signed.") as opened:
        for signatory in joint(universe).signatories.all():
            correcting.remove(signatory, alone=False)
    return opened.change_set


def test_one_of_two_is_not_taken_away_and_the_message_says_what_to_do(universe: Universe) -> None:
    (first, _) = joint(universe).signatories.all()

    with pytest.raises(ValidationError, match="take both away together, or name another first"):
        remove(first, by=universe.coder, reason="It did not sign.")

    assert named(universe) == ["arden", "cadria"]


def test_one_of_three_is_taken_away_and_comes_back(universe: Universe) -> None:
    signatory = third(universe)
    remove(signatory, by=universe.coder, reason="It did not sign.")
    assert named(universe) == ["arden", "cadria"]

    restore_deleted(signatory.history.latest(), by=universe.coder, reason="It did.")

    assert named(universe) == ["arden", "belmar", "cadria"]


def test_an_added_signatory_is_undone_by_its_edit(universe: Universe) -> None:
    signatory = third(universe)

    undo_edit(signatory.history.latest(), signatory.version, by=universe.coder, reason="It did not.")

    assert named(universe) == ["arden", "cadria"]


def test_two_that_went_together_come_back_together(universe: Universe) -> None:
    (first, _) = joint(universe).signatories.all()
    both_away(universe)
    assert named(universe) == []

    undo_edit(Signatory.history.filter(id=first.pk).latest(), 0, by=universe.coder, reason="They did sign.")

    assert named(universe) == ["arden", "cadria"]


def test_a_change_set_that_took_both_away_is_undone_as_one(universe: Universe) -> None:
    undo(both_away(universe), by=universe.coder, reason="They did sign.")

    assert named(universe) == ["arden", "cadria"]
    assert unfinished(joint(universe)) == []


def test_an_undoing_that_would_leave_one_alone_is_refused(universe: Universe) -> None:
    added = third(universe).history.latest().change_set
    with recording(by=universe.coder, reason="Only Belmar signed, with Arden."):
        correcting.remove(joint(universe).signatories.get(actor=universe.cadria))

    with pytest.raises(ValidationError, match="two signatories or more"):
        undo(added, by=universe.coder, reason="It did not sign.")

    assert named(universe) == ["arden", "belmar"]


def test_a_signatory_stays_with_its_statement(universe: Universe) -> None:
    signatory = third(universe)

    with pytest.raises(ValidationError, match="The statement cannot be changed"):
        correct(
            signatory, {"statement": universe.statements["report"]}, by=universe.coder, reason="Elsewhere."
        )
