"""How every page of a process is answered."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from issues.forms.refusals import is_stale
from issues.models import Process, Summit
from issues.queries.reading.people import people_of
from issues.templatetags.shown import shown
from issues.views.citing import Citable, citable, citation_file
from issues.views.permissions import PermissionsIn


def render_page(
    request: HttpRequest,
    template: str,
    process: Process,
    section: str,
    *,
    status: int = 200,
    shows: str = "",
    as_of: Summit | None = None,
    cite: Citable | None = None,
    **context: Any,
) -> HttpResponse:
    """A page below ``templates/issues``; ``section`` is the entry of the menu that is marked as current.

    Templates tell our people through ``people`` alone, which knows whether this reader may know who they are.
    What says what it ``shows`` can be cited, and its citation is the answer where the address asks for that;
    ``as_of`` is the summit that its address may name, and ``cite`` how else it is cited.
    """
    if shows and status == HTTPStatus.OK:
        cite = citable(request, process, shows, context.get("reading"), as_of)
    if cite is not None:
        file = citation_file(request, process, cite)
        if file is not None:
            return file
    whole = {
        "process": process,
        "section": section,
        "people": people_of(request.user, process),
        "perms": PermissionsIn(request.user, process),
        "cite": cite,
        **context,
    }
    whole["on_page"] = shown(whole, request)
    return render(request, f"issues/{template}.html", whole, status=status)


def render_form(
    request: HttpRequest,
    template: str,
    process: Process,
    section: str,
    form: BaseForm,
    *,
    conflict: object = None,
    **context: Any,
) -> HttpResponse:
    """A page with a form: 409 where someone else was faster, 422 where something is wrong, else 200."""
    status = 409 if conflict or is_stale(form) else 422 if form.errors else 200
    whole = {"form": form, "conflict": conflict, **context}
    return render_page(request, template, process, section, status=status, **whole)
