"""How a change is written: its mark, its numbers and the sentence that tells it. Formatting only."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.domain.change import Change, ChangeKind, Direction
from issues.domain.gap import Gap
from issues.domain.position import RedLineMention
from issues.domain.redline import RedLineChange
from issues.domain.wording import moved_in_words
from issues.models import Actor
from issues.queries.pages.change_measure import gap_in_words, listed, measured
from issues.queries.pages.headline import Headline
from issues.queries.pages.named_changes import NamedChange
from issues.templatetags.redlines import dated, points, signed

register = template.Library()


class Mark(NamedTuple):
    """How a change is marked: colour is never the only channel."""

    symbol: str
    css: str
    word: str


KIND_WORDS = {
    ChangeKind.NEW: Mark("⊕", "new", "New"),
    ChangeKind.MOVED: Mark("→", "moved", "Moved"),
    ChangeKind.PLACED: Mark("⊕", "new", "Placed"),
    ChangeKind.REAFFIRMED: Mark("=", "same", "Reaffirmed"),
    ChangeKind.RESTATED: Mark("=", "same", "Restated"),
    ChangeKind.WITHDRAWN: Mark("⊘", "harder", "Withdrawn"),
    ChangeKind.SILENT: Mark("○", "same", "Silent"),
}
# By a coder's eye alone; “reaffirmed” is what the speaker or reporter claims.
SEEN_AGAIN = Mark("=", "same", "Same placement, seen again")
JOINTLY = Mark("⇄", "same", "Agreed jointly")
UNCERTAIN = Mark("?", "uncertain", "Order uncertain")
DIRECTION_WORDS = {
    Direction.HARDENED: Mark("←→", "harder", "Hardened"),
    Direction.SOFTENED: Mark("→←", "softer", "Softened"),
    Direction.MIXED: Mark("↔", "harder", "Mixed"),
}
LINE_WORDS = {
    RedLineChange.DRAWN: "Red line drawn",
    RedLineChange.TIGHTENED: "Red line tightened",
    RedLineChange.LOOSENED: "Red line loosened",
    RedLineChange.REDRAWN: "Red line redrawn",
    RedLineChange.DROPPED: "Red line dropped",
}


@register.filter
def kind_word(change: Change) -> Mark:
    """The mark of a change: its direction where it has one, else its kind; what is not known says so."""
    if not change.order_known:
        return UNCERTAIN
    if change.direction and change.kind == ChangeKind.MOVED:
        return DIRECTION_WORDS[change.direction]
    if change.agreed_jointly and change.kind in (ChangeKind.MOVED, ChangeKind.NEW, ChangeKind.PLACED):
        return JOINTLY
    if change.kind == ChangeKind.REAFFIRMED and not change.entry.claimed_reaffirmed:
        return SEEN_AGAIN
    return KIND_WORDS[change.kind]


@register.filter
def direction_word(change: Change) -> Mark | None:
    """The mark of a direction that comes from a red line alone."""
    if change.direction is None or change.kind == ChangeKind.MOVED:
        return None
    return DIRECTION_WORDS[change.direction]


@register.filter
def moved_of(told: Headline) -> str:
    """How many of the positions that were stated moved, as a clause."""
    return moved_in_words(told.moved, told.stated, told.uncertain)


@register.filter
def step(change: Change) -> str:
    """How far a move went, with its sign; empty where it is not known which number came first."""
    return signed(change.delta) if change.order_known else ""


@register.filter
def figures(change: Change) -> str:
    """Its numbers: 25 → 75, or 75 alone; “25 and 75” where it is not known which came first."""
    before, now = change.before.value, change.entry.placement
    if now is None or change.delta is None or before is None:
        return points(now)
    return f"{points(before)} {'→' if change.order_known else 'and'} {points(now)}"


@register.filter
def line_word(change: Change | None) -> str:
    """What a position does to the red line, in words; empty where it does nothing."""
    if change is None or change.red_line not in LINE_WORDS:
        return ""
    if not change.order_known:
        return "Red line, order uncertain"
    if change.entry.red_line != RedLineMention.DERIVED:
        return LINE_WORDS[change.red_line]
    # A coder's reading of the words: the actor drew nothing.
    drawn = change.red_line == RedLineChange.DRAWN
    return "Red line derived" if drawn else f"{LINE_WORDS[change.red_line]} (derived)"


@register.filter
def line_change_word(change: RedLineChange) -> str:
    """What a cell does to the red line, in a word."""
    return "restated" if change == RedLineChange.UNCHANGED else change.value.replace("_", " ")


# Around a name in a sentence, until it is marked as one.
ISOLATE = "\u2068{}\u2069"


@register.simple_tag(name="measured")
def measured_here(change: Change, actors: Mapping[int, Actor]) -> SafeString:
    """What a change is measured against, each name in its own direction."""
    return _in_bdi(measured(change, actors, ISOLATE.format))


@register.simple_tag(name="gap_in_words")
def gap_here(actors: Iterable[Actor], gap: Gap) -> SafeString:
    """How far apart those who moved end, each name in its own direction."""
    return _in_bdi(gap_in_words(actors, gap, ISOLATE.format))


@register.simple_tag
def names_of(actors: Iterable[Actor]) -> SafeString:
    """Actors in a sentence, each name in its own direction; of many the first."""
    return _in_bdi(listed(map(ISOLATE.format, actors)))


def _in_bdi(text: str) -> SafeString:
    """A sentence with each isolated name in an element of its own; everything in it is escaped."""
    pieces = re.split("[\u2068\u2069]", text)
    return format_html("{}" + "<bdi>{}</bdi>{}" * (len(pieces) // 2), *pieces)


@register.filter
def sentence(item: NamedChange) -> str:
    """A change in one plain sentence: “Armenia on Border at Prague, 6 October 2022: 25 → 50, softened…”."""
    summit, change = item.summit, item.change
    where = f" at {summit.name}" if summit.is_meeting else f", {summit.name}"
    what = [kind_word(change).word.lower()]
    if change.entry.placement is not None:
        what.insert(0 if change.delta is not None else 1, figures(change))
    direction, line = direction_word(change), line_word(change)
    what += [direction.word.lower()] if direction else []
    what += [line[0].lower() + line[1:]] if line else []
    told = measured(change, item.actors)
    what += [told[0].lower() + told[1:]] if told else []
    return f"{item.actor} on {item.issue.name}{where}{dated(summit)}: {', '.join(what)}"
