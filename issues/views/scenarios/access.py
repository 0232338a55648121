"""Who may build, assess and resolve: whoever has the permission, in any process."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from issues.models import Process, Scenario, ScenarioSet
from issues.queries.scenarios.evaluation import scenario_sets
from issues.user import User
from issues.views.access import refuse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Process, P], HttpResponse]


def process_for(permission: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """A page of a process for those with a permission."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def checked(request: HttpRequest, process: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.has_perm(permission):
                return refuse(request)
            found = Process.objects.filter(slug=process).first()
            if found is None:
                raise Http404(f"There is no process “{process}”.")
            return view(request, found, *args, **kwargs)

        return checked

    return decorate


def signed_in(request: HttpRequest) -> User:
    """The user of a page that asks for a permission."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def asked_set(process: Process, slug: str) -> ScenarioSet:
    """The set that the address names, with its scenarios and outcomes, or 404."""
    found = next((item for item in scenario_sets(process) if item.slug == slug), None)
    if found is None:
        raise Http404(f"There is no scenario set “{slug}” in {process}.")
    return found


def asked_scenario(found: ScenarioSet, slug: str) -> Scenario:
    """The scenario that the address names, or 404."""
    scenario = next((item for item in found.scenarios.all() if item.slug == slug), None)
    if scenario is None:
        raise Http404(f"There is no scenario “{slug}” in this set.")
    return scenario


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, were it nothing at all; None where the page was only opened."""
    return request.POST if request.method == "POST" else None
