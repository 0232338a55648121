"""Questions that were asked, and numbers that were given, some days ago."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from issues.clock import common_day
from issues.models import Assessment, ScenarioSet
from issues.tests.past import past


def ago(days: int) -> date:
    """The day so many days before today; two days on lie after what is today anywhere."""
    return common_day() - timedelta(days=days)


def asked(found: ScenarioSet, days: int) -> None:
    """Have the question asked so many days ago."""
    past(ScenarioSet.objects.filter(pk=found.pk)).update(opened_on=ago(days))
    found.opened_on = ago(days)


def given_ago(days: int, **only: Any) -> None:
    """Have these assessments, or all of them, given so many days ago."""
    made_at = timezone.now() - timedelta(days=days)
    past(Assessment.objects.filter(**only)).update(made_at=made_at)
