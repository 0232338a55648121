"""Asking people in by mail: a link that is signed, ends after some days, and is good once."""

from contextlib import suppress
from datetime import datetime

from allauth.utils import generate_unique_username
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from issues.actions.access import give
from issues.models import Invitation, Process
from issues.models.invitation import open_invitations
from issues.models.process_member import Role, in_force
from issues.queries.access.grants import MAY_GIVE
from issues.queries.access.may import may_in
from issues.user import User
from issues.writers import turn

SALT = "issues.invitation"


ROLES = list(Role.values)  # each may all that the one before may
INVITED = "Invited to it."
# How often a user name is looked for that somebody else takes at the same moment.
TRIES = 5


class NotGood(Exception):
    """An invitation that was taken up, withdrawn or sent anew meanwhile, or whose days are over.

    Or one of somebody who may not give any more what they invited to.
    """


class HasAccount(Exception):
    """An address whose owner has an account already, be it since a moment ago."""


def may_give(by: User, group: str) -> bool:
    """Whether somebody may give this role: one that may do nothing that they may not do themselves."""
    if not group or by.is_superuser:
        return True
    found = Group.objects.filter(name=group).first()
    if found is None:
        return False
    granted = found.permissions.values_list("content_type__app_label", "codename")
    return all(by.has_perm(f"{app}.{codename}") for app, codename in granted)


def invite(
    *, by: User, email: str, group: str = "", process: Process | None = None, role: str = ""
) -> Invitation:
    """Store an invitation, which is still to be sent. Raises PermissionDenied, ValidationError.

    Nothing is looked up about the address: that it has an account is for its owner alone to know.
    """
    if not may_give(by, group) or (process is not None and not may_in(by, MAY_GIVE, process)):
        raise PermissionDenied
    invitation = Invitation(
        by=by, email=User.objects.normalize_email(email), group=group, process=process, role=role
    )
    invitation.full_clean()
    with turn(), transaction.atomic():
        invitation.save()
    return invitation


def renew(invitation: Invitation) -> Invitation:
    """Let it begin anew, to be sent again: the link that was sent before ends. Raises NotGood."""
    with turn(), transaction.atomic():
        locked = _locked(invitation.pk)
        if locked.is_answered:
            raise NotGood
        locked.sent_at = timezone.now()
        locked.save(update_fields=["sent_at"])
    return locked


def withdraw(invitation: Invitation) -> None:
    """End it. Raises NotGood where it was answered already."""
    with turn(), transaction.atomic():
        locked = _locked(invitation.pk)
        if locked.is_answered:
            raise NotGood
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


def key_of(invitation: Invitation) -> str:
    """What its link says."""
    return signing.dumps([invitation.pk, invitation.sent_at.isoformat()], salt=SALT)


def find(key: str) -> Invitation:
    """The invitation of a link. Raises NotGood for any that does not let somebody in now."""
    try:
        pk, sent_at = signing.loads(key, salt=SALT, max_age=settings.INVITATION_DAYS * 86_400)
    except signing.BadSignature as error:
        raise NotGood from error
    sent = datetime.fromisoformat(sent_at)
    found = open_invitations().select_related("by", "process").filter(pk=pk, sent_at=sent).first()
    if found is None:
        raise NotGood
    return found


def find_for(email: str) -> list[Invitation]:
    """The open invitations to an address that somebody else vouches for, the oldest first."""
    return list(open_invitations().filter(email=User.objects.normalize_email(email)).order_by("at", "pk"))


def join(invitation: Invitation, *, name: str, password: str) -> User:
    """Make an account for who follows the link, and take the invitation up. Raises NotGood, HasAccount."""
    with turn(), transaction.atomic():
        user = new_account(email=invitation.email, name=name, password=password)
        accept(invitation, user)
    return user


def new_account(*, email: str, name: str, password: str | None = None, called: str = "") -> User:
    """An account under a user name that is free: as somebody is called elsewhere, or of their address.

    Raises HasAccount.
    """
    address = User.objects.normalize_email(email)
    for _ in range(TRIES):
        if User.objects.filter(email=address).exists():
            break
        username = generate_unique_username([called, address.partition("@")[0], "user"])
        with suppress(IntegrityError), transaction.atomic():  # where two take it at once, one has it
            return User.objects.create_user(username, address, password, name=name.strip())
    raise HasAccount(address)


def accept(invitation: Invitation, user: User) -> None:
    """Give an account what it was invited to, once. Raises NotGood."""
    with turn(), transaction.atomic():
        locked = _locked(invitation.pk)
        if not locked.is_open or locked.sent_at != invitation.sent_at:
            raise NotGood
        locked.accepted_at, locked.accepted_by = timezone.now(), user
        locked.save(update_fields=["accepted_at", "accepted_by"])
        _carry_out(locked, user)


def _carry_out(invitation: Invitation, user: User) -> None:
    by, process = User.objects.get(pk=invitation.by_id), invitation.process
    if not by.is_active or not may_give(by, invitation.group):
        raise NotGood
    if invitation.group:
        user.groups.add(Group.objects.get(name=invitation.group))
    if process is None:
        return
    if not may_in(by, MAY_GIVE, process):
        raise NotGood
    has = in_force().filter(process=process, user=user).values_list("role", flat=True).first()
    if has is None or ROLES.index(has) < ROLES.index(invitation.role):
        give(process=process, user=user, role=invitation.role, by=by, reason=INVITED)


def _locked(pk: int) -> Invitation:
    """The row as it is now, kept from everyone else until it is written."""
    return Invitation.objects.select_for_update().get(pk=pk)
