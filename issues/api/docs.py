"""The description of the API, to read and to try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def docs_page(request: HttpRequest) -> HttpResponse:
    """What can be asked, by the interface that comes with the description; without scripts, where it is."""
    return render(request, "issues/api_docs.html")
