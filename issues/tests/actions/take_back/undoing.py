"""What the tests of undoing share: a change set to undo, and others that are made after it."""

from issues.actions.take_back.undo_change_set import undo
from issues.history import ChangeSet
from issues.models import DRAFTS, RECORDS, Evidence
from issues.tests.actions.log_sheet.drafting import Desk, another
from issues.tests.acts import add, correct


def rows() -> tuple[int, ...]:
    """How many rows the histories and the change sets have."""
    return (ChangeSet.objects.count(), *(model.history.count() for model in (*RECORDS, *DRAFTS)))


def undone(desk: Desk, change_set: ChangeSet) -> ChangeSet:
    """Undo a change set for a reason."""
    return undo(change_set, by=desk.by, reason="Not so.")


def newest() -> ChangeSet:
    """The change set that was made last."""
    return ChangeSet.objects.order_by("pk").last()


def published(desk: Desk) -> ChangeSet:
    """A publication with every kind of cell, a joint statement among them."""
    desk.row("arden", "record", flow="b!", data="r", preamble="t")
    desk.join("arden", "belmar")
    desk.row("cadria", "cadria-press", flow="w", data="-10?", preamble="n")
    return desk.publish()


def corrects(desk: Desk) -> None:
    position = desk.position("arden", "flow")
    correct(position, {"summary": "Less."}, by=another(desk).by, reason="Reread.")


def adds_evidence(desk: Desk) -> None:
    evidence = Evidence(
        position=desk.position("arden", "flow"), statement=desk.universe.statements["arden-3"]
    )
    add(evidence, by=another(desk).by, reason="Reread.")
