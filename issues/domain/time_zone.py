"""Time zones by the names that the IANA gives them, and what is told of a zone beside a time."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

UTC_NAME = "UTC"
# Where a place is looked for; the names beside these are older ones of the same zones, and bare offsets.
AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
# Names in the files that are the zone of no place.
NO_PLACE = frozenset({"Factory", "localtime"})


class NamedZone(ZoneInfo):
    """A zone of which each time is told with a name: PDT, CEST, UTC.

    Where the clocks of a place have no letters but a bare number, +04, it is the zone's own: Asia/Yerevan.
    The letters come first because they tell the two hours apart that are one when summer time ends.
    """

    def tzname(self, when: datetime | None, /) -> str:
        """The name to stand behind a time."""
        letters = super().tzname(when)
        return letters if letters and letters.isalpha() else self.key


@cache
def zones() -> frozenset[str]:
    """The names of the zones that this machine knows. They are read from its files once."""
    return frozenset({*available_timezones(), UTC_NAME} - NO_PLACE)


def zones_by_area() -> dict[str, list[str]]:
    """The zones to choose from, by area, each in the order of the alphabet."""
    found: dict[str, list[str]] = {area: [] for area in AREAS}
    for name in sorted(zones()):
        area, _, place = name.partition("/")
        if place and area in found:
            found[area].append(name)
    return found


def begins(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day, in its zone, where clocks skip midnight or have it twice, too."""
    return datetime.combine(day, time.min, tzinfo=zone)


def ends(day: date, zone: ZoneInfo) -> datetime:
    """The last microsecond of a day, in its zone. Raises OverflowError for the last day of all."""
    after = begins(day + timedelta(days=1), zone).astimezone(ZoneInfo(UTC_NAME))
    return (after - timedelta(microseconds=1)).astimezone(zone)
