"""Who may log: researchers, and on a coder's own sheet that coder alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from issues.actions.log_sheet.sheet import open_sheet
from issues.models import Actor, Issue, Process, Sheet, Summit
from issues.queries.access.may import may_in
from issues.queries.access.readable import readable
from issues.queries.access.standing import is_read_by, own_role
from issues.queries.log_sheet.grid import find_sheet
from issues.user import User
from issues.views.access import refuse, signed_in
from issues.views.parameters import read_now

P = ParamSpec("P")
OWN = "own"
LOGS = "issues.add_position"
# What the pages of a sheet may be asked: which sheet, whose row, what is put aside too; for a new source its
# address and whether it is of a cell; what a source has in it; which two coders are compared.
TAKEN = ("sheet", "actor", "all", "url", "of", "q", "first", "second")


def may_log(user: User | AnonymousUser, process: Process) -> bool:
    """Whether a user may record positions of a process."""
    return may_in(user, LOGS, process)


def wants_json(request: HttpRequest) -> bool:
    """Whether the request comes from the sheet's script and not from a form."""
    return request.headers.get("Accept", "").startswith("application/json")


def summit_to_log(
    view: Callable[Concatenate[HttpRequest, Summit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page for researchers about one summit; its script is told in JSON when the login has expired."""

    @wraps(view)
    def checked(
        request: HttpRequest, process: str, slug: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if request.user.is_anonymous:
            if wants_json(request):
                return JsonResponse({"error": "Your login has expired. Sign in again."}, status=401)
            return refuse(request)
        there = Summit.objects.select_related("process").filter(process__slug=process, slug=slug)
        seen = there.filter(process__in=readable(request.user))
        summit = seen.annotate(own_role=own_role(request.user, "process")).first()
        if summit is None:
            raise Http404(f"There is no summit “{slug}” in this process.")
        is_read_by(summit.process, request.user, summit.own_role)
        if not may_log(request.user, summit.process):
            return refuse(request)
        read_now(request, summit.process, *TAKEN)
        return view(request, summit, *args, **kwargs)

    return checked


def get_sheet(request: HttpRequest, summit: Summit) -> Sheet:
    """The sheet that the address names: the shared one, or one's own with ``?sheet=own``.

    Who only looks gets a blank one where nobody has typed yet; it is made by the first who writes.
    """
    by = signed_in(request)
    if request.method == "POST":
        return open_sheet(summit=summit, by=by, private=is_own(request))
    return find_sheet(summit, by if is_own(request) else None)


def is_own(request: HttpRequest) -> bool:
    """Whether the address names one's own sheet."""
    return request.GET.get("sheet") == OWN


def participant(summit: Summit, pk: int) -> Actor:
    """An actor of the summit's process, or 404."""
    actor = Actor.objects.filter(pk=pk, participations__process=summit.process_id).order_by().first()
    if actor is None:
        raise Http404("This actor does not take part in the process.")
    return actor


def issue_of(summit: Summit, pk: int) -> Issue:
    """An issue of the summit's process, or 404."""
    issue = Issue.objects.filter(pk=pk, process=summit.process_id).order_by().first()
    if issue is None:
        raise Http404("This issue does not belong to the process.")
    return issue
