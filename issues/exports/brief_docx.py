"""The brief of a summit as a Word document: what its printed page says, with numbered sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt

from issues.exports.changes_feed import printable
from issues.models import Event, Process, Statement, Summit
from issues.models.position import Basis
from issues.queries.pages.change_measure import MOST, measured
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.headline import Headline
from issues.queries.pages.named_changes import NamedChange
from issues.queries.pages.summit_brief import Agreed, Brief, Heading
from issues.templatetags.changes import direction_word, figures, kind_word, line_word, step
from issues.templatetags.redlines import known_date, on_average, points

MARGIN = Mm(18)
SMALL = Pt(9)


@dataclass(frozen=True)
class Contents:
    """What a document tells: the brief, its headline, the events before, and where and when it was made."""

    process: Process
    summit: Summit
    brief: Brief
    headline: Headline
    events: Sequence[Event]
    address: str
    made: datetime
    known: datetime | None = None


def brief_docx(contents: Contents) -> bytes:
    """The document, as the bytes of a ``.docx`` file."""
    writer = _Writer(contents)
    writer.title()
    writer.agreed(contents.brief.agreed)
    writer.changed(contents.brief.headings)
    writer.around()
    writer.happened(contents.events)
    writer.sources()
    return writer.saved()


class _Writer:
    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.notes = Endnotes()
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        style = self.document.styles["Normal"]
        style.font.size, style.paragraph_format.space_after = Pt(10), Pt(3)
        properties = self.document.core_properties
        properties.title, properties.author = printable(contents.summit.name), "Redlines"
        properties.subject = printable(contents.process.name)
        properties.created = properties.modified = contents.made.replace(tzinfo=None)
        footer = section.footer.paragraphs[0]
        self._run(footer, f"{contents.address} · made on {contents.made:%Y-%m-%d %H:%M} UTC", size=SMALL)

    def title(self) -> None:
        contents, summit = self.contents, self.contents.summit
        self.document.add_heading(printable(summit.name), level=0)
        self._paragraph(_plain("components/headline.html", headline=contents.headline, summit=summit))
        facts = [
            summit.get_kind_display().capitalize(),
            "" if summit.status == "held" else summit.get_status_display(),
            known_date(summit.starts_on, summit.starts_on_precision)
            + (f" to {known_date(summit.ends_on)}" if summit.ends_on not in (None, summit.starts_on) else ""),
            summit.place.name if summit.place else "",
            f"track: {summit.track.name}" if summit.track else "",
            f"host: {summit.host}" if summit.host else "",
            f"parallel to {summit.parallel_to.name}, not at the table" if summit.parallel_to else "",
        ]
        self._paragraph(" · ".join(filter(None, facts)), size=SMALL)
        if contents.known:
            self._paragraph(
                f"As our record was known on {contents.known:%Y-%m-%d %H:%M} UTC: positions, evidence,"
                " options, outcomes and endings of then, names and structure of today."
            )
        if summit.summary:
            self._paragraph(summit.summary)

    def agreed(self, groups: Iterable[Agreed]) -> None:
        self._heading("Outcomes, by account")
        is_empty = True
        for group in groups:
            is_empty = False
            contested = " (contested)" if group.is_contested else ""
            name = group.issue.name if group.issue else "The summit as a whole"
            self._heading(f"{name}{contested}", level=2)
            for outcome in group.outcomes:
                place = "" if outcome.placement is None else f" at {points(outcome.placement)}"
                teller = outcome.according_to_actor or outcome.according_to_person
                account = f", according to {teller}" if teller else ""
                line = self._paragraph("", style="List Bullet")
                self._run(line, outcome.get_status_display().capitalize(), bold=True)
                self._run(line, f"{place}{account}: {outcome.text}")
                self._cite(line, outcome)
        if is_empty:
            self._paragraph("No outcome has been recorded.")

    def changed(self, headings: Iterable[Heading]) -> None:
        self._heading("What changed")
        is_empty = True
        for heading in headings:
            is_empty = False
            self._heading(f"{heading.title} ({len(heading.changes)})", level=2)
            for item in heading.changes:
                self._change(item, is_minor=heading.is_minor)
        if is_empty:
            self._paragraph("Nothing has been logged at this summit.")

    def _change(self, item: NamedChange, *, is_minor: bool) -> None:
        line = self._paragraph("", style="List Bullet")
        self._run(line, f"{item.actor}", bold=True)
        self._run(line, f" on {item.issue.name}{_figures(item)}. ")
        self._run(line, _marks(item), is_line=bool(line_word(item.change)))
        self._run(line, "" if item.at_table else f", not at the table: {item.summit.name}")
        self._cite(line, item.position)
        self._paragraph(measured(item.change, item.actors), size=SMALL)
        if is_minor:
            return
        position = item.position
        self._paragraph(position.summary)
        self._paragraph(f"Conditional: {position.condition}" if position.condition else "")
        for evidence in list(position.evidence.all())[:1]:
            self._statement(evidence.statement)

    def _statement(self, statement: Statement) -> None:
        self._paragraph(f"“{statement.quote}”" if statement.quote else "", style="Quote")
        if statement.original_quote:
            self._paragraph(f"In the original: {statement.original_quote}", size=SMALL)
        self._paragraph(statement.translation, size=SMALL)
        self._paragraph(_plain("components/citation.html", statement=statement, bare=True), size=SMALL)

    def around(self) -> None:
        """What is logged, who was there, and what ran in parallel."""
        brief = self.contents.brief
        if self.contents.summit.is_meeting:
            self._heading("What is logged")
            logged, expected = len(brief.coverage.logged), len(brief.coverage.expected)
            self._paragraph(f"{logged} of {expected} cells of the watched actors are logged.")
        if brief.apart:
            self._heading("How far apart the last placements of the parties are")
            for apart in brief.apart:
                told = f"{apart.issue.name}: {points(apart.distance.value)} points"
                places = (f"{actor} {points(place)} ({at.name})" for actor, place, at in apart.places)
                whose = ", ".join(places) if len(apart.places) <= MOST else f"{len(apart.places)} parties"
                self._paragraph(f"{told}{on_average(apart.distance)}: {whose}", "List Bullet")
        if brief.attendance:
            self._heading("Who sat at the table")
            for item in brief.attendance:
                self._paragraph(
                    f"{item.actor}{f': {item.person.name}' if item.person else ''}", "List Bullet"
                )
        if brief.parallels:
            self._heading("In parallel, not at the table")
            for summit in brief.parallels:
                self._paragraph(summit.name, style="List Bullet")

    def happened(self, events: Sequence[Event]) -> None:
        if not events:
            return
        self._heading("What happened before it")
        for event in events:
            line = self._paragraph("", style="List Bullet")
            self._run(line, f"{known_date(event.date, event.date_precision)}: ")
            self._run(line, event.title, bold=True)
            self._run(line, f": {event.text}" if event.text else "")
            self._cite(line, event)

    def sources(self) -> None:
        """The numbered list to which the numbers in the text lead."""
        if not self.notes.sources:
            return
        self._heading("Sources")
        for number, source in enumerate(self.notes.sources, 1):
            where = f", {source.url}" if source.url else ""
            printed = known_date(source.published_on, source.published_on_precision)
            self._paragraph(f"{number}. {source.publisher}, “{source.title}”, {printed}{where}", size=SMALL)

    def saved(self) -> bytes:
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(printable(text), level=level)

    def _paragraph(self, text: str, style: str | None = None, size: Any = None) -> Any:
        """A paragraph; None for an empty text that is no list item."""
        if not text and style != "List Bullet":
            return None
        paragraph = self.document.add_paragraph(style=style)
        self._run(paragraph, text, size=size)
        return paragraph

    def _run(
        self, paragraph: Any, text: str, *, bold: bool = False, is_line: bool = False, size: Any = None
    ) -> None:
        if text:
            run = paragraph.add_run(printable(text))
            run.bold = bold or is_line or None
            run.font.size = size
            if is_line:
                run.font.highlight_color = WD_COLOR_INDEX.GRAY_25

    def _cite(self, paragraph: Any, cited: Any) -> None:
        numbers = self.notes.cite([cited])
        if numbers:
            run = paragraph.add_run(f" [{', '.join(map(str, numbers))}]")
            run.font.size = SMALL


def _figures(item: NamedChange) -> str:
    change, before = item.change, item.change.before.placement
    dagger = "†" if item.position.corrections else ""
    if change.entry.placement is not None:
        return f": {figures(change)}{dagger}"
    if before is not None and change.kind not in ("withdrawn", "silent"):
        return f": {points(before.value)} stands"
    return ""


def _marks(item: NamedChange) -> str:
    change = item.change
    kind = kind_word(change).word
    delta = f", {step(change)}" if step(change) else ""
    direction = direction_word(change)
    words = [line_word(change), f"{kind}{delta}", direction.word if direction else ""]
    words += ["by others’ account" if item.position.basis == Basis.REPORTED else ""]
    return "; ".join(filter(None, [*words, "Disputed" if item.position.disputed else ""]))


def _plain(template: str, **context: Any) -> str:
    """What a component says, without its marks."""
    return " ".join(unescape(strip_tags(render_to_string(template, context))).split())
