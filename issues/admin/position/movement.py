"""What positions did when they were stated: the fold, over no more than a list or a form needs."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from issues.domain.change import Change, ChangeKind
from issues.domain.fold import Folded, fold
from issues.domain.position import Entry, IssueTerms, Occasion, RedLineMention, State
from issues.domain.redline import RedLineChange
from issues.domain.scale import IssueKind
from issues.models import Evidence, Issue, Participation, Position, Summit
from issues.models.actor import ParticipationRole
from issues.models.position import Stance
from issues.models.source import Claim

COLUMNS = (
    "pk",
    "issue_id",
    "actor_id",
    "summit_id",
    "state",
    "placed_at",
    "red_line",
    "accepts_from",
    "accepts_to",
    "salience",
    "reaffirms",
)
UNCHANGED = (RedLineChange.UNCHANGED, RedLineChange.NOT_ADDRESSED)


def changes_of(positions: Iterable[Position]) -> dict[int, Change]:
    """What each of these positions changed, by its key, but for the direction. Two queries."""
    listed = list(positions)
    cells = {(position.actor_id, position.issue_id) for position in listed}
    issues = {position.issue_id: position.issue for position in listed}
    entries = [
        entry
        for entry in _entries(
            Position.objects.filter(actor__in={actor for actor, _ in cells}, issue__in=set(issues))
        )
        if (entry.actor, entry.issue) in cells
    ]
    summits = Summit.objects.filter(pk__in={entry.occasion for entry in entries})
    terms = {issue.pk: _terms(issue) for issue in issues.values()}
    folded = fold(_occasions(summits), entries, terms, frozenset())
    return {change.entry.id: change for change in folded.changes}


def folded_issue(issue: Issue, extra: Iterable[Entry] = (), without: int | None = None) -> Folded:
    """Everything stated on one issue, folded; with entries that are not stored, without one that is."""
    parties = Participation.objects.filter(process=issue.process_id, role=ParticipationRole.PARTY)
    stored = [entry for entry in _entries(issue.positions.all()) if entry.id != without]
    return fold(
        _occasions(Summit.objects.filter(process=issue.process_id)),
        [*stored, *extra],
        {issue.pk: _terms(issue)},
        frozenset(parties.values_list("actor_id", flat=True)),
    )


def entry_of(position: Position, reaffirms: bool) -> Entry:
    """A position as the fold reads it, stored or only typed."""
    return Entry(
        position.pk or 0,
        position.issue_id,
        position.actor_id,
        position.summit_id,
        State(position.state),
        position.placement,
        RedLineMention(position.red_line),
        position.accepts_from,
        position.accepts_to,
        position.salience,
        reaffirms,
    )


def in_words(change: Change, *, with_direction: bool = True) -> str:
    """“moved −25, softened, red line drawn”."""
    kind = change.kind.value
    if change.kind == ChangeKind.MOVED and change.delta is not None:
        kind = f"moved {change.delta:+g}".replace("-", "−")
    if change.kind == ChangeKind.SILENT:
        return kind
    line = "" if change.red_line in UNCHANGED else f"red line {change.red_line.value.replace('_', ' ')}"
    direction = change.direction.value if change.direction and with_direction else ""
    return ", ".join(filter(None, [kind, direction, line]))


def _entries(positions: QuerySet[Position]) -> list[Entry]:
    reaffirms = Evidence.objects.filter(
        position=OuterRef("pk"), stance=Stance.SUPPORTS, statement__claimed_as=Claim.REAFFIRMED
    )
    rows = (
        positions.annotate(placed_at=Coalesce("value", "option__value"), reaffirms=Exists(reaffirms))
        .order_by("pk")
        .values_list(*COLUMNS)
    )
    return [
        Entry(pk, issue, actor, summit, State(state), placement, RedLineMention(line), *rest)
        for pk, issue, actor, summit, state, placement, line, *rest in rows
    ]


def _occasions(summits: QuerySet[Summit]) -> list[Occasion]:
    rows = summits.order_by("pk").values_list("pk", "starts_on", "sequence", "parallel_to_id")
    return [Occasion(*row) for row in rows]


def _terms(issue: Issue) -> IssueTerms:
    return IssueTerms(IssueKind(issue.kind), issue.opened_on, issue.closed_on)
