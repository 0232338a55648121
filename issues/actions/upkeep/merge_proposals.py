"""Proposing a merge to those who may do it, and answering: it is done, or declined with a reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from issues.actions.upkeep.merge import check_asked, merge
from issues.history import Record, Way, locked
from issues.models.merge_proposal import Answer, MergeProposal
from issues.queries.upkeep.merge_fields import wrong_choices
from issues.queries.upkeep.merge_plan import plan_merge
from issues.user import User
from issues.writers import turn


def propose_merge(
    keeper: Record,
    losers: Sequence[Record],
    *,
    by: User,
    reason: str,
    stands: Mapping[str, int] | None = None,
    fields: Mapping[str, int] | None = None,
) -> MergeProposal:
    """Store that somebody would merge these records; nothing of them changes.

    Each carries the version that the person saw. A clash may be left to whoever answers. Raises StaleVersion
    when someone changed one of them since, ValidationError where no merge is possible or it is proposed
    already.
    """
    check_asked(keeper, losers)
    group = sorted([keeper, *losers], key=lambda record: int(record.pk))
    with turn(), transaction.atomic():
        for record in group:
            locked(type(keeper), record.pk, record.version)
        plan = plan_merge(keeper, losers, fields=fields)
        wrong = [*plan.bars, *wrong_choices(plan.choices, fields or {}), *_proposed_already(keeper, group)]
        if wrong:
            raise ValidationError(wrong)
        return MergeProposal.objects.create(
            kind=str(keeper._meta.model_name),
            keeper=keeper.pk,
            others=[loser.pk for loser in losers],
            names={str(record.pk): str(record) for record in group},
            stands={clash.key: row.pk for clash in plan.clashes if (row := clash.standing(stands or {}))},
            fields=dict(fields or {}),
            reason=reason,
            by=by,
        )


def _proposed_already(keeper: Record, group: Sequence[Record]) -> list[str]:
    keys = {record.pk for record in group}
    there = MergeProposal.objects.filter(kind=keeper._meta.model_name, answer=Answer.OPEN)
    return [
        f"{proposal.by} proposed this already; it waits for an editor."
        for proposal in there.select_related("by")
        if set(proposal.keys) == keys
    ]


def carry_out(
    proposal: MergeProposal, keeper: Any, losers: Sequence[Any], *, by: User, reason: str, **chosen: Any
) -> Any:
    """Merge the records of a proposal, as :func:`merge` does, and note that it is done. Returns the keeper.

    Raises ValidationError where it was answered, or the records are not those that were proposed.
    """
    with turn(), transaction.atomic():
        current = _open(proposal)
        if {keeper.pk, *(loser.pk for loser in losers)} != set(current.keys):
            raise ValidationError("These are not the records of this proposal.")
        kept = merge(keeper, losers, by=by, reason=reason, kind=Way.ADMIN, **chosen)
        _answer(current, Answer.DONE, by, reason)
    return kept


def decline(proposal: MergeProposal, *, by: User, reason: str) -> MergeProposal:
    """Say why a proposal is not carried out. Raises ValidationError for no reason, or after an answer."""
    if not reason.strip():
        raise ValidationError({"answer_reason": "Say why it is declined."})
    with turn(), transaction.atomic():
        return _answer(_open(proposal), Answer.DECLINED, by, reason.strip())


def _open(proposal: MergeProposal) -> MergeProposal:
    current = MergeProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if current.answer != Answer.OPEN:
        raise ValidationError(f"This proposal was answered already: it is {current.get_answer_display()}.")
    return current


def _answer(proposal: MergeProposal, answer: Answer, by: User, reason: str) -> MergeProposal:
    proposal.answer, proposal.answer_reason = answer, reason
    proposal.answered_by, proposal.answered_at = by, timezone.now()
    proposal.save()
    return proposal
