"""Who may read what: one place for every page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from issues.models import Process
from issues.user import User

P = ParamSpec("P")


def readable(user: User | AnonymousUser) -> QuerySet[Process]:
    """The processes that a user may read: all with the permission, else the public ones if that is on."""
    if user.has_perm("issues.view_position"):
        return Process.objects.all()
    if settings.PUBLIC_READ:
        return Process.objects.filter(public=True)
    return Process.objects.none()


def refuse(request: HttpRequest) -> HttpResponse:
    """Ask a stranger to sign in; tell anyone else that the page is not theirs."""
    if request.user.is_anonymous:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


def process_page(
    view: Callable[Concatenate[HttpRequest, Process, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page of a process: checks the right to read it and hands the process to the view.

    Whoever may not read a process cannot tell it from one that does not exist.
    """

    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, process: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.PUBLIC_READ and not request.user.has_perm("issues.view_position"):
            return refuse(request)
        found = readable(request.user).filter(slug=process).first()
        if found is None:
            raise Http404(f"There is no process “{process}”.")
        return view(request, found, *args, **kwargs)

    return checked
