"""Inviting people: who was asked in, asking somebody, asking again, withdrawing."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.accounts.invite import NotGood, invite, renew, withdraw
from issues.forms.invitation import InvitationForm
from issues.models import Invitation, Process
from issues.models.process import Visibility
from issues.models.process_member import Role, in_force
from issues.queries.access.grants import MAY_GIVE
from issues.user import User
from issues.views.access import refuse, signed_in
from issues.views.accounts.mail import send_invitation
from issues.views.parameters import read_now

INVITES = "issues.add_user"
UNSENT = "The mail could not be sent. The invitation stands in the list: send it again later."
ANSWERED = "This invitation was answered meanwhile."


def may_invite(user: User | AnonymousUser) -> bool:
    """Whether somebody may ask people in, to the installation or to a process of theirs."""
    return user.has_perm(INVITES) or processes_of(user).exists()


def processes_of(user: User | AnonymousUser) -> QuerySet[Process]:
    """The processes to which somebody may invite: those in which they say who sees them."""
    if not isinstance(user, User) or not user.is_active:
        return Process.objects.none()
    if user.is_superuser:
        return Process.objects.all()
    theirs = Q(pk__in=in_force().filter(user=user, role=Role.OWNER).order_by().values("process"))
    if user.has_perm(MAY_GIVE):
        theirs |= ~Q(visibility=Visibility.PRIVATE)
    return Process.objects.filter(theirs)


def listed(user: User) -> QuerySet[Invitation]:
    """The invitations that somebody may see and withdraw."""
    found = Invitation.objects.select_related("by", "process", "accepted_by")
    of_theirs = Q(process__in=processes_of(user))
    return found.filter(of_theirs | Q(process=None) if user.has_perm(INVITES) else of_theirs & Q(group=""))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations_page(request: HttpRequest) -> HttpResponse:
    """Who was asked in, and what became of it. A POST asks somebody: of any address it tells the same."""
    if not may_invite(request.user):
        return refuse(request)
    read_now(request, None, "process")
    by = signed_in(request)
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        by,
        processes_of(by),
        gives_groups=by.has_perm(INVITES),
    )
    form.initial["process"] = request.GET.get("process", "")
    if form.is_bound and form.is_valid():
        _send(request, invite(by=by, **form.cleaned_data))
        return HttpResponseRedirect(reverse("invitations"))
    context = {"form": form, "invitations": listed(by)[:200]}
    return render(request, "account/invitations.html", context, status=422 if form.is_bound else 200)


@require_POST
def send_invitation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again, with a new link for as many days as the first."""
    if not may_invite(request.user):
        return refuse(request)
    try:
        _send(request, renew(_listed(request, pk)))
    except NotGood:
        messages.error(request, ANSWERED)
    return HttpResponseRedirect(reverse("invitations"))


@require_POST
def withdraw_invitation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End it before it is taken up."""
    if not may_invite(request.user):
        return refuse(request)
    try:
        withdraw(_listed(request, pk))
        messages.success(request, "The invitation was withdrawn: its link is not good any more.")
    except NotGood:
        messages.error(request, ANSWERED)
    return HttpResponseRedirect(reverse("invitations"))


def _listed(request: HttpRequest, pk: int) -> Invitation:
    """One of those that may be seen. Raises Http404."""
    found = listed(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no invitation {pk}.")
    return found


def _send(request: HttpRequest, invitation: Invitation) -> None:
    try:
        send_invitation(request, invitation)
    except OSError:
        messages.error(request, UNSENT)
    else:
        messages.success(request, f"An invitation was sent to {invitation.email}.")
