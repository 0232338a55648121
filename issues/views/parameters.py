"""What an address asks for, and the page that says what is wrong with it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from issues.forms.matrix import AsOfForm, KnownForm, NowForm, PageForm
from issues.forms.parameters import BadParameters, read_parameters
from issues.models import Process, Summit
from issues.queries.reading.process import Reading, read


def read_page_number(request: HttpRequest, process: Process) -> int:
    """Which page of a list the address asks for. Raises BadParameters."""
    return read_parameters(PageForm(request.GET), process)["page"] or 1


def read_known(request: HttpRequest, process: Process) -> Reading:
    """The process as the address asks for it: as known on a date, or now. Raises BadParameters."""
    return read(process, read_parameters(KnownForm(request.GET), process)["known"])


def read_now(request: HttpRequest, process: Process | None) -> None:
    """Refuse to be asked as known, on a page that tells of now alone. Raises BadParameters."""
    read_parameters(NowForm(request.GET), process)


def told(known: datetime | None) -> str:
    """The time of the record as a page that finds nothing then says it; nothing for now."""
    return f" as our record was known on {known:%Y-%m-%d %H:%M} UTC" if known else ""


def read_as_of(request: HttpRequest, process: Process) -> tuple[Reading, Summit | None]:
    """The process as known, and the summit as of which it is asked for; None where none was held yet."""
    reading = read_known(request, process)
    return reading, read_parameters(AsOfForm(request.GET, reading), process)["summit"]


class BadParametersMiddleware(MiddlewareMixin):
    """An address that cannot be read is answered with what is wrong and the way back."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a bad address."""
        if not isinstance(exception, BadParameters):
            return None
        context = {"process": exception.process, "form": exception.form}
        return render(request, "issues/bad_parameters.html", context, status=exception.status)
