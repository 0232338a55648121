"""What an address asks of a table: the same words for its files and for the API."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from issues.exports.tables import Asked, Narrowed, Table
from issues.filters import ChangeFilter, SourceFilter, asks_for_several
from issues.forms.data import OnlyForm
from issues.forms.matrix import AsOfForm, KnownForm, NowForm
from issues.forms.parameters import read_parameters
from issues.models import Process
from issues.queries.pages.change_feed import matching, tracks
from issues.queries.pages.sources import cited_by
from issues.queries.pages.sources_as_recorded import uses_as_recorded
from issues.queries.reading.people import people_of
from issues.queries.reading.process import Reading, read, structure
from issues.user import User

# What each way of narrowing takes from the address, beside the time at which the record is asked about.
PARAMETERS: dict[Narrowed, set[str]] = {
    Narrowed.BY_CHANGES: set(ChangeFilter.base_filters),
    Narrowed.AS_OF: set(AsOfForm.base_fields),
    Narrowed.BY_SOURCES: set(SourceFilter.base_filters),
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
    read_parameters(OnlyForm(data, allowed, asks_for_several(ChangeFilter)), process)
    asked = _asked(data, process, table)
    asked.reader = reader or AnonymousUser()
    asked.people = people_of(asked.reader, process)
    return asked


def _asked(data: QueryDict, process: Process, table: Table) -> Asked:
    if table.narrowed == Narrowed.NOT:
        read_parameters(NowForm(data), process)
        return Asked(process, structure(process))
    reading = read(process, read_parameters(KnownForm(data), process)["known"])
    if table.narrowed == Narrowed.BY_CHANGES:
        chosen = ChangeFilter(data, reading, tracks(process))
        read_parameters(chosen.form, process)
        return Asked(process, reading, changes=matching(reading, chosen.wants(), chosen.stored))
    if table.narrowed == Narrowed.AS_OF:
        return Asked(process, reading, read_parameters(AsOfForm(data, reading), process)["summit"])
    return Asked(process, reading, sources=_sources(data, process, reading))


def _sources(data: QueryDict, process: Process, reading: Reading) -> Any:
    uses = uses_as_recorded(process, reading.known) if reading.known else None
    narrowed = SourceFilter(data, queryset=cited_by(process, uses).select_related("cited_via"))
    read_parameters(narrowed.form, process)
    return narrowed.qs
