"""Cases for the constraints of what accounts have beside the record."""

from itertools import count
from typing import Any

from issues.models import Token
from issues.models.token import Scope
from issues.tests.factories import make_user
from issues.tests.models.cases.case import filled, one_of

_numbers = count(1)


def make_token(**fields: Any) -> Token:
    """A token that nobody was shown."""
    n = next(_numbers)
    return Token.objects.create(user=make_user(), **{"name": "Notebook", "hash": f"hash-{n}", **fields})


CHECKS = {
    "token_has_name": filled(make_token, "name"),
    "token_scope_known": one_of(make_token, "scope", *Scope.values),
}
