"""A cell of the matrix: where an actor stands on an issue, what changed, what it rests on. Formatting only.

In Python and not in templates for the same reason as :mod:`issues.templatetags.said`.
"""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.domain.change import Change, ChangeKind
from issues.models import Actor, Issue, Summit
from issues.queries.pages.endnotes import Endnotes
from issues.queries.pages.matrix_cell import MatrixCell
from issues.queries.reading.words import evidence_of
from issues.templatetags.changes import Mark, direction_word, kind_word, line_word, measured_here, step
from issues.templatetags.redlines import and_known, known_date, points, signed, then, total_evidence
from issues.templatetags.said import evidence, statement
from issues.templatetags.shown import EMPTY, Shown, joined, shown_on

register = template.Library()
SAID_AGAIN = (ChangeKind.REAFFIRMED, ChangeKind.RESTATED)
LINE = Mark("▌", "red", "Red line")


@register.simple_tag(takes_context=True, name="stands")
def stands_here(context: Context, cell: MatrixCell) -> SafeString:
    """One actor on one issue: the scale, what changed, the words, and behind them what they rest on."""
    against, summit = context.get("against"), context.get("summit")
    return stands(shown_on(context), cell, against, summit, context["endnotes"])


@register.simple_tag(takes_context=True)
def cells_of(context: Context, cells: Iterable[MatrixCell]) -> SafeString:
    """The cells of a row of the matrix."""
    shown, against, summit = shown_on(context), context.get("against"), context.get("summit")
    endnotes = context["endnotes"]
    return joined(*(_in_table(cell, stands(shown, cell, against, summit, endnotes)) for cell in cells))


@register.simple_tag(takes_context=True)
def changes_of(context: Context, cells: Iterable[MatrixCell]) -> SafeString:
    """What changed in these cells, each with the first statement that it rests on, as the items of a list."""
    shown, against, summit = shown_on(context), context.get("against"), context["summit"]
    return joined(*(_item(shown, cell, summit, marks(shown, cell, against)) for cell in cells))


@register.simple_tag(takes_context=True, name="marks")
def marks_here(context: Context, cell: MatrixCell) -> SafeString:
    """What changed in a cell, in symbols and words."""
    return marks(shown_on(context), cell, context.get("against"))


@register.simple_tag(takes_context=True, name="first_statement")
def first_statement_here(context: Context, cell: MatrixCell) -> SafeString:
    """The first statement that a cell rests on, if it rests on any."""
    return first_statement(shown_on(context), cell)


def first_statement(shown: Shown, cell: MatrixCell) -> SafeString:
    """As :func:`first_statement_here`."""
    first = next(iter(evidence_of(cell.positions[0])), None) if cell.positions else None
    return statement(shown, first.statement, first.stance) if first else EMPTY


def stands(
    shown: Shown, cell: MatrixCell, against: Summit | None, summit: Summit | None, endnotes: Endnotes
) -> SafeString:
    """As :func:`stands_here`; without a summit nothing leads to the page of the cell."""
    if cell.standing.is_empty and not cell.change and cell.was is None:
        return format_html(
            '<p class="none">{}</p>\n', "Withdrawn" if cell.standing.withdrawn else "Not stated"
        )
    return joined(
        _track(shown, cell) if cell.issue.has_scale else EMPTY,
        marks(shown, cell, against),
        _words(cell),
        _placed_since(cell),
        _behind(shown, cell, summit, endnotes) if cell.positions else EMPTY,
    )


def _in_table(cell: MatrixCell, told: SafeString) -> SafeString:
    is_carried = cell.standing.is_empty or cell.since
    return format_html(
        '<td class="cell{}{}"><span class="cell-issue"><bdi>{}</bdi></span> {}</td>\n',
        " carried" if is_carried else EMPTY,
        " dimmed" if cell.is_dimmed else EMPTY,
        cell.issue.name,
        told,
    )


def _item(shown: Shown, cell: MatrixCell, summit: Summit, marked: SafeString) -> SafeString:
    return format_html(
        "<li>{}<div><p><b>{}</b>{} on {}{}</p>\n{}</div></li>\n",
        marked,
        shown.once(("actor", cell.actor.pk), lambda: _actor(shown, cell.actor)),
        shown.once(("then", cell.actor.pk), lambda: then(cell.actor, summit, shown.reading)),
        shown.once(("issue", cell.issue.pk), lambda: _issue(shown, cell.issue, summit)),
        _from_to(cell),
        first_statement(shown, cell),
    )


def _actor(shown: Shown, actor: Actor) -> SafeString:
    address = reverse("actor", args=[shown.slug, actor.slug])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, actor)


def _issue(shown: Shown, issue: Issue, summit: Summit) -> SafeString:
    at = f"{issue.get_absolute_url()}?summit={summit.slug}{and_known(shown.reading)}"
    return format_html('<a href="{}"><bdi>{}</bdi></a>', at, issue.name)


def _from_to(cell: MatrixCell) -> SafeString:
    if cell.was is not None and cell.now is not None:
        return format_html(": {} → <b>{}</b>", points(cell.was), points(cell.now))
    if cell.now is not None and not cell.placed_since:
        return format_html(": <b>{}</b>", points(cell.now))
    return EMPTY


def marks(shown: Shown, cell: MatrixCell, against: Summit | None) -> SafeString:
    """As :func:`marks_here`, once a page."""
    return shown.once(("marks", id(cell)), lambda: _marks(cell, against))


def _marks(cell: MatrixCell, against: Summit | None) -> SafeString:
    told = _compared(cell, against) if cell.is_compared else _changed(cell)
    if cell.is_corrected:
        told.append(_CORRECTED)
    if cell.text and cell.text.disputed:
        told.append(mark("≠", "disputed", "Disputed"))
    since = cell.red_line_since
    if cell.red_line and since and not cell.red_line_change:
        day = known_date(since.starts_on, since.starts_on_precision)
        derived = "" if cell.red_line.declared else " (derived)"
        told.append(mark("▌", "red carried-line", f"Red line{derived} since {day}", gap=""))
    return format_html('<p class="marks">{}</p>\n', joined(*told))


@lru_cache(maxsize=2_000)
def mark(symbol: str, css: str, word: str, gap: str = " ") -> SafeString:
    """A mark: its symbol, which is not read aloud, and its words."""
    return format_html(
        ' <span class="mark {}"><span aria-hidden="true">{}</span>{}{}</span>', css, symbol, gap, word
    )


_CORRECTED = format_html(
    ' <span class="mark corrected" title="{}"><span aria-hidden="true">†</span> Corrected record</span>',
    "Our record was corrected; the old value and the reason are with the statements",
)


def _compared(cell: MatrixCell, against: Summit | None) -> list[SafeString]:
    """What differs from another summit."""
    compared = cell.compared
    if cell.is_uncertain:
        return [mark("?", "uncertain", "Order uncertain")]
    if compared is None:
        return (
            []
            if cell.standing.is_empty
            else [mark("=", "carried", f"As at {against.name if against else ''}")]
        )
    if compared.restated_only:
        is_new = compared.before.is_empty
        return [mark("⊕", "new", "Stated since") if is_new else mark("=", "same", "Restated since")]
    told = []
    if compared.placement:
        moved = f"Moved {signed(cell.delta)}" if cell.delta is not None else ""
        told.append(mark("→", "moved", moved or ("No longer placed" if cell.now is None else "Placed since")))
    if compared.red_line:
        derived = " (derived)" if cell.red_line and not cell.red_line.declared else ""
        told.append(mark("▌", "red", f"Red line differs{derived}", gap=""))
    if compared.withdrawal:
        told.append(mark("⊘", "harder", "Withdrawal"))
    return told


def _changed(cell: MatrixCell) -> list[SafeString]:
    """What changed at the summit; where nothing did, since when it stands."""
    line, told = cell.red_line_change, []
    if line:
        told.append(mark("▌", "red", line_word(line), gap=""))
    for change in cell.told:
        if not line or change.kind not in SAID_AGAIN:
            told.append(_kind(change))
        direction = direction_word(change)
        if direction and not line:
            told.append(mark(*direction))
        measure = measured_here(change, cell.actors) if change.kind == ChangeKind.MOVED else EMPTY
        if measure:
            told.append(format_html(' <span class="age">{}</span>', measure))
    if not cell.told and cell.since:
        day = known_date(cell.since.starts_on, cell.since.starts_on_precision)
        told.append(mark("–", "carried", f"since {day}"))
    return told


def _kind(change: Change) -> SafeString:
    symbol, css, word = kind_word(change)
    far = step(change)
    return mark(symbol, css, f"{word}, {far}" if far else word)


def _track(shown: Shown, cell: MatrixCell) -> SafeString:
    """The scale with where it stands, which is drawn once a page for all that stand and stood there."""
    if cell.now is None and cell.was is None and not cell.red_line:
        return format_html('<p class="unplaced">{}</p>\n', "Not placed")
    drawn = {"now": cell.now, "was": cell.was, "line": cell.red_line, "carried": bool(cell.placed_since)}
    return shown.once(("track", *drawn.values()), lambda: render_to_string("components/track.html", drawn))


def _words(cell: MatrixCell) -> SafeString:
    text = cell.text
    if text and text.summary:
        return format_html('<p class="says">{}</p>\n', text.summary)
    kept = cell.kept
    if kept:
        at = cell.summits.get(kept.summit_id)
        return format_html('<p class="says"><span class="age">as at {}:</span> {}</p>\n', at, kept.summary)
    return format_html('<p class="says">{}</p>\n', "Withdrawn.") if cell.standing.withdrawn else EMPTY


def _placed_since(cell: MatrixCell) -> SafeString:
    since = cell.placed_since
    return format_html('<p class="age">{} from {}</p>\n', points(cell.now), since.name) if since else EMPTY


def _behind(shown: Shown, cell: MatrixCell, summit: Summit | None, endnotes: Endnotes) -> SafeString:
    """The statements behind what stands, in a panel, and on paper the numbers of their sources."""
    count = total_evidence(cell.positions)
    said = (
        format_html(
            '<div id="said-{}">{}</div>\n',
            position.pk,
            evidence(shown, position, cell.summits.get(position.summit_id), anchor="said"),
        )
        for position in cell.positions
    )
    return format_html(
        '<details class="words" name="words"><summary>{}<span class="visually-hidden"> of {} on {}</span>'
        '</summary>\n<div class="panel">{}{}</div></details>\n<sup class="print-only">{}</sup>',
        f"{count} statement{'' if count == 1 else 's'}" if count else "Coding",
        cell.actor,
        cell.issue,
        joined(*said),
        _whole_cell(shown, cell, summit) if summit else EMPTY,
        ", ".join(map(str, endnotes.cite(cell.positions))),
    )


def _whole_cell(shown: Shown, cell: MatrixCell, summit: Summit) -> SafeString:
    return format_html(
        '<p class="meta"><a href="{}{}">This cell as of {}, with all before it</a></p>\n',
        shown.cell_address(summit, cell.actor, cell.issue),
        shown.known,
        summit.name,
    )
