"""The merges that wait for an editor, and whether their records are still there."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from issues.models.merge_proposal import MERGEABLE, Answer, MergeProposal
from issues.queries.access.shared import seen_by
from issues.queries.access.standing import standing_of
from issues.queries.history.merged import keepers
from issues.user import User

# More are not read for the desk: they are in their list.
MOST = 200


def waiting(kinds: Iterable[str]) -> list[MergeProposal]:
    """The open proposals of these kinds whose records are all there, the oldest first.

    One query, and one for each kind.
    """
    rows = MergeProposal.objects.filter(answer=Answer.OPEN, kind__in=list(kinds)).select_related("by")
    found = list(rows.order_by("made_at", "pk")[:MOST])
    missing = missing_keys(found)
    return [proposal for proposal in found if not missing[proposal.pk]]


def but_hidden(user: User | AnonymousUser, proposals: Iterable[MergeProposal]) -> list[MergeProposal]:
    """Those of some proposals all of whose records somebody may be told of."""
    found = list(proposals)
    if not standing_of(user).hidden:
        return found
    wanted: dict[str, set[int]] = defaultdict(set)
    for proposal in found:
        wanted[proposal.kind] |= set(proposal.keys)
    untold: dict[str, set[int]] = {}
    for kind, keys in wanted.items():
        records = MERGEABLE[kind]._default_manager.filter(pk__in=keys)
        told = seen_by(user, records).values_list("pk", flat=True)
        untold[kind] = set(records.values_list("pk", flat=True)) - set(told)
    return [proposal for proposal in found if untold[proposal.kind].isdisjoint(proposal.keys)]


def missing_keys(proposals: Iterable[MergeProposal]) -> dict[int, list[int]]:
    """By proposal the keys of its records that are gone. One query for each kind of record."""
    found = list(proposals)
    wanted: dict[str, set[int]] = defaultdict(set)
    for proposal in found:
        wanted[proposal.kind] |= set(proposal.keys)
    there = {
        kind: set(MERGEABLE[kind]._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for kind, keys in wanted.items()
    }
    return {
        proposal.pk: [key for key in proposal.keys if key not in there[proposal.kind]] for proposal in found
    }


def outdated(proposal: MergeProposal) -> list[str]:
    """Why an open proposal can be answered no more, a sentence for each record that is gone."""
    gone = missing_keys([proposal])[proposal.pk] if proposal.answer == Answer.OPEN else []
    into = keepers(proposal.model, gone) if gone else {}
    kept: dict[int, Any] = proposal.model._default_manager.in_bulk(list(into.values())) if into else {}
    return [
        f"“{proposal.names.get(str(key), key)}” was "
        + (f"merged into “{kept[into[key]]}” since." if into.get(key) in kept else "deleted since.")
        for key in gone
    ]


def records_of(proposal: MergeProposal) -> list[Any]:
    """Its records that are there, the one to be kept first."""
    there = proposal.model._default_manager.in_bulk(proposal.keys)
    return [there[key] for key in proposal.keys if key in there]
