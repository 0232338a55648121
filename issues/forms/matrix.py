"""The state of the matrix and of pages as of a summit, read from the address."""

from contextlib import suppress
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from issues.models import Participation, Summit
from issues.queries.reading.process import Reading

MOST_PAGES = 10_000


class KnownForm(forms.Form):
    """At what time the record is asked about: a day means its end in UTC, a time is accepted."""

    known = forms.CharField(required=False, max_length=40, label="As known on")

    def clean_known(self) -> datetime | None:
        """The time, or None for now. A time that is still to come is refused: nothing is known then."""
        typed = self.cleaned_data["known"]
        if not typed:
            return None
        try:
            day, moment = parse_date(typed), parse_datetime(typed)
        except ValueError:
            day = moment = None
        now = timezone.now()
        if day is not None:
            if day > now.date():
                raise _to_come(typed)
            return datetime.combine(day, time.max, tzinfo=UTC)
        if moment is not None:
            with suppress(OverflowError):  # the first or last day of all, in another zone than UTC
                known = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
                if known > now:
                    raise _to_come(typed)
                return known
        raise forms.ValidationError(f"“{typed}” is no date. Write it like 2027-03-01.", code="invalid")


class NowForm(KnownForm):
    """A page that tells of now alone: it says so where it is asked as known at a time."""

    def clean_known(self) -> None:
        """Nothing. Raises ValidationError where a time is given."""
        if super().clean_known() is not None:
            raise forms.ValidationError("This page tells of now; it cannot be asked as known at a time.")


def _to_come(typed: str) -> forms.ValidationError:
    return forms.ValidationError(
        f"“{typed}” is still to come: what will be known then is not known yet.", code="future"
    )


class AsOfForm(forms.Form):
    """As of which summit a page is read; empty is the latest."""

    summit = forms.CharField(required=False, max_length=80, label="As of")

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        self.reading = reading

    def clean_summit(self) -> Summit | None:
        """The summit with this slug, or the latest."""
        return self._summit("summit") or self.reading.latest

    def _summit(self, name: str) -> Summit | None:
        slug = self.cleaned_data[name]
        if not slug:
            return None
        summit = self.reading.by_slug(slug)
        if summit is None:
            raise forms.ValidationError(f"There is no summit “{slug}” in this process.", code="unknown")
        return summit


class ActorForm(AsOfForm):
    """As of which summit an actor is read, and beside which other."""

    against = forms.CharField(required=False, max_length=80, label="Beside")

    def __init__(self, data: Any, reading: Reading, actor: int) -> None:
        super().__init__(data, reading)
        self.actor = actor

    def clean_against(self) -> Participation | None:
        """The participation of the other actor, if one is named."""
        slug = self.cleaned_data["against"]
        if not slug:
            return None
        other = next((item for item in self.reading.participations if item.actor.slug == slug), None)
        if other is None:
            raise forms.ValidationError(f"“{slug}” does not take part in this process.", code="unknown")
        if other.actor_id == self.actor:
            raise forms.ValidationError("An actor stands beside another than itself.", code="same")
        return other


class PageForm(forms.Form):
    """Which page of a list; empty is the first."""

    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES, label="Page")


class PagedForm(PageForm, AsOfForm):
    """As of which summit, and which page of actors."""


class MatrixForm(PagedForm):
    """As of which summit, against which other, only what changed, which page of actors."""

    against = forms.CharField(required=False, max_length=80, label="Compare with")
    changed = forms.ChoiceField(
        required=False, choices=[("", "everything"), ("1", "changes only")], label="Show"
    )
    unreviewed = forms.ChoiceField(
        required=False, choices=[("", "everything"), ("1", "unreviewed only")], label="Review"
    )

    def clean_against(self) -> Summit | None:
        """The other summit, if one is named."""
        return self._summit("against")
