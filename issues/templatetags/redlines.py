"""How figures, dates, people and times are written. Formatting only: nothing here asks the database."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from issues.domain import scale
from issues.domain.former import former, name_on
from issues.domain.measures import Measure
from issues.domain.probability import in_words
from issues.domain.quotation import quoted
from issues.domain.redline import RedLine, Zone
from issues.domain.scenario import Overlap
from issues.domain.scoring import Deadline
from issues.domain.span import day_in_words
from issues.history import ADDED, ChangeSet
from issues.history.rows import VersionRow
from issues.models import Person, Position, Process, Summit
from issues.models.summit import SummitStatus
from issues.queries.pages.endnotes import Endnotes
from issues.queries.reading.people import NOBODY, People
from issues.queries.reading.words import evidence_of
from issues.user import User

register = template.Library()
register.filter("quoted", quoted)

TOGETHER_WORDS = {
    Overlap.SAME: "settle the same issues alike, so that one does not happen without the other",
    Overlap.WITHIN: "settle alike all that one of them settles, so that one happens with the other",
    Overlap.NOT_APART: "settle no issue differently, so that both can happen",
}
BANDS = 7


@register.simple_tag(takes_context=True)
def here(context: Context, kind: str = "", pk: object = "") -> str:
    """The address of this page, or of a record on it, as a parameter says it: where a form leads back to."""
    request = context.get("request")
    at = f"#{kind}-{pk}" if kind else ""
    return quote(f"{request.get_full_path()}{at}", safe="/") if request else ""


@register.filter
def author(change_set: ChangeSet, people: People | None) -> str:
    """Whose a change set is, at the beginning of a sentence; nobody’s name where a page does not say."""
    return (people or NOBODY).author(change_set)


@register.filter
def reason(change_set: ChangeSet, people: People | None) -> str:
    """Why it was done, as far as the reader may be told."""
    return (people or NOBODY).reason(change_set)


@register.filter
def person(user: User, people: People | None) -> str:
    """The name of one of ours, as far as the reader is told it."""
    return (people or NOBODY).name(user)


@register.filter
def points(value: float | None) -> str:
    """A figure on the scale without idle zeros: 25, 62.5; empty for none."""
    return "" if value is None else f"{value:.4g}"


@register.filter
def chance(probability: float | None) -> str:
    """A probability in whole per cent: 40%, never 0% or 100% for what is neither; empty for none."""
    if probability is None:
        return ""
    if 0 < probability < 0.5:
        return "<1%"
    return ">99%" if 99.5 <= probability < 100 else f"{probability:.0f}%"


@register.filter
def mean_chance(told: Any) -> str:
    """The mean of a group in whole per cent, rounded so that those of an exclusive set add up."""
    if told.rounded in (0, 100) and told.rounded != told.mean:
        return ">99%" if told.rounded else "<1%"
    kept = chance(told.mean)
    return kept if kept.startswith(("<", ">")) else f"{told.rounded}%"


@register.filter
def thousands(number: int) -> str:
    """A number with its thousands set apart: 59,049."""
    return f"{number:,}"


@register.filter
def likelihood(probability: float) -> str:
    """The words of ICD 203 for a probability in per cent."""
    return in_words(probability)


@register.filter
def how_together(how: Overlap) -> str:
    """What lets two endings happen together, to go on a sentence with."""
    return TOGETHER_WORDS[how]


@register.filter
def too_late(deadline: Deadline) -> str:
    """Why a number after this deadline does not count."""
    if deadline.ended_on is not None and deadline.is_ending:
        return f"when the answer had come on {day_in_words(deadline.ended_on)}"
    return f"after the question had closed on {day_in_words(deadline.closes_on)}"


@register.filter
def hundredfold(share: float) -> str:
    """A share of 1 in per cent, without the sign for it."""
    return f"{share * 100:.0f}"


@register.filter
def signed_decimal(value: float) -> str:
    """A figure with its sign and two decimals, a true minus."""
    return f"{value:+.2f}".replace("-", "−")


@register.filter
def refuses(line: RedLine | Position) -> str:
    """What a red line refuses, in words: anything below 50."""
    low = "" if line.accepts_from is None else f"below {points(line.accepts_from)}"
    high = "" if line.accepts_to is None else f"above {points(line.accepts_to)}"
    return f"anything {' or '.join(part for part in (low, high) if part)}" if low or high else "something"


@register.filter
def signed(value: float | None) -> str:
    """A difference in points with its sign: +25, 0, −12.5; empty for none."""
    return "" if value is None else scale.signed(value)


@register.filter
def percent(value: float) -> str:
    """A place on the scale as an SVG length: 62.5%."""
    return f"{value:.4g}%"


@register.filter
def rest(value: float) -> float:
    """What is left of the scale above a value."""
    return 100 - value


@register.filter
def band(value: float) -> int:
    """The colour band of a value, 0 to 6 from one end of the scale to the other."""
    return min(int(value / 100 * BANDS), BANDS - 1)


@register.simple_tag
def known_date(day: date | None, precision: str = "day") -> str:
    """A date as exactly as it is known: 15 July 2023, July 2023, 2023; “undated” for none."""
    return "undated" if day is None else day_in_words(day, precision or "day")


@register.filter
def limits(line: RedLine | None) -> str:
    """What a red line refuses, in words; of the rest it says nothing."""
    if line is None:
        return ""
    if line.undetermined:
        return "limits not stated"
    return f"refuses {refuses(line)}"


@register.filter
def derived_lines(zone: Zone) -> str:
    """How many of the lines behind a zone the coder read from words that draw none; empty for none."""
    return f", {zone.derived} as derived by the coder" if zone.derived else ""


@register.filter
def on_average(measure: Measure) -> str:
    """That a distance between parties is a mean over more pairs than one."""
    return " on average" if measure.n > 2 else ""


@register.filter
def cite(positions: Iterable[Position], notes: Endnotes) -> list[int]:
    """The endnote numbers of the sources behind these positions."""
    return notes.cite(positions)


@register.filter
def total_evidence(positions: Iterable[Position]) -> int:
    """How many statements these positions rest on."""
    return sum(len(evidence_of(position)) for position in positions)


@register.filter
def at(records: dict[int, Any], pk: int) -> Any:
    """The record with this key."""
    return records.get(pk)


@register.filter
def linked_data(data: dict[str, Any]) -> str:
    """Data for search engines, in an element that no browser runs; nothing in them can end it."""
    told = json_script(data).removeprefix('<script type="application/json">').removesuffix("</script>")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(told))  # nosec B308, B703


@register.filter
def aliases(text: str) -> list[str]:
    """The other spellings of a record; a former name with until when it was the name."""
    told = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = former(line)
        told.append(f"{found.name} (until {known_date(found.day, found.precision)})" if found else line)
    return told


@register.simple_tag
def then(record: Any, summit: Summit | None, reading: Any = None) -> str:
    """What a record was called at the time that a page is about, where it is called otherwise now."""
    known = getattr(reading, "known", None)
    days = [day for day in (summit and summit.stands_on, known and known.date()) if day]
    name = name_on(record.aliases.splitlines(), min(days)) if days and record else ""
    return format_html(' <small class="then">(then: <bdi>{}</bdi>)</small>', name) if name else ""


@register.simple_tag(takes_context=True)
def named(context: dict[str, Any], who: Person) -> str:
    """The name of someone who negotiates, which leads to all that was said by that person in the process.

    What is read at a time leads on to that time. Outside of a process it is the name alone.
    """
    return name_of(who, context.get("process"), context.get("reading"))


def name_of(who: Person, process: Process | None, reading: Any) -> SafeString:
    """As :func:`named`, where no template asks."""
    if not process:
        return format_html("<bdi>{}</bdi>", who.name)
    address = reverse("person", args=[process.slug, who.slug]) + only_known(reading)
    return format_html('<a class="person" href="{}"><bdi>{}</bdi></a>', address, who.name)


@register.simple_tag
def and_known(reading: Any) -> str:
    """What goes on in an address so that the next page shows the record of the same time."""
    known = getattr(reading, "known", None)
    return "&" + urlencode({"known": known.isoformat()}) if known else ""


@register.filter
def dated(summit: Summit) -> str:
    """The day of an occasion to stand behind its name; empty where the name says it already."""
    day = known_date(summit.starts_on, summit.starts_on_precision)
    return "" if day in summit.name else f", {day}"


@register.filter
def unheld(summit: Summit, mark: str) -> str:
    """That an occasion is planned or was not held, behind its name; empty where the name says it already."""
    told = summit.get_status_display()
    if summit.status == SummitStatus.HELD or told.casefold() in summit.name.casefold():
        return ""
    return f" ({told})" if mark == "(" else f"{mark}{told}"


@register.simple_tag
def only_known(reading: Any) -> str:
    """The query of a link that keeps the time of the record and nothing else; nothing for now."""
    query = and_known(reading)
    return f"?{query[1:]}" if query else ""


@register.filter
def known_before(address: str, row: VersionRow) -> str:
    """A page as our record was known just before an edit, to the instant."""
    page, _, place = address.partition("#")
    place = "" if row.history_type == ADDED else place  # it was not there yet
    moment = row.history_date - timedelta(microseconds=1)
    return f"{page}?{urlencode({'known': moment.isoformat()})}" + (f"#{place}" if place else "")
