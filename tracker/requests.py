"""What is measured of each request and told of it in the log: never its address, which names what is read."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tracker import metrics
from tracker.logs import request_id

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[0-9a-fA-F-]{16,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
NO_ROUTE = "none"
# Whoever watches asks every few seconds; that all is well is no news.
WATCHED = {"live", "healthz", "metrics"}
Respond = Callable[[HttpRequest], HttpResponse]


@dataclass
class Asked:
    """What the database was asked in a request: how many times, and for how many seconds."""

    queries: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        """Ask, and count it."""
        began = perf_counter()
        try:
            return execute(*query)
        finally:
            self.queries += 1
            self.seconds += perf_counter() - began


def measured(get_response: Respond) -> Respond:
    """Name each request, measure it, tell it in the log and count it. Stands before all other middleware.

    What is streamed is measured until it begins.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        name = _name_of(request)
        known_by = request_id.set(name)
        began, asked = perf_counter(), Asked()
        try:
            with connection.execute_wrapper(asked):
                response = get_response(request)
            _tell(request, response.status_code, perf_counter() - began, asked)
        finally:
            request_id.reset(known_by)
        response[HEADER] = name
        return response

    return respond


def _name_of(request: HttpRequest) -> str:
    """What a proxy of ours calls the request, where it is a name of that kind; else a new one."""
    said = request.headers.get(HEADER, "") if settings.PROXIES else ""
    return said if WELL_FORMED.fullmatch(said) else uuid4().hex


def _tell(request: HttpRequest, status: int, seconds: float, asked: Asked) -> None:
    route = request.resolver_match.view_name if request.resolver_match else ""
    route = route or NO_ROUTE
    method = request.method if request.method in METHODS else "OTHER"
    metrics.count(method or "OTHER", route, status, seconds, asked.queries, asked.seconds)
    if route in WATCHED and status == 200:
        return
    line = {
        "user": _account(request),
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "queries": asked.queries,
        "queries_ms": round(asked.seconds * 1000, 1),
    }
    logger.info("Answered.", extra={"told": line})


def _account(request: HttpRequest) -> int | None:
    """The number of the account that asked, where the answer needed to know it: nothing is asked for it."""
    user = getattr(request, "user", None)
    if isinstance(user, SimpleLazyObject):
        user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)
