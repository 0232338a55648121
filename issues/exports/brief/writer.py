"""A Word document as our briefs are written: headings, sentences, words of others, tables, sources."""

import re
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
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from issues.domain.bidi import FIRST_STRONG_ISOLATE, isolated, runs_right_to_left
from issues.domain.quotation import quoted
from issues.domain.span import moment_in_words
from issues.exports.brief.direction import runs_of_sentence, runs_of_words, turn, turn_run
from issues.exports.changes_feed import printable
from issues.models import Process, Statement
from issues.queries.pages.endnotes import Endnotes, Note
from issues.templatetags.redlines import known_date
from issues.templatetags.said import citation
from issues.templatetags.shown import no_page

MARGIN = Mm(18)
SMALL = Pt(9)
# A name in a component, in an element of its own.
NAME = re.compile(r"<bdi\s*>([^<]*)</bdi\s*>")


@dataclass(frozen=True)
class About:
    """Where a document is from: the process, the address of its page, when it was made, as known when."""

    process: Process
    address: str
    made: datetime
    known: datetime | None = None


class Writer:
    """The document while it is written.

    ``sentence`` and its like take words of ours, in which the names of others are ``isolated``; ``words``
    takes what others wrote, which runs as its first letter does.
    """

    def __init__(self, title: str, about: About) -> None:
        self.notes = Endnotes()
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        style = self.document.styles["Normal"]
        style.font.size, style.paragraph_format.space_after = Pt(10), Pt(3)
        properties = self.document.core_properties
        properties.title, properties.author = printable(title)[:255], "Redlines"
        properties.subject = printable(about.process.name)
        properties.created = properties.modified = about.made.replace(tzinfo=None)
        self.say(
            section.footer.paragraphs[0],
            f"{about.address} · made on {moment_in_words(about.made)}",
            size=SMALL,
        )
        self.known = about.known

    def title(self, name: str) -> None:
        """The title: a name alone, or a sentence of ours with isolated names."""
        self._styled(name, "Title")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of a level: likewise."""
        self._styled(text, f"Heading {level}")

    def as_known(self) -> None:
        """As of what time of our record the document is, where it is not that of now."""
        if self.known:
            self.sentence(
                f"As our record was known on {moment_in_words(self.known)}: positions, "
                "evidence, options, outcomes and endings of then, names and structure of today."
            )

    def sentence(self, text: str, size: Any = None) -> None:
        """A paragraph of ours; none for an empty text."""
        if text:
            self.say(self.document.add_paragraph(), text, size=size)

    def bullet(self, text: str = "") -> Any:
        """An item of a list, to say more in."""
        paragraph = self.document.add_paragraph(style="List Bullet")
        self.say(paragraph, text)
        return paragraph

    def words(self, text: str, style: str | None = None, size: Any = None, language: str = "") -> None:
        """A paragraph that someone else wrote; none for an empty text."""
        if not text:
            return
        paragraph = self.document.add_paragraph(style=style)
        if runs_right_to_left(text):
            turn(paragraph)
        for piece, leftwards in runs_of_words(text):
            self._run(paragraph, piece, size=size, leftwards=leftwards, language=language)

    def say(
        self, paragraph: Any, text: str, *, bold: bool = False, is_line: bool = False, size: Any = None
    ) -> None:
        """Go on in a paragraph with words of ours."""
        for piece, leftwards in runs_of_sentence(text):
            run = self._run(paragraph, piece, size=size, leftwards=leftwards, bold=bold or is_line)
            if is_line:
                run.font.highlight_color = WD_COLOR_INDEX.GRAY_25

    def cite(self, paragraph: Any, cited: Any) -> None:
        """The numbers of the sources behind what was said in a paragraph."""
        numbers = self.notes.cite([cited])
        if numbers:
            self.say(paragraph, f" [{', '.join(map(str, numbers))}]", size=SMALL)

    def statement(self, statement: Statement) -> None:
        """What was said, to the letter, in the original where that differs, and who said it."""
        language = statement.language
        self.words(quoted(statement.quote), style="Quote", language=language)
        if statement.original_quote:
            self.sentence("In the original:", size=SMALL)
            self.words(quoted(statement.original_quote), size=SMALL, language=language)
        self.words(statement.translation, size=SMALL)
        self.sentence(without_marks(citation(no_page(), statement, bare=True)), size=SMALL)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table whose head is repeated on every page."""
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self.say(cell.paragraphs[0], head, bold=True, size=SMALL)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                self.say(cell.paragraphs[0], text, size=SMALL)

    def sources(self) -> None:
        """The numbered list to which the numbers in the text lead."""
        if not self.notes.notes:
            return
        self.heading("Sources")
        for number, note in enumerate(self.notes.notes, 1):
            self.sentence(f"{number}. {_printed(note)}", size=SMALL)

    def saved(self) -> bytes:
        """The document, as the bytes of a ``.docx`` file."""
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _styled(self, text: str, style: str) -> None:
        """A heading: a name alone runs as its first letter does."""
        paragraph = self.document.add_paragraph(style=style)
        if runs_right_to_left(text) and FIRST_STRONG_ISOLATE not in text:
            turn(paragraph)
            for piece, leftwards in runs_of_words(text):
                self._run(paragraph, piece, leftwards=leftwards)
        else:
            self.say(paragraph, text)

    def _run(
        self,
        paragraph: Any,
        text: str,
        *,
        size: Any = None,
        leftwards: bool = False,
        bold: bool = False,
        language: str = "",
    ) -> Any:
        run = paragraph.add_run(printable(text))
        run.bold = bold or None
        run.font.size = size
        if leftwards:
            turn_run(run, size, bold=bold, language=language)
        return run


def _printed(note: Note) -> str:
    """A source as a note: who published what, when, where, and where a copy is kept."""
    source = note.source
    parts = [
        isolated(source.publisher),
        isolated(quoted(source.title)),
        known_date(source.published_on, source.published_on_precision),
        source.url,
        f"archived copy: {' and '.join(note.copies)}" if note.copies else "",
    ]
    return ", ".join(part for part in parts if part)


def plain(template: str, **context: Any) -> str:
    """What a component says, without its marks, its names isolated."""
    return without_marks(render_to_string(template, context))


def without_marks(html: str) -> str:
    """What HTML says, without its marks, its names isolated."""
    named = NAME.sub(lambda found: isolated(found[1].strip()), html)
    return " ".join(unescape(strip_tags(named)).split())
