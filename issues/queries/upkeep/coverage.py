"""How much of each of some meetings is logged."""

from collections import defaultdict
from collections.abc import Iterable

from issues.domain.coverage import Coverage, coverage
from issues.domain.position import IssueTerms
from issues.domain.scale import IssueKind
from issues.models import Issue, Participation, Position, Summit


def coverages(summits: Iterable[Summit]) -> dict[int, Coverage]:
    """The coverage of each of these summits, by its key. Three queries, whatever their number."""
    listed = list(summits)
    processes = {summit.process_id for summit in listed}
    watched: dict[int, set[int]] = defaultdict(set)
    taking_part = Participation.objects.filter(process__in=processes, watched=True)
    for process, actor in taking_part.values_list("process_id", "actor_id"):
        watched[process].add(actor)
    terms: dict[int, dict[int, IssueTerms]] = defaultdict(dict)
    issues = Issue.objects.filter(process__in=processes).order_by()
    for process, pk, kind, opened, closed in issues.values_list(
        "process_id", "pk", "kind", "opened_on", "closed_on"
    ):
        terms[process][pk] = IssueTerms(IssueKind(kind), opened, closed)
    logged: dict[int, list[tuple[int, int]]] = defaultdict(list)
    positions = Position.objects.filter(summit__in=[summit.pk for summit in listed]).order_by()
    for at, actor, issue in positions.values_list("summit_id", "actor_id", "issue_id"):
        logged[at].append((actor, issue))
    return {
        summit.pk: coverage(
            watched[summit.process_id], terms[summit.process_id], summit.starts_on, logged[summit.pk]
        )
        for summit in listed
    }
