"""Which processes were recorded in after the last revision of what readers see of them: none may be."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from issues.history import ProcessChange, closed_at
from issues.models import Process

BEHIND = "It was recorded in after the last revision of its pages: who kept one is told that nothing changed."


def behind() -> Iterator[tuple[str, str]]:
    """The slugs of those processes, with what is wrong. One query."""
    done = ProcessChange.objects.filter(process=OuterRef("pk")).order_by("-change_set")
    last = done.values("change_set__time")[:1]
    stored = Process.objects.annotate(last=Subquery(last), shown=closed_at("pk")).exclude(last=None)
    for slug in stored.filter(Q(shown=None) | Q(shown__lt=F("last"))).values_list("slug", flat=True):
        yield slug, BEHIND
