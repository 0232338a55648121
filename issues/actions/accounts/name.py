"""What somebody is called."""

from django.db import transaction

from issues.user import User
from issues.writers import turn


def rename(user: User, name: str) -> None:
    """Call oneself otherwise from now on; change sets keep the name that their author had."""
    user.name = name.strip()
    with turn(), transaction.atomic():
        user.save(update_fields=["name"])
