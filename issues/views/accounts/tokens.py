"""One's own tokens: made, shown once, listed and revoked."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from issues.actions.accounts.tokens import make_token, revoke
from issues.forms.tokens import TokenForm
from issues.models import Token
from issues.views.access import refuse, signed_in
from issues.views.parameters import read_now


@never_cache
@sensitive_variables("shown")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens_page(request: HttpRequest) -> HttpResponse:
    """The tokens of whoever is signed in. A POST makes one, and shows it in its answer and never again."""
    if request.user.is_anonymous:
        return refuse(request)
    read_now(request, None)
    user, shown, status = signed_in(request), "", 200
    form = TokenForm(request.POST if request.method == "POST" else None, user)
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound:
        _, shown = make_token(user, **form.cleaned_data)
        form, status = TokenForm(None, user), 201
    context = {"form": form, "shown": shown, "tokens": Token.objects.filter(user=user)}
    return render(request, "issues/tokens.html", context, status=status)


@require_POST
def revoke_token_page(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    if request.user.is_anonymous:
        return refuse(request)
    token = Token.objects.filter(user=signed_in(request), pk=pk).first()
    if token is None:
        raise Http404(f"You have no token {pk}.")
    revoke(token)
    return HttpResponseRedirect(reverse("tokens"))
