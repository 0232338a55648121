"""Where people are found: the page of each in every process that names them."""

from django.db.models import Q
from django.urls import reverse

from issues.models import Attendance, Evidence, Office, Outcome, Person
from issues.queries.search.rows import Processes, bears_on, statements_of

# By the key of a record, names beside it with the pages to which they lead.
Links = dict[int, list[tuple[str, str]]]


def pages_of_people(keys: list[int], processes: Processes) -> Links:
    """By person, the name of each process that names the person, with the page there. Five queries."""
    slug_of = dict(Person.objects.filter(pk__in=keys).values_list("pk", "slug"))
    of: dict[int | None, set[int | None]] = {pk: set() for pk in keys}
    spoke = statements_of(processes).filter(Q(speaker__in=keys) | Q(reported_by_person__in=keys)).order_by()
    bears = Evidence.objects.filter(bears_on(processes), statement__in=spoke.values("pk")).order_by()
    rows = [
        *bears.values_list(
            "statement__speaker",
            "statement__reported_by_person",
            "position__issue__process",
            "event__process",
            "outcome__summit__process",
        ).distinct(),
        *spoke.values_list("speaker", "reported_by_person", "occasion__process").distinct(),
        *((pk, None, at) for pk, at in _named_at(keys)),
    ]
    for speaker, reporter, *found in rows:
        for pk in {speaker, reporter} & of.keys():
            of[pk] |= set(found)
    named = {pk: (name, slug) for pk, name, slug in processes.values_list("pk", "name", "slug")}
    return {
        pk: [
            (name, reverse("person", args=[slug, slug_of[pk]]))
            for key, (name, slug) in named.items()
            if key in of[pk]
        ]
        for pk in keys
    }


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
