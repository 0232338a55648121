"""Where a record is shown: the page of its own, or that on which it stands, as known at a time as well."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from issues.models import (
    Attendance,
    Citation,
    Event,
    Evidence,
    Judgement,
    Outcome,
    Process,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signpost,
    Summit,
)
from issues.queries.history.names import address_of


def page_about(record: Any, process: Process | None = None) -> str:
    """The address of the page that shows a record; empty for none. One query for an event."""
    try:
        if isinstance(record, ScenarioSet | Scenario):
            return record.get_absolute_url()
        if isinstance(record, ScenarioOutcome | Citation | Signpost):
            return record.scenario.get_absolute_url()
        if isinstance(record, Outcome | Attendance):
            return record.summit.get_absolute_url()
        if isinstance(record, Judgement):
            return reverse("consistency", args=[record.from_option.issue.process.slug])
        if isinstance(record, Evidence):
            return page_about(record.position or record.outcome or record.event, process)
        if isinstance(record, Event):
            after = Summit.objects.filter(process=record.process_id, starts_on__gte=record.date)
            first = after.order_by("starts_on", "sequence").first()
            return first.get_absolute_url() if first else ""
        return address_of(record, process)
    except ObjectDoesNotExist:
        return ""
