"""The rules that no database constraint can say, once, for pages, admin, imports and ``check_data``.

A rule looks at one record and returns its breaches: the field, and what is wrong with it.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from issues.actions.rules import actors, occasion
from issues.actions.rules import scenario as endings
from issues.domain.scale import FEWEST_OPTIONS, MOST_OPTIONS
from issues.domain.span import day_in_words
from issues.history import Record
from issues.models import (
    Actor,
    Event,
    EventIssue,
    Evidence,
    Issue,
    Judgement,
    Membership,
    Office,
    Option,
    Outcome,
    Participation,
    Position,
    PositionLink,
    Scenario,
    ScenarioOutcome,
    ScenarioSet,
    Signatory,
    Snapshot,
    Source,
    Statement,
    Summit,
    Track,
)
from issues.models.position import Basis, PositionState, Stance
from issues.queries.access.shared import tellable
from issues.queries.search.addresses import held_by_another

Breach = tuple[str, str]  # (field, message)

# What the rules ask of the records of which there are most, to be fetched for many at once.
ASKED: dict[type[Record], tuple[str, ...]] = {
    Position: ("actor__participations", "links", "evidence"),
    Statement: ("signatories",),
}

# What a record hangs on. Changing it would leave positions behind in another process or issue.
FIXED: dict[type[Record], tuple[str, ...]] = {
    Event: ("process",),
    Issue: ("process",),
    Option: ("issue",),
    Participation: ("process", "actor"),
    Scenario: ("set",),
    ScenarioSet: ("process",),
    Signatory: ("statement",),
    Snapshot: ("source",),
    Summit: ("process",),
    Track: ("process",),
}


def breaches(record: Record) -> list[Breach]:
    """What is wrong with a record beside other records: own fields only, not what hangs on it."""
    return [*_moved(record), *standing_breaches(record)]


def standing_breaches(record: Record) -> list[Breach]:
    """What is wrong with a record as it is stored, whatever it would be changed to."""
    return [breach for rule in _RULES.get(type(record), ()) for breach in rule(record)]


def check(record: Record) -> None:
    """Raise ValidationError, by field, if the record breaks any rule, of the database's or of ours."""
    record.full_clean()
    raise_breaches(breaches(record))


def unfinished(record: Record) -> list[Breach]:
    """What a stored record still lacks of the records that hang on it: evidence, options."""
    if isinstance(record, Position) and needs_evidence(record):
        supported = any(item.stance == Stance.SUPPORTS for item in record.evidence.all())
        return [] if supported else [("evidence", NO_EVIDENCE)]
    if isinstance(record, Issue):
        return list(option_count(record, record.options.count()))
    if isinstance(record, Statement):
        return list(actors.signatory_count(record, record.signatories.count()))
    if isinstance(record, ScenarioSet) and record.exclusive:
        other = record.scenarios.filter(is_other=True).exists()
        return [*([] if other else [("scenarios", NO_OTHER)]), *endings.together(record)]
    return []


def check_finished(record: Record) -> None:
    """Raise ValidationError if a stored record lacks evidence or options, or an ending is not kept apart."""
    raise_breaches([*unfinished(record), *endings.not_apart(record)])


def check_removal(record: Record) -> None:
    """Raise ValidationError if something that stands would lose what it rests on."""
    raise_breaches(removal(record))


def removal(record: Record, *, along: Collection[int] = ()) -> list[Breach]:
    """What would be left without its ground if this record were removed.

    ``along`` are the keys of records of the same kind that are removed in the same breath.
    """
    gone = {record.pk, *along}
    if isinstance(record, Evidence) and record.position and needs_evidence(record.position):
        others = record.position.evidence.filter(stance=Stance.SUPPORTS).exclude(pk__in=gone)
        if record.stance == Stance.SUPPORTS and not others.exists():
            return [("evidence", f"This is the last evidence of “{record.position}”; add another first.")]
    if isinstance(record, Participation) and _positions_of(record).exists():
        return [("actor", f"{record.actor} has positions in this process; remove them first.")]
    if isinstance(record, Option):
        # SET_NULL would change the issue without a trace in its history.
        if record.issue.reference_point_id == record.pk:
            return [("reference_point", f"“{record}” is the reference point; choose another first.")]
        left = record.issue.options.exclude(pk__in=gone).count()
        # All of them may go at once: that is how a scale is given up.
        return list(option_count(record.issue, left)) if left else []
    if isinstance(record, Signatory):
        return list(actors.signatories_left(record.statement, gone))
    if isinstance(record, Scenario) and record.is_other and record.set.exclusive:
        return [("is_other", NO_OTHER)]
    if isinstance(record, ScenarioOutcome):
        return list(endings.together(record.scenario.set, of=record.scenario_id, without=gone))
    return []


NO_OTHER = "An exclusive question has an ending “other”, for whatever its endings leave out."
NO_EVIDENCE = "A stated position needs evidence that supports it, unless its basis is inferred."


def needs_evidence(position: Position) -> bool:
    """Whether a position must rest on a statement: stated, and not inferred by the coder."""
    return position.state == PositionState.STATED and position.basis != Basis.INFERRED


def option_count(issue: Issue, count: int) -> Iterator[Breach]:
    """Whether an issue of this kind may have this many options."""
    if issue.has_scale and not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        yield "options", f"An issue with a scale has {FEWEST_OPTIONS} to {MOST_OPTIONS} options, not {count}."
    if not issue.has_scale and count:
        yield "options", "An issue without a scale has no options."


def _moved(record: Record) -> Iterator[Breach]:
    """A stored record whose fixed fields would change."""
    fixed = FIXED.get(type(record), ())
    if record._state.adding or not fixed:
        return
    columns = [record._meta.get_field(name).attname for name in fixed]  # type: ignore[union-attr]
    stored = type(record)._default_manager.filter(pk=record.pk).values(*columns).first()
    for name, column in zip(fixed, columns, strict=True):
        if stored is not None and stored[column] != getattr(record, column):
            yield name, f"The {name} cannot be changed; make a new {record._meta.verbose_name} instead."


def _position(position: Position) -> Iterator[Breach]:
    if position.option and position.option.issue_id != position.issue_id:
        yield "option", f"This option belongs to another issue, “{position.option.issue}”."
    if position.issue.process_id != position.summit.process_id:
        yield "summit", f"This summit belongs to another process than “{position.issue}”."
    roles = position.actor.participations.all()
    if not any(item.process_id == position.issue.process_id for item in roles):
        yield "actor", f"{position.actor} does not take part in this process."
    closed = position.issue.closed_on
    if closed is not None and position.summit.starts_on > closed:
        yield "issue", f"This issue closed on {day_in_words(closed)}, before the summit."
    if position.pk is not None and any(link.issue_id == position.issue_id for link in position.links.all()):
        yield "issue", "This position is linked to this issue; remove the link first."


def _position_without_scale(position: Position) -> Iterator[Breach]:
    if position.issue.has_scale:
        return
    if position.placement is not None:
        yield "value" if position.value is not None else "option", "This issue has no scale."
    if position.accepts_from is not None or position.accepts_to is not None:
        limit = "accepts_from" if position.accepts_from is not None else "accepts_to"
        yield limit, "This issue has no scale, so a red line on it has no limits."


def _link(link: PositionLink) -> Iterator[Breach]:
    if link.issue.process_id != link.position.issue.process_id:
        yield "issue", "A position is linked to an issue of its own process."
    if link.issue_id == link.position.issue_id:
        yield "issue", "A position is linked to another issue than its own."


def _issue(issue: Issue) -> Iterator[Breach]:
    if issue.parent and issue.parent.process_id != issue.process_id:
        yield "parent", "The parent belongs to another process."
    if actors.is_circular(issue, "parent"):
        yield "parent", "An issue cannot lie within itself."
    if issue.reference_point and issue.reference_point.issue_id != issue.pk:
        yield "reference_point", "The reference point must be an option of this issue."
    if issue.closed_on and not issue._state.adding:
        later = issue.positions.filter(summit__starts_on__gt=issue.closed_on)
        if later.exists():
            yield "closed_on", "Positions on this issue were stated after this day."
    if not issue.has_scale and not issue._state.adding and _is_placed(issue):
        yield "kind", "Positions or outcomes on this issue are placed; it needs its scale."


def _option(option: Option) -> Iterator[Breach]:
    if not option.issue.has_scale:
        yield "issue", "This issue has no scale."


def _outcome(outcome: Outcome) -> Iterator[Breach]:
    if outcome.issue and outcome.issue.process_id != outcome.summit.process_id:
        yield "issue", "This issue belongs to another process than the summit."
    if outcome.issue and not outcome.issue.has_scale and outcome.placement is not None:
        yield "placement", "This issue has no scale."


def _event_issue(link: EventIssue) -> Iterator[Breach]:
    if link.issue.process_id != link.event.process_id:
        yield "issue", "This issue belongs to another process than the event."


def _read_from(statement: Statement) -> Iterator[Breach]:
    if statement.snapshot and statement.snapshot.source_id != statement.source_id:
        yield "snapshot", "This copy is of another source than the statement."


def _source(source: Source) -> Iterator[Breach]:
    if actors.is_circular(source, "cited_via"):
        yield "cited_via", "A source cannot be cited via itself."
    for name, address, other in held_by_another(source):
        is_told = tellable(Source.objects.filter(pk=other.pk)).exists()
        whose = f"“{other}” ({other.key}), which" if is_told else "a source that you may not see, which"
        yield name, f"“{address}” is an address of {whose} is on record already."


_RULES: dict[type[Record], tuple[Callable[[Any], Iterator[Breach]], ...]] = {
    Actor: (actors.actor,),
    EventIssue: (_event_issue,),
    Issue: (_issue,),
    Judgement: (endings.judgement,),
    Membership: (actors.membership,),
    Office: (actors.office,),
    Option: (_option,),
    Outcome: (_outcome,),
    Position: (_position, _position_without_scale),
    PositionLink: (_link,),
    Scenario: (endings.scenario, endings.ending_day),
    ScenarioOutcome: (endings.scenario_outcome,),
    ScenarioSet: (endings.scenario_set, endings.opening),
    Signatory: (actors.signatory,),
    Source: (_source,),
    Statement: (actors.joint_statement, _read_from),
    Summit: (occasion.occasion,),
}


def _is_placed(issue: Issue) -> bool:
    placed = ~models.Q(option=None, value=None, accepts_from=None, accepts_to=None)
    return (
        issue.positions.filter(placed).exists()
        or issue.outcomes.exclude(placement=None).exists()
        or issue.scenario_outcomes.exists()
    )


def _positions_of(participation: Participation) -> models.QuerySet[Position]:
    return Position.objects.filter(actor=participation.actor_id, issue__process=participation.process_id)


def raise_breaches(found: list[Breach]) -> None:
    """Raise ValidationError, by field, if there is any breach."""
    if found:
        by_field: dict[str, list[str]] = {}
        for name, message in found:
            by_field.setdefault(name, []).append(message)
        raise ValidationError(by_field)
