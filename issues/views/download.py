"""The whole record of a process as one archive: a page that says what is in it, and the archive."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from issues.exports.package import Contents, package
from issues.forms.matrix import KnownForm
from issues.forms.parameters import read_parameters
from issues.history import revision
from issues.models import Process
from issues.queries.old_addresses import was_there
from issues.queries.package.whole import NotThen
from issues.views.access import process_file, process_page
from issues.views.kept import told_anew
from issues.views.pages import render_page
from issues.views.parameters import read_known, read_only

REMEMBERED_FOR = 30 * 24 * 3600  # seconds


@process_page
@told_anew
def download_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What is in the package, how large it is, under what licence, and how to read it."""
    read_only(request, process)
    reading = read_known(request, process)
    held = _held(process, reading.known)
    return render_page(
        request,
        "download",
        process,
        "data",
        reading=reading,
        tables=held,
        size=cache.get(_key("package-size", process, reading.known)),
        licence=settings.DATA_LICENCE,
    )


@process_file
def download_file(request: HttpRequest, process: Process) -> HttpResponseBase:
    """The package; whoever may not read the process gets an error and no page."""
    read_only(request, process)
    known = read_parameters(KnownForm(request.GET), process)["known"]
    if request.method == "HEAD":  # what is in it is not asked, only whether there is one
        if not was_there(Process, process.pk, known):
            raise Http404(f"{process} was not on record then.")
        bytes_of: Iterator[bytes] = iter(())
    else:
        bytes_of = _measured(_contents(process, known))
    name = f"{process.slug}{f'-known-{known:%Y-%m-%dT%H%M}' if known else ''}.zip"
    answer = StreamingHttpResponse(bytes_of, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _contents(process: Process, known: datetime | None) -> Contents:
    try:
        return Contents.of(process, known)
    except NotThen as error:
        raise Http404(str(error)) from error


def _held(process: Process, known: datetime | None) -> Any:
    """The tables, each with how many rows it has; remembered until anything changes."""

    def counted() -> list[tuple[dict[str, str], int | None]]:
        contents = _contents(process, known)
        return [({"path": table.path, "says": table.says}, contents.rows(table)) for table in contents.tables]

    return cache.get_or_set(_key("package-tables", process, known), counted, REMEMBERED_FOR)


def _measured(contents: Contents) -> Iterator[bytes]:
    """The bytes; how many they were is remembered for the page."""
    size, key = 0, _key("package-size", contents.whole.process, contents.whole.known)
    for some in package(contents):
        size += len(some)
        yield some
    cache.set(key, size, REMEMBERED_FOR)


def _key(what: str, process: Process, known: datetime | None) -> str:
    moment = known.timestamp() if known else ""
    return f"{what}:{process.uuid}:{moment}:{revision(process.pk)}"
