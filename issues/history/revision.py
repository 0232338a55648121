"""What the whole record is at: a sign that every recording changes; whoever has the same has seen it all."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

from issues.user import User

ONLY = 1


class Revision(models.Model):
    """The one row with the sign. It is drawn and not counted: a copy that is put back repeats no number.

    Nor is it the newest change set: of two that are stored at once the later may be seen first.
    """

    sign = models.CharField(max_length=32)
    recorded_at = models.DateTimeField(
        null=True,
        help_text="When the last recording was closed: all that it wrote lies before, all that comes after.",
    )

    def __str__(self) -> str:
        return self.sign


def revision() -> str:
    """The sign of the record as it is now; empty where nothing was recorded yet. One query."""
    return Revision.objects.filter(pk=ONLY).values_list("sign", flat=True).first() or ""


def closed_at() -> models.Subquery:
    """When the last recording was closed, for a query that reads something else, too. None for never."""
    return models.Subquery(Revision.objects.filter(pk=ONLY).values("recorded_at"))


def closed_before() -> datetime | None:
    """When the last recording was closed; who asks closes the next, and whoever else does waits here."""
    rows = Revision.objects.select_for_update().filter(pk=ONLY)
    return rows.values_list("recorded_at", flat=True).first()


def renew_revision(recorded_at: datetime | None = None) -> None:
    """Give the record another sign, last in the transaction that changes it: whoever else does waits here.

    ``recorded_at`` is when it was recorded; what no recording changes leaves that as it is.
    """
    Revision.objects.bulk_create(
        [Revision(pk=ONLY, sign=uuid4().hex, recorded_at=recorded_at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["sign"] if recorded_at is None else ["sign", "recorded_at"],
    )


@receiver(post_save, sender=User)
def renew_with_names(update_fields: Any, **_: Any) -> None:
    """What is told of the record has the names of our people in it; signing in changes none."""
    if update_fields is None or set(update_fields) != {"last_login"}:
        renew_revision()
