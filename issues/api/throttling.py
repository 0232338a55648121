"""How often one may ask."""

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class PerReader(SimpleRateThrottle):
    """So many answers for each token, else each account, else each address; ``API_RATE`` says how many."""

    scope = "api"

    def get_rate(self) -> str | None:
        """As many as the installation says, such as 600/minute; None for no end."""
        return settings.API_RATE or None

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """For whom it is counted."""
        if request.auth is not None:
            reader = f"token-{request.auth.pk}"
        elif request.user.is_authenticated:
            reader = f"account-{request.user.pk}"
        else:
            reader = f"address-{self.get_ident(request)}"
        return f"api-rate-{reader}"
