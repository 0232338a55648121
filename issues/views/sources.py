"""The sources of a process, and what rests on one of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from issues.filters import SourceFilter
from issues.models import Process
from issues.queries.pages.sources import of_process, statements_of
from issues.views.access import process_page
from issues.views.pages import render_page
from issues.views.parameters import read_page_number

SOURCES_A_PAGE = 100


@process_page
def sources_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every document that the process rests on, filtered."""
    number = read_page_number(request, process)
    narrowed = SourceFilter(request.GET, queryset=of_process(process))
    return render_page(
        request,
        "sources",
        process,
        "sources",
        status=200 if narrowed.form.is_valid() else 400,
        filter=narrowed,
        page=Paginator(narrowed.qs, SOURCES_A_PAGE).get_page(number),
        is_filtered=any(request.GET.get(name) for name in ("q", "kind")),
    )


@process_page
def source_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What a document is, and every position, event and outcome that rests on it."""
    source = of_process(process).select_related("cited_via").filter(pk=pk).first()
    if source is None:
        raise Http404(f"No source {pk} is cited in {process}.")
    statements = list(statements_of(source, process))
    return render_page(request, "source", process, "sources", source=source, statements=statements)
