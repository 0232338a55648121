"""Of what processes share, what somebody may be told of: not what belongs to hidden processes alone."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from issues.history import Record
from issues.models import Cell, Office, Person, Process, SheetRow, Source
from issues.queries.access.standing import Reader, standing_of
from issues.queries.history.rows import history
from issues.queries.history.scope import Scope, scope_of

Found = TypeVar("Found", bound=Record)

# Where a draft names what may be there for its sake alone.
DRAFTED: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {
    Source: ((SheetRow, "source_id"), (Cell, "source_id")),
    Person: ((Cell, "speaker_id"),),
}


# Who asks, known as Django knows their language, so that a look-up deep within a form need not be handed it.
# Nobody: a command, from which nothing is hidden.
_asking: ContextVar[Reader | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(user: Reader) -> Iterator[None]:
    """While this is open, look-ups offer what this person may be told of."""
    token = _asking.set(user)
    try:
        yield
    finally:
        _asking.reset(token)


def tellable(records: QuerySet[Found]) -> QuerySet[Found]:
    """Those of some records of a kind that whoever asks may be told of."""
    user = _asking.get()
    return records if user is None else seen_by(user, records)


def seen_by(user: Reader, records: QuerySet[Found]) -> QuerySet[Found]:
    """Those of some records of a kind that somebody who signed in may be told of."""
    return but_of(records, standing_of(user).hidden)


def but_of(records: QuerySet[Found], hidden: Collection[int]) -> QuerySet[Found]:
    """The records without those that belong, or ever belonged, to hidden processes and to no other.

    Costs nothing where nothing is hidden.
    """
    if not hidden:
        return records
    behind, before = Process.objects.filter(pk__in=hidden), Process.objects.exclude(pk__in=hidden)
    there, here = _belonging(records.model, behind), _belonging(records.model, before)
    return records.exclude(there & ~here)


def is_shared_with_hidden(user: Reader, records: Sequence[Record]) -> bool:
    """Whether any of some records of a kind belongs to a hidden process too, so that merging moves more."""
    hidden = standing_of(user).hidden
    if not hidden or not records:
        return False
    kind = type(records[0])
    there = _belonging(kind, Process.objects.filter(pk__in=hidden))
    return kind._default_manager.filter(there, pk__in=[record.pk for record in records]).exists()


def rows_seen(user: Reader, kind: type[Record], rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some history rows of a kind that somebody who signed in may be told of."""
    hidden = standing_of(user).hidden
    if not hidden:
        return rows
    behind, before = Process.objects.filter(pk__in=hidden), Process.objects.exclude(pk__in=hidden)
    there, here = _belonging(kind, behind, "id"), _belonging(kind, before, "id")
    return rows.exclude(there & ~here)


def _belonging(kind: type[Record], processes: QuerySet[Process], key: str = "pk") -> Q:
    """That the record under a key belongs to one of some processes."""
    scope = scope_of(processes)
    rows = history(kind).filter(scope[kind]).values("id")
    belongs = Q(**{f"{key}__in": rows})
    if kind is Person:
        belongs |= Q(**{f"{key}__in": history(Office).filter(scope[Office]).values("person_id")})
    if kind is Source:
        belongs |= Q(**{f"{key}__in": _cited_via(scope)})
    for draft, column in DRAFTED.get(kind, ()):
        drafts: Any = draft._default_manager
        named = drafts.filter(sheet__summit__process__in=processes, **{f"{column}__isnull": False})
        belongs |= Q(**{f"{key}__in": named.order_by().values(column)})
    return belongs


def _cited_via(scope: Scope) -> QuerySet[Any]:
    """The keys of what sources of some processes were cited via."""
    cited: QuerySet[Any] = history(Source).filter(scope[Source], cited_via_id__isnull=False)
    return cited.values("cited_via_id")
