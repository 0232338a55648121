"""``manage.py demo``: migrations, the reference process with its history, demo accounts, their examples."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from issues.actions.demo.accounts import PASSWORD, make_demo_accounts, make_example_assessments
from issues.actions.demo.judgements import make_example_judgements
from issues.actions.demo.load import load_reference


class Command(BaseCommand):
    """Make the tracker ready to be tried. Safe to run again: it never overwrites what is there."""

    help = "Migrate, load the reference process with a history, and make demo accounts (debug only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse outside debug: the accounts have a known password."""
        if not settings.DEBUG:
            raise CommandError("demo makes accounts with a known password; it runs only with DEBUG=true.")
        call_command("migrate", verbosity=0, interactive=False)
        loaded = load_reference(by=None)
        names = make_demo_accounts()
        make_example_assessments()
        make_example_judgements()
        if loaded:
            self.stdout.write(f"Loaded the reference process: {loaded} records, with their history.")
        else:
            self.stdout.write("The reference process is there already; nothing was overwritten.")
        self.stdout.write(f"Demo accounts (password {PASSWORD}): {', '.join(names)}")
