"""What was said and how it was coded: a citation, a statement, the evidence of a position. Formatting only.

In Python and not in templates, because a page shows hundreds of them: so they are written ten times as fast.
All of it goes through ``format_html``, which escapes what is not HTML already.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from issues.domain.quotation import quoted
from issues.models import Position, Statement, Summit
from issues.models.position import PositionRedLine, PositionState, Stance
from issues.queries.reading.corrections import Correction
from issues.queries.reading.words import evidence_of
from issues.templatetags.redlines import known_date, name_of, points, reason, refuses
from issues.templatetags.shown import EMPTY, Shown, day_of, joined, shown_on

register = template.Library()
LINES = (PositionRedLine.DECLARED, PositionRedLine.DERIVED)


@register.simple_tag(takes_context=True, name="statement")
def statement_here(context: Context, said: Statement, stance: str = "", bare: bool = False) -> SafeString:
    """The words, the original where it differs, the translation, the citation; ``bare``: not its source."""
    return statement(shown_on(context), said, stance, bare)


@register.simple_tag(takes_context=True, name="evidence")
def evidence_here(
    context: Context,
    position: Position,
    occasion: Summit | None = None,
    folded: str = "",
    anchor: str = "position",
) -> SafeString:
    """What a position rests on, and how it was coded, under the occasion if one is given.

    ``folded`` is what is behind a summary: “rest”, all but the first statement, or “all”. ``anchor`` is what
    the id on the page begins with to which one comes back.
    """
    return evidence(shown_on(context), position, occasion, folded, anchor)


def statement(shown: Shown, said: Statement, stance: str = "", bare: bool = False) -> SafeString:
    """As :func:`statement_here`, once a page."""
    if said._state.adding:  # not stored yet, as on a preview: another has no key either
        return _statement(shown, said, stance, bare)
    return shown.once((said.pk, stance, bare), lambda: _statement(shown, said, stance, bare))


def _statement(shown: Shown, said: Statement, stance: str, bare: bool) -> SafeString:
    disputes = stance == Stance.DISPUTES
    return format_html(
        '<div class="statement{}">{}{}\n{}\n{}{}</div>\n',
        " disputes" if disputes else "",
        _DISPUTES if disputes else EMPTY,
        _quotation(said) if said.quote else EMPTY,
        citation(shown, said, bare),
        _snapshot(said) if said.snapshot_id else EMPTY,
        format_html('<p class="note">{}</p>\n', said.note) if said.note else EMPTY,
    )


_DISPUTES = format_html(
    '<p class="mark disputed"><span aria-hidden="true">{}</span> Disputes this</p>\n', "≠"
)


def _quotation(said: Statement) -> SafeString:
    words = format_html(
        '<blockquote lang="{}" dir="auto">{}</blockquote>\n', said.language, quoted(said.quote)
    )
    if said.original_quote:
        words += format_html(
            '<p class="original">In the original: <span lang="{}" dir="auto">{}</span></p>\n',
            said.language,
            quoted(said.original_quote),
        )
    if said.translation:
        words += format_html('<p class="translation">{}</p>\n', said.translation)
    return words


def _snapshot(said: Statement) -> SafeString:
    copy: Any = said.snapshot
    return format_html(
        '<p class="meta">Read from <a href="{}" rel="noopener noreferrer external">the archived copy{}</a>'
        "</p>\n",
        copy.url,
        f" of {day_of(copy.taken_at)}" if copy.taken_at else "",
    )


def citation(shown: Shown, said: Statement, bare: bool = False) -> SafeString:
    """Who said or signed it, when, by whose report, and where it is printed; ``bare`` without its source."""
    day = f", {known_date(said.said_on, said.said_on_precision)}" if said.said_on else ""
    claim = f", claimed as {said.get_claimed_as_display()}" if said.claimed_as else ""
    return format_html(
        "<cite>{}{}{}{}. {}</cite>",
        _said_by(shown, said),
        day,
        _reported_by(shown, said),
        claim,
        format_html("<bdi>{}</bdi>", capfirst(said.locator)) if bare else _printed_in(shown, said),
    )


def _said_by(shown: Shown, said: Statement) -> SafeString:
    joint, organ = said.joint, said.organ
    speaker = name_of(said.speaker, shown.process, shown.reading) if said.speaker else EMPTY
    body = format_html("<bdi>{}</bdi>", organ.name) if organ else EMPTY
    by = EMPTY
    if joint:
        signed = format_html_join(", ", "<bdi>{}</bdi>", ((actor,) for actor in joint))
        beside = [item for item in (speaker, body if organ not in joint else EMPTY) if item]
        by = format_html("Joint: {}{}", signed, format_html_join("", " · {}", ((item,) for item in beside)))
    elif speaker:
        by = format_html("{} ({})", speaker, body) if body else speaker
    elif body:
        by = body
    words = said.attribution
    if not words:
        return by or format_html("{}", "Unnamed")
    return (
        format_html("{} · <bdi>{}</bdi>", by, words) if by else format_html("<bdi>{}</bdi>", capfirst(words))
    )


def _reported_by(shown: Shown, said: Statement) -> SafeString:
    if said.reported_by_person:
        return format_html(", reported by {}", name_of(said.reported_by_person, shown.process, shown.reading))
    if said.reported_by_actor:
        return format_html(", reported by <bdi>{}</bdi>", said.reported_by_actor.name)
    return EMPTY


def _printed_in(shown: Shown, said: Statement) -> SafeString:
    source = said.source
    place = f", {said.locator}" if said.locator else ""
    if getattr(source, "is_gone", False):
        return format_html("<bdi>{}</bdi> (this source was deleted since){}", source.publisher, place)
    day = source.published_on
    return format_html(
        '<a href="{}#statement-{}"><bdi>{}</bdi>{}</a>{}',
        shown.address("source", source.pk, shown.slug) + shown.known,
        said.pk,
        source.publisher,
        f", {known_date(day, source.published_on_precision)}" if day else "",
        place,
    )


def evidence(
    shown: Shown, position: Position, occasion: Summit | None, folded: str = "", anchor: str = "position"
) -> SafeString:
    """As :func:`evidence_here`."""
    all_of = evidence_of(position)
    words = [statement(shown, item.statement, item.stance) for item in all_of]
    coded = coding(shown, position, anchor)
    if folded and words:
        first, behind = ([], words) if folded == "all" else (words[:1], words[1:])
        below = format_html(
            '{}<details class="more"><summary>{}</summary>\n{}{}</details>',
            joined(*first),
            _folded(len(words), folded),
            joined(*behind),
            coded,
        )
    else:
        below = joined(*(words or [_unsaid(position)]), coded)
    return format_html(
        '<div class="position">{}{}{}{}{}{}</div>\n',
        _occasion(shown, occasion) if occasion else EMPTY,
        format_html('<p class="says-all">{}</p>\n', position.summary) if position.summary else EMPTY,
        _red_line(position) if position.red_line in LINES else EMPTY,
        format_html('<p class="note">Conditional: {}</p>\n', position.condition)
        if position.condition
        else EMPTY,
        _tied_to(position),
        below,
    )


def _folded(many: int, folded: str) -> str:
    if folded == "all":
        return f"{many} statement{'' if many == 1 else 's'} and the coding"
    if many > 1:
        return f"{many - 1} more statement{'' if many == 2 else 's'} and the coding"
    return "How it was coded"


def _unsaid(position: Position) -> SafeString:
    is_silent = position.state == PositionState.SILENT
    told = "Watched, and said nothing on this issue." if is_silent else "No statement; inferred by the coder."
    return format_html('<p class="note">{}</p>\n', told)


def _occasion(shown: Shown, occasion: Summit) -> SafeString:
    return shown.once(
        ("occasion", occasion.pk),
        lambda: format_html(
            '<p class="occasion"><a href="{}{}">{}</a></p>\n',
            occasion.get_absolute_url(),
            shown.known,
            occasion.name,
        ),
    )


def _red_line(position: Position) -> SafeString:
    is_open = position.accepts_from is None and position.accepts_to is None
    return format_html(
        '<p class="mark red"><span aria-hidden="true">▌</span>Red line, {}{}</p>\n',
        position.get_red_line_display(),
        "; limits not stated" if is_open else f": refuses {refuses(position)}",
    )


def _tied_to(position: Position) -> SafeString:
    names = [(link.issue.name,) for link in position.links.all()]
    if not names:
        return EMPTY
    return format_html('<p class="note">Tied to {}.</p>\n', format_html_join(", ", "<bdi>{}</bdi>", names))


def coding(shown: Shown, position: Position, anchor: str = "position") -> SafeString:
    """How a position was coded: its option, basis, confidence and the coder's reason, its edits."""
    told: Any = position
    basis = "" if position.state == PositionState.SILENT else f" · {told.get_basis_display()}"
    seen = position.reviewed_at
    return format_html(
        '<p class="coding">{}{} · {} confidence · {}.{}{} <a href="{}">History</a>{}</p>\n{}',
        _placed(position),
        basis,
        told.get_confidence_display(),
        f"reviewed on {day_of(seen)}" if seen else "not yet reviewed",
        f" {position.note}" if position.note else "",
        _correct(shown, position, anchor) if shown.process and shown.may_correct else EMPTY,
        shown.address("history", position.pk, "position"),
        _address(shown, position) if shown.process else EMPTY,
        joined(*(_edited(shown, edit) for edit in position.corrections)),
    )


def _placed(position: Position) -> str:
    if position.option:
        return f"Coded {points(position.placement)}: {position.option.label}"
    if position.value is not None:
        return f"Coded {points(position.value)}"
    if position.state == PositionState.STATED:
        return "Not placed: the words do not support a number"
    return str(capfirst(position.get_state_display()))


def _correct(shown: Shown, position: Position, anchor: str) -> SafeString:
    back = f"{shown.here}%23{anchor}-{position.pk}" if shown.here else ""
    address = shown.address("correct-position", position.pk, shown.slug)
    return format_html(' <a href="{}?next={}">Correct</a>', address, back)


def _address(shown: Shown, position: Position) -> SafeString:
    at = format_html(
        ' <a href="{}{}">Address</a>', shown.address("position", position.pk, shown.slug), shown.known
    )
    if not shown.may_review or position.reviewed_at:
        return at
    return at + format_html(' <a href="{}">Review</a>', shown.address("review", position.pk, shown.slug))


def _edited(shown: Shown, edit: Correction) -> SafeString:
    author = edit.change_set.author if shown.people.named else None
    return format_html(
        '<p class="coding corrected">† Corrected on {}{}: {} → {}. {}</p>\n',
        day_of(edit.time),
        format_html(" by <bdi>{}</bdi>", author) if author else EMPTY,
        points(edit.was) or "not placed",
        points(edit.now) or "not placed",
        reason(edit.change_set, shown.people),
    )
