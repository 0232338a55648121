"""Who may read what, and who may change it: one place for every page."""

from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from issues.history import closed_at, sign_of
from issues.models import Process
from issues.queries.access.may import may_in
from issues.queries.access.readable import readable
from issues.queries.access.standing import Reader, is_read_by, own_role
from issues.replica import reads_there
from issues.user import User
from issues.views.kept import is_stranger, is_told_anew, kept
from issues.views.parameters import refuse_known
from issues.views.send_again import signed_out

SIGN_IN = "This is not public: sign in, and ask for it with your session.\n"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Process, P], HttpResponseBase]


def refuse(request: HttpRequest) -> HttpResponse:
    """Ask a stranger to sign in; tell anyone else that the page is not theirs.

    A form that comes from nobody is mostly that of somebody who was signed in: what they typed is kept.
    """
    if request.user.is_anonymous:
        if request.method == "POST":
            return signed_out(request)
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


def refuse_file() -> HttpResponse:
    """Say in words to whoever asks for a file that it is not public: a page to sign in would be no file."""
    return HttpResponse(SIGN_IN, status=401, content_type="text/plain; charset=utf-8")


def signed_in(request: HttpRequest) -> User:
    """The user of a page that asks for a permission."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def may_of(request: HttpRequest, process: Process) -> Callable[[str], bool]:
    """Whether whoever asks may do a thing to records of a process: “add_source”."""
    return lambda what: may_in(request.user, f"issues.{what}", process)


def process_page(view: View[P]) -> Callable[..., HttpResponseBase]:
    """A page of a process: checks the right to read it and hands the process to the view.

    Whoever may not read a process cannot tell it from one that does not exist.
    """
    return _of_process(view, has_head=True)


def process_file(view: View[P]) -> Callable[..., HttpResponseBase]:
    """A file of a process: whoever may not read it gets an error, and no page to sign in."""
    checked = _of_process(view, has_head=False)

    @wraps(view)
    def file(*args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = checked(*args, **kwargs)
        return refuse_file() if answer.status_code == HTTPStatus.FOUND else answer

    return file


def _of_process(view: View[P], *, has_head: bool) -> Callable[..., HttpResponseBase]:
    """What is read of a process; it ``has_head`` where it shows what its reader may do."""

    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, process: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.PUBLIC_READ and request.user.is_anonymous:
            return refuse_file() if request.GET.get("cite") else refuse(request)
        with reads_there(request):
            found = _called(request.user, process)
            made = partial(view, request, found, *args, **kwargs)
            if is_told_anew(view):
                return made()
            is_same = is_stranger(request)
            return kept(request, found, request.user, made, is_same=is_same, has_head=has_head)

    return checked


def public_page(view: View[P]) -> Callable[..., HttpResponseBase]:
    """A page of a public process, the same for everyone: it never asks who reads, and sets no cookie.

    What stands around it may have looked into the session; the page is not told apart by that.
    """

    @require_safe
    @wraps(view)
    def checked(request: HttpRequest, process: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        nobody = AnonymousUser()
        with reads_there(request):
            found = _called(nobody, process)
            made = partial(view, request, found, *args, **kwargs)
            return kept(request, found, nobody, made, is_same=True, has_head=False)

    return checked


def process_for(permission: str) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """A page of a process that changes something, for those who may do that there."""

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def checked(
            request: HttpRequest, process: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            found = process_to(permission, request, process)
            if isinstance(found, HttpResponse):
                return found
            refuse_known(request, found)
            return view(request, found, *args, **kwargs)

        return checked

    return decorate


def process_to(permission: str, request: HttpRequest, slug: str) -> Process | HttpResponse:
    """The process in which whoever asks may do a thing, or the answer that they may not.

    Raises Http404 where they may not read it, as where there is none.
    """
    if request.user.is_anonymous:
        return refuse(request)
    process = _called(request.user, slug)
    return process if may_in(request.user, permission, process) else refuse(request)


def _called(user: Reader, slug: str) -> Process:
    """The process, with its revision, read before anything else of it; and its reader's role in it."""
    found = readable(user).filter(slug=slug)
    process = found.annotate(sign=sign_of("pk"), closed_at=closed_at("pk"), own_role=own_role(user)).first()
    if process is None:
        raise Http404(f"There is no process “{slug}”.")
    is_read_by(process, user, process.own_role)
    return process
