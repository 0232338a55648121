"""What briefs tell alike: changes with their words, outcomes by account, and events."""

from collections.abc import Iterable, Sequence

from issues.domain.bidi import isolated
from issues.exports.brief.writer import SMALL, Writer
from issues.models import Event, Summit
from issues.models.position import Basis
from issues.queries.pages.change_measure import measured
from issues.queries.pages.named_changes import NamedChange
from issues.queries.pages.summit_brief import Agreed
from issues.templatetags.changes import direction_word, figures, kind_word, line_word, step
from issues.templatetags.redlines import dated, known_date, points


def at(summit: Summit) -> str:
    """An occasion with its day, the name kept from moving it."""
    return f"{isolated(summit.name)}{dated(summit)}"


def agreed(writer: Writer, groups: Iterable[Agreed], level: int = 2) -> None:
    """Outcomes under their issues, each with the account that it is by."""
    for group in groups:
        contested = " (contested)" if group.is_contested else ""
        name = isolated(group.issue.name) if group.issue else "The summit as a whole"
        writer.heading(f"{name}{contested}", level=level)
        for outcome in group.outcomes:
            place = "" if outcome.placement is None else f" at {points(outcome.placement)}"
            teller = outcome.according_to_actor or outcome.according_to_person
            account = f", according to {isolated(str(teller))}" if teller else ""
            line = writer.bullet()
            writer.say(line, outcome.get_status_display().capitalize(), bold=True)
            writer.say(line, f"{place}{account}: {isolated(outcome.text)}")
            writer.cite(line, outcome)


def change(
    writer: Writer, item: NamedChange, lead: Sequence[str], *, is_minor: bool = False, where: str = ""
) -> None:
    """A change in its sentence, with what it is measured against and its words.

    ``lead`` begins the sentence, its first part in bold; ``where`` says where it was said, if that has to be.
    """
    line = writer.bullet()
    writer.say(line, lead[0], bold=True)
    writer.say(line, f"{''.join(lead[1:])}{_figures(item)}. ")
    writer.say(line, _marks(item), is_line=bool(line_word(item.change)))
    writer.say(line, where)
    writer.cite(line, item.position)
    writer.sentence(measured(item.change, item.actors, lambda name: isolated(str(name))), size=SMALL)
    if is_minor:
        return
    position = item.position
    writer.words(position.summary)
    if position.condition:
        writer.sentence(f"Conditional: {isolated(position.condition)}")
    for evidence in list(position.evidence.all())[:1]:
        writer.statement(evidence.statement)


def happened(writer: Writer, events: Sequence[Event], title: str) -> None:
    """Events under a title; nothing where there are none."""
    if not events:
        return
    writer.heading(title)
    for event in events:
        line = writer.bullet(f"{known_date(event.date, event.date_precision)}: ")
        writer.say(line, isolated(event.title), bold=True)
        writer.say(line, f": {isolated(event.text)}" if event.text else "")
        writer.cite(line, event)


def _figures(item: NamedChange) -> str:
    told, before = item.change, item.change.before.placement
    dagger = "†" if item.position.corrections else ""
    if told.entry.placement is not None:
        return f": {figures(told)}{dagger}"
    if before is not None and told.kind not in ("withdrawn", "silent"):
        return f": {points(before.value)} stands"
    return ""


def _marks(item: NamedChange) -> str:
    told = item.change
    delta = f", {step(told)}" if step(told) else ""
    direction = direction_word(told)
    words = [line_word(told), f"{kind_word(told).word}{delta}", direction.word if direction else ""]
    words += ["by others’ account" if item.position.basis == Basis.REPORTED else ""]
    return "; ".join(filter(None, [*words, "Disputed" if item.position.disputed else ""]))
