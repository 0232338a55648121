"""What day it is and how a time is told: in the zone of whoever reads, or in that of the installation.

What a page shows is the reader's; what has to be the same for everyone is the installation's or, in files and
in addresses, UTC (docs/adr/0031-time-zones.md).
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from issues.domain.span import moment_in_words, time_in_words
from issues.domain.time_zone import UTC_NAME, NamedZone, zones

# No place on Earth is further ahead.
FURTHEST_AHEAD = timedelta(hours=14)


def installation_zone() -> NamedZone:
    """The zone of this installation."""
    return _named(timezone.get_default_timezone())


def zone_here() -> NamedZone:
    """The zone of whoever reads: their own, or the installation's."""
    return _named(timezone.get_current_timezone())


def zone_of(name: str) -> NamedZone:
    """A person's zone by its name; the installation's for none, and for one that is not known here."""
    return NamedZone(name) if name in zones() else installation_zone()


def here(when: datetime) -> datetime:
    """A time as the clocks of whoever reads show it."""
    return when.astimezone(zone_here())


def today() -> date:
    """The day that it is for whoever reads."""
    return here(timezone.now()).date()


def common_day(when: datetime | None = None) -> date:
    """The day of a time, now unless given, that is the same for everyone: the installation's."""
    return (when or timezone.now()).astimezone(installation_zone()).date()


def utc_day(when: datetime | None = None) -> date:
    """The day of a time, now unless given, as files and programs have it."""
    return (when or timezone.now()).astimezone(UTC).date()


def latest_day(when: datetime | None = None) -> date:
    """The latest day that it is anywhere at a time, now unless given: a later one is to come for all."""
    return ((when or timezone.now()).astimezone(UTC) + FURTHEST_AHEAD).date()


def when_in_words(when: datetime, *, seconds: bool = False) -> str:
    """A time as pages write it, with the name of its zone: 15 July 2023, 13:30 Asia/Yerevan."""
    return moment_in_words(here(when), seconds=seconds)


def clock_in_words(when: datetime, *, seconds: bool = False) -> str:
    """The time of day alone, with the name of its zone: 13:30 Asia/Yerevan."""
    return time_in_words(here(when), seconds=seconds)


def _named(zone: object) -> NamedZone:
    if isinstance(zone, NamedZone):
        return zone
    return NamedZone(zone.key if isinstance(zone, ZoneInfo) else UTC_NAME)
