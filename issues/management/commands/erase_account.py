"""``manage.py erase_account USERNAME``: take everything personal out of an account, and close it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from issues.actions.accounts.close import erase_account
from issues.user import FORMER, User


class Command(BaseCommand):
    """Erase a person; what they recorded stays, of “a former member”."""

    help = f"Close an account and replace its name, in the history too, by “{FORMER}”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose account, and that it is meant."""
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="It cannot be undone; say that it is meant.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase it; raise CommandError where there is none or it was not confirmed."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"No account is called “{options['username']}”.")
        if not options["yes"]:
            raise CommandError(f"This cannot be undone. Add --yes to erase “{user}”.")
        erase_account(user)
        self.stdout.write(self.style.SUCCESS(f"Erased. The history says “{FORMER}” now."))
