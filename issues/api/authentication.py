"""Who asks: a program with a token, or a browser with its session."""

from django.conf import settings
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from issues.actions.accounts.tokens import find_token, note_use
from issues.models import Token
from issues.queries.second_factor import lacks_factor
from issues.user import User

BEARER = "Bearer"
NOT_TAKEN = "This token is not taken: it is unknown, expired or revoked, or its account is closed."

NO_FACTOR = "This token is not taken until its account has a second factor, which it has to have here."


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer …``. A token that is not taken is refused, and not read as a stranger's."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """The account and its token; None where no token is sent."""
        scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != BEARER.lower():
            return None
        token = find_token(shown.strip())
        if token is None:
            raise AuthenticationFailed(NOT_TAKEN)
        if lacks_factor(token.user):
            raise AuthenticationFailed(NO_FACTOR)
        note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What an answer 401 asks for."""
        return f'{BEARER} realm="redlines"'


WAYS = (TokenAuthentication, SessionAuthentication)


class MayRead(BasePermission):
    """Everyone where the installation is read by all, else those who sign in."""

    def has_permission(self, request: Request | HttpRequest, view: APIView) -> bool:
        """Whether there may be a process for whoever asks."""
        return settings.PUBLIC_READ or request.user.is_active
