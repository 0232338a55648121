"""The sources of a process, and what rests on one of them."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from issues.exports.references import bibtex, csl_json, ris
from issues.filters import SourceFilter
from issues.forms.matrix import KnownForm, PageForm
from issues.forms.parameters import read_parameters
from issues.models import Process, Source
from issues.queries.pages.sources import cited_by, cites, statements_of
from issues.queries.pages.sources_as_recorded import snapshots_of, statements_of_as_recorded, uses_as_recorded
from issues.queries.reading.process import Reading, read
from issues.queries.upkeep.links import check_of
from issues.views.access import process_file, process_page
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_only, read_page_number, told

SOURCES_A_PAGE = 100


@process_page
def sources_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every document that the process rests on, filtered."""
    read_only(request, process, CITE, PageForm, SourceFilter)
    number = read_page_number(request, process)
    reading, uses, narrowed = _narrowed(request, process)
    page = Paginator(narrowed.qs, SOURCES_A_PAGE).get_page(number)
    return render_page(
        request,
        "sources",
        process,
        "sources",
        status=200 if narrowed.form.is_valid() else 400,
        shows="sources",
        reading=reading,
        filter=narrowed,
        page=page,
        rows=[(item, uses[item.pk] if uses else getattr(item, "uses", 0)) for item in page.object_list],
        is_filtered=any(request.GET.get(name) for name in ("q", "kind")),
    )


# How the sources of a process leave for a reference manager: the writer, and the type of its file.
REFERENCES = {
    "ris": (ris, "application/x-research-info-systems"),
    "bib": (bibtex, "application/x-bibtex"),
    "json": (csl_json, "application/vnd.citationstyles.csl+json"),
}


@process_file
def sources_file(request: HttpRequest, process: Process, form: str) -> HttpResponse:
    """The sources of a process, filtered as on their page, for a reference manager."""
    read_only(request, process, SourceFilter)
    reading, _, narrowed = _narrowed(request, process)
    read_parameters(narrowed.form, process)
    write, content_type = REFERENCES[form]
    known = f"-known-{reading.known:%Y-%m-%d}" if reading and reading.known else ""
    name = f"{process.slug}-sources{known}.{form}"
    return HttpResponse(
        write(narrowed.qs.order_by("key")),
        content_type=f"{content_type}; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@process_page
def source_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What a document is, and every position, event and outcome that rests on it."""
    read_only(request, process, CITE)
    reading = _as_known(request, process)
    known = reading.known if reading else None
    cited = cites(process)
    if known is not None:  # of today or of then
        cited |= Q(pk__in=uses_as_recorded(process, known))
    source = Source.objects.filter(cited, pk=pk).select_related("cited_via").first()
    if source is None:
        raise Http404(f"No source {pk} is cited in {process}{told(known)}.")
    statements = (
        statements_of_as_recorded(source, process, known) if known else list(statements_of(source, process))
    )
    return render_page(
        request,
        "source",
        process,
        "sources",
        shows=f"what rests on {source}",
        reading=reading,
        source=source,
        statements=statements,
        check=None if known else check_of(source),
        snapshots=snapshots_of(source, known),
    )


def _narrowed(
    request: HttpRequest, process: Process
) -> tuple[Reading | None, dict[int, int] | None, SourceFilter]:
    """The sources that a page or a file is asked for, and as known on a date how often each was used."""
    reading = _as_known(request, process)
    uses = uses_as_recorded(process, reading.known) if reading and reading.known else None
    return reading, uses, SourceFilter(request.GET, queryset=cited_by(process, uses))


def _as_known(request: HttpRequest, process: Process) -> Reading | None:
    """The process as the address asks for it; None for now, of which these pages need no more."""
    known = read_parameters(KnownForm(request.GET), process)["known"]
    return read(process, known) if known else None
