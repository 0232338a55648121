"""What every answer of the API has in common: who may ask, for what, and whether it has changed."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from issues.api.authentication import WAYS, MayRead
from issues.api.problems import ProblemRenderer
from issues.api.renderers import SuffixFirst
from issues.api.schema import DescribedView
from issues.api.throttling import PerReader
from issues.clock import common_day
from issues.forms.parameters import BadParameters
from issues.ground import is_held, tag_of
from issues.history import sign_of
from issues.models import Process
from issues.queries.access.readable import readable
from issues.queries.access.standing import standing_of
from issues.replica import reads_there

# Where a program keeps what it read, it asks each time whether that has changed.
KEPT = "no-cache"


class SaidForm(forms.Form):
    """An address says each parameter once, unless there may be several of it, and says something in it.

    ``described`` are the parameters as the description has them, so that it says no more than holds.
    """

    def __init__(self, data: QueryDict, described: Iterable[OpenApiParameter]) -> None:
        super().__init__(data)
        schemas = {one.name: one.type for one in described if isinstance(one.type, dict)}
        self.said, self.several = data, {name for name, of in schemas.items() if of["type"] == "array"}
        self.patterns = {name: of.get("items", of).get("pattern") for name, of in schemas.items()}

    def clean(self) -> dict[str, Any]:
        """Nothing. Raises ValidationError with the name of what is empty, malformed, or said twice."""
        for name, values in self.said.lists():
            if not all(value.strip() for value in values):
                self._refuse(name, "Say something, or leave it out.")
            pattern = self.patterns.get(name)
            if pattern and not all(re.fullmatch(pattern, value) for value in values):
                self._refuse(name, "It is not written like this; the description says how.")
            if len(values) > 1 and name not in self.several:
                self._refuse(name, "Say it once.")
        return {}

    def _refuse(self, name: str, why: str) -> None:
        raise forms.ValidationError("%(why)s", code="invalid", params={"name": name[:80], "why": why})


class ReadView(DescribedView, APIView):
    """An address that is read. Errors are problem details, whatever form was asked for."""

    authentication_classes = WAYS
    permission_classes: Sequence[type[BasePermission]] = (MayRead,)
    throttle_classes = (PerReader,)
    content_negotiation_class = SuffixFirst
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, read from the replica where there is one."""
        with reads_there(request):
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse to write, whoever asks; and a parameter that says nothing, or twice what is said once."""
        if str(request.method).lower() not in self.http_method_names:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)
        said = SaidForm(request._request.GET, self.parameters())
        if not said.is_valid():
            raise BadParameters(said, None)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Errors as problem details; what may be kept, and by whom it may be read elsewhere."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        # What may be done here, and errors, are told in one form alone.
        told = ProblemRenderer if answer.exception else JSONRenderer if request.method == "OPTIONS" else None
        if told is not None:
            answer.accepted_renderer, answer.accepted_media_type = told(), told.media_type
        answer.headers.setdefault("Cache-Control", KEPT if self._is_public(request) else f"private, {KEPT}")
        patch_vary_headers(answer, ["Accept", "Authorization", "Cookie"])
        self._share(request, answer)
        return answer

    def parameters(self) -> list[OpenApiParameter]:
        """What the address may ask for."""
        return []

    def process(self, slug: str) -> Process:
        """The process that is asked for, with its sign. Who may not read it cannot tell that it is there."""
        found = readable(self.request.user).filter(slug=slug).annotate(sign=sign_of("pk")).first()
        if found is None:
            raise Http404(f"There is no process “{slug}”.")
        return found

    def kept(self, *beside: str) -> tuple[str, Response | None]:
        """The sign of this answer, and the answer that nothing has changed where whoever asks has it already.

        ``beside`` are the signs of what it tells of, which were read first: nobody is told them with an
        answer that is older; and its columns. It is another for each address, form, day, and reader with what
        they may, and for another version of the code.
        """
        request = self.request
        sign = tag_of(
            request.build_absolute_uri(),
            request.accepted_renderer.format,
            str(request.user.pk),
            getattr(request.auth, "scope", ""),
            *sorted(request.user.get_all_permissions()),
            repr(standing_of(request.user)),
            common_day().isoformat(),  # on which questions close, and rounds are over
            *beside,
        )
        if is_held(sign, request._request):
            return sign, Response(status=304, headers={"ETag": sign})
        return sign, None

    def _is_public(self, request: Request) -> bool:
        """Whether nothing of the request says who asks."""
        return "Authorization" not in request.headers and settings.SESSION_COOKIE_NAME not in request.COOKIES

    def _share(self, request: Request, answer: HttpResponseBase) -> None:
        """Let scripts of other sites read what strangers may, where the installation says so."""
        origin = request.headers.get("Origin", "")
        if not settings.API_CORS_ORIGINS:
            return
        patch_vary_headers(answer, ["Origin"])
        if not self._is_public(request):
            return
        if "*" in settings.API_CORS_ORIGINS:
            answer.headers["Access-Control-Allow-Origin"] = "*"
        elif origin in settings.API_CORS_ORIGINS:
            answer.headers["Access-Control-Allow-Origin"] = origin
        else:
            return
        answer.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        if request.method == "OPTIONS":  # a browser asks first what it may send
            answer.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
