"""The description of the API at its own address."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from issues.api.view import ReadView
from issues.forms.data import OnlyForm
from issues.forms.parameters import read_parameters


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document, worked out once."""
    generator = SchemaGenerator(urlconf="issues.api.urls")  # type: ignore[no-untyped-call]
    document: dict[str, Any] = generator.get_schema(public=True)  # type: ignore[no-untyped-call]
    return document


class SchemaView(ReadView):
    """The description of this API (OpenAPI 3), which says nothing of any process."""

    permission_classes = ()
    renderer_classes = (OpenApiJsonRenderer, JSONRenderer, OpenApiYamlRenderer)
    schema = None

    def get(self, request: Request) -> Response:
        """The whole of it."""
        read_parameters(OnlyForm(request.query_params, ()), None)
        return Response(description())
