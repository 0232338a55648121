"""Who has a second factor, and who has to."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from issues.models.process_member import Role
from issues.queries.access.standing import standing_of
from issues.user import User

# Recovery codes alone are no factor: they stand in for one that was lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Whoever may do one of these decides what becomes of the record or of who may read it.
OF_EDITORS = ("issues.delete_position", "issues.change_user", "issues.add_user")


def has_factor(user: User) -> bool:
    """Whether somebody has an app of codes or a passkey. One query."""
    found: bool = Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
    return found


def needs_factor(user: User | AnonymousUser) -> bool:
    """Whether this installation asks of somebody that they have one."""
    if settings.REQUIRE_SECOND_FACTOR == "off" or not isinstance(user, User):
        return False
    if settings.REQUIRE_SECOND_FACTOR == "all" or any(user.has_perm(one) for one in OF_EDITORS):
        return True
    return not {Role.EDITOR, Role.OWNER}.isdisjoint(standing_of(user).roles.values())


def lacks_factor(user: User | AnonymousUser) -> bool:
    """Whether somebody has to have one and has none. At most five queries, and one for who has one."""
    # Asked with each request: first what needs neither session nor account.
    if settings.REQUIRE_SECOND_FACTOR == "off" or not isinstance(user, User):
        return False
    return not has_factor(user) and needs_factor(user)
