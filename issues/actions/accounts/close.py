"""Closing and erasing an account: the person goes, what they did stays and stays attributed."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from issues.actions.accounts.tokens import revoke_all
from issues.history import ChangeSet
from issues.models import Invitation, Token
from issues.user import FORMER, User


@transaction.atomic
def close_account(user: User) -> User:
    """Let nobody sign in with an account any more, nor a program read with its tokens.

    The history keeps the person's name; the account its factors, which open nothing while it is closed.
    """
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _sign_out(user)
    revoke_all(user)
    return user


@transaction.atomic
def erase_account(user: User) -> User:
    """Close an account and take everything personal out of it, the name in the history too.

    Change sets, assessments, judgements and reviews stay, of “a former member”: each of several erased
    people remains somebody else. What was written in words, a reason for one, is not searched for names.
    """
    names = {user.username, user.username.lower(), user.name, user.email}
    _forget_ways_in(user)
    close_account(user)
    user.username, user.name, user.email = f"former-member-{user.pk}", "", ""
    user.time_zone = ""
    user.is_staff = user.is_superuser = False
    user.last_login = None
    user.erased_at = timezone.now()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    Token.objects.filter(user=user).delete()
    ChangeSet.objects.filter(user=user).update(author=FORMER)
    for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
        attempts.objects.filter(username__in=names).delete()
    return user


@transaction.atomic
def take_factors(user: User) -> None:
    """Take the second factors of somebody who lost them, and sign them out: they set up others."""
    Authenticator.objects.filter(user=user).delete()
    _sign_out(user)


def _forget_ways_in(user: User) -> None:
    """Take what somebody signed in by, and the invitations that were sent to them."""
    for kind in (EmailAddress, Authenticator, SocialAccount):
        kind.objects.filter(user=user).delete()
    theirs = Q(accepted_by=user) | Q(email=user.email) if user.email else Q(accepted_by=user)
    Invitation.objects.filter(theirs).delete()


def _sign_out(user: User) -> None:
    """End every session of a person."""
    UserSession.objects.filter(user=user).delete()
    for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
