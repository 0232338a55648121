"""What an address asks for, and the page that says what is wrong with it."""

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from issues.clock import when_in_words
from issues.filters import asks_for_several
from issues.forms.data import OnlyForm
from issues.forms.matrix import AsOfForm, KnownForm, NowForm, PageForm
from issues.forms.parameters import BadParameters, read_parameters
from issues.models import Process, Summit
from issues.queries.reading.process import Reading
from issues.queries.reading.remembered import remembered

CITE = "cite"
# A name, or what reads several: a form or a filter.
Takes = str | type[Any]


def read_only(request: HttpRequest, process: Process | None, *taken: Takes) -> None:
    """Refuse what the address asks for beside what is taken: a name, or all that a form or a filter reads.

    The time of the record is always read, if only to be refused. Raises BadParameters, which names the
    first that there is not, or is there twice.
    """
    allowed, several = {"known"}, set[str]()
    for one in taken:
        if isinstance(one, str):
            allowed.add(one)
        elif issubclass(one, Form):
            allowed |= {*one.base_fields}
        else:
            allowed |= {*one.base_filters, *one._meta.form.base_fields}
            several |= asks_for_several(one)
    read_parameters(OnlyForm(request.GET, allowed, several), process)


def read_page_number(request: HttpRequest, process: Process | None) -> int:
    """Which page of a list the address asks for. Raises BadParameters."""
    return read_parameters(PageForm(request.GET), process)["page"] or 1


def read_known(request: HttpRequest, process: Process) -> Reading:
    """The process as the address asks for it: as known on a date, or now. Raises BadParameters."""
    return remembered(process, read_parameters(KnownForm(request.GET), process)["known"])


def read_now(request: HttpRequest, process: Process | None, *taken: Takes) -> None:
    """Refuse to be asked as known, on a page that tells of now alone, and for what is not ``taken``."""
    read_only(request, process, *taken)
    refuse_known(request, process)


def refuse_known(request: HttpRequest, process: Process | None) -> None:
    """Refuse to be asked as known, where one writes and nothing else is read. Raises BadParameters."""
    read_parameters(NowForm(request.GET), process)


def told(known: datetime | None) -> str:
    """The time of the record as a page that finds nothing then says it; nothing for now."""
    return f" as our record was known on {when_in_words(known)}" if known else ""


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


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, were it nothing at all; None where the page was only opened."""
    return request.POST if request.method == "POST" else None
