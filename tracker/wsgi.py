"""The WSGI entry point."""

import os
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.core.wsgi import get_wsgi_application
from django.http import StreamingHttpResponse

from tracker.interpreter import each_with_room, with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
_answer = with_room(get_wsgi_application())


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request; what is streamed is made after that, while the server reads it."""
    response = _answer(environ, start_response)
    if isinstance(response, StreamingHttpResponse):
        pieces = cast("Iterator[bytes]", response.streaming_content)
        response.streaming_content = each_with_room(pieces)
    return response
