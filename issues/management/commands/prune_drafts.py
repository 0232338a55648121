"""``manage.py prune_drafts``: forget how published sheets were typed, after ``DRAFT_HISTORY_DAYS``."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from issues.actions.log_sheet.prune import prune_drafts


class Command(BaseCommand):
    """For a nightly timer."""

    help = "Remove the history of drafts that were published longer ago than DRAFT_HISTORY_DAYS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many days, where it is to be others than the setting says."""
        parser.add_argument("--days", type=int, default=settings.DRAFT_HISTORY_DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many versions there were."""
        removed = prune_drafts(timezone.now() - timedelta(days=options["days"]))
        self.stdout.write(self.style.SUCCESS(f"{removed} versions of drafts removed."))
