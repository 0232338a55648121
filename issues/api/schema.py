"""The description of the API (OpenAPI): what each address asks for and answers, from the views themselves."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from issues.api.problems import Problem, ProblemRenderer

ERRORS = {
    400: "A parameter that there is not, or one that cannot be read; each is named.",
    401: "Sign in, or send a token that is in force.",
    403: "Whoever asks may not read this.",
    404: "There is nothing that is called so, or nothing then; where it is a parameter, it is named.",
    405: "This is read only.",
    406: "There is no such form: JSON, and CSV for lists.",
    429: "Too often; `Retry-After` says when again, in seconds.",
}


class DescribedView:
    """What the description asks a view about."""

    name = ""
    summary = ""
    says = ""
    answers: type[serializers.Serializer] | None = None
    # Beside JSON, with what it holds.
    also: dict[str, str] = {}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a token is sent."""

    target_class = "issues.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """The scheme, as the description names it."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of one’s own, from one’s account.",
        }


class Described(AutoSchema):
    """Reads the description off a view."""

    view: Any

    def get_summary(self) -> str:
        """What it is, in a few words."""
        return str(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override]
        """What it is, in a sentence or two."""
        return str(self.view.says or self.view.__doc__)

    def get_operation_id(self) -> str:
        """Its name for programs that are made from the description."""
        return str(self.view.name)

    def get_auth(self) -> list[Any]:
        """By token, by session, or as a stranger."""
        return [*super().get_auth(), {}]

    def get_tags(self) -> list[str]:
        """One group."""
        return ["Read"]

    def get_override_parameters(self) -> list[Any]:
        """The parameters of the address and of the request, and the headers of the answer."""
        return [*self.view.parameters(), *HEADERS]

    def get_response_serializers(self) -> Any:
        """The answer in each form, and every error."""
        told: dict[Any, Any] = {
            (200, "application/json"): OpenApiResponse(self.view.answers, description="What was asked for.")
        }
        for media_type, says in self.view.also.items():
            told[200, media_type] = OpenApiResponse(OpenApiTypes.STR, description=says)
        told[301] = OpenApiResponse(None, description="Renamed or merged since: `Location` leads on.")
        told[304] = OpenApiResponse(None, description="What `If-None-Match` names has not changed.")
        for status, says in ERRORS.items():
            told[status, ProblemRenderer.media_type] = OpenApiResponse(Problem, description=says)
        return told


HEADERS = [
    OpenApiParameter(
        "If-None-Match",
        str,
        OpenApiParameter.HEADER,
        description="The `ETag` of an answer that was kept: where nothing has changed, the answer is 304.",
    ),
    OpenApiParameter(
        "ETag", str, OpenApiParameter.HEADER, response=[200, 304], description="The sign of this answer."
    ),
    OpenApiParameter(
        "Link",
        str,
        OpenApiParameter.HEADER,
        response=[200],
        description='Where the rows go on, as `<…>; rel="next"`.',
    ),
    OpenApiParameter(
        "Retry-After", int, OpenApiParameter.HEADER, response=[429], description="Seconds to wait."
    ),
    OpenApiParameter(
        "WWW-Authenticate",
        str,
        OpenApiParameter.HEADER,
        response=[401],
        description="How to say who asks: Bearer, with a token.",
    ),
]
