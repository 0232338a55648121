"""What became of endings, now or as it was known at a time, and until when numbers for them count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from issues.domain.scoring import Deadline, ended_on
from issues.models import Scenario, ScenarioSet
from issues.models.scenario import Resolution
from issues.queries.history.rows import newest


@dataclass(frozen=True, slots=True)
class Answer:
    """How history answered an ending, empty while it is open, and the day on which it did."""

    resolved: str = ""
    on: date | None = None


def answers(sets: Iterable[ScenarioSet], known: datetime | None) -> dict[int, Answer]:
    """By scenario, what became of it as known at a time. No query for now, one for another time."""
    scenarios = [scenario for found in sets for scenario in found.scenarios.all()]
    if known is None:
        return {item.pk: Answer(item.resolved, item.resolved_on) for item in scenarios}
    rows = newest(Scenario, known, id__in=[item.pk for item in scenarios])
    then = {
        pk: Answer(resolved, on) for pk, resolved, on in rows.values_list("id", "resolved", "resolved_on")
    }
    return {item.pk: then.get(item.pk, Answer()) for item in scenarios}


def deadlines(found: ScenarioSet, answered: Mapping[int, Answer]) -> dict[int, Deadline]:
    """By scenario of a set, until when numbers for it count. One that is void has no day of its own."""
    fates = {scenario.pk: answered.get(scenario.pk, Answer()) for scenario in found.scenarios.all()}
    happened = min(
        (fate.on for fate in fates.values() if fate.resolved == Resolution.HAPPENED and fate.on), default=None
    )
    return {
        pk: Deadline(
            found.closes_on,
            ended_on(None if fate.resolved == Resolution.VOID else fate.on, happened, found.exclusive),
        )
        for pk, fate in fates.items()
    }
