"""What an address asks of a table: the same words for its files and for the API."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict

from issues.exports.tables import Asked, Narrowed, Table
from issues.filters import ChangeFilter, RecordFilter, SourceFilter, asks_for_several
from issues.forms.data import OnlyForm
from issues.forms.matrix import AsOfForm, KnownForm, NowForm
from issues.forms.parameters import read_parameters
from issues.history import ChangeSet
from issues.models import Process
from issues.queries.history.scope import touching
from issues.queries.pages.change_feed import matching, speakers, tracks
from issues.queries.pages.sources import cited_by
from issues.queries.pages.sources_as_recorded import uses_as_recorded
from issues.queries.reading.people import People, people_of
from issues.queries.reading.process import Reading, structure
from issues.queries.reading.remembered import remembered
from issues.user import User

FILTERS: dict[Narrowed, type[ChangeFilter | SourceFilter | RecordFilter]] = {
    Narrowed.BY_CHANGES: ChangeFilter,
    Narrowed.BY_SOURCES: SourceFilter,
    Narrowed.BY_EDITS: RecordFilter,
}
# What each way of narrowing takes from the address, beside the time at which the record is asked about.
PARAMETERS: dict[Narrowed, set[str]] = {
    **{narrowed: set(chosen.base_filters) for narrowed, chosen in FILTERS.items()},
    Narrowed.AS_OF: set(AsOfForm.base_fields),
    Narrowed.NOT: set(),
}


def read_asked(
    data: QueryDict,
    process: Process,
    table: Table,
    beside: Collection[str] = (),
    *,
    reader: User | AnonymousUser | None = None,
) -> Asked:
    """What an address asks for; ``beside`` are parameters that are read elsewhere. Raises BadParameters.

    Whoever does not say who reads gets what everybody may.
    """
    allowed = PARAMETERS[table.narrowed] | {"known", *beside}
    several = asks_for_several(FILTERS[table.narrowed]) if table.narrowed in FILTERS else ()
    read_parameters(OnlyForm(data, allowed, several), process)
    who = reader or AnonymousUser()
    people = people_of(who, process)
    asked = _asked(data, process, table, people)
    asked.reader, asked.people = who, people
    return asked


def _asked(data: QueryDict, process: Process, table: Table, people: People) -> Asked:
    if not table.takes_known:
        read_parameters(NowForm(data), process)
        narrowed = table.narrowed == Narrowed.BY_EDITS
        return Asked(
            process,
            structure(process),
            change_sets=_change_sets(data, process, people) if narrowed else None,
        )
    reading = remembered(process, read_parameters(KnownForm(data), process)["known"])
    if table.narrowed == Narrowed.BY_CHANGES:
        chosen = ChangeFilter(data, reading, tracks(process), speakers(reading))
        read_parameters(chosen.form, process)
        return Asked(process, reading, changes=matching(reading, chosen.wants(), chosen.stored))
    if table.narrowed == Narrowed.AS_OF:
        return Asked(process, reading, read_parameters(AsOfForm(data, reading), process)["summit"])
    return Asked(process, reading, sources=_sources(data, process, reading))


def _change_sets(data: QueryDict, process: Process, people: People) -> QuerySet[ChangeSet] | None:
    """The change sets that the filter leaves; None where it asks for nothing."""
    chosen = RecordFilter(data, touching(process), people)
    read_parameters(chosen.form, process)
    return chosen.qs if chosen.asked else None


def _sources(data: QueryDict, process: Process, reading: Reading) -> Any:
    uses = uses_as_recorded(process, reading.known) if reading.known else None
    narrowed = SourceFilter(data, queryset=cited_by(process, uses).select_related("cited_via"))
    read_parameters(narrowed.form, process)
    return narrowed.qs
