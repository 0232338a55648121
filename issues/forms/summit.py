"""An occasion, whole: what is known of it, both days, its place and track, and who sat at the table."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from issues.actions.record.occasion import same_occasions, status_by_day
from issues.domain.span import days_in_words
from issues.forms.correction import CorrectionForm
from issues.forms.days import DAY, NO_CALENDAR
from issues.forms.lines import Lines
from issues.forms.named import NamedField
from issues.forms.refusals import add_stale
from issues.history import state_of
from issues.models import Actor, Attendance, Place, Process, Summit, Track
from issues.models.fields import Precision
from issues.models.summit import SummitStatus
from issues.queries.log_sheet.source_lookup import find_place

LAST_BEFORE = "The last day lies before the first."
NO_PLACE = "No place on record is called “{typed}”, and adding places is not for this account."
SEATS_CHANGED = (
    "Someone changed who sat at the table meanwhile. By now it is: {now}. Save again to have it so."
)


class PlaceField(NamedField):
    """A place in any spelling on record, or a new one that is not stored yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Place, _places_called, "pk", "", **{"max_length": 200, **kwargs})

    def clean(self, value: Any) -> Any:
        """The place of this name; None for nothing typed."""
        typed = forms.CharField.clean(self, value)
        return (find_place(typed) or Place(name=typed)) if typed else None

    def named(self, record: Any) -> str:
        """Its name, which no other has."""
        return str(record)


def _places_called(typed: str) -> list[Any]:
    found = find_place(typed)
    return [found] if found else []


class SummitForm(CorrectionForm):
    """An occasion, with no more than what is known of it; ``seats`` is what was seen of its table."""

    name = forms.CharField(
        required=False,
        max_length=200,
        help_text="Left empty, it is called by its place and days: “Arlington, 1–4 May 2023”.",
    )
    status = forms.ChoiceField(
        required=False,
        choices=[("", "as its day says: planned while it is to come, else held"), *SummitStatus.choices],
    )
    place = PlaceField(
        help_text="In any spelling on record; a new place is added.",
        widget=forms.TextInput(attrs={"list": "places"}),
    )
    new_track = forms.CharField(
        required=False, max_length=200, label="Or a new track", help_text="It is added to the process."
    )
    seats = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label="This is another occasion", widget=forms.HiddenInput)

    class Meta:
        model = Summit
        fields = (
            *("starts_on", "starts_on_precision", "ends_on", "place", "name", "kind", "status"),
            *("track", "host", "parallel_to", "summary", "order_on", "order_note"),
        )
        labels = {
            "starts_on": "First day",
            "starts_on_precision": "Days known to the",
            "ends_on": "Last day",
            "parallel_to": "Said elsewhere during",
        }
        help_texts = {
            "starts_on": NO_CALENDAR,
            "ends_on": "Only where it lasted for more than one.",
            "starts_on_precision": "Of a month or a year any day of it does.",
            "parallel_to": "Only for a statement made away from the table on the day of a meeting.",
        }
        widgets = {"starts_on": DAY, "ends_on": DAY, "order_on": DAY, "summary": Lines(3)}

    days, precision = ("starts_on", "ends_on"), "starts_on_precision"
    # Told only where they are needed.
    seldom = ("order_on", "order_note")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, process=process, **kwargs)
        fields: dict[str, Any] = self.fields
        stored = self.instance
        if not self.may("add_track"):
            del fields["new_track"]
        hosts = Actor.objects.filter(participations__process=process) | Actor.objects.filter(
            pk=stored.host_id
        )
        fields["host"].queryset = hosts.distinct().order_by("name")
        fields["track"].queryset = Track.objects.filter(process=process)
        meetings = Summit.objects.filter(process=process, parallel_to=None).exclude(pk=stored.pk)
        fields["parallel_to"].queryset = meetings.order_by("-starts_on")
        fields["kind"].initial = Summit.Kind.LEADERS
        if stored._state.adding:
            # Where something is wrong, that is looked at first.
            fields["starts_on"].widget.attrs |= {} if self.is_bound else {"autofocus": True}
        else:
            self.initial["seats"] = state_of(stored.attendance.all())
            fields["status"].choices = SummitStatus.choices
        self.order_fields(["reason", *self._meta.fields[:7], "track", "new_track"])  # type: ignore[index]

    def clean(self) -> dict[str, Any] | None:
        """Call it by place and day where it has no name, and give it the status that its day says."""
        cleaned = super().clean()
        given = self.cleaned_data
        day, precision = given.get("starts_on"), given.get("starts_on_precision") or Precision.DAY
        if not given.get("name") and "name" not in self.errors:
            given["name"] = self._called(day, given.get("ends_on"), precision)
        if day and not given.get("status") and "status" not in self.errors:
            given["status"] = status_by_day(day, precision)
        if day and given.get("ends_on") and given["ends_on"] < day:
            self.add_error("ends_on", LAST_BEFORE)
        self._track()
        self._seats_seen()
        return cleaned

    @property
    def at_once(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        apart = (*self.seldom, "confirmed")
        return [field for field in self.visible_fields() if field.name not in apart]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.seldom]

    @property
    def is_unfolded(self) -> bool:
        """Whether anything that is folded away is said."""
        return any(field.value() for field in self.folded)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The question whether it is another occasion."""
        return [self["confirmed"]]

    def clean_place(self) -> Place | None:
        """A new place from those alone who may add one."""
        place: Place | None = self.cleaned_data["place"]
        if place is not None and place._state.adding and not self.may("add_place"):
            raise ValidationError(NO_PLACE.format(typed=place.name))
        return place

    def changes(self) -> dict[str, Any]:
        """What the occasion is to say, but for a new track and place, which are stored with it."""
        return {
            name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data
        }

    def ask(self) -> list[Summit]:
        """The occasions that this one may be; where there are any, a box asks whether it is another."""
        found = same_occasions(self.instance) if self.has_error("confirmed") else []
        if found:
            self.fields["confirmed"].widget = forms.CheckboxInput()
        return found

    def _called(self, day: date | None, last: date | None, precision: str) -> str:
        place = self.cleaned_data.get("place")
        if place is None or day is None:
            if "place" not in self.errors and "starts_on" not in self.errors:
                self.add_error("name", "Give the name, or the place and the day by which it is called.")
            return ""
        return f"{place.name}, {days_in_words(day, last, precision)}"[:200]

    def _track(self) -> None:
        typed, chosen = self.cleaned_data.get("new_track", ""), self.cleaned_data.get("track")
        if not typed:
            return
        if chosen is not None and chosen.name.casefold() != typed.casefold():
            self.add_error("new_track", "Choose a track or name a new one, not both.")
            return
        known = [
            one
            for one in Track.objects.filter(process=self.process)
            if one.name.casefold() == typed.casefold()
        ]
        self.cleaned_data["track"] = known[0] if known else Track(process=self.process, name=typed)

    def _seats_seen(self) -> None:
        """Refuse a table that was read before somebody else's change of it."""
        if self.instance._state.adding:
            return
        now: list[Attendance] = list(self.instance.attendance.select_related("actor", "person"))
        if self.cleaned_data.get("seats", "") != state_of(now):
            seen: Any = self.data.copy()  # type: ignore[attr-defined]
            seen[self.add_prefix("seats")] = state_of(now)
            self.data = seen
            told = ", ".join(f"{seat.actor}{f' – {seat.person}' if seat.person else ''}" for seat in now)
            add_stale(self, SEATS_CHANGED.format(now=told or "nobody"))


class LikeForm(forms.Form):
    """The occasion that a new one begins like, which an address may name."""

    like = forms.SlugField(required=False, max_length=80, allow_unicode=True)

    def __init__(self, data: Any, process: Process) -> None:
        super().__init__(data)
        self.process = process

    def clean_like(self) -> Summit | None:
        """The occasion. Raises ValidationError where there is none of this name."""
        typed = self.cleaned_data["like"]
        found = Summit.objects.filter(process=self.process, slug=typed).first() if typed else None
        if typed and found is None:
            raise ValidationError(f"There is no summit “{typed}” in {self.process}.", code="unknown")
        return found
