"""Cases for the constraints of proposed merges."""

from typing import Any

from django.utils import timezone

from issues.models.merge_proposal import Answer, MergeProposal
from issues.tests.factories import make_user
from issues.tests.models.cases.case import Check, one_of


def make_merge_proposal(**fields: Any) -> MergeProposal:
    """A proposal that waits, unless its answer is given."""
    made: dict[str, Any] = {"kind": "source", "keeper": 1, "others": [2], "names": {}, "reason": "x"}
    if fields.get("answer", Answer.OPEN) != Answer.OPEN:
        made |= {"answered_by": make_user(), "answered_at": timezone.now(), "answer_reason": "x"}
    return MergeProposal.objects.create(by=make_user(), **made | fields)


DECLINED = {"answer": Answer.DECLINED}
CHECKS = {
    "merge_proposal_kind_known": one_of(make_merge_proposal, "kind", "actor", "person", "source"),
    "merge_proposal_answer_known": one_of(make_merge_proposal, "answer", *Answer.values),
    "merge_proposal_has_reason": Check(make_merge_proposal, holds=[{}], breaks=[{"reason": ""}]),
    "merge_proposal_answered_by_someone": Check(
        make_merge_proposal,
        holds=[{}, {"answer": Answer.DONE}],
        breaks=[{"answer": Answer.DONE}, {"answered_by": make_user}, {"answered_at": timezone.now}],
    ),
    "merge_proposal_declined_with_reason": Check(
        make_merge_proposal,
        holds=[DECLINED, {"answer": Answer.DONE, "answer_reason": ""}],
        breaks=[DECLINED | {"answer_reason": ""}],
    ),
}
