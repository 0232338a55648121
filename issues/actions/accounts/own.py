"""What somebody says of themselves."""

from django.db import transaction

from issues.user import User
from issues.writers import turn


def describe_oneself(user: User, name: str, time_zone: str) -> None:
    """Be called otherwise from now on, and see times in another zone, the installation's where it is empty.

    Change sets keep the name that their author had.
    """
    user.name, user.time_zone = name.strip(), time_zone
    with turn(), transaction.atomic():
        user.save(update_fields=["name", "time_zone"])
