"""Reading pages from a replica of the database, where an installation has one.

The pages, files and pictures of a process and the API are read there: they write nothing, and each is known
by a sign that is read before it, from the same server, so that what a replica has not learned yet is told
under the sign of then. All else, who is signed in and with which role among it, is asked of the primary.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

REPLICA = "replica"
# What a browser says of whom something was stored a moment ago, and for how many seconds: a replica that is
# that far behind should be looked after.
WROTE, SECONDS = "wrote", 30
SAFE = ("GET", "HEAD", "OPTIONS")
# For so many seconds a replica that does not answer is not asked again.
LEFT_ALONE = 5.0
# Who somebody is and what they may is asked of the primary, where it was said.
ASKED_ELSEWHERE = frozenset({"user", "token", "processmember"})

# Where a record of ours may have come from; nowhere, where it is new.
OURS = {DEFAULT_DB_ALIAS, REPLICA, None}

_reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)
_away_until: list[float] = [0.0]


class Router:
    """Which server is asked: the primary, but for what is read while :func:`reads_there` is open."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Never the replica within a transaction: what is read there may be about to be changed."""
        instance = hints.get("instance")
        if instance is not None and instance._state.db not in OURS:
            return None  # of a backup, or of a database to which something is moved
        options = model._meta
        is_there = (
            _reads_there.get()
            and options.app_label == "issues"
            and options.model_name not in ASKED_ELSEWHERE
            and not connections[DEFAULT_DB_ALIAS].in_atomic_block
        )
        return REPLICA if is_there else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The primary."""
        instance = hints.get("instance")
        return DEFAULT_DB_ALIAS if instance is None or instance._state.db in OURS else None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """What was read there and here is of one database."""
        return True if {one._state.db, other._state.db} <= OURS else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """A replica is given its tables by the primary."""
        return False if db == REPLICA else None


@contextmanager
def reads_there(request: HttpRequest) -> Iterator[None]:
    """While this is open, records are read from the replica.

    From the primary by who stored something a moment ago, and where the replica does not answer.
    """
    if not has_replica() or WROTE in request.COOKIES or not _answers():
        yield
        return
    token = _reads_there.set(True)
    try:
        yield
    finally:
        _reads_there.reset(token)


def remember_who_wrote(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Have whoever stored something read the primary for a moment: a middleware."""

    def respond(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method not in SAFE and has_replica():
            is_secure = request.is_secure()
            answer.set_cookie(WROTE, "1", max_age=SECONDS, httponly=True, samesite="Lax", secure=is_secure)
        return answer

    return respond


def has_replica() -> bool:
    """Whether this installation has one."""
    return REPLICA in connections.settings


def _answers() -> bool:
    if monotonic() < _away_until[0]:
        return False
    try:
        connections[REPLICA].ensure_connection()
    except OperationalError:
        _away_until[0] = monotonic() + LEFT_ALONE
        return False
    return True
