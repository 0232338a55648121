"""What positions did when they were stated: the fold, over no more than a list or a form needs."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from issues.domain.change import Change, ChangeKind
from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, IssueTerms, Occasion
from issues.domain.redline import RedLineChange
from issues.domain.scale import IssueKind
from issues.models import Issue, Participation, Position, Summit
from issues.models.actor import ParticipationRole
from issues.queries.reading.entries import entries_of

UNCHANGED = (RedLineChange.UNCHANGED, RedLineChange.NOT_ADDRESSED)


def changes_of(positions: Iterable[Position]) -> dict[int, Change]:
    """What each of these positions changed, by its key, but for the direction. Two queries."""
    listed = list(positions)
    cells = {(position.actor_id, position.issue_id) for position in listed}
    issues = {position.issue_id: position.issue for position in listed}
    entries = [
        entry
        for entry in entries_of(
            Position.objects.filter(actor__in={actor for actor, _ in cells}, issue__in=set(issues))
        )
        if (entry.actor, entry.issue) in cells
    ]
    said_at = {entry.occasion for entry in entries}
    summits = Summit.objects.filter(Q(pk__in=said_at) | Q(parallels__in=said_at)).distinct()
    terms = {issue.pk: _terms(issue) for issue in issues.values()}
    folded = fold(_occasions(summits), entries, terms, frozenset())
    return {change.entry.id: change for change in folded.changes}


def folded_issue(issue: Issue, extra: Iterable[Entry] = (), without: int | None = None) -> Folded:
    """Everything stated on one issue, folded; with entries that are not stored, without one that is."""
    parties = Participation.objects.filter(process=issue.process_id, role=ParticipationRole.PARTY)
    stored = [entry for entry in entries_of(issue.positions.all()) if entry.id != without]
    return fold(
        _occasions(Summit.objects.filter(process=issue.process_id)),
        [*stored, *extra],
        {issue.pk: _terms(issue)},
        frozenset(parties.values_list("actor_id", flat=True)),
    )


def in_words(change: Change, *, with_direction: bool = True) -> str:
    """“moved −25, softened, red line drawn”."""
    kind = change.kind.value
    if change.kind == ChangeKind.MOVED and change.delta is not None:
        kind = f"moved {change.delta:+g}".replace("-", "−")
    if change.kind == ChangeKind.SILENT:
        return kind
    if not change.order_known:
        return "order uncertain"
    line = "" if change.red_line in UNCHANGED else f"red line {change.red_line.value.replace('_', ' ')}"
    direction = change.direction.value if change.direction and with_direction else ""
    if direction and change.distances:
        before, after = change.distances
        direction += (
            f" ({before:.4g} → {after:.4g} points from the earlier {change.middle:.4g} of the others)"
        )
    jointly = "agreed jointly" if change.agreed_jointly and with_direction else ""
    return ", ".join(filter(None, [kind, direction, jointly, line]))


def _occasions(summits: QuerySet[Summit]) -> list[Occasion]:
    return [summit.occasion for summit in summits.order_by("pk")]


def _terms(issue: Issue) -> IssueTerms:
    return IssueTerms(IssueKind(issue.kind), issue.opened_on, issue.closed_on)
