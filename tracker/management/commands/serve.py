"""``manage.py serve``: the server, where nothing stands against it."""

import os
import sys
from argparse import ArgumentParser
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from tracker.metrics import SHARED
from tracker.serving import obstacles

COMMAND = [sys.executable, "-m", "gunicorn", "--config", "python:tracker.gunicorn_config", "tracker.wsgi"]


class Command(BaseCommand):
    """Serve with gunicorn; refuse what is unsafe or not made ready, and name it."""

    help = "Serve with gunicorn, or say what stands against it."
    # They are run below, with those of a deployment, and told together.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to serve, or to look alone."""
        parser.add_argument("--check", action="store_true", help="Only say whether it would be served.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the server. Raises CommandError with all that stands against it."""
        against = list(obstacles())
        if against:
            raise CommandError("Not served:\n" + "\n".join(f"- {said}" for said in against))
        if options["check"]:
            self.stdout.write("Nothing stands against serving.")
            return
        connections.close_all()
        if settings.METRICS_TOKEN:
            os.environ[SHARED] = mkdtemp(prefix="redlines-metrics-")
        os.chdir(settings.BASE_DIR)
        # In place of this process, so that signals of systemd or a container reach the server itself.
        os.execv(sys.executable, COMMAND)  # noqa: S606 -- our own server
