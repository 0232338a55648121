"""Whose names a reader is told: the one place that decides, for pages and files alike.

Our people are those who edit, review, code, assess and judge. Whoever reads a process without being signed in
is told their names only where the process says so. The negotiators are named to everyone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from issues.history import ChangeSet, ProcessChange
from issues.models import Process, Snapshot
from issues.queries.access.readable import readable
from issues.queries.access.standing import standing_of
from issues.user import User

BEYOND = "Done beyond this process as well."
UNNAMED = "One of our team"
# Words in which one of ours may be named, among others; whether it is one of ours cannot be told from them.
MAY_NAME_US = (Snapshot._meta.get_field("taken_by"),)
UNTOLD = "a name that is not told"
# So few that a figure of the group would be a person's own number.
FEWEST_OF_A_GROUP = 2


@dataclass(frozen=True)
class People:
    """How our people are told to a reader: each by name, or none; and what they said why they did it.

    ``reader`` is None where all is told; ``process`` is the one that is read, None for what several share.
    """

    named: bool
    reader: User | AnonymousUser | None = None
    process: int | None = None

    def author(self, change_set: ChangeSet) -> str:
        """Whose a change set is, to begin a sentence with; a command may have run without a person."""
        return change_set.who if self.named or not change_set.author else UNNAMED

    def reason(self, change_set: ChangeSet) -> str:
        """Why; unless it was done beyond what the reader may read as well, of which the words may tell."""
        return BEYOND if change_set.pk in self.beyond else change_set.reason

    @cached_property
    def beyond(self) -> frozenset[int]:
        """The change sets that touch what the reader may read, and what they may not. A query, or two."""
        if self.reader is None or (self.reader.is_active and not standing_of(self.reader).hidden):
            return frozenset()
        seen = readable(self.reader).order_by().values("pk")
        around = Q(process=self.process) if self.process else Q(process__in=seen)
        here = ProcessChange.objects.filter(around).order_by().values("change_set")
        beyond = ProcessChange.objects.filter(~Q(process__in=seen), change_set__in=here)
        return frozenset(beyond.order_by().values_list("change_set", flat=True))

    def name(self, user: User) -> str:
        """A person of ours."""
        return user.get_full_name() if self.named else UNNAMED


EVERYONE = People(named=True)
NOBODY = People(named=False)


def is_ours(user: User | AnonymousUser) -> bool:
    """Whether someone reads as one of us: signed in, so that who may read is known by name as well."""
    return user.is_active


def people_of(user: User | AnonymousUser, process: Process) -> People:
    """How our people are told to a reader of a process."""
    return People(named=process.names_public or is_ours(user), reader=user, process=process.pk)


def people_of_all(user: User | AnonymousUser, processes: Iterable[Process]) -> People:
    """The same of what several processes share: named only where each of those that may be read says so."""
    if is_ours(user):
        return People(named=True, reader=user)
    listed = list(processes)
    return People(named=bool(listed) and all(process.names_public for process in listed), reader=user)
