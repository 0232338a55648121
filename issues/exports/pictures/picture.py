"""A picture as it leaves: what is drawn, what it shows in words, where it is from, the figures behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from issues.domain.bidi import isolated
from issues.domain.redline import RedLine
from issues.domain.span import day_in_words, moment_in_words, reduced
from issues.models import Process, Summit
from issues.templatetags.redlines import dated

Row = dict[str, Any]

# What the fields of the figures hold, wherever they stand.
FIELDS = {
    "actor": "who stands there",
    "actor_slug": "the actor in addresses",
    "issue": "on what",
    "issue_slug": "the issue in addresses",
    "role": "the actor’s role in the process",
    "party": "whether the actor is a party",
    "placement": "where it stands on the scale, 0 to 100; null where it is not placed",
    "stated": "the placement that was stated at this occasion, 0 to 100; null where the words support none",
    "before": "where it stood before, 0 to 100",
    "kind": "what the position did to the standing one, or what kind of occasion it was",
    "state": "stated, withdrawn or silent; of a cell also placed, in words or nothing on record",
    "carried": "whether it is carried on to the end of the picture, and not stated again",
    "red_line": "declared, derived by the coder, or null for none",
    "accepts_from": "the lowest placement that the red line accepts",
    "accepts_to": "the highest placement that the red line accepts",
    "summit": "the occasion",
    "summit_slug": "the occasion in addresses",
    "date": "the day of the occasion as exactly as it is known",
    "day": "the day at which it is drawn",
    "until": "the day until which it is drawn",
    "place": "where it was held",
    "parallel_to": "the occasion in parallel to which it was made, in addresses",
    "value": "a place on the scale, 0 to 100",
    "letter": "the letter of the option",
    "label": "what the option says",
    "low": "the lower end, 0 to 100",
    "high": "the upper end, 0 to 100",
    "distance": "the mean distance between the parties in points",
    "n": "how many pairs of parties, issues or people a figure rests on",
    "throughout": "the mean distance over the issues that are measured at both ends alone",
    "breaks": "whether it rests on other issues than the figure before, and does not compare with it",
    "probability": "in per cent",
    "mean": "the mean of the group, in per cent",
    "person": "whose number it is",
    "too_late": "whether it was given too late to be scored",
}


@dataclass(frozen=True)
class Provenance:
    """Where a picture is from: the process, as of which summit, as known when, its page, the day."""

    process: Process
    summit: Summit
    known: datetime | None
    page: str
    read_on: date

    @property
    def when(self) -> str:
        """Of what time the record is that was drawn."""
        if self.known:
            return f"As our record was known on {moment_in_words(self.known)}"
        return f"As recorded on {day_in_words(self.read_on)}"

    @property
    def line(self) -> str:
        """The source line that stands in the picture."""
        return f"Source: Redlines, {isolated(self.process.name)}. {self.when}. {self.page}"


@dataclass(frozen=True)
class Picture:
    """A picture: its name in addresses, its title and caption, its drawing, and the figures behind it.

    ``drawing`` is what the template of the drawing expects, ``size`` that of its viewBox, ``beyond`` how far
    its words may reach to the right of it. ``data`` are the
    figures by name, the first of them what is drawn, the others what lies beneath it; ``view`` is the body
    of a Vega-Lite document that reads them by these names. ``page`` is where it stands on our pages.
    """

    name: str
    title: str
    caption: str
    template: str
    drawing: Mapping[str, Any]
    size: tuple[float, float]
    data: Mapping[str, Sequence[Row]]
    view: Mapping[str, Any]
    page: str
    beyond: float = 0.0

    @property
    def fields(self) -> dict[str, str]:
        """What each field of the figures holds."""
        used = {name for rows in self.data.values() for row in rows for name in row}
        return {name: meaning for name, meaning in FIELDS.items() if name in used}


def as_of(summit: Summit) -> str:
    """As of when a picture is, to begin its caption with."""
    return f"As of {isolated(summit.name)}{dated(summit)}."


def occasion(summit: Summit) -> Row:
    """An occasion in the figures of a picture."""
    return {
        "summit": summit.name,
        "summit_slug": summit.slug,
        "date": reduced(summit.starts_on, summit.starts_on_precision),
        "day": summit.stands_on.isoformat(),
    }


def limits(line: RedLine | None) -> Row:
    """A red line in the figures of a picture; of none, nothing."""
    return {
        "red_line": None if line is None else "declared" if line.declared else "derived",
        "accepts_from": line.accepts_from if line else None,
        "accepts_to": line.accepts_to if line else None,
    }
