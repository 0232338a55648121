"""What the tests of signatories do to a sheet and read of it."""

from django.db.models import QuerySet

from issues.models import SheetRow, Signatory
from issues.queries.log_sheet.grid import squares
from issues.queries.log_sheet.publication_preview import PublicationPreview, publication_preview
from issues.queries.log_sheet.published_state import published_state
from issues.queries.reading.process import read
from issues.tests.actions.log_sheet.drafting import Desk, at_desk, words_of
from issues.tests.acts import correct
from issues.tests.universe import Universe


def shared(universe: Universe) -> Desk:
    """Arden's row, which Belmar and Cadria join."""
    desk = at_desk(universe)
    desk.serve("arden", "record")
    desk.write("arden", "flow", "c", quote="Half, say we all.")
    desk.join("arden", "belmar", "cadria")
    return desk


def signed(desk: Desk, actor: str = "arden", issue: str = "flow") -> list[str]:
    """Who signed the only statement of a position."""
    (words,) = words_of(desk.position(actor, issue))
    return sorted(item.actor.slug for item in words.signatories.all())


def signatories() -> QuerySet[Signatory]:
    """Who signed what was said at the spring meeting."""
    return Signatory.objects.filter(statement__occasion__slug="spring")


def preview(desk: Desk) -> PublicationPreview:
    return publication_preview(squares(read(desk.universe.process), desk.sheet), published_state(desk.sheet))


def unjoin(desk: Desk, actor: str) -> None:
    """Take a row out of the statement that it joined."""
    row = SheetRow.objects.get(sheet=desk.sheet, actor=getattr(desk.universe, actor))
    correct(row, {"joins": None}, by=desk.by, reason="It did not sign.")


def empty(desk: Desk, *actors: str) -> None:
    for actor in actors:
        desk.write(actor, "flow", "")
