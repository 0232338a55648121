"""Whether what a scenario was assessed on has changed since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from issues.domain.change import Standing
from issues.domain.fold import Folded
from issues.domain.order import ActorIssue
from issues.models import Actor, Issue, Option, Position, ScenarioSet, Summit
from issues.queries.reading.entries import entries_as_recorded
from issues.queries.reading.process import Reading
from issues.queries.scenarios.rounds import Round


@dataclass(frozen=True)
class Stale:
    """What changed under a scenario since it was last assessed, after a summit."""

    after: Summit
    cells: list[tuple[Actor, Issue]]


def stale(reading: Reading, now: Folded, sets: Iterable[tuple[ScenarioSet, list[Round]]]) -> dict[int, Stale]:
    """By scenario, the actors and issues that it settles whose placement or red line is another now.

    ``now`` is what stands as of the summit that is asked about. It is compared with what stood, as we knew
    it, when the scenario was last assessed. One query where nothing was edited since, and four more for
    each later act of assessment where something was.
    """
    assessed = {
        scenario: (last, scenario_set)
        for scenario_set, given in sets
        for one_round in given
        for scenario, last in ((pk, (one_round.after, at)) for pk, at in one_round.assessed.items())
    }
    if not assessed:
        return {}
    edited = _last_edit(reading)
    then: dict[tuple[int, datetime], Folded] = {}
    changed: dict[int, Stale] = {}
    for pk, ((after, made_at), scenario_set) in assessed.items():
        if (after.pk, made_at) not in then:
            then[after.pk, made_at] = _as_it_was(
                reading, after, made_at if edited and edited > made_at else None
            )
        settled = {
            item.issue_id
            for scenario in scenario_set.scenarios.all()
            if scenario.pk == pk
            for item in scenario.outcomes.all()
        }
        cells = _differing(then[after.pk, made_at], now, settled)
        actors, issues = reading.actors, reading.issues
        named = [(actors[actor], issues[issue]) for actor, issue in cells if actor in actors]
        if named:
            changed[pk] = Stale(after, named)
    return changed


def _as_it_was(reading: Reading, after: Summit, known: datetime | None) -> Folded:
    if known is None:
        return reading.as_of(after)
    entries = entries_as_recorded(
        reading.issues, reading.summits, [item.actor_id for item in reading.participations], known
    )
    return replace(reading, entries=tuple(entries), known=known).as_of(after)


def _differing(then: Folded, now: Folded, issues: set[int]) -> list[ActorIssue]:
    cells = sorted({*then.standing, *now.standing}, key=lambda cell: (cell[1], cell[0]))
    return [cell for cell in cells if cell[1] in issues and _values(then.of(*cell)) != _values(now.of(*cell))]


def _values(standing: Standing) -> tuple[object, object]:
    return standing.value, standing.line


def _last_edit(reading: Reading) -> datetime | None:
    """When a position or an option of the process was last written. One query."""
    in_process = {"issue_id__in": list(reading.issues)}
    newest = (
        model.history.filter(**in_process).order_by().values_list("history_date", flat=True)
        for model in (Position, Option)
    )
    positions, options = newest
    newest_of_all: datetime | None = positions.union(options).order_by("-history_date").first()
    return newest_of_all
