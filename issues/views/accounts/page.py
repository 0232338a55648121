"""One's own page: name, time zone, password, second factors, sessions, tokens, and what one did lately."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from issues.actions.accounts.own import describe_oneself
from issues.forms.own import OwnForm
from issues.history import ChangeSet
from issues.models.token import in_force
from issues.queries.access.readable import readable
from issues.queries.second_factor import has_factor, needs_factor
from issues.user import User
from issues.views.access import refuse, signed_in
from issues.views.accounts.invitations import may_invite
from issues.views.parameters import read_now

LATEST = 10


@dataclass(frozen=True)
class Did:
    """A change set of somebody's, and where it is told, if they may read it there."""

    change_set: ChangeSet
    address: str


def latest_of(user: User) -> list[Did]:
    """What somebody did last, newest first. Three queries."""
    slugs = dict(readable(user).values_list("pk", "slug"))
    found = ChangeSet.objects.filter(user=user).prefetch_related("process_changes")[:LATEST]
    return [Did(item, _told_at(item, slugs)) for item in found]


def _told_at(change_set: ChangeSet, slugs: dict[int, str]) -> str:
    touched = (slugs.get(one.process_id) for one in change_set.process_changes.all())
    slug = next((slug for slug in touched if slug), None)
    return f"{reverse('changes', args=[slug])}?tab=record&change_set={change_set.pk}" if slug else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_page(request: HttpRequest) -> HttpResponse:
    """What somebody keeps of themselves here. A POST stores their name and time zone."""
    if request.user.is_anonymous:
        return refuse(request)
    read_now(request, None)
    user = signed_in(request)
    form = OwnForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_bound and form.is_valid():
        describe_oneself(user, **form.cleaned_data)
        messages.success(request, "Your name and time zone were stored.")
        return HttpResponseRedirect(reverse("account"))
    if form.is_bound:
        user.refresh_from_db()  # the head of the page says what is stored
    context = {
        "form": form,
        "has_factor": has_factor(user),
        "needs_factor": needs_factor(user),
        "sessions": UserSession.objects.purge_and_list(user),
        "tokens": in_force().filter(user=user).count(),
        "latest": latest_of(user),
        "may_invite": may_invite(user),
    }
    return render(request, "account/page.html", context, status=422 if form.is_bound else 200)
