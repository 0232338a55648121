"""Building endings: sets with their scenario “other”, scenarios with the outcomes that they bundle."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.actions.rules.check import check_finished
from issues.domain.slug import slug_of
from issues.history import StaleVersion, Way, locked, recording, state_of
from issues.models import Issue, Option, Scenario, ScenarioOutcome, ScenarioSet
from issues.models.scenario import TAKEN_BY_SCENARIOS, TAKEN_BY_SETS
from issues.user import User

OTHER_NAME = "Other"
OTHER_SLUG = "other"

# Where an ending settles an issue: the option, the value where it is finer, and why.
Settled = tuple[Option | None, float | None, str]


def add_set(
    found: ScenarioSet, *, by: User | None, reason: str, kind: Way = Way.PAGE, other: str = OTHER_NAME
) -> ScenarioSet:
    """Store a new set, its slug made of its question unless it has one; an exclusive one gets its “other”.

    Raises ValidationError, by field, if a rule is broken.
    """
    with recording(by=by, reason=reason, kind=kind):
        if not found.slug:
            taken = {
                *ScenarioSet.objects.filter(process=found.process).values_list("slug", flat=True),
                *TAKEN_BY_SETS,
            }
            found.slug = _free(found.question, taken, "set")
        add(found)
        if found.exclusive:
            add_other(found, name=other)
    return found


def add_other(found: ScenarioSet, *, name: str = OTHER_NAME) -> Scenario:
    """Store the scenario for whatever the others of an exclusive set leave out, inside an open recording."""
    return add(Scenario(set=found, name=name, slug=OTHER_SLUG, is_other=True))


def add_scenario(
    scenario: Scenario,
    outcomes: Mapping[Issue, Settled],
    *,
    by: User | None,
    reason: str,
    kind: Way = Way.PAGE,
) -> Scenario:
    """Store a new scenario, last of its set, with its outcomes. Raises ValidationError, by field."""
    with recording(by=by, reason=reason, kind=kind):
        of_set = Scenario.objects.filter(set=scenario.set)
        if not scenario.slug:
            scenario.slug = _free(
                scenario.name,
                {*of_set.values_list("slug", flat=True), *TAKEN_BY_SCENARIOS, OTHER_SLUG},
                "scenario",
            )
        last = of_set.filter(is_other=False).aggregate(last=Max("order"))["last"]
        scenario.order = scenario.order or (last or 0) + 1
        _refuse_assessed(scenario)
        add(scenario)
        for issue, settled in outcomes.items():
            _settle(scenario, issue, settled, None)
        check_finished(scenario)
    return scenario


def edit_scenario(
    scenario: Scenario,
    changes: Mapping[str, Any],
    outcomes: Mapping[Issue, Settled | None],
    *,
    seen: str,
    by: User | None,
    reason: str,
    kind: Way = Way.PAGE,
) -> Scenario:
    """Change a scenario and where it settles issues; None settles an issue no more.

    ``seen`` is the ``state_of`` it and its outcomes that the person saw. Nothing is stored where nothing
    differs. Raises StaleVersion when someone changed one of them since, ValidationError, by field, when a
    rule is broken, or if two endings of an exclusive set could happen together then.
    """
    with recording(by=by, reason=reason, kind=kind):
        current = locked(Scenario, scenario.pk, scenario.version)
        stored = {item.issue_id: item for item in current.outcomes.select_related("issue", "scenario__set")}
        if state_of([current, *stored.values()]) != seen:
            raise StaleVersion(current)
        current = correct(current, changes, alone=False)
        for issue, settled in outcomes.items():
            known = stored.get(issue.pk)
            if settled is not None:
                _settle(current, issue, settled, known)
            elif known is not None:
                remove(known, alone=False)
        check_finished(current)
    return current


def _settle(
    scenario: Scenario,
    issue: Issue,
    settled: Settled,
    known: ScenarioOutcome | None,
) -> None:
    option, value, note = settled
    fields = {"option": option, "value": value, "note": note}
    try:
        if known is None:
            add(ScenarioOutcome(scenario=scenario, issue=issue, **fields), alone=False)
        else:
            correct(known, fields, alone=False)
    except ValidationError as error:
        raise ValidationError({outcome_field(issue): error.messages}) from error


def outcome_field(issue: Issue) -> str:
    """The name of the field that an error about an issue belongs to."""
    return f"issue-{issue.pk}"


def _refuse_assessed(scenario: Scenario) -> None:
    """A set that was assessed as a whole cannot get another ending: the numbers would no longer add up."""
    of_set = scenario.set.scenarios
    if scenario.set.exclusive and of_set.filter(assessments__isnull=False).exists():
        raise ValidationError(
            {"name": "This question was assessed already, so its endings stay. Ask a new question instead."}
        )


def _free(words: str, taken: set[str], fallback: str) -> str:
    stem = slug_of(words, 60) or fallback
    if stem not in taken:
        return stem
    return next(name for number in range(2, len(taken) + 3) if (name := f"{stem}-{number}") not in taken)
