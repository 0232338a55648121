"""Times that a person types, read in the zone that stands beside the field."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import lazystr

from issues.clock import zone_here
from issues.domain.time_zone import NamedZone, begins, ends

# What an address asks for by a time, and whether a day means its first moment or its last.
MOMENTS = {"known": "last", "since": "first", "until": "last"}
JUST_BEFORE = timedelta(microseconds=1)


class InZoneHere:
    """Words about a field with the zone in which it is read, which is another for each reader."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __str__(self) -> str:
        return self.words.format(zone=zone_here().key)


def time_field(label: str) -> forms.DateTimeField:
    """A moment, by the browser's own calendar or typed."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    told = lazystr(InZoneHere("In {zone}, as 2023-10-05 14:30. Empty: not known."))
    return forms.DateTimeField(required=False, label=label, help_text=told, widget=widget)


def at_the_moment(name: str, typed: str, zone: NamedZone) -> str:
    """What was typed for a parameter, with its offset; as it is where it has one already or is no time."""
    try:
        moment = datetime.fromisoformat(typed.strip())
        if moment.tzinfo is not None:
            return typed
        if not _is_day(typed):
            return moment.replace(tzinfo=zone).isoformat()
        if MOMENTS[name] == "first":
            return (begins(moment.date(), zone) - JUST_BEFORE).isoformat()
        return _last(moment.date(), zone, until_now=name == "known").isoformat()
    except (ValueError, OverflowError):
        return typed


def _is_day(typed: str) -> bool:
    try:
        return bool(date.fromisoformat(typed.strip()))
    except ValueError:
        return False


def _last(day: date, zone: NamedZone, *, until_now: bool) -> datetime:
    """The end of a day; of today, where nothing is known of what is still to come, this moment."""
    now = timezone.now().astimezone(zone)
    return now if until_now and day == now.date() else ends(day, zone)
