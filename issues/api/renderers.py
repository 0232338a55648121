"""In which forms rows leave: JSON, and CSV with the columns and the writing of the files."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from django.http.request import MediaType
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from issues.exports.files import safe


class CSVRenderer(BaseRenderer):
    """The rows of an answer with their heads; where they go on is in its ``Link`` header."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        """The lines, written as those of the files; nothing for an answer without a body."""
        if data is None:
            return ""
        names = renderer_context["view"].column_names if renderer_context else []
        written = StringIO()
        writer = csv.writer(written)
        writer.writerow(names)
        writer.writerows([safe(row[name]) for name in names] for row in data["results"])
        return written.getvalue()


class SuffixFirst(DefaultContentNegotiation):
    """Where an address says the form, that is the form, whatever a program says that it accepts."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer that is wanted most, and its media type. Raises NotAcceptable where none is wanted."""
        for renderer in renderers:
            if format_suffix and renderer.format == format_suffix:
                return renderer, renderer.media_type
        offered = self.filter_renderers(renderers, format_suffix) if format_suffix else renderers
        ranges = [MediaType(one) for one in request.headers.get("accept", "").split(",") if one.strip()]
        best = max(offered, key=lambda one: _wanted(one, ranges))  # of equals the first
        if not _wanted(best, ranges):
            raise NotAcceptable(available_renderers=renderers)
        return best, best.media_type


def _wanted(renderer: BaseRenderer, ranges: list[MediaType]) -> float:
    """How much a form is wanted, 0 to 1, as the narrowest range says in which it is (RFC 9110, 12.5.1)."""
    if not ranges:
        return 1.0
    within = [one for one in ranges if one.match(renderer.media_type)]
    return float(max(within, key=lambda one: one.specificity).quality) if within else 0.0


LISTED = (JSONRenderer, CSVRenderer)
