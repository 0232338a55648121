"""Judging how an option bears on an option of another issue."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from issues.actions.correct import correct, remove
from issues.actions.log import add
from issues.history import Way, recording
from issues.models import Judgement, Option

Pair = tuple[Option, Option]


def judge(impacts: Mapping[Pair, int | None], *, by: User, reason: str, kind: Way = Way.PAGE) -> int:
    """Record judgements from −3 to 3, with their author and reason, in one change set; None takes one back.

    Returns how many changed. What is judged so already stays as it is, with its author. Raises
    ValidationError, by field, ``impact-<from>-<on>``, if a rule is broken.
    """
    changed = 0
    with recording(by=by, reason=reason, kind=kind):
        keys = {option.pk for pair in impacts for option in pair}
        stored = {
            (item.from_option_id, item.on_option_id): item
            for item in Judgement.objects.filter(from_option__in=keys, on_option__in=keys)
        }
        for (from_option, on_option), impact in impacts.items():
            known = stored.get((from_option.pk, on_option.pk))
            if (known.impact if known else None) == impact:
                continue
            changed += 1
            try:
                if impact is None:
                    if known is not None:
                        remove(known, by=by, reason=reason, kind=kind)
                elif known is None:
                    made = Judgement(
                        from_option=from_option, on_option=on_option, impact=impact, author=by, reason=reason
                    )
                    add(made, by=by, reason=reason, kind=kind)
                else:
                    changes = {"impact": impact, "author": by, "reason": reason}
                    correct(known, changes, by=by, reason=reason, kind=kind)
            except ValidationError as error:
                raise ValidationError({impact_field(from_option, on_option): error.messages}) from error
    return changed


def impact_field(from_option: Option, on_option: Option) -> str:
    """The name of the field that holds a judgement."""
    return f"impact-{from_option.pk}-{on_option.pk}"
