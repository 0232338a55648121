"""Cases for the constraints of what an address answered, and of what records have in common."""

from itertools import count
from typing import Any

from django.utils import timezone

from issues.models import LinkCheck, Mark
from issues.tests.models.cases.case import Check, Unique

_numbers = count(1)


def make_link_check(**fields: Any) -> LinkCheck:
    """An address that answered, unless there is trouble."""
    made = {"address": f"https://x.example/{next(_numbers)}", "status": 200, "checked_at": timezone.now()}
    return LinkCheck.objects.create(**made | fields)


def make_mark(**fields: Any) -> Mark:
    """A name that one record has."""
    n = next(_numbers)
    return Mark.objects.create(**{"kind": 2, "record": n, "digest": f"{n:032x}", "nth": n + 1} | fields)


CHECKS = {
    "link_check_has_answer_or_trouble": Check(
        make_link_check,
        holds=[{}, {"status": None, "trouble": "no such host"}],
        breaks=[{"status": None}, {"trouble": "timed out"}],
    ),
}
UNIQUES = {"mark_numbered_once": Unique(make_mark, second={"kind": 3})}
