"""What who guards an installation looks for in the log: who signed in or could not, whose rights changed.

A line each, with numbers of accounts and no name, word or secret; whose request it was the line of the
request says, under the same id. What changes stored rows is told by their models, so that a page, the admin
and a command are told alike.
"""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from issues.models import Invitation, ProcessMember, Token
from issues.user import User
from tracker.throttling import LONGEST, address_of

logger = logging.getLogger(__name__)

# What opens an account, or what it may.
WATCHED = ("username", "email", "password", "is_active", "is_staff", "is_superuser")


@receiver(user_logged_in)
def signed_in(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """By whatever way: the methods are those that allauth noted, as password, mfa or socialaccount."""
    shown = request.session.get("account_authentication_methods", ())
    _tell("signed in", user.pk, address=address_of(request), methods=[one.get("method") for one in shown])


@receiver(user_logged_out)
def signed_out(sender: object, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Of somebody who was signed in."""
    if user is not None:
        _tell("signed out", user.pk)


@receiver(user_login_failed)
def not_signed_in(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    """A wrong password, also where it was asked for once more; of which account, where there is one."""
    _refused("wrong password", request, credentials)


@receiver(user_locked_out)
def locked_out(sender: object, request: HttpRequest, username: str | None = None, **_: Any) -> None:
    """Too many wrong passwords."""
    _refused("too many wrong passwords", request, {"username": username or ""})


@receiver(authentication_failed)
def wrong_code(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """A second factor that was not right."""
    _tell("wrong second factor", user.pk, logging.WARNING, address=address_of(request))


@receiver(password_reset)
def reset(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """By the link of a letter."""
    _tell("password reset by letter", user.pk, address=address_of(request))


@receiver(authenticator_reset)
def new_codes(sender: object, user: User, **_: Any) -> None:
    """New codes for when a factor is lost."""
    _tell("recovery codes made anew", user.pk)


@receiver(pre_save, sender=User)
def account_changes(
    sender: object, instance: User, update_fields: Iterable[str] | None = None, raw: bool = False, **_: Any
) -> None:
    """Which of what is watched is stored otherwise than before."""
    stored = [name for name in WATCHED if update_fields is None or name in update_fields]
    if instance._state.adding or raw or not stored:
        return
    before = User.objects.filter(pk=instance.pk).values(*stored).first() or {}
    changed = [name for name, value in before.items() if value != getattr(instance, name)]
    if changed:
        _tell_stored("account changed", instance.pk, what=changed)


@receiver(post_save, sender=User)
def account_made(sender: object, instance: User, created: bool, raw: bool = False, **_: Any) -> None:
    """By an invitation, single sign-on, the admin or a command."""
    if created and not raw:
        _tell_stored("account made", instance.pk)


@receiver(post_delete, sender=User)
def account_deleted(sender: object, instance: User, **_: Any) -> None:
    """For good, which only one that did nothing can be."""
    _tell_stored("account deleted", instance.pk)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def rights_changed(
    sender: type[Model], instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **_: Any
) -> None:
    """Groups and single rights: given, taken, or all taken."""
    done = {"post_add": "given", "post_remove": "taken", "post_clear": "all taken"}.get(action)
    if done is None or pk_set == set():
        return
    kind = "groups" if sender is User.groups.through else "rights"
    others = sorted(pk_set or ())
    if reverse:
        _tell_stored(f"{kind} {done}", None, of=[instance.pk], accounts=others)
    else:
        _tell_stored(f"{kind} {done}", instance.pk, of=others)


@receiver(post_save, sender=Authenticator)
@receiver(post_delete, sender=Authenticator)
def factor(sender: object, instance: Authenticator, created: bool | None = None, **_: Any) -> None:
    """A second factor that was set up or taken away; that it was used is no change."""
    if created is not False:
        _tell_stored(
            f"second factor {'added' if created else 'removed'}", instance.user_id, kind=instance.type
        )


@receiver(post_save, sender=ProcessMember)
def role_in_process(sender: object, instance: ProcessMember, **_: Any) -> None:
    """A role in a process, given or ended."""
    done = "given" if instance.until is None else "ended"
    where, role = instance.process_id, instance.role
    _tell_stored(f"role in a process {done}", instance.user_id, process=where, role=role)


@receiver(post_save, sender=Invitation)
def invited(sender: object, instance: Invitation, **_: Any) -> None:
    """An invitation that was sent, taken up or withdrawn."""
    done = "taken up" if instance.accepted_at else "withdrawn" if instance.withdrawn_at else "sent"
    number, where = instance.pk, instance.process_id
    _tell_stored(f"invitation {done}", instance.accepted_by_id, invitation=number, process=where)


@receiver(post_save, sender=Token)
def token(sender: object, instance: Token, created: bool, **_: Any) -> None:
    """A token for a program, made or revoked."""
    if created or instance.revoked_at:
        _tell_stored(f"token {'made' if created else 'revoked'}", instance.user_id, token=instance.pk)


def _refused(event: str, request: HttpRequest | None, credentials: dict[str, Any]) -> None:
    """Asked whether or not there is such an account, so that the time of the answer does not tell."""
    name = str(credentials.get("username") or credentials.get("email") or "").lower()[:LONGEST]
    known = User.objects.filter(Q(username__iexact=name) | Q(email=name, email__gt=""))
    account = known.values_list("pk", flat=True).first()
    _tell(event, account, logging.WARNING, address=address_of(request) if request else None)


def _tell_stored(event: str, account: int | None, **more: Any) -> None:
    """Once it is stored for good: what is taken back with its transaction never was."""
    transaction.on_commit(partial(_tell, event, account, **more))


def _tell(event: str, account: int | None, level: int = logging.INFO, **more: Any) -> None:
    told = {"event": event, "account": account, **more}
    logger.log(level, "Security.", extra={"told": {name: one for name, one in told.items() if one}})
