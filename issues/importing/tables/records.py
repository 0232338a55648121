"""What is on record of the kinds of record that a table holds: plain values, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from issues.importing.mapping.tables import ACTORS, ISSUES, PEOPLE, SOURCES, SUMMITS
from issues.models import Actor, Issue, Membership, Office, Option, Participation, Person, Source, Summit
from issues.queries.access.shared import tellable

# By table the model of its records, and the columns that a file may say.
READ: dict[str, tuple[Any, tuple[str, ...]]] = {
    ISSUES: (
        Issue,
        (
            *("name", "question", "kind", "low_label", "high_label", "aliases", "opened_on", "closed_on"),
            "reference_point_id",
        ),
    ),
    ACTORS: (Actor, ("name", "short_name", "kind", "aliases", "part_of_id")),
    PEOPLE: (Person, ("name", "aliases")),
    SUMMITS: (
        Summit,
        (
            *("name", "kind", "status", "place_id", "host_id", "starts_on", "starts_on_precision"),
            *("ends_on", "summary"),
        ),
    ),
    SOURCES: (
        Source,
        (
            *("title", "author", "publisher", "kind", "url", "other_urls", "archive_url"),
            *("published_on", "published_on_precision", "accessed_on", "language", "note"),
        ),
    ),
}
ENDS = ("since", "until")
TERM = tuple(column for end in ENDS for column in (end, f"{end}_precision"))
Row = dict[str, Any]


@dataclass
class Records:
    """The records of a table by key, and what hangs on them, each with its own key as ``pk``.

    ``hanging`` are the options of issues, the offices of people and the memberships of actors; ``roles``
    the participations of actors in the process; ``above`` leads from an actor to the one that it is part of.
    """

    fields: dict[int, Row]
    hanging: dict[int, list[Row]] = field(default_factory=dict)
    roles: dict[int, Row] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)

    def root(self, actor: int) -> int:
        """The state or organisation whose organ an actor is, or itself."""
        seen = {actor}
        while (above := self.above.get(actor)) is not None and above not in seen:
            actor = above
            seen.add(actor)
        return actor


def records(process: int, table: str) -> Records:
    """What a table of this kind is compared with."""
    model, columns = READ[table]
    rows = tellable(model._default_manager.order_by("pk"))
    if table in (ISSUES, SUMMITS):
        rows = rows.filter(process=process)
    found = Records({row.pop("pk"): row for row in rows.values("pk", *columns)})
    hanging: dict[int, list[Row]] = defaultdict(list)
    if table == ISSUES:
        options = Option.objects.filter(issue__process=process).order_by("value")
        for issue, pk, label, value in options.values_list("issue_id", "pk", "label", "value"):
            hanging[issue].append({"pk": pk, "label": label, "value": value})
    if table == PEOPLE:
        for row in tellable(Office.objects.order_by("pk")).values(
            "pk", "person_id", "actor_id", "title", *TERM
        ):
            hanging[row.pop("person_id")].append(row)
        above = tellable(Actor.objects.filter(part_of__isnull=False)).order_by()
        found.above = dict(above.values_list("pk", "part_of_id"))
    if table == ACTORS:
        for row in tellable(Membership.objects.order_by("pk")).values(
            "pk", "member_id", "coalition_id", *TERM
        ):
            hanging[row.pop("member_id")].append(row)
        taking_part = Participation.objects.filter(process=process).order_by()
        found.roles = {
            actor: {"pk": pk, "role": role, "capability": capability}
            for actor, pk, role, capability in taking_part.values_list("actor_id", "pk", "role", "capability")
        }
    found.hanging = dict(hanging)
    return found
