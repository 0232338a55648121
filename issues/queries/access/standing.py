"""What somebody is in the processes: a role in some; and which are hidden from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, Subquery, Value

from issues.models import Process
from issues.models.process import Visibility
from issues.models.process_member import in_force
from issues.user import User

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Standing:
    """The roles of somebody who signed in, by process; the private processes in which they have none."""

    roles: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


NO_STANDING = Standing()


def standing_of(user: Reader) -> Standing:
    """What somebody is in the processes. One query for an account, kept with it as Django keeps permissions.

    From an administrator of the installation nothing is hidden: whoever runs the database reads it anyway.
    """
    if not isinstance(user, User) or not user.is_active:
        return NO_STANDING
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        known = user._standing = _read(user)  # type: ignore[attr-defined]
    return known


def own_role(user: Reader, process: str = "pk") -> Subquery | Value:
    """The role of somebody in the process of the query around it, to be read with it."""
    if not isinstance(user, User):
        return Value("")
    return Subquery(in_force().filter(user=user, process=OuterRef(process)).values("role"))


def is_read_by(process: Process, user: Reader, role: str | None) -> None:
    """Note with a process the role that somebody has in it: it is not asked again."""
    process.read_by = (user.pk, role)  # type: ignore[attr-defined]


def role_in(user: User, process: Process) -> str:
    """The role of somebody in a process, empty for none; no query where it was read with the process."""
    known: tuple[int, str | None] | None = getattr(process, "read_by", None)
    if known is not None and known[0] == user.pk:
        return known[1] or ""
    return standing_of(user).roles.get(process.pk, "")


def forget_standing(user: User) -> None:
    """Ask anew: a role was given or ended while this account was at hand."""
    if hasattr(user, "_standing"):
        del user._standing


def _read(user: User) -> Standing:
    rows = (
        Process.objects.annotate(own=own_role(user))
        .filter(Q(visibility=Visibility.PRIVATE) | Q(own__isnull=False))
        .order_by("pk")
        .values_list("pk", "own")
    )
    found = dict(rows)
    roles = {pk: role for pk, role in found.items() if role}
    hidden = frozenset() if user.is_superuser else frozenset(found.keys() - roles.keys())
    return Standing(roles, hidden)
