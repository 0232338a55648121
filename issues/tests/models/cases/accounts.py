"""Cases for the constraints of what accounts have beside the record."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from issues.models import Invitation, ProcessMember, Token
from issues.models.invitation import InstallationRole
from issues.models.process_member import Role
from issues.models.token import Scope
from issues.tests.factories import make_process, make_user
from issues.tests.models.cases.case import Check, Unique, filled, one_of
from issues.user import User

_numbers = count(1)
BEGAN = datetime(2025, 5, 1, tzinfo=UTC)


def make_token(**fields: Any) -> Token:
    """A token that nobody was shown."""
    n = next(_numbers)
    return Token.objects.create(user=make_user(), **{"name": "Notebook", "hash": f"hash-{n}", **fields})


def make_invitation(**fields: Any) -> Invitation:
    """An invitation to nothing but an account."""
    fields.setdefault("by", make_user())
    return Invitation.objects.create(**{"email": "mara@example.org"} | fields)


def make_person(**fields: Any) -> User:
    """Somebody with an address."""
    return make_user(**{"email": f"person-{next(_numbers)}@example.org"} | fields)


def make_member(**fields: Any) -> ProcessMember:
    """Somebody who reads a process."""
    for name, make in (("process", make_process), ("user", make_user)):
        if name not in fields:
            fields[name] = make()
    return ProcessMember.objects.create(**{"role": Role.READER} | fields)


CHECKS = {
    "process_member_role_known": one_of(make_member, "role", *Role.values),
    "process_member_ends_after_it_begins": Check(
        make_member, holds=[{}, {"since": BEGAN, "until": BEGAN}], breaks=[{"until": BEGAN}]
    ),
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
UNIQUES = {"process_member_one_role": Unique(make_member), "user_address_once": Unique(make_person)}
