"""The brief of an actor: where it stands on every issue, what it refuses, and everything that it said."""

from collections.abc import Sequence
from itertools import groupby

from issues.domain.bidi import isolated
from issues.exports.brief import parts
from issues.exports.brief.writer import SMALL, About, Writer
from issues.models import Office, Summit
from issues.queries.pages.actor_profile import Profile, Stand
from issues.queries.pages.named_changes import NamedChange
from issues.templatetags.redlines import limits, points, signed


def actor_docx(profile: Profile, summit: Summit, said: Sequence[NamedChange], about: About) -> bytes:
    """The document, as the bytes of a ``.docx`` file; ``said`` are all its changes, issue by issue."""
    actor = profile.actor
    writer = Writer(actor.name, about)
    writer.title(actor.name)
    role = profile.participation.get_role_display().capitalize()
    writer.sentence(f"{role} · {actor.get_kind_display()}. As of {parts.at(summit)}.", size=SMALL)
    writer.as_known()
    if profile.coalitions:
        writer.sentence(f"Member of {', '.join(isolated(item.name) for item in profile.coalitions)}.")
    if profile.offices:
        writer.sentence(f"Who speaks for it: {', '.join(map(_office, profile.offices))}.")
    writer.heading("Where it stands")
    if profile.is_logged:
        heads = ["Issue", "Placement", "Red line", "Last moved"]
        writer.table(heads, [_row(stand) for stand in profile.stands])
    else:
        writer.sentence("Nothing of it is logged yet.")
    if said:
        writer.heading("What it said, the newest first")
    for issue, items in groupby(said, key=lambda item: item.issue):
        writer.heading(issue.name, level=2)
        for item in items:
            away = "" if item.at_table else ", not at the table"
            parts.change(writer, item, (parts.at(item.summit),), where=away)
    writer.sources()
    return writer.saved()


def _office(office: Office) -> str:
    title = f" ({isolated(office.title)})" if office.title else ""
    return f"{isolated(office.person.name)}{title}"


def _row(stand: Stand) -> list[str]:
    """An issue as the actor stands on it: absence is never zero."""
    cell = stand.cell
    if cell.now is not None:
        place = points(cell.now)
    elif cell.standing.withdrawn:
        place = "withdrawn"
    else:
        place = "not stated" if cell.standing.is_empty else "in words"
    line = cell.red_line
    derived = " (derived)" if line and not line.declared else ""
    moved = f"{parts.at(stand.moved[1])}: {signed(stand.moved[0].delta)}" if stand.moved else ""
    return [isolated(stand.issue.name), place, f"{limits(line)}{derived}", moved]
