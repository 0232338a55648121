"""The record as tables: a page that lists them, and each as a file at a plain address."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header

from issues.exports.asking import PARAMETERS, read_asked
from issues.exports.files import csv_lines, json_lines, metadata, workbook
from issues.exports.tables import TABLES, Asked, Narrowed, Table
from issues.models import Process
from issues.views.access import process_file, process_page
from issues.views.citing import dataset_of
from issues.views.pages import render_page
from issues.views.parameters import CITE, read_known, read_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = (
    ("data-csv", "CSV"),
    ("data-xlsx", "XLSX"),
    ("data-json", "JSON"),
    ("data-description", "description"),
)


@process_page
def data_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Every table with its columns, and where it is."""
    read_only(request, process, CITE)
    reading = read_known(request, process)
    asked = Asked(process, reading, reading.latest)
    rows = [(table, table.columns(asked), table.takes_known) for table in TABLES.values()]
    about = dataset_of(request, process)
    return render_page(
        request, "data", process, "data", reading=reading, rows=rows, forms=FORMS, dataset=about, shows="data"
    )


@process_file
def data_file(request: HttpRequest, process: Process, table: str, form: str) -> HttpResponseBase:
    """A table as CSV, JSON or XLSX, or its description; whoever may not read it gets an error and no page."""
    found = TABLES.get(table)
    if found is None:
        raise Http404(f"There is no table “{table}”; there are {', '.join(TABLES)}.")
    asked = read_asked(request.GET, process, found, ["bom"] if form == "csv" else [], reader=request.user)
    if form == "description":
        csv = reverse("data-csv", args=[process.slug, table])
        return JsonResponse(metadata(found, asked, request.build_absolute_uri(csv)))
    return _file(request, found, asked, form)


def _file(request: HttpRequest, table: Table, asked: Asked, form: str) -> HttpResponseBase:
    address = request.build_absolute_uri()
    name = content_disposition_header(True, _name(request, table, asked, form)) or ""
    if form == "xlsx":
        answer = StreamingHttpResponse(workbook(table, asked, address), content_type=XLSX)
    elif form == "json":
        answer = StreamingHttpResponse(
            json_lines(table, asked, address), content_type="application/json; charset=utf-8"
        )
    else:
        lines = csv_lines(table, asked, bom=bool(request.GET.get("bom")))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = name
    return answer


def _name(request: HttpRequest, table: Table, asked: Asked, form: str) -> str:
    """The name of a file says of what it is, as of when, as known when, and whether it is only a part."""
    known = asked.reading.known
    is_part = any(request.GET.get(name) for name in PARAMETERS[table.narrowed] - {"summit"})
    summit = asked.summit.slug if asked.summit else request.GET.get("summit", "")
    parts = [asked.process.slug, table.name]
    parts += [f"as-of-{summit}" if table.narrowed == Narrowed.AS_OF else f"at-{summit}"] if summit else []
    parts += [f"known-{known:%Y-%m-%dT%H%M}"] if known else []
    parts += ["filtered"] if is_part else []
    return f"{'-'.join(parts)}.{form}"
