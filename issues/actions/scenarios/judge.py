"""Judging how an option bears on an option of another issue."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from issues.actions.record.correct import correct, remove
from issues.actions.record.log import add
from issues.domain.scale import signed
from issues.history import Way, recording
from issues.models import Judgement, Option
from issues.user import User

Pair = tuple[Option, Option]
MEANWHILE = "meanwhile"  # the code of a refusal to write over what was not seen


def judge(
    impacts: Mapping[Pair, int | None],
    *,
    seen: Mapping[Pair, int | None] | None = None,
    by: User,
    reason: str,
    kind: Way = Way.PAGE,
    is_example: bool = False,
) -> int:
    """Record one person's judgements from −3 to 3, with the reason, in one change set; None takes one back.

    Returns how many changed. What others judged of the same stays beside it. ``seen`` is what the person saw
    of their own judgement of each pair, without which nobody is asked. ``is_example`` marks judgements made
    up to be looked at. Raises ValidationError, by field, ``impact-<from>-<on>``, if a rule is broken, or,
    with the code ``meanwhile``, if the person has judged otherwise since, in another window.
    """
    changed = 0
    with recording(by=by, reason=reason, kind=kind):
        stored = _stored(impacts, by)
        if seen is not None:
            _check_seen(impacts, stored, seen)
        for (from_option, on_option), impact in impacts.items():
            known = stored.get((from_option.pk, on_option.pk))
            if (known.impact if known else None) == impact:
                continue
            changed += 1
            try:
                if impact is None:
                    if known is not None:
                        remove(known)
                elif known is None:
                    pair = {"from_option": from_option, "on_option": on_option}
                    judged = {"impact": impact, "author": by, "reason": reason, "is_example": is_example}
                    add(Judgement(**pair, **judged))
                else:
                    correct(known, {"impact": impact, "reason": reason, "is_example": is_example})
            except ValidationError as error:
                raise ValidationError({impact_field(from_option, on_option): error.messages}) from error
    return changed


def _stored(pairs: Iterable[Pair], by: User) -> dict[tuple[int, int], Judgement]:
    """What the person judged of these options, which nobody judges until this is recorded."""
    keys = {option.pk for pair in pairs for option in pair}
    list(Option.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    judged = Judgement.objects.filter(from_option__in=keys, on_option__in=keys, author=by)
    return {(item.from_option_id, item.on_option_id): item for item in judged}


def _check_seen(
    impacts: Mapping[Pair, int | None],
    stored: Mapping[tuple[int, int], Judgement],
    seen: Mapping[Pair, int | None],
) -> None:
    """Refuse to write over what the person has judged since, where that was not seen."""
    errors = {}
    for pair, impact in impacts.items():
        known = stored.get((pair[0].pk, pair[1].pk))
        now = known.impact if known else None
        if now not in {impact, seen.get(pair)}:
            done = f"You judged {signed(known.impact)}" if known else "You took this back"
            errors[impact_field(*pair)] = ValidationError(
                f"{done} meanwhile, in another window. Save again to put this in its place.", code=MEANWHILE
            )
    if errors:
        raise ValidationError(errors)


def impact_field(from_option: Option, on_option: Option) -> str:
    """The name of the field that holds a judgement."""
    return f"impact-{from_option.pk}-{on_option.pk}"
