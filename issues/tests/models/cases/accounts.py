"""Cases for the constraints of what accounts have beside the record."""

from itertools import count
from typing import Any

from django.utils import timezone

from issues.models import Invitation, Token
from issues.models.invitation import InstallationRole
from issues.models.process_member import Role
from issues.models.token import Scope
from issues.tests.factories import make_process, make_user
from issues.tests.models.cases.case import Check, filled, one_of

_numbers = count(1)


def make_token(**fields: Any) -> Token:
    """A token that nobody was shown."""
    n = next(_numbers)
    return Token.objects.create(user=make_user(), **{"name": "Notebook", "hash": f"hash-{n}", **fields})


def make_invitation(**fields: Any) -> Invitation:
    """An invitation to nothing but an account."""
    fields.setdefault("by", make_user())
    return Invitation.objects.create(**{"email": "mara@example.org"} | fields)


CHECKS = {
    "token_has_name": filled(make_token, "name"),
    "invitation_group_known": one_of(make_invitation, "group", *InstallationRole.values),
    "invitation_role_in_process": Check(
        make_invitation,
        holds=[{}, *({"process": make_process, "role": role} for role in Role.values)],
        breaks=[{"role": "reader"}, {"process": make_process}, {"process": make_process, "role": "nonsense"}],
    ),
    "invitation_accepted_by_somebody": Check(
        make_invitation,
        holds=[{}, {"accepted_at": timezone.now, "accepted_by": make_user}],
        breaks=[{"accepted_at": timezone.now}, {"accepted_by": make_user}],
    ),
    "token_scope_known": one_of(make_token, "scope", *Scope.values),
}
