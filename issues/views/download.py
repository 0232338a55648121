"""The whole record of a process as one archive: a page that says what is in it, and the archive."""

from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from issues.exports.package import Contents, package
from issues.forms.data import OnlyForm
from issues.forms.parameters import read_parameters
from issues.models import Process
from issues.queries.package.whole import NotThen
from issues.views.access import process_file, process_page
from issues.views.pages import render_page
from issues.views.parameters import read_known

REMEMBERED_FOR = 30 * 24 * 3600  # seconds


@process_page
def download_page(request: HttpRequest, process: Process) -> HttpResponse:
    """What is in the package, how large it is, under what licence, and how to read it."""
    contents, reading = _contents(request, process), read_known(request, process)
    return render_page(
        request,
        "download",
        process,
        "data",
        reading=reading,
        tables=[(table, contents.rows(table)) for table in contents.tables],
        size=cache.get(_key(contents)),
        licence=settings.DATA_LICENCE,
    )


@process_file
def download_file(request: HttpRequest, process: Process) -> HttpResponseBase:
    """The package; whoever may not read the process gets an error and no page."""
    read_parameters(OnlyForm(request.GET, {"known"}), process)
    contents = _contents(request, process)
    known = contents.whole.known
    name = f"{process.slug}{f'-known-{known:%Y-%m-%dT%H%M}' if known else ''}.zip"
    answer = StreamingHttpResponse(_measured(contents), content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _contents(request: HttpRequest, process: Process) -> Contents:
    try:
        return Contents.of(process, read_known(request, process).known)
    except NotThen as error:
        raise Http404(str(error)) from error


def _measured(contents: Contents) -> Iterator[bytes]:
    """The bytes; how many they were is remembered for the page."""
    size = 0
    for some in package(contents):
        size += len(some)
        yield some
    cache.set(_key(contents), size, REMEMBERED_FOR)


def _key(contents: Contents) -> str:
    changed_at, whole = contents.told.changed_at, contents.whole
    moment = changed_at.timestamp() if changed_at else 0
    return f"package-size:{whole.process.uuid}:{moment}:{whole.known is not None}"
