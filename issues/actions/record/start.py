"""Starting a negotiation: its actors, issues and first meetings, all as one change set.

What a page or a file asks for is made ready as records that are not stored yet, each with where it was
typed (``at``), so that whoever is refused is told where.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max

from issues.actions.record.correct import correct
from issues.actions.record.log import add
from issues.actions.record.new import NEW, add_summit
from issues.actions.record.occasion import occasion_breaches
from issues.actions.record.short_ids import free
from issues.actions.rules.check import check_finished, raise_breaches
from issues.domain.slug import slug_of
from issues.models import Actor, Issue, Membership, Option, Participation, Process, Summit

At = tuple[str, int]  # the list, and the place in it


@dataclass(frozen=True)
class TakingPart:
    """An actor, on record or new, its role, and the coalitions that it is a member of."""

    actor: Actor
    role: str
    at: At
    coalitions: Sequence[Actor] = ()


@dataclass(frozen=True)
class OnTheTable:
    """A new issue, its options, which of them holds if nothing is agreed, and the issue it is part of."""

    issue: Issue
    at: At
    options: Sequence[Option] = ()
    reference: Option | None = None
    parent: Issue | None = None


@dataclass(frozen=True)
class Occasion:
    """A new meeting."""

    summit: Summit
    at: At


@dataclass(frozen=True)
class Structure:
    """What a negotiation is made of before anything is stated."""

    actors: Sequence[TakingPart] = ()
    issues: Sequence[OnTheTable] = ()
    meetings: Sequence[Occasion] = ()


class RowRefused(Exception):
    """What a rule has against a row: ``at`` is the row, ``error`` what is wrong with it, by field."""

    def __init__(self, at: At, error: ValidationError) -> None:
        super().__init__(str(error))
        self.at, self.error = at, error


def add_structure(process: Process, structure: Structure) -> None:
    """Store the structure of a stored process, inside an open recording. Raises RowRefused."""
    add_actors(process, structure.actors)
    add_issues(process, structure.issues)
    for one in structure.meetings:
        with _told_at(one.at):
            one.summit.process = process
            one.summit.place = one.summit.place  # it has its key by now, if a meeting before was there
            raise_breaches(occasion_breaches(one.summit, confirmed=True))
            add_summit(one.summit)


def add_actors(process: Process, actors: Iterable[TakingPart]) -> None:
    """Let actors take part, after those who do, those who are new and their memberships stored with them.

    Inside an open recording. Parties and mediators are watched. Raises RowRefused.
    """
    actors = list(actors)
    taken = set(Actor.objects.order_by().values_list("slug", flat=True)) | {NEW}
    for one in actors:
        if one.actor._state.adding:
            with _told_at(one.at):
                one.actor.slug = free(slug_of(one.actor.name) or "actor", taken)
                taken.add(one.actor.slug)
                add(one.actor)
    last = process.participations.aggregate(last=Max("order"))["last"] or 0
    for order, one in enumerate(actors, last + 1):
        with _told_at(one.at):
            watched = one.role in Participation.WATCHED_ROLES
            add(Participation(process=process, actor=one.actor, role=one.role, order=order, watched=watched))
            known = set(one.actor.coalitions.values_list("coalition", flat=True))
            for coalition in one.coalitions:
                if coalition.pk not in known:
                    add(Membership(coalition=coalition, member=one.actor))


def add_issues(process: Process, issues: Iterable[OnTheTable]) -> None:
    """Put issues on the table, after those that are, each with its options.

    Inside an open recording. Raises RowRefused.
    """
    taken = {*process.issues.order_by().values_list("slug", flat=True), NEW}
    last = process.issues.aggregate(last=Max("order"))["last"] or 0
    issues = list(issues)
    for order, one in enumerate(issues, last + 1):
        with _told_at(one.at):
            issue = one.issue
            issue.process, issue.order = process, order
            issue.slug = free(slug_of(issue.name) or "issue", taken)
            taken.add(issue.slug)
            add(issue)
            for option in one.options:
                option.issue = issue
                add(option, alone=False)
            check_finished(issue)
    for one in issues:
        # Both are there only now: the options of the issue, and whatever it is part of.
        later = {"reference_point": one.reference, "parent": one.parent}
        if any(later.values()):
            with _told_at(one.at):
                correct(one.issue, later)


@contextmanager
def _told_at(at: At) -> Iterator[None]:
    """What is refused within is of this row."""
    try:
        yield
    except ValidationError as error:
        raise RowRefused(at, error) from error
