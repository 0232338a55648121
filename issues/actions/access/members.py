"""Roles in a process, given and ended; each time by somebody, with a time and a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from issues.models import Process, ProcessMember
from issues.models.process_member import Role, in_force
from issues.queries.access.standing import forget_standing
from issues.user import User
from issues.writers import turn

NOT_LAST = "{process} has to keep an owner: make somebody else one first."
NOBODY = "This account is closed."
SAME = "{user} has this role already."


def give(*, process: Process, user: User, role: str, by: User | None, reason: str) -> ProcessMember:
    """Give somebody a role in a process, in the place of the one that they have there.

    Raises ValidationError for a role that there is not, one that they have already, an account that is
    closed, and where a process would lose its last owner.
    """
    with turn(), transaction.atomic():
        _lock(process)
        if not user.is_active:
            raise ValidationError({"user": NOBODY})
        now = in_force().filter(process=process, user=user).first()
        if now is not None and now.role == role:
            raise ValidationError({"user": SAME.format(user=user)})
        member = ProcessMember(process=process, user=user, role=role, given_by=by, reason=reason.strip())
        member.clean_fields()
        if now is not None:
            _end(now, by=by, reason=reason, keeps=role == Role.OWNER)
        member.save()
    forget_standing(user)
    return member


def end(*, process: Process, user: User, by: User | None, reason: str) -> None:
    """Take the role that somebody has in a process; nothing where they have none.

    Raises ValidationError where the process would lose its last owner.
    """
    with turn(), transaction.atomic():
        _lock(process)
        member = in_force().filter(process=process, user=user).first()
        if member is not None:
            _end(member, by=by, reason=reason)
    forget_standing(user)


def _lock(process: Process) -> None:
    """One at a time: of two owners who leave at once, one stays."""
    Process.objects.select_for_update(of=("self",)).get(pk=process.pk)


def _end(member: ProcessMember, *, by: User | None, reason: str, keeps: bool = False) -> None:
    if (
        member.role == Role.OWNER
        and not keeps
        and not owners_of(member.process).exclude(pk=member.pk).exists()
    ):
        raise ValidationError({"user": NOT_LAST.format(process=member.process)})
    member.until, member.ended_by, member.end_reason = timezone.now(), by, reason.strip()
    member.save(update_fields=["until", "ended_by", "end_reason"])


def owners_of(process: Process) -> QuerySet[ProcessMember]:
    """Who says who sees a process: its owners with an open account."""
    return in_force().filter(process=process, role=Role.OWNER, user__is_active=True)
