"""Where the link of an invitation leads: to an account of one's own, or into it with the one that one has."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from issues.actions.accounts.invite import HasAccount, NotGood, accept, find, join
from issues.forms.invitation import JoinForm
from issues.models import Invitation
from issues.user import User
from issues.views.parameters import read_now

HAS_ACCOUNT = "You have an account here already. Sign in to take the invitation up."


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invited_page(request: HttpRequest, key: str) -> HttpResponse:
    """The invitation, the same for every address. A POST takes it up.

    Whoever holds the link reads the mail of the address, so it is told to them alone whether there is an
    account, and only after they asked for one.
    """
    read_now(request, None)
    try:
        invitation = find(key)
        if request.method == "POST" and isinstance(request.user, User):
            return _with_account(request, invitation, request.user)
        if request.method == "POST":
            return _with_new_account(request, invitation)
    except NotGood:
        return render(request, "account/invitation_over.html", status=410)
    form = None if request.user.is_authenticated else JoinForm(None, invitation.email)
    return _page(request, invitation, form, 200)


def _with_account(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    accept(invitation, user)
    messages.success(request, "You took the invitation up.")
    return HttpResponseRedirect(_into(invitation))


def _with_new_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST, invitation.email)
    if not form.is_valid():
        return _page(request, invitation, form, 422)
    try:
        user = join(invitation, name=form.cleaned_data["name"], password=form.cleaned_data["new_password1"])
    except HasAccount:
        messages.info(request, HAS_ACCOUNT)
        return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.path})}")
    record_authentication(request, user, "password")
    answer: HttpResponse = perform_login(request, user, redirect_url=_into(invitation))
    return answer


def _page(request: HttpRequest, invitation: Invitation, form: JoinForm | None, status: int) -> HttpResponse:
    context = {"invitation": invitation, "form": form, "provider": settings.OIDC_NAME}
    return render(request, "account/invited.html", context, status=status)


def _into(invitation: Invitation) -> str:
    """Where one goes on to: the process, or the start."""
    return invitation.process.get_absolute_url() if invitation.process else reverse("home")
