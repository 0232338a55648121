"""What an address asks for, and the page that says what is wrong with it."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from issues.forms.matrix import KnownForm
from issues.models import Process
from issues.queries.reading import Reading, read


def read_asked(request: HttpRequest, process: Process) -> tuple[Reading, KnownForm]:
    """The process as the address asks for it: as known on a date, or now, where the form has errors."""
    form = KnownForm(request.GET)
    known = form.cleaned_data["known"] if form.is_valid() else None
    return read(process, known), form


def problem(request: HttpRequest, process: Process | None, form: BaseForm) -> HttpResponse:
    """Name each bad parameter and offer the way back. 404 for what does not exist, else 400."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return render(
        request,
        "issues/problem.html",
        {"process": process, "form": form},
        status=404 if codes == {"unknown"} else 400,
    )
