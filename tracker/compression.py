"""Answers leave compressed, whatever stands before us."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# What is compressed in itself, or is an image that is.
PACKED = ("application/zip", "application/vnd.openxmlformats-officedocument", "image/png", "font/")


class CompressionMiddleware(GZipMiddleware):
    """Django's own, which lengthens each answer by chance so that its length tells no secret of it (BREACH);
    what is packed already is left as it is.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where whoever asks can unpack it."""
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)
