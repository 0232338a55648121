"""The sources of a process, and what rests on one of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from issues.filters import SourceFilter
from issues.forms.matrix import PageForm
from issues.models import Process
from issues.queries.pages.sources import of_process, statements_of
from issues.views.access import process_page
from issues.views.parameters import asked

SOURCES_A_PAGE = 100


@process_page
def sources_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every document that the process rests on, filtered."""
    number = asked(PageForm(request.GET), process)["page"] or 1
    found = SourceFilter(request.GET, queryset=of_process(process))
    page = Paginator(found.qs, SOURCES_A_PAGE).get_page(number)
    context = {
        "process": process,
        "section": "sources",
        "filter": found,
        "page": page,
        "is_filtered": any(request.GET.get(name) for name in ("q", "kind")),
    }
    return render(request, "issues/sources.html", context, status=200 if found.form.is_valid() else 400)


@process_page
def source_page(request: HttpRequest, process: Process, pk: int) -> HttpResponse:
    """What a document is, and every position, event and outcome that rests on it."""
    source = of_process(process).select_related("cited_via").filter(pk=pk).first()
    if source is None:
        raise Http404(f"No source {pk} is cited in {process}.")
    return render(
        request,
        "issues/source.html",
        {
            "process": process,
            "section": "sources",
            "source": source,
            "statements": list(statements_of(source, process)),
        },
    )
