"""What the whole record is at: a sign that every recording changes; whoever has the same has seen it all."""

from uuid import uuid4

from django.db import models

ONLY = 1


class Revision(models.Model):
    """The one row with the sign. It is drawn and not counted: a copy that is put back repeats no number.

    Nor is it the newest change set: of two that are stored at once the later may be seen first.
    """

    sign = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.sign


def revision() -> str:
    """The sign of the record as it is now; empty where nothing was recorded yet. One query."""
    return Revision.objects.filter(pk=ONLY).values_list("sign", flat=True).first() or ""


def renew_revision() -> None:
    """Give the record another sign, last in the transaction that changes it: whoever else does waits here."""
    Revision.objects.bulk_create(
        [Revision(pk=ONLY, sign=uuid4().hex)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["sign"],
    )
