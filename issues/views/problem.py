"""The page that says what is wrong with an address."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from issues.models import Process


def problem(request: HttpRequest, process: Process, form: BaseForm) -> HttpResponse:
    """Name each bad parameter and offer the way back. 404 for what does not exist, else 400."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return render(
        request,
        "issues/problem.html",
        {"process": process, "form": form},
        status=404 if codes == {"unknown"} else 400,
    )
