"""A negotiation that begins, or grows: its lists, and the records that they say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from issues.actions.record.occasion import status_by_day
from issues.actions.record.start import At, Occasion, OnTheTable, RowRefused, Structure, TakingPart
from issues.domain.spelling import folded
from issues.forms.importing import MOST_PASTED
from issues.forms.lines import Lines
from issues.forms.rows import RowForm, RowsFormSet, rows_of
from issues.forms.start_rows import (
    ActorRow,
    ActorRows,
    IssueRow,
    IssueRows,
    MeetingRow,
    MeetingRows,
    divided,
)
from issues.importing.matching import Directory
from issues.importing.reading import ReadError, guess_head, read, table
from issues.importing.stored import actors_called
from issues.models import Actor, Issue, Option, Place, Process, Summit
from issues.models.fields import lines
from issues.queries.log_sheet.source_lookup import find_place

ACTORS, ISSUES, MEETINGS = "actors", "issues", "meetings"
LISTS: dict[str, tuple[type[RowForm], type[RowsFormSet], int]] = {
    ACTORS: (ActorRow, ActorRows, 4),
    ISSUES: (IssueRow, IssueRows, 3),
    MEETINGS: (MeetingRow, MeetingRows, 1),
}
TWICE = "{} is {} {} already."


class StartForm(forms.ModelForm):
    """A new negotiation: what it is called and about, and positions that are known already."""

    class Meta:
        model = Process
        fields = ("name", "summary")
        labels = {"name": "What the negotiation is called", "summary": "What it is about"}
        widgets = {"summary": Lines(rows=2)}

    positions = forms.CharField(
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=Lines(rows=5),
        label="Cells, with their head row",
        help_text="A row a statement: issue, actor, summit, option or value, source. "
        "You see what they would record before anything of them is stored.",
    )

    def clean_positions(self) -> str:
        """The cells, if they can be read as a table."""
        typed: str = self.cleaned_data["positions"].strip("\r\n")
        if typed:
            try:
                grid = read(typed.encode())
                table(grid, guess_head(grid))
            except ReadError as error:
                raise ValidationError(str(error)) from error
        return typed


class StructureForm:
    """Lists of actors, issues and meetings, all of which are read together.

    ``begin`` are the rows that they begin with, ``process`` the one to which they are added.
    """

    def __init__(
        self,
        data: QueryDict | None,
        names: Collection[str],
        begin: Mapping[str, Sequence[dict[str, Any]]] | None = None,
        process: Process | None = None,
        *,
        is_checked: bool = True,
    ) -> None:
        self.process = process
        self.lists: dict[str, RowsFormSet] = {}
        for name in names:
            row, kind, extra = LISTS[name]
            rows = list((begin or {}).get(name, ()))
            self.lists[name] = rows_of(row, kind, max(1, extra - len(rows)))(
                data, prefix=name, initial=rows, is_checked=is_checked
            )

    def __iter__(self) -> Any:
        return iter(self.lists.values())

    def is_valid(self) -> bool:
        """Whether every list can be read; what is wrong in any is told at its row."""
        if [rows.prefix for rows in self if not rows.is_valid()]:
            return False
        self.structure = Structure(
            actors=self._actors() if ACTORS in self.lists else (),
            issues=self._issues() if ISSUES in self.lists else (),
            meetings=self._meetings() if MEETINGS in self.lists else (),
        )
        return not self.problems()

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of its field."""
        return [problem for rows in self for problem in rows.problems()]

    def refuse(self, refused: RowRefused) -> None:
        """Tell at its row what a rule has against it."""
        (name, place), error = refused.at, refused.error
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for field, messages in by_field.items():
            for message in messages:
                self.lists[name].add_error_at(place, {"starts_on": "day"}.get(field, field), message)

    def _actors(self) -> list[TakingPart]:
        directory, places = actors_called(), dict[int | str, int]()
        found: list[tuple[int, RowForm, Actor]] = []
        for place, form in self.lists[ACTORS].rows:
            said = dict(form.cleaned_data)
            known = directory.called(said["name"])
            if len(known) > 1:
                told = ", ".join(f"{one.name} ({one.slug})" for one in known)
                form.add_error("name", f"May be any of {told}: write what stands in brackets.")
                continue
            for key in [known[0].pk] if known else map(folded, (said["name"], *lines(said["aliases"]))):
                if places.setdefault(key, place) != place:
                    form.add_error("name", TWICE.format(f"“{said['name']}”", "actor", places[key] + 1))
            if known:
                actor = Actor.objects.get(pk=known[0].pk)
            else:
                actor = Actor(**_given(said, "name", "kind", "short_name", "aliases"))
            self._check_actor(form, actor)
            found.append((place, form, actor))
        here = {folded(word): actor for _, _, actor in found for word in _spellings(actor)}
        return [
            TakingPart(actor, form.cleaned_data["role"], (ACTORS, place), _coalitions(form, here, directory))
            for place, form, actor in found
        ]

    def _check_actor(self, form: RowForm, actor: Actor) -> None:
        """A new actor has a kind; of one on record nothing else is said than is on record."""
        if actor._state.adding:
            if not actor.kind:
                form.add_error("kind", f"“{actor.name}” is not on record; a new actor needs its kind.")
            return
        said = dict(form.cleaned_data)
        if self.process and self.process.participations.filter(actor=actor).exists():
            form.add_error("name", f"{actor.name} takes part already.")
        if said["kind"] and said["kind"] != actor.kind:
            told = f"{actor.name} is on record as {actor.get_kind_display()}; leave this empty."
            form.add_error("kind", told)
        spellings = set(map(folded, _spellings(actor)))
        for name, words in (("short_name", [said["short_name"]]), ("aliases", lines(said["aliases"]))):
            for word in words:
                if word and folded(word) not in spellings:
                    told = f"{actor.name} is on record, and not as “{word}”; leave this empty."
                    form.add_error(name, told)

    def _issues(self) -> list[OnTheTable]:
        there = {
            folded(word): issue
            for issue in (self.process.issues.all() if self.process else ())
            for word in (issue.name, *lines(issue.aliases))
        }
        made, places = list[tuple[int, RowForm, Issue]](), dict[str, int]()
        for place, form in self.lists[ISSUES].rows:
            said = dict(form.cleaned_data)
            issue = Issue(**_given(said, "name", "question", "kind", "aliases"))
            if said["scale"] is not None:
                issue.low_label, issue.high_label = said["scale"].low, said["scale"].high
            for word in map(folded, (issue.name, *lines(issue.aliases))):
                if word in there:
                    form.add_error("name", f"“{issue.name}” is an issue of this process already.")
                elif places.setdefault(word, place) != place:
                    form.add_error("name", TWICE.format(f"“{issue.name}”", "issue", places[word] + 1))
            made.append((place, form, issue))
        among = there | {folded(issue.name): issue for _, _, issue in made}
        return [_on_the_table(form, issue, among, (ISSUES, place)) for place, form, issue in made]

    def _meetings(self) -> list[Occasion]:
        found, places, known = list[Occasion](), dict[str, int](), dict[str, Place]()
        for place, form in self.lists[MEETINGS].rows:
            said = dict(form.cleaned_data)
            name, day, where = said["name"], said["day"], said["place"]
            if places.setdefault(folded(name), place) != place:
                form.add_error("name", TWICE.format(f"“{name}”", "meeting", places[folded(name)] + 1))
            if where:
                known.setdefault(folded(where), find_place(where) or Place(name=where))
            summit = Summit(
                name=name,
                kind=said["kind"],
                status=said["status"] or status_by_day(day.day, day.precision),
                starts_on=day.day,
                starts_on_precision=day.precision,
                place=known[folded(where)] if where else None,
            )
            found.append(Occasion(summit, (MEETINGS, place)))
        return found


def _coalitions(form: RowForm, here: Mapping[str, Actor], directory: Directory) -> list[Actor]:
    """The coalitions that a row names, in the list or on record."""
    found = []
    for text in divided(form.cleaned_data["member_of"]):
        coalition, known = here.get(folded(text)), directory.called(text)
        if coalition is None and len(known) == 1:
            coalition = Actor.objects.get(pk=known[0].pk)
        if coalition is None:
            form.add_error("member_of", f"“{text}” is nobody in this list or on record, or several are.")
        elif coalition.kind != Actor.Kind.COALITION:
            form.add_error("member_of", f"“{text}” is no coalition, and only coalitions have members.")
        else:
            found.append(coalition)
    return found


def _on_the_table(form: RowForm, issue: Issue, among: Mapping[str, Issue], at: At) -> OnTheTable:
    """An issue with its options; what it refers to is one of these, and an issue among all of them."""
    said = dict(form.cleaned_data)
    scale, wanted, above = said["scale"], said["reference"], said["parent"]
    options = [Option(label=label, value=value) for value, label in scale.options] if scale else []
    named = {folded(word): one for one in options for word in (f"{one.value:g}", one.label)}
    reference, parent = named.get(folded(wanted)), among.get(folded(above))
    if wanted and reference is None:
        form.add_error("reference", f"“{wanted}” is none of the options, nor the number of one.")
    if above and (parent is None or parent is issue):
        form.add_error("parent", f"“{above}” is no other issue in this list or this process.")
    return OnTheTable(issue, at, options, reference, parent)


def _spellings(actor: Actor) -> list[str]:
    """All that an actor is called."""
    return [word for word in (actor.name, actor.short_name, *lines(actor.aliases)) if word]


def _given(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names}
