"""Whether the address of a source still answers, as it was last asked."""

from django.db import models
from django.db.models import Q

# Answers by which a page is gone. Others (401, 403, 429) refuse a program, and people may read it.
GONE = (404, 410)
# From here on the server fails, whoever asks.
FAILS = 500
# So the trouble of an address begins that was not asked: nothing is known of it.
NOT_ASKED = "not asked"


class LinkCheck(models.Model):
    """What an address answered when it was last asked: a status, or in words why there was no answer.

    It is of an address and no record: it is found by what a source says today, whatever is merged or undone.
    """

    address = models.URLField(max_length=700, unique=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__isnull=False, trouble="") | Q(status__isnull=True) & ~Q(trouble=""),
                name="link_check_has_answer_or_trouble",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.told}"

    @property
    def told(self) -> str:
        """What came of it, in words."""
        return self.trouble or f"answered {self.status}"

    @property
    def is_dead(self) -> bool:
        """Whether a reader would find nothing there."""
        if self.trouble.startswith(NOT_ASKED):
            return False
        return self.status is None or self.status in GONE or self.status >= FAILS


def dead() -> Q:
    """The condition of :attr:`LinkCheck.is_dead` for a query."""
    no_answer = Q(status__isnull=True) & ~Q(trouble__startswith=NOT_ASKED)
    return no_answer | Q(status__in=GONE) | Q(status__gte=FAILS)
