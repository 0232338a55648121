"""Who sat at a table: a row a seat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from issues.actions.record.occasion import SEVERAL, NewPerson, Seat
from issues.domain.spelling import folded
from issues.forms.correction import May
from issues.forms.named import MANY
from issues.forms.rows import RowForm, RowsFormSet, rows_of
from issues.models import Actor, Attendance, Person, Process
from issues.queries.search.called import MOST_TOLD, people_called, taking_part

# Rows that are empty at first; more are a click away.
EMPTY_SEATS = 4


class SeatRow(RowForm):
    """Who sat at the table: for whom, which person, in which office."""

    actor = forms.ChoiceField(required=False, label="For")
    person = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"list": "people"}))
    office = forms.CharField(required=False, max_length=200, label="New office")
    is_new = forms.BooleanField(required=False, label="A new person")
    actors: Mapping[str, Actor]

    def clean(self) -> dict[str, Any]:
        """A person on record, or a new one where that is said; each for somebody."""
        cleaned = super().clean() or {}
        typed = cleaned.get("person", "")
        if self.has_changed() and not cleaned.get("actor") and "actor" not in self.errors:
            self.add_error("actor", "Say for whom.")
        if not typed and (cleaned.get("office") or cleaned.get("is_new")):
            self.add_error("person", "Name the person.")
        if typed:
            cleaned["who"] = self._who(typed, is_new=cleaned.get("is_new", False))
        return cleaned

    def seat(self) -> Seat:
        """For whom, who, and in which office that is not on record yet."""
        given = self.cleaned_data
        return Seat(self.actors[given["actor"]], given.get("who"), given.get("office", ""))

    def _who(self, typed: str, *, is_new: bool) -> Person | NewPerson | None:
        found = people_called(typed)
        if is_new:
            if any(one.name.casefold() == typed.casefold() for one in found):
                self.add_error("is_new", f"“{typed}” is on record already: take the tick away.")
            return NewPerson(typed)
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"{one.name} [{one.slug}]" for one in found[:MOST_TOLD])
            told = MANY.format(typed=typed, several=several)
        else:
            new = " Tick “A new person” to add them." if "is_new" in self.fields else ""
            told = f"Nobody on record is called “{typed}”.{new}"
        self.add_error("person", told)
        return None


class Seats(RowsFormSet):
    """The table: a row for each who sat there. A row that is emptied is taken off."""

    noun = "seat"
    title = "At the table"
    help = (
        "Who was there for whom: a person by name, surname or alias, nobody where no name is known. "
        "Give the office where it is not on record yet. Empty a row to take it off."
    )
    called: Mapping[str, tuple[str, ...]] = {
        "actor": ("for", "party"),
        "person": ("name", "who"),
        "office": ("title", "post", "new office"),
    }

    def __init__(self, data: Any = None, *, actors: Sequence[Actor], may: May, **kwargs: Any) -> None:
        self.actors, self.may = actors, may
        if not may("add_office"):
            self.called = {name: words for name, words in self.called.items() if name != "office"}
        super().__init__(data, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Offer who takes part; ask for new offices and people of those alone who may add them."""
        super().add_fields(form, index)
        for name, kind in (("office", "office"), ("is_new", "person")):
            if not self.may(f"add_{kind}"):
                del form.fields[name]
        form.actors = {str(one.pk): one for one in self.actors}
        form.fields["actor"].choices = [
            ("", "nobody"),
            *((key, str(one)) for key, one in form.actors.items()),
        ]

    def seats(self) -> list[Seat]:
        """Who sat there, as it is typed."""
        return [row.seat() for _, row in self.rows]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a seat that is taken twice, at its row."""
        taken = set[tuple[str, Any]]()
        for place, row in self.rows:
            given = row.cleaned_data if row.is_valid() else {}
            who = given.get("who")
            seat = (given.get("actor", ""), who.name.casefold() if isinstance(who, NewPerson) else who)
            if given and seat in taken:
                told = given.get("person") or self.actor_called(seat[0])
                self.add_error_at(place, "actor", SEVERAL.format(told))
            taken.add(seat)

    def actor_called(self, key: str) -> str:
        """The name of the actor under a key."""
        return next((str(one) for one in self.actors if str(one.pk) == key), "")

    def choice(self, name: str, text: str) -> str:
        """A pasted actor by any name; the rest as it is."""
        if name != "actor":
            return super().choice(name, text)
        word = folded(text)
        names = ((one, (one.name, one.short_name, one.slug)) for one in self.actors)
        return next((str(one.pk) for one, own in names if word in map(folded, own)), text)


def seat_rows(
    data: Any, *, process: Process, seated: Sequence[Attendance], may: May, is_checked: bool
) -> Seats | None:
    """The seats of an occasion as they are, or as they are posted; not checked while more are asked for.

    None for whoever may not seat people.
    """
    if not (may("add_attendance") and may("delete_attendance")):
        return None
    names = Counter(item.person.name for item in seated if item.person)
    initial = [
        {"actor": str(item.actor_id), "person": _named(item.person, names) if item.person else ""}
        for item in seated
    ]
    actors = list(taking_part(process, *(item.actor_id for item in seated)))
    # What is posted is compared with nothing: an emptied row is none.
    begun = initial if data is None else None
    kind: Any = rows_of(SeatRow, Seats, 1 if seated else EMPTY_SEATS)
    made: Seats = kind(data, prefix="seats", initial=begun, is_checked=is_checked, actors=actors, may=may)
    return made


def _named(person: Person, names: Mapping[str, int]) -> str:
    """What finds the person again: the slug where another at the table has the name."""
    return person.name if names[person.name] == 1 else person.slug
