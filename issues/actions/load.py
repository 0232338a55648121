"""Loading the reference process: fixtures, and the history that ``loaddata`` does not write."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from issues.history import Way, record_as_loaded, recording
from issues.models import RECORDS, Process

REFERENCE = "armenia-azerbaijan"
REASON = "The reference process, loaded from the fixtures."


def fixture_files() -> list[Path]:
    """The files of the reference process, in an order that ``loaddata`` takes."""
    return sorted((Path(settings.BASE_DIR) / "fixtures" / REFERENCE).glob("*.yaml"))


def load_reference(*, by: User | None) -> int:
    """Load the reference process, unless it is there already, and record it as one change set.

    What researchers changed since is never overwritten. Returns how many records were loaded.
    """
    if Process.objects.filter(slug=REFERENCE).exists():
        return 0
    with transaction.atomic(), recording(by=by, reason=REASON, kind=Way.COMMAND):
        call_command("loaddata", *[str(path) for path in fixture_files()], verbosity=0)
        return sum(record_as_loaded(model) for model in RECORDS)
