"""What readers see, by signs: one of the whole record, and one of each process.

Whoever has the same sign has seen it all. A recording draws new signs for what it changed, last of all.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.db.models.signals import post_save
from django.dispatch import receiver

from issues.user import User

# What a sign is of, beside a process, of which it is the key.
WHOLE = 0


class Revision(models.Model):
    """A sign. It is drawn and not counted: a copy that is put back repeats no number.

    Nor is it the newest change set: of two that are stored at once the later may be seen first.
    """

    of = models.BigIntegerField(primary_key=True, help_text="The key of a process; 0 is the whole.")
    sign = models.CharField(max_length=32)
    recorded_at = models.DateTimeField(
        null=True,
        help_text="When the last recording of it was closed: all that it wrote lies before, all else after.",
    )

    def __str__(self) -> str:
        return self.sign


def revision(of: int = WHOLE) -> str:
    """The sign of the record, or of a process, as it is now; empty before any recording. One query."""
    rows = Revision.objects.filter(of__in=(WHOLE, of)).order_by("-of")
    return rows.values_list("sign", flat=True).first() or ""


def sign_of(of: str) -> Coalesce:
    """The sign of what a column is the key of, for a query around it; that of the whole where it has none."""
    return Coalesce(_said("sign", of), _said("sign", WHOLE), models.Value(""))


def closed_at(of: str) -> Coalesce:
    """When the last recording of it was closed, likewise; None for never."""
    return Coalesce(_said("recorded_at", of), _said("recorded_at", WHOLE))


def closed_before() -> datetime | None:
    """When the last recording was closed; who asks closes the next, and whoever else does waits here."""
    rows = Revision.objects.select_for_update().filter(of=WHOLE)
    return rows.values_list("recorded_at", flat=True).first()


def renew_revision(recorded_at: datetime | None = None, of: Iterable[int] = ()) -> None:
    """Give the record another sign, and some of it, last in what changes it: whoever else does waits here.

    ``recorded_at`` is when it was recorded; what no recording changes leaves that as it is.
    """
    Revision.objects.bulk_create(
        [Revision(of=key, sign=uuid4().hex, recorded_at=recorded_at) for key in sorted({WHOLE, *of})],
        update_conflicts=True,
        unique_fields=["of"],
        update_fields=["sign"] if recorded_at is None else ["sign", "recorded_at"],
    )


@transaction.atomic
def renew_all() -> None:
    """Give everything another sign, where what is told of it changes past every recording."""
    renew_revision()
    Revision.objects.exclude(of=WHOLE).update(sign=uuid4().hex)


@receiver(post_save, sender=User)
def renew_with_names(update_fields: Any, **_: Any) -> None:
    """What is told of the record has the names of our people in it; signing in changes none."""
    if update_fields is None or set(update_fields) != {"last_login"}:
        renew_all()


def _said(column: str, of: str | int) -> models.Subquery:
    key = models.OuterRef(of) if isinstance(of, str) else of
    return models.Subquery(Revision.objects.filter(of=key).values(column))
