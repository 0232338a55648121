"""Where people are found: the page of each in every process that names them."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from issues.history import among
from issues.models import Attendance, Evidence, Office, Outcome, Person, Process, Statement
from issues.queries.search.rows import Processes, bears_on, statements_of

# By the key of a record, names beside it with the pages to which they lead.
Links = dict[int, list[tuple[str, str]]]
# How many of the last words of each are looked at for the processes in which they are.
MOST_WORDS = 100


def pages_of_people(keys: list[int], processes: Processes) -> Links:
    """By person, the name of each process that names the person, with the page there. Seven queries.

    Of somebody of whom very many words are on record, the processes of the last of them.
    """
    slug_of = dict(Person.objects.filter(pk__in=keys).values_list("pk", "slug"))
    of: dict[int, set[int | None]] = {pk: set() for pk in keys}
    who = _last_words(keys) | _last_of_them(keys, processes)
    spoke: dict[int, set[int]] = {}
    for person, statement in who:
        spoke.setdefault(statement, set()).add(person)
    bears = Evidence.objects.filter(bears_on(processes), statement__in=among(spoke)).order_by()
    rows = [
        *bears.values_list(
            "statement",
            "position__issue__process",
            "event__process",
            "outcome__summit__process",
        ),
        *Statement.objects.filter(pk__in=among(spoke)).order_by().values_list("pk", "occasion__process"),
    ]
    for statement, *found in rows:
        for pk in spoke[statement]:
            of[pk] |= set(found)
    for pk, at in _named_at(keys):
        of[pk].add(at)
    named = Process.objects.filter(Q(pk__in=processes)).values_list("pk", "name", "slug")
    told = {pk: (name, slug) for pk, name, slug in named}
    return {
        pk: [
            (name, reverse("person", args=[slug, slug_of[pk]]))
            for key, (name, slug) in told.items()
            if key in of[pk]
        ]
        for pk in keys
    }


def _last_words(keys: Sequence[int]) -> set[tuple[int, int]]:
    """People with the last statements that they made or reported. One query, which reads these alone."""
    arms = [
        f"SELECT * FROM (SELECT {column}, id FROM issues_statement WHERE {column} = {int(key)} "  # noqa: S608
        f"ORDER BY id DESC LIMIT {MOST_WORDS}) AS said_{place}_{column}"
        for column in ("speaker_id", "reported_by_person_id")
        for place, key in enumerate(keys)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms))
        return set(cursor.fetchall())


def _last_of_them(keys: Sequence[int], processes: Processes) -> set[tuple[int, int]]:
    """People with the last statement of these processes, which may be older than those."""
    last = statements_of(processes).values("pk")
    people = Person.objects.filter(pk__in=keys).annotate(
        said=Subquery(last.filter(speaker=OuterRef("pk"))[:1]),
        reported=Subquery(last.filter(reported_by_person=OuterRef("pk"))[:1]),
    )
    rows = people.values_list("pk", "said", "reported")
    return {(pk, one) for pk, *some in rows for one in some if one is not None}


def _named_at(keys: list[int]) -> list[tuple[int, int]]:
    """People with the processes that name them at a table, behind an outcome or in an office."""
    seats = Attendance.objects.filter(person__in=keys).order_by()
    accounts = Outcome.objects.filter(according_to_person__in=keys).order_by()
    offices = Office.objects.filter(person__in=keys).order_by()
    return [
        *seats.values_list("person", "summit__process").distinct(),
        *accounts.values_list("according_to_person", "summit__process").distinct(),
        *offices.values_list("person", "actor__participations__process").distinct(),
        *offices.values_list("person", "actor__part_of__participations__process").distinct(),
    ]


def other_pages(keys: list[int], processes: Processes) -> Links:
    """The pages of people in each process, where there are several."""
    return {pk: pages for pk, pages in pages_of_people(keys, processes).items() if len(pages) > 1}
