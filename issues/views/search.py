"""Finding anything by any spelling."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.forms.search import SearchForm
from issues.models import Process
from issues.queries.access.readable import readable
from issues.queries.search.find import MOST_COUNTED, Result, search
from issues.queries.search.kinds import KINDS
from issues.views.access import refuse
from issues.views.parameters import read_now
from issues.views.switch import to_read


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What is found in the processes that the reader may read, grouped by kind."""
    if not settings.PUBLIC_READ and not request.user.is_active:
        return refuse(request)
    read_now(request, None, SearchForm)
    processes = readable(request.user)
    there = to_read(request, request.user)
    offered = [] if there.has_more else [(one.slug, one.name) for one in there.shown]
    form = SearchForm(request.GET, processes, offered)
    is_valid = form.is_valid()
    wanted: dict[str, Any] = form.cleaned_data if is_valid else {"q": ""}
    only = next((kind for kind in KINDS if kind.slug == wanted.get("kind")), None)
    before: int | None = wanted.get("before") if only else None
    within: Process | None = wanted.get("process")
    searched = processes.filter(pk=within.pk) if within else processes
    result = search(searched, wanted["q"], only, form.days, before) if wanted["q"] else Result()
    context = {
        "process": within or (there.shown[0] if len(there.shown) == 1 else None),
        "within": within,
        "has_others": len(there.shown) > 1,
        "section": "search",
        "form": form,
        "typed": wanted["q"],
        "result": result,
        "only": only,
        "is_first": before is None,
        "most_counted": MOST_COUNTED,
    }
    return render(request, "issues/search.html", context, status=200 if is_valid else 400)
