"""A file that waits to be brought in: uploaded, mapped, and carried out later or forgotten."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from issues.importing.opened import Beside
from issues.models import Import, Process
from issues.user import User
from issues.writers import turn

# How long a file waits; nobody looks for it afterwards.
KEPT = timedelta(days=14)


def add_draft(
    *,
    process: Process,
    name: str,
    content: bytes,
    mapping: dict[str, Any],
    by: User,
    beside: Beside | None = None,
) -> Import:
    """Keep a file for its mapping, with one beside it, and forget those that have waited too long."""
    with turn(), transaction.atomic():
        Import.objects.filter(change_set=None, made_at__lt=timezone.now() - KEPT).delete()
        return Import.objects.create(
            process=process,
            by=by,
            file_name=name[:255],
            digest=sha256(content).hexdigest(),
            content=content,
            second_name=beside.name[:255] if beside else "",
            second=beside.data if beside else b"",
            second_digest=sha256(beside.data).hexdigest() if beside else "",
            mapping=mapping,
        )


def set_mapping(draft: Import, mapping: dict[str, Any]) -> None:
    """Keep how a waiting file is read."""
    with turn(), transaction.atomic():
        draft.mapping = mapping
        draft.save(update_fields=["mapping"])


def forget(draft: Import) -> None:
    """Remove a waiting file."""
    with turn(), transaction.atomic():
        draft.delete()
