"""Keys for programs: made, found by what is shown, used and revoked."""

from datetime import date
from hashlib import sha256
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from issues.clock import utc_day
from issues.models import Token
from issues.models.token import Scope, in_force
from issues.queries.access.grants import GRANTS
from issues.queries.access.standing import standing_of
from issues.user import User
from issues.writers import turn

# So that one that leaked is known for what it is, by people and by programs that look for such.
BEGINS = "redlines_"
READS_DRAFTS = "issues.add_position"


def make_token(by: User, name: str, scope: Scope, expires_on: date | None = None) -> tuple[Token, str]:
    """A new token of an account, and what its program sends, which nobody can tell afterwards.

    Raises PermissionDenied for drafts where the account may not read them, ValidationError.
    """
    if scope == Scope.DRAFTS and not may_read_drafts(by):
        raise PermissionDenied
    shown = BEGINS + token_urlsafe(32)
    token = Token(user=by, name=name, scope=scope, expires_on=expires_on, hash=_hash(shown), hint=shown[:12])
    token.full_clean()
    with turn(), transaction.atomic():
        token.save()
    return token, shown


def may_read_drafts(user: User) -> bool:
    """Whether an account may read drafts of any process; of which, is asked with each."""
    return user.has_perm(READS_DRAFTS) or any(
        READS_DRAFTS in GRANTS[role] for role in standing_of(user).roles.values()
    )


def find_token(shown: str) -> Token | None:
    """The token of which this is shown, with its account, while it is in force. One query.

    It needs no slow hash: what is hashed is no password that somebody chose, but 256 random bits.
    """
    return in_force().select_related("user").filter(hash=_hash(shown)).first()


def note_use(token: Token) -> None:
    """Note the day on which it was used, once a day: reading is not to wait for whoever writes."""
    today = utc_day()
    if token.last_used_on != today:
        with turn():
            Token.objects.filter(pk=token.pk).update(last_used_on=today)


def revoke(token: Token) -> None:
    """End a token for good."""
    _revoke(Token.objects.filter(pk=token.pk))


def revoke_all(user: User) -> None:
    """End every token of an account."""
    _revoke(Token.objects.filter(user=user))


def _revoke(tokens: QuerySet[Token]) -> None:
    """One by one: an account has few, and whoever is told of a token that is saved is told of each."""
    with turn(), transaction.atomic():
        for token in tokens.select_for_update().filter(revoked_at=None):
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])


def _hash(shown: str) -> str:
    return sha256(shown.encode()).hexdigest()
