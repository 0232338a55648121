"""Demo accounts, one a role, for trying the tracker on one's own machine."""

from django.contrib.auth.models import Group, User
from django.db import transaction

PASSWORD = "redlines-demo"  # noqa: S105 -- printed on the screen; made only in debug
ACCOUNTS = {"viewer": "Viewers", "researcher": "Researchers", "editor": "Editors"}
ADMINISTRATOR = "admin"


@transaction.atomic
def make_demo_accounts() -> list[str]:
    """Make the accounts that are not there yet; those that are keep their password. Returns all names."""
    for name, group in ACCOUNTS.items():
        user, made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
        if made:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=group))
    if not User.objects.filter(username=ADMINISTRATOR).exists():
        User.objects.create_superuser(ADMINISTRATOR, password=PASSWORD)
    return [*ACCOUNTS, ADMINISTRATOR]
