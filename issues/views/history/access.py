"""Who may see which versions of which record."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import Form
from django.http import Http404

from issues.forms.parameters import BadParameters
from issues.history import Record
from issues.models import DRAFTS, Process, Sheet
from issues.queries.access.readable import readable
from issues.queries.access.standing import standing_of
from issues.queries.history.names import owner_of
from issues.queries.history.owners import held_by
from issues.queries.history.record_history import KINDS, Only
from issues.queries.history.rows import newest_first
from issues.queries.history.scope import scope_of
from issues.queries.old_addresses import process_called
from issues.queries.reading.people import EVERYONE, People, people_of_all
from issues.user import User
from issues.views.log.access import may_log

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Visible:
    """What a reader sees: which history rows, and the names of what and of whom.

    ``named`` are the processes whose records may be named, None for all; ``people`` says how ours are told.
    """

    only: Only
    named: frozenset[int] | None
    people: People = EVERYONE


def kind_of_record(name: str) -> type[Record]:
    """The kind of record that an address names. Raises Http404 for none."""
    if name not in KINDS:
        raise Http404(f"There is no kind of record “{name}”.")
    return KINDS[name]


def visible_to(user: Reader, kind: type[Record], pk: int) -> Visible | None:
    """What a user may see of the history of a record; None for nothing.

    Drafts are seen by researchers, a coder's own sheet by that coder alone.
    """
    if kind in DRAFTS:
        return _drafts_of(user)
    hidden = standing_of(user).hidden
    if user.is_active and not hidden:
        return Visible({}, None)
    if not user.is_active and not settings.PUBLIC_READ:
        return None
    processes = readable(user)
    nothing = dict.fromkeys(KINDS.values(), Q(pk__in=()))
    named = frozenset(processes.values_list("pk", flat=True))
    return Visible({**nothing, **scope_of(processes)}, named, _people_around(user, kind, pk))


def version_of(kind: type[Record], pk: int, row: int | None, visible: Visible) -> Any | None:
    """A version of a record by the key of its history row. Raises Http404 where it may not be seen."""
    if row is None:
        return None
    rows = newest_first(kind, pk).filter(visible.only.get(kind, Q()), history_id=row)
    version = rows.select_related("change_set").first()
    if version is None:
        raise Http404("There is no such version.")
    return version


def process_around(user: Reader, record: Any, asked: str = "") -> Process | None:
    """The process that a record belongs to; of one that several share, the one that is asked for.

    Where none is asked for, it is the only one of them that there is to read. Raises BadParameters where what
    is asked for is none of them.
    """
    owner = owner_of(record)
    kind = getattr(record, "instance_type", type(record))
    holding = held_by(kind, record.pk if kind is type(record) else record.id) if owner is None else {owner}
    processes = readable(user).filter(pk__in=holding)
    if asked:
        found = process_called(asked, processes)
        if found is None:
            raise BadParameters(_no_process(asked), None)
        return found
    first = list(processes[:2])
    return first[0] if len(first) == 1 else None


def in_process(asked: str) -> str:
    """The query that keeps the process in which a history is read; nothing where none is asked for."""
    return f"?{urlencode({'process': asked})}" if asked else ""


def _no_process(asked: str) -> Form:
    form = Form({})
    form.add_error(None, ValidationError(f"There is no process “{asked}” for this record.", code="unknown"))
    return form


def _people_around(user: Reader, kind: type[Record], pk: int) -> People:
    """How our people are told beside a record: as its process says, or all to be read that may share it."""
    record: Any = kind._default_manager.filter(pk=pk).first() or newest_first(kind, pk).first()
    owner = pk if kind is Process else owner_of(record)
    processes = readable(user)
    return people_of_all(user, processes if owner is None else processes.filter(pk=owner))


def _drafts_of(user: Reader) -> Visible | None:
    """The rows of shared sheets and of the user's own, those removed since as well, where they may log."""
    if not isinstance(user, User):
        return None
    where = [process.pk for process in readable(user) if may_log(user, process)]
    if not where:
        return None
    there = Sheet.history.filter(summit__process__in=where).filter(Q(coder=None) | Q(coder=user.pk))
    mine = there.order_by().values("id")
    only: Only = {model: Q(id__in=mine) if model is Sheet else Q(sheet_id__in=mine) for model in DRAFTS}
    return Visible(only, frozenset(where))
