"""Saying how likely an ending is, and, when history has answered, what happened."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from issues.actions.record.correct import correct
from issues.actions.rules.scenario import ending_day
from issues.clock import latest_day
from issues.domain.probability import TOLERANCE, WHOLE, is_whole
from issues.domain.span import day_in_words
from issues.history import StaleVersion, Way, recording, state_of
from issues.models import Assessment, Scenario, ScenarioSet, Summit
from issues.models.scenario import Resolution
from issues.models.summit import SummitStatus
from issues.queries.scenarios.rounds import is_over
from issues.user import User

# Under these names errors come back that belong to no single scenario.
AFTER, AS_OF, PROBABILITIES, RATIONALE = "after", "as_of", "probabilities", "rationale"
ON = "on"


def number_field(scenario: Scenario) -> str:
    """The name of the field that an error about a scenario's probability belongs to."""
    return f"probability-{scenario.pk}"


def day_field(scenario: Scenario) -> str:
    """The name of the field that an error about the day of a scenario belongs to."""
    return f"{ON}-{scenario.pk}"


def assess(
    found: ScenarioSet,
    probabilities: Mapping[Scenario, float],
    *,
    after: Summit,
    as_of: date | None = None,
    rationale: str,
    reasons: Mapping[Scenario, str] | None = None,
    by: User,
    kind: Way = Way.PAGE,
    is_example: bool = False,
) -> list[Assessment]:
    """Give one person's probabilities, in per cent, for scenarios of a set after a summit: one act.

    ``as_of`` is the day of a round by date, on or after the day of the summit, which is then the last before.

    An exclusive set is assessed whole and adds up to 100 ± 0.5. ``rationale`` is the reason of all,
    ``reasons`` those of single scenarios, ``is_example`` marks numbers made up to be looked at. A revision
    in the same round is a new act. Raises ValidationError, by field: the numbers as ``probability-<key>``,
    their sum as ``probabilities``.
    """
    with recording(by=by, reason=f"Assessed after {after}.", kind=kind) as opened:
        scenarios = list(ScenarioSet.objects.select_for_update().get(pk=found.pk).scenarios.all())
        _check_round(found, after, as_of, scenarios)
        _check_numbers(found, probabilities, scenarios)
        if not rationale.strip():
            raise ValidationError({RATIONALE: "Give the reason of these numbers."})
        made = []
        for scenario, probability in probabilities.items():
            own = (reasons or {}).get(scenario, "").strip()
            assessment = Assessment(
                scenario=scenario,
                assessor=by,
                after=after,
                as_of=as_of,
                probability=probability,
                rationale=own or rationale.strip(),
                is_example=is_example,
                change_set=opened.change_set,
            )
            assessment.full_clean(exclude=["made_at"])
            assessment.save()
            made.append(assessment)
    return made


def _check_round(found: ScenarioSet, after: Summit, as_of: date | None, scenarios: list[Scenario]) -> None:
    if after.process_id != found.process_id:
        raise ValidationError({AFTER: "This summit belongs to another process."})
    if after.status != SummitStatus.HELD:
        raise ValidationError({AFTER: f"{after} was not held; assess after a summit that was."})
    if all(scenario.resolved for scenario in scenarios):
        raise ValidationError({AFTER: "History has answered; this question is no longer assessed."})
    if as_of is not None:
        _check_day(found, after, as_of)
    if is_over(found, after, as_of):
        of = f"after {after}" if as_of is None else f"of {day_in_words(as_of)}"
        raise ValidationError(
            {AFTER if as_of is None else AS_OF: f"The round {of} is over: a later one has begun."}
        )


def _check_day(found: ScenarioSet, after: Summit, as_of: date) -> None:
    if as_of > latest_day():
        raise ValidationError({AS_OF: "This day is still to come."})
    if not found.opened_on <= as_of <= found.closes_on:
        asked = f"{day_in_words(found.opened_on)} to {day_in_words(found.closes_on)}"
        raise ValidationError({AS_OF: f"The question is asked from {asked}."})
    if as_of < after.stands_on:
        raise ValidationError({AS_OF: f"{after} was later than this day."})


def _check_numbers(
    found: ScenarioSet, probabilities: Mapping[Scenario, float], scenarios: list[Scenario]
) -> None:
    errors: dict[str, list[str]] = {}
    for scenario, probability in probabilities.items():
        if not 0 <= probability <= WHOLE:
            errors[number_field(scenario)] = ["The probability must lie between 0 and 100 per cent."]
        if scenario.set_id != found.pk:
            errors[number_field(scenario)] = [f"“{scenario}” belongs to another question."]
        elif scenario.resolved:
            errors[number_field(scenario)] = [f"“{scenario}” is resolved and no longer assessed."]
    if found.exclusive:
        for scenario in {item for item in scenarios if not item.resolved} - probabilities.keys():
            errors[number_field(scenario)] = ["Every ending needs a number; 0 is one."]
    if errors:
        raise ValidationError(errors)
    if not probabilities:
        raise ValidationError({PROBABILITIES: "Give at least one probability."})
    if found.exclusive and not is_whole(probabilities.values()):
        total = sum(probabilities.values())
        raise ValidationError(
            {
                PROBABILITIES: f"Exactly one of these endings happens, so the numbers add up to 100 "
                f"(± {TOLERANCE:g}); these add up to {total:g}."
            }
        )


def resolve(
    found: ScenarioSet,
    resolutions: Mapping[Scenario, str],
    *,
    on: date | Mapping[Scenario, date],
    seen: str | None = None,
    by: User | None,
    reason: str,
    kind: Way = Way.PAGE,
) -> None:
    """Say of scenarios whether they happened, did not, or are void; what is said to be empty stays open.

    Of an exclusive set one happens: once it has, the others are said to have not, and before that some may be
    ruled out. ``on`` is the day on which the ending happened, between the question's opening and today: one
    for all, or one for each that has an answer. A wrong resolution is corrected by resolving again. ``seen``
    is the ``state_of`` all scenarios of the set that the person saw. Raises StaleVersion when someone changed
    one since, ValidationError, by field: ``resolution-<key>`` for a scenario, ``resolutions`` for the set,
    ``on``, or ``on-<key>`` where each has its own, for the day.
    """
    if found.exclusive:
        _check_one_happened({item: item.resolved for item in found.scenarios.all()} | dict(resolutions))
    _check_days(found, resolutions, on)
    with recording(by=by, reason=reason, kind=kind):
        stored = {item.pk: item for item in Scenario.objects.select_for_update().filter(set=found)}
        if seen is not None and state_of(stored.values()) != seen:
            raise StaleVersion(found)
        for scenario, answer in resolutions.items():
            day = on if isinstance(on, date) else on.get(scenario)
            changes = {"resolved": answer, "resolved_on": day if answer else None}
            correct(stored[scenario.pk], changes, alone=False)


def _check_one_happened(answers: Mapping[Scenario, str]) -> None:
    """Refuse that two endings of an exclusive set happened, none of all did, or some are open beside one."""
    happened = [item for item, answer in answers.items() if answer == Resolution.HAPPENED]
    still_open = [item for item, answer in answers.items() if not answer]
    all_void = all(answer == Resolution.VOID for answer in answers.values())
    if len(happened) > 1 or not (happened or still_open or all_void):
        number = len(happened) or "none"
        raise ValidationError(
            {"resolutions": f"Exactly one of these endings happened, or all are void; not {number}."}
        )
    if happened and still_open:
        why = f"“{happened[0]}” happened, so this one did not: say so."
        raise ValidationError({f"resolution-{item.pk}": why for item in still_open})


def _check_days(
    found: ScenarioSet, resolutions: Mapping[Scenario, str], on: date | Mapping[Scenario, date]
) -> None:
    """Refuse a day on which the ending cannot have happened, and an answer without a day."""
    answered = [scenario for scenario, answer in resolutions.items() if answer]
    errors: dict[str, list[str]] = {}
    for scenario in answered:
        field, day = (ON, on) if isinstance(on, date) else (day_field(scenario), on.get(scenario))
        refused = [message for _, message in ending_day(Scenario(set=found, resolved_on=day))]
        if refused or day is None:
            errors[field] = refused or ["Say on which day."]
    if errors:
        raise ValidationError(errors)
