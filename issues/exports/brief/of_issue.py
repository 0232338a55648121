"""The brief of an issue: who stands where, how far apart they are, and everything that was said on it."""

from collections.abc import Sequence
from itertools import groupby

from issues.domain.bidi import isolated
from issues.domain.scale import letters
from issues.exports.brief import parts
from issues.exports.brief.writer import SMALL, About, Writer
from issues.models import Issue
from issues.queries.pages.issue_timeline import ActorLine, Timeline
from issues.queries.pages.named_changes import NamedChange
from issues.templatetags.redlines import limits, on_average, points


def issue_docx(whole: Timeline, said: Sequence[NamedChange], about: About) -> bytes:
    """The document, as the bytes of a ``.docx`` file; ``said`` are all changes, the newest first."""
    issue = whole.issue
    writer = Writer(issue.name, about)
    writer.title(issue.name)
    writer.words(issue.question)
    writer.sentence(f"As of {parts.at(whole.summit)}.", size=SMALL)
    writer.as_known()
    if issue.kind == Issue.Kind.STAGE:
        writer.sentence("A stage, not a preference: how far a text has come. No distance is measured.")
    elif whole.distance:
        apart = f"{points(whole.distance.value)} points apart{on_average(whole.distance)}"
        writer.sentence(f"{whole.who_stands} are {apart}.{_earlier(whole)}")
    if whole.zone.is_known:
        zone = f"{points(whole.zone.low)} to {points(whole.zone.high)}"
        writer.sentence(f"Zone of possible agreement: {'none' if whole.zone.is_empty else zone}.")
    _scale(writer, issue)
    writer.heading("Where each actor stands")
    if whole.lines:
        heads = ["Actor", "Placement", "Placed at", "Red line"]
        writer.table(heads, [_row(whole, line) for line in whole.lines])
    else:
        writer.sentence("No statements are logged for this issue.")
    _said(writer, said)
    writer.sources()
    return writer.saved()


def _earlier(whole: Timeline) -> str:
    if whole.earlier is None:
        return ""
    at, before = whole.earlier
    return f" As of {parts.at(at)}, it was {points(before.value)}."


def _scale(writer: Writer, issue: Issue) -> None:
    options = list(issue.options.all())
    if not issue.has_scale or not options:
        return
    writer.heading("The options of this scale")
    lettered = letters(option.value for option in options)
    for option in options:
        reference = option.pk == issue.reference_point_id
        note = " (what holds if nothing is agreed)" if reference else ""
        told = f"{lettered[option.value]} · {points(option.value)}: {isolated(option.label)}{note}"
        writer.bullet(told)


def _row(whole: Timeline, line: ActorLine) -> list[str]:
    """An actor as it stands: absence is never zero."""
    standing, placement = line.standing, line.standing.placement
    if placement is not None:
        place = points(placement.value)
    elif standing.withdrawn:
        place = "withdrawn"
    else:
        place = "nothing stands" if standing.is_empty else "in words"
    at = parts.at(whole.reading.summits[placement.occasion]) if placement else ""
    return [isolated(str(line.actor)), place, at, _line(line)]


def _line(line: ActorLine) -> str:
    if line.red_line is None:
        return ""
    derived = "" if line.red_line.declared else " (derived)"
    return f"{limits(line.red_line)}{derived}"


def _said(writer: Writer, said: Sequence[NamedChange]) -> None:
    """Everything that was said, under its occasions."""
    if said:
        writer.heading("What they said, the newest first")
    for summit, items in groupby(said, key=lambda item: item.summit):
        writer.heading(parts.at(summit), level=2)
        for item in items:
            away = "" if item.at_table else ", not at the table"
            parts.change(writer, item, (isolated(str(item.actor)),), where=away)
