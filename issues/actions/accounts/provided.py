"""Whose account it is that somebody else vouches for: a provider of single sign-on."""

from django.contrib.auth.models import Group
from django.db import transaction

from issues.actions.accounts.invite import HasAccount, NotGood, accept, find_for, new_account
from issues.models import Invitation
from issues.user import User
from issues.writers import turn


def person_of(email: str, *, name: str, called: str, role: str) -> User | None:
    """The account of an address that the provider has verified, made where it was invited; or None.

    No address of an account is typed by its owner: it is that of an invitation or of the admin. So it is safe
    to know somebody by it, where the provider has verified it: pass none otherwise. None where the account
    is closed, and where nobody invited it; unless ``role`` says what strangers get.
    """
    if not email:
        return None
    with turn(), transaction.atomic():
        known = _known(email)
        if known is not None:
            return known if known.is_active else None
        invitations = find_for(email)
        if not invitations and not role:
            return None
        try:
            user = new_account(email=email, name=name[:150], called=called)
        except HasAccount:  # since a moment ago
            return _known(email)
        if role:
            user.groups.add(Group.objects.get(name=role))
        taken = [one for one in invitations if _takes(user, one)]
        if not taken and not role:
            transaction.set_rollback(True)
            return None
    return user


def _known(email: str) -> User | None:
    """The account of an address."""
    return User.objects.filter(email=User.objects.normalize_email(email)).first()


def _takes(user: User, invitation: Invitation) -> bool:
    """Whether an invitation could be taken up."""
    try:
        accept(invitation, user)
    except NotGood:
        return False
    return True
