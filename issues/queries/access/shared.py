"""Of what processes share, what somebody may be told of: not what belongs to hidden processes alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.models import ForeignKey, Q, QuerySet

from issues.history import Record
from issues.models import DRAFTS, RECORDS, Process, Sheet
from issues.queries.access.standing import Reader, standing_of
from issues.queries.history.owners import SHARED
from issues.queries.history.rows import history
from issues.queries.history.scope import Scope, scope_of

Found = TypeVar("Found", bound=Record)

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


def hidden_now() -> frozenset[int]:
    """The processes that are hidden from whoever asks: what is kept for others is kept by them, too."""
    user = _asking.get()
    return frozenset() if user is None else standing_of(user).hidden


def tellable(records: QuerySet[Found]) -> QuerySet[Found]:
    """Those of some records of a kind that whoever asks may be told of."""
    user = _asking.get()
    return records if user is None else seen_by(user, records)


def seen_by(user: Reader, records: QuerySet[Found]) -> QuerySet[Found]:
    """Those of some records of a kind that somebody who signed in may be told of.

    Not those that belong, or ever belonged, to hidden processes and to no other. Costs nothing where nothing
    is hidden.
    """
    return _told(user, records.model, records, "pk")


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
    return _told(user, kind, rows, "id")


def _told(user: Reader, kind: type[Record], rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    hidden = standing_of(user).hidden
    if not hidden:
        return rows
    behind, before = Process.objects.filter(pk__in=hidden), Process.objects.exclude(pk__in=hidden)
    return rows.exclude(_belonging(kind, behind, key) & ~_belonging(kind, before, key))


def _belonging(kind: type[Record], processes: QuerySet[Process], key: str = "pk") -> Q:
    """That the record under a key belongs to one of some processes, or that anything there refers to it."""
    scope = scope_of(processes)
    belongs = Q(**{f"{key}__in": history(kind).filter(scope[kind]).values("id")})
    if kind not in SHARED:
        return belongs
    for model in (*RECORDS, *DRAFTS):
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.remote_field.model is kind:
                rows = history(model).filter(
                    _of(model, scope, processes), **{f"{field.attname}__isnull": False}
                )
                belongs |= Q(**{f"{key}__in": rows.values(field.attname)})
    return belongs


def _of(model: type[Record], scope: Scope, processes: QuerySet[Process]) -> Q:
    """That a history row of a kind is of some processes; of a draft, that its sheet is."""
    if model not in DRAFTS:
        return scope[model]
    sheets = Sheet.objects.filter(summit__process__in=processes).order_by().values("pk")
    return Q(id__in=sheets) if model is Sheet else Q(sheet_id__in=sheets)
