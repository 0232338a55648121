"""How a time is told: in the zone of whoever reads, with its name. No template writes one by another way."""

from datetime import UTC, date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from issues.clock import clock_in_words, common_day, today, when_in_words, zone_here
from issues.domain.span import day_in_words
from issues.domain.time_zone import UTC_NAME, ends

register = template.Library()

SECONDS, CLOCK = "seconds", "clock"


@register.filter
def when(time: datetime | None, how: str = "") -> SafeString | str:
    """A time in an element that programs read: 15 July 2023, 13:30 Asia/Yerevan; empty for none.

    ``how`` is “seconds”, to tell them too, or “clock”, for the time of day alone, or both.
    """
    if not time:  # what a page does not have is an empty text to a template
        return ""
    at = time.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', at, when_words(time, how))


@register.filter
def when_words(time: datetime | None, how: str = "") -> str:
    """The same as text alone, for titles, letters and what stands within other words."""
    if not time:
        return ""
    tell = clock_in_words if CLOCK in how else when_in_words
    return tell(time, seconds=SECONDS in how)


@register.filter
def in_utc(time: datetime | None) -> str:
    """A time for programs and addresses, to the microsecond and the same for everyone; empty for none."""
    return "" if not time else time.astimezone(UTC).isoformat()


@register.filter
def counted_on(time: datetime) -> date:
    """The day on which something counts that counts for everyone alike: the installation's."""
    return common_day(time)


@register.simple_tag
def today_here() -> str:
    """The day that it is for whoever reads: 15 July 2023."""
    return day_in_words(today())


@register.simple_tag
def zone() -> str:
    """The name of the zone in which times are typed here: UTC, Asia/Yerevan."""
    return zone_here().key


@register.simple_tag
def typed_zone() -> SafeString | str:
    """What a form sends along so that what is typed is read in this zone; nothing where that is UTC."""
    name = zone_here().key
    return "" if name == UTC_NAME else format_html('<input type="hidden" name="time_zone" value="{}">', name)


@register.filter
def moment(known: datetime | None) -> str:
    """A time of the record as one would type it: a day where it is the end of one; empty for now."""
    if known is None:
        return ""
    shown = known.astimezone(zone_here())
    if shown == ends(shown.date(), zone_here()):
        return shown.date().isoformat()
    return shown.isoformat()
