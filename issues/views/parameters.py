"""What an address asks for, and the page that says what is wrong with it."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from issues.forms.matrix import KnownForm
from issues.models import Process
from issues.queries.reading.process import Reading, read


class Unreadable(Exception):
    """An address asks for what there is not; the form names each parameter that is wrong."""

    def __init__(self, form: BaseForm, process: Process | None) -> None:
        super().__init__(form.errors.as_text())
        self.form, self.process = form, process


def asked(form: BaseForm, process: Process | None) -> dict[str, Any]:
    """What the parameters say. Raises Unreadable, which becomes a page of its own, where one is wrong."""
    if not form.is_valid():
        raise Unreadable(form, process)
    return form.cleaned_data


def read_asked(request: HttpRequest, process: Process) -> Reading:
    """The process as the address asks for it: as known on a date, or now. Raises Unreadable."""
    return read(process, asked(KnownForm(request.GET), process)["known"])


class NamesProblems(MiddlewareMixin):
    """Middleware: an address that cannot be read is answered with what is wrong and the way back."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an unreadable address: 404 where it names what does not exist, else 400."""
        if not isinstance(exception, Unreadable):
            return None
        form = exception.form
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        return render(
            request,
            "issues/problem.html",
            {"process": exception.process, "form": form},
            status=404 if codes == {"unknown"} else 400,
        )
