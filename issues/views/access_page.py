"""Who may see a process, and as what: said by its owners."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from issues.actions.access import end, give, show_to
from issues.forms.access import EndForm, GiveForm, VisibilityForm
from issues.forms.refusals import STALE, add_stale, errors_on, is_stale, problems
from issues.models import Process, ProcessMember
from issues.models.process_member import in_force
from issues.queries.access.grants import MAY_GIVE
from issues.queries.access.may import may_in
from issues.queries.access.standing import forget_standing
from issues.user import User
from issues.views.access import process_for, signed_in
from issues.views.pages import render_page
from issues.views.parameters import read_only

MOST_PAST = 100


@never_cache
@process_for(MAY_GIVE)
def access_page(request: HttpRequest, process: Process) -> HttpResponse:
    """Its visibility, its members and those who were; each form of the page says one thing, with a reason."""
    read_only(request, process)
    act = request.POST.get("act", "")
    forms: dict[str, Form] = {
        "show": VisibilityForm(request.POST if act == "show" else None, process),
        "give": GiveForm(request.POST if act == "give" else None),
        "end": EndForm(request.POST if act == "end" else None, process),
    }
    form = forms.get(act)
    if form is not None and form.is_valid():
        with errors_on(form, on_stale=partial(add_stale, form, STALE)):
            _do(act, form.cleaned_data, process, signed_in(request))
        if not form.errors:
            return _next(request, process)
        if is_stale(form):
            forms["show"] = VisibilityForm(None, Process.objects.get(pk=process.pk))
    members = in_force().filter(process=process).select_related("user", "given_by")
    past = ProcessMember.objects.filter(process=process, until__isnull=False)
    wrong = problems(*forms.values(), *([] if form in (None, *forms.values()) else [form]))
    return render_page(
        request,
        "access",
        process,
        "access",
        status=409 if form is not None and is_stale(form) else 422 if wrong else 200,
        forms=forms,
        problems=wrong,
        members=members.order_by("user__username"),
        past=past.select_related("user", "given_by", "ended_by").order_by("-until", "-pk")[:MOST_PAST],
    )


def _next(request: HttpRequest, process: Process) -> HttpResponse:
    """The page again; for whoever has just ended their own role, what there is left to read."""
    user = signed_in(request)
    forget_standing(user)
    if may_in(user, MAY_GIVE, Process.objects.get(pk=process.pk)):
        return HttpResponseRedirect(reverse("access", args=[process.slug]))
    return HttpResponseRedirect(reverse("home"))


def _do(act: str, said: dict[str, Any], process: Process, by: User) -> None:
    """Carry out what one form says."""
    if act == "show":
        seen = Process(pk=process.pk, version=said["opened_version"])
        show_to(process=seen, visibility=said["visibility"], by=by, reason=said["reason"])
    elif act == "give":
        give(process=process, user=said["user"], role=said["role"], by=by, reason=said["reason"])
    else:
        end(process=process, user=said["user"], by=by, reason=said["reason"])
