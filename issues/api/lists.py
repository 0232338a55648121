"""Lists of the API: portions of rows, in JSON or CSV."""

from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from issues.api.parameters import of_portion
from issues.api.renderers import LISTED
from issues.api.rows import portion
from issues.api.serializers import row_of
from issues.api.view import ReadView
from issues.exports.tables import Asked, Column, RowKey, Table
from issues.forms.parameters import read_parameters
from issues.forms.portion import PortionForm, cursor_of

OF_PORTION = ("limit", "cursor")


class ListView(ReadView):
    """The rows of a table, a portion at a time."""

    renderer_classes = LISTED
    also = {"text/csv": "The rows, with their heads."}
    table: Table
    columns: tuple[Column, ...] = ()

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def parameters(self) -> list[OpenApiParameter]:
        """Which portion of the list."""
        return of_portion()

    def answer(self, asked: Asked, told: dict[str, Any], sign: str = "") -> Response:
        """The portion that the address asks for, and where it goes on."""
        wanted = read_parameters(PortionForm(self.request.query_params), asked.process)
        self.columns = self.table.columns(asked)
        rows, last = portion(self.table, asked, wanted["cursor"], wanted["limit"])
        following = self._following(last) if last else None
        results = row_of(self.table.name, self.columns)(rows, many=True).data
        headers = {"ETag": sign} if sign else {}
        if following:
            headers["Link"] = f'<{following}>; rel="next"'
        return Response({**told, "next": following, "results": results}, headers=headers)

    def _following(self, last: RowKey) -> str:
        """The address of the rows that follow, with all that this one asks for."""
        request: Request = self.request
        said = [
            (name, value)
            for name, values in request.query_params.lists()
            if name != "cursor"
            for value in values
        ]
        here = request.build_absolute_uri(request.path)
        return f"{here}?{urlencode([*said, ('cursor', cursor_of(last))])}"
