"""The brief of a summit: what its printed page says."""

from collections.abc import Sequence
from dataclasses import dataclass

from issues.domain.bidi import isolated
from issues.exports.brief import parts
from issues.exports.brief.writer import SMALL, About, Writer, plain
from issues.models import Event, Summit
from issues.queries.pages.change_measure import MOST
from issues.queries.pages.headline import Headline
from issues.queries.pages.summit_brief import Brief
from issues.templatetags.redlines import known_date, on_average, points, unheld


@dataclass(frozen=True)
class SummitContents:
    """What the document tells: the brief of a summit, its headline and the events before it."""

    summit: Summit
    brief: Brief
    headline: Headline
    events: Sequence[Event]


def summit_docx(contents: SummitContents, about: About) -> bytes:
    """The document, as the bytes of a ``.docx`` file."""
    summit, brief = contents.summit, contents.brief
    writer = Writer(summit.name, about)
    writer.title(summit.name)
    writer.sentence(plain("components/headline.html", headline=contents.headline, summit=summit))
    writer.sentence(" · ".join(filter(None, _facts(summit))), size=SMALL)
    writer.as_known()
    writer.words(summit.summary)
    writer.heading("Outcomes, by account")
    parts.agreed(writer, brief.agreed)
    if not brief.agreed:
        writer.sentence("No outcome has been recorded.")
    _changed(writer, brief)
    _around(writer, brief)
    parts.happened(writer, contents.events, "What happened before it")
    writer.sources()
    return writer.saved()


def _facts(summit: Summit) -> list[str]:
    until = (
        f" to {known_date(summit.ends_on, summit.starts_on_precision)}"
        if summit.ends_on not in (None, summit.starts_on)
        else ""
    )
    beside = summit.parallel_to
    return [
        summit.get_kind_display().capitalize(),
        unheld(summit, ""),
        known_date(summit.starts_on, summit.starts_on_precision) + until,
        isolated(summit.place.name) if summit.place else "",
        f"track: {isolated(summit.track.name)}" if summit.track else "",
        f"host: {isolated(str(summit.host))}" if summit.host else "",
        f"parallel to {isolated(beside.name)}, not at the table" if beside else "",
    ]


def _changed(writer: Writer, brief: Brief) -> None:
    writer.heading("What changed")
    for heading in brief.headings:
        writer.heading(f"{heading.title} ({len(heading.changes)})", level=2)
        for item in heading.changes:
            lead = (isolated(str(item.actor)), f" on {isolated(item.issue.name)}")
            away = "" if item.at_table else f", not at the table: {isolated(item.summit.name)}"
            parts.change(writer, item, lead, is_minor=heading.is_minor, where=away)
    if not brief.headings:
        writer.sentence("Nothing has been logged at this summit.")


def _around(writer: Writer, brief: Brief) -> None:
    """What is logged, how far apart they are, who was there, and what ran in parallel."""
    if brief.summit.is_meeting:
        writer.heading("What is logged")
        logged, expected = len(brief.coverage.logged), len(brief.coverage.expected)
        writer.sentence(f"{logged} of {expected} cells of the watched actors are logged.")
    if brief.apart:
        writer.heading("How far apart the last placements of the parties are")
        for apart in brief.apart:
            told = f"{isolated(apart.issue.name)}: {points(apart.distance.value)} points"
            places = (
                f"{isolated(str(actor))} {points(place)} ({isolated(at.name)})"
                for actor, place, at in apart.places
            )
            whose = ", ".join(places) if len(apart.places) <= MOST else f"{len(apart.places)} parties"
            writer.bullet(f"{told}{on_average(apart.distance)}: {whose}")
    if brief.attendance:
        writer.heading("Who sat at the table")
        for item in brief.attendance:
            person = f": {isolated(item.person.name)}" if item.person else ""
            writer.bullet(f"{isolated(str(item.actor))}{person}")
    if brief.parallels:
        writer.heading("In parallel, not at the table")
        for summit in brief.parallels:
            writer.bullet(isolated(summit.name))
