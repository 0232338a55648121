"""In which forms rows leave: JSON, and CSV with the columns and the writing of the files."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

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
        """The renderer, and its media type."""
        for renderer in renderers:
            if format_suffix and renderer.format == format_suffix:
                return renderer, renderer.media_type
        return super().select_renderer(request, renderers, format_suffix)  # type: ignore[no-any-return]


LISTED = (JSONRenderer, CSVRenderer)
