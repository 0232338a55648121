"""Where an old address leads: what was renamed, merged or stated anew since, found by what it was called.

Nothing is stored for this: the history keeps every slug that a record ever had, whoever renamed it and by
whichever way, and undoing a change puts the address right by itself (docs/adr/0021-old-addresses.md).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from issues.history import Record
from issues.models import (
    Actor,
    Issue,
    Office,
    Person,
    Position,
    Process,
    Scenario,
    ScenarioSet,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.queries.history.merged import keepers
from issues.queries.history.rows import NEWEST_FIRST, history, newest, newest_first
from issues.queries.history.scope import scope
from issues.queries.pages.sources import bearing_on, cites

Kind = type[Record]

# Kinds that an address or a filter names by a word, with the field that is the word.
WORDS: dict[Kind, str] = {
    Actor: "slug",
    Person: "slug",
    Issue: "slug",
    Summit: "slug",
    ScenarioSet: "slug",
    Scenario: "slug",
    Track: "name",
}
# Longer words were never stored.
LONGEST = 200
LARGEST_KEY = 2**63 - 1


def process_called(slug: str, readable: QuerySet[Process]) -> Process | None:
    """The process with this slug, or the one that had it last, of those that may be read."""
    return readable.filter(slug=slug).first() or _last_called(Process, "slug", slug, readable, {})


def called(kind: Kind, word: str, process: Process, within: ScenarioSet | None = None) -> Any | None:
    """The record of a process that is called so, or else the one that was called so last.

    What was merged since is the keeper. A scenario is looked for within its set.
    """
    field = WORDS[kind]
    if kind is Actor:
        there: QuerySet[Any] = Actor.objects.filter(participations__process=process)
        owner: dict[str, int] = {}
    elif kind is Person:
        named = history(Person).filter(scope(process)[Person]).values("id")
        held = Office.objects.filter(actor__participations__process=process).order_by().values("person")
        there = Person.objects.filter(Q(pk__in=named) | Q(pk__in=held))
        owner = {}
    elif kind is Scenario:
        there = Scenario.objects.filter(set=within).select_related("set")
        owner = {"set_id": within.pk if within else 0}
    else:
        owner = {"process_id": process.pk}
        there = kind._default_manager.filter(**owner)
    return there.filter(**{field: word}).first() or _last_called(kind, field, word, there, owner)


def called_then(kind: Kind, slug: str, there: Mapping[int, Any], known: datetime | None) -> int | None:
    """The key of the one of these records with this slug; at a time, of the one that had it then.

    What is called so today counts where nobody was then: an address is found by the name of either time, and
    what is cited is not another's because a slug was given on.
    """
    found: int | None = None
    if known is not None:
        of_then = newest(kind, known, slug=slug, id__in=list(there))
        found = of_then.values_list("id", flat=True).first()
    return found or next((key for key, one in there.items() if one.slug == slug), None)


def was_there(kind: Kind, key: int, known: datetime | None) -> bool:
    """Whether a record was on record at a time; what is read of now is."""
    return known is None or newest(kind, known, id=key).exists()


def keyed(kind: Kind, key: int) -> int | None:
    """The key under which a record is kept today: its own, that of its keeper, or of what took its place."""
    if not 0 < key <= LARGEST_KEY:
        return None
    if kind._default_manager.filter(pk=key).exists():
        return key
    kept = keepers(kind, [key]).get(key)
    if kept is not None or kind not in (Position, Statement):
        return kept
    last = newest_first(kind, key).first()
    return _in_its_place(last) if last is not None else None


def keyed_within(kind: Kind, key: int, process: Process) -> int | None:
    """The same where it belongs to a process: nobody is led to what another process holds."""
    found = keyed(kind, key)
    if found is None:
        return None
    own: QuerySet[Any]
    if kind is Position:
        own = Position.objects.filter(issue__process=process)
    elif kind is Statement:
        own = Statement.objects.filter(bearing_on(process))
    else:
        own = Source.objects.filter(cites(process))
    return found if own.filter(pk=found).exists() else None


def _in_its_place(last: Any) -> int | None:
    """The key of the position of the same cell, or of the statement with the same short id in its source."""
    found: int | None
    if last.instance_type is Position:
        actor = keepers(Actor, [last.actor_id]).get(last.actor_id, last.actor_id)
        cell = Position.objects.filter(issue=last.issue_id, summit=last.summit_id, actor=actor)
        found = cell.order_by("pk").values_list("pk", flat=True).first()
    else:
        # The one that took its place may be numbered otherwise since, where its source was merged.
        keeper = keepers(Source, [last.source_id]).get(last.source_id)
        in_place = Q(source=last.source_id) | Q(
            source=keeper, history_type="+", history_date__gt=last.history_date
        )
        same = history(Statement).filter(in_place, ref=last.ref).exclude(id=last.id)
        keys = same.order_by(*NEWEST_FIRST).values_list("id", flat=True)
        there = Statement.objects.in_bulk(list(dict.fromkeys(keys)))
        found = next((key for key in keys if key in there), None)
    return found


def _last_called(
    kind: Kind, field: str, word: str, there: QuerySet[Any], owner: dict[str, int]
) -> Any | None:
    """Of the records that are there, the one, or its keeper, that was called so last."""
    if len(word) > LONGEST:
        return None
    rows = history(kind).filter(**{field: word}, **owner).order_by(*NEWEST_FIRST)
    for key in dict.fromkeys(rows.values_list("id", flat=True)):
        found = there.filter(pk=keyed(kind, key)).first()
        if found is not None:
            return found
    return None
