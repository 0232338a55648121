"""The brief of a span of summits: what changed between two of them, summit by summit."""

from django.utils.text import capfirst

from issues.domain.bidi import isolated
from issues.domain.wording import moved_in_words
from issues.exports.brief import parts
from issues.exports.brief.writer import About, Writer
from issues.queries.pages.span_brief import SpanBrief, is_minor
from issues.templatetags.redlines import points


def span_docx(brief: SpanBrief, about: About) -> bytes:
    """The document, as the bytes of a ``.docx`` file."""
    first, last = parts.at(brief.first), parts.at(brief.last)
    span = f"from {first} to {last}" if brief.first != brief.last else f"at {first}"
    writer = Writer(f"{about.process.name}: {brief.first.name} to {brief.last.name}", about)
    writer.title(f"{isolated(about.process.name)}, {span}")
    writer.sentence(f"{capfirst(moved_in_words(brief.moved, brief.stated))}.")
    writer.as_known()
    _apart(writer, brief)
    for told in brief.told:
        writer.heading(parts.at(told.summit))
        parts.agreed(writer, told.agreed)
        if told.agreed and told.changes:
            writer.heading("What changed", level=2)
        for item in told.changes:
            lead = (isolated(str(item.actor)), f" on {isolated(item.issue.name)}")
            away = "" if item.at_table else ", not at the table"
            parts.change(writer, item, lead, is_minor=is_minor(item), where=away)
    if not brief.told:
        writer.sentence("Nothing has been logged in this span.")
    parts.happened(writer, brief.events, "What happened meanwhile")
    writer.sources()
    return writer.saved()


def _apart(writer: Writer, brief: SpanBrief) -> None:
    if not brief.distances:
        return
    writer.heading("How far apart the parties were before it and are at its end")
    writer.sentence("On the issues on which the same parties are placed at both ends.")
    for drawn in brief.distances:
        figures = f"{points(drawn.before)} → {points(drawn.after)} points"
        writer.bullet(f"{isolated(drawn.issue.name)}: {figures}, {drawn.n} parties")
