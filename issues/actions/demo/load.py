"""Loading the reference process: fixtures, and the history that ``loaddata`` does not write."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core import serializers

from issues.history import Way, record_as_loaded, recording
from issues.models import RECORDS, Process
from issues.user import User

REFERENCE = "armenia-azerbaijan"
REASON = "The reference process, loaded from the fixtures."


def fixture_files() -> list[Path]:
    """The files of the reference process, in an order that ``loaddata`` takes."""
    return sorted((Path(settings.BASE_DIR) / "fixtures" / REFERENCE).glob("*.yaml"))


def load_reference(*, by: User | None) -> int:
    """Load the reference process, unless it ever was here, and record it as one change set.

    What is there already stays as researchers made it, a renamed or removed process too. Returns how
    many records were loaded.
    """
    if Process.objects.filter(slug=REFERENCE).exists() or Process.history.filter(slug=REFERENCE).exists():
        return 0
    with recording(by=by, reason=REASON, kind=Way.COMMAND):
        _load_new(fixture_files())
        return sum(record_as_loaded(model) for model in RECORDS)


def _load_new(files: Iterable[Path]) -> None:
    """Store the records that are not there yet; ``loaddata`` would overwrite the others."""
    waiting = []
    for path in files:
        for item in serializers.deserialize(
            "yaml", path.read_text(encoding="utf-8"), handle_forward_references=True
        ):
            if item.object.pk is None:  # a natural key that is known leads to its record
                item.save()
                if item.deferred_fields:
                    waiting.append(item)
    for item in waiting:
        item.save_deferred_fields()
